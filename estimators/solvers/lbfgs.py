"""SciPy's L-BFGS-B, turned into a generator."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, minimize

from estimators.objective import Objective
from estimators.solvers.protocol import SolverOptions, Step

# SciPy works this long before it hands over what it has. Handing over every iteration
# would cost a thread switch each, which a loaded machine takes milliseconds for.
SLICE_SECONDS = 0.002


def lbfgs(
    objective: Objective, params: NDArray[np.floating], options: SolverOptions
) -> Iterator[Step]:
    """Minimise the loss over all rows by a quasi-Newton method.

    Runs in float64 whatever the data's type, because its line search compares losses
    that differ by less than float32 can tell. Yields the start, then one state per
    iteration; ends when SciPy finds no further descent. Closing the generator stops
    SciPy at its next iteration. See `estimators.solvers.protocol` for the parameters.

    References
    ----------
    Byrd, Lu, Nocedal, Zhu, "A limited memory algorithm for bound constrained
    optimization", SIAM J. Sci. Comput. 16 (1995); `scipy.optimize.minimize`.
    """
    objective = objective.astype(np.float64)
    params = params.astype(np.float64)
    yield Step(params, objective.total(params))
    worker = _Minimisation(objective, params)
    try:
        while steps := worker.next_slice():
            yield from steps
    finally:
        worker.cancel()


class _Minimisation:
    """SciPy's minimiser in a thread that only ever works while somebody waits for it.

    ``minimize`` reports by callback and cannot be suspended; a thread can. The two
    sides strictly alternate, so nothing here needs a lock.
    """

    def __init__(self, objective: Objective, params: NDArray[np.floating]) -> None:
        self._objective = objective
        self._params = params
        self._steps: list[Step] = []
        self._error: BaseException | None = None
        self._cancelled = False
        self._ended = False
        self._go = threading.Semaphore(0)
        self._ready = threading.Semaphore(0)
        self._deadline = 0.0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def next_slice(self) -> list[Step]:
        """Let SciPy work for a moment; an empty list means it has ended."""
        self._steps = []
        if not self._ended:
            self._go.release()
            self._ready.acquire()
        if self._error is not None:
            raise self._error
        return self._steps

    def cancel(self) -> None:
        """End the thread."""
        self._cancelled = True
        self._go.release()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._wait()
            minimize(
                self._objective,
                self._params,
                method="L-BFGS-B",
                jac=True,
                callback=self._on_iteration,
                # The consumer decides when to stop; only a vanishing gradient or a
                # line search without descent end it here.
                options={
                    "maxiter": np.iinfo(np.int32).max,
                    "maxfun": np.iinfo(np.int32).max,
                    "maxls": 50,
                    "maxcor": 10,
                    "ftol": 0.0,
                    "gtol": 1e-9,
                },
            )
        except StopIteration:
            pass
        except BaseException as error:  # handed to the consumer, whose stack matters
            self._error = error
        finally:
            self._ended = True
            self._ready.release()

    def _wait(self) -> None:
        self._go.acquire()
        if self._cancelled:
            raise StopIteration
        self._deadline = time.perf_counter() + SLICE_SECONDS

    def _on_iteration(self, intermediate_result: OptimizeResult) -> None:
        params = np.array(intermediate_result.x)
        self._steps.append(Step(params, float(intermediate_result.fun)))
        if time.perf_counter() > self._deadline:
            self._ready.release()
            self._wait()
