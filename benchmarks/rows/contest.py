"""Contenders that take turns, each in a process of its own.

Turns are equal for all when the machine is busy with something else, and a process of
its own tells how much memory a contender needs. Each has one thread.
"""

from __future__ import annotations

import resource
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from typing import Any, Self

from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

Contender = Callable[[Any], Any]

# Its children start small, whatever this process has grown to; `fork` would give them
# its peak of memory, and so would `spawn`, by way of the kernel's books.
CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["estimators", "sklearn.neural_network"])


class Contest:
    """Contenders, warm and waiting.

    Parameters
    ----------
    contenders : mapping of str to callable
        Functions of modules, or `functools.partial` of such; each takes a task.
    warm_up : object
        A small task. What is imported and prepared for the first task only is then
        neither timed nor counted as memory.
    """

    def __init__(self, contenders: Mapping[str, Contender], warm_up: Any) -> None:
        self._contenders = contenders
        self._warm_up = warm_up
        self._megabytes = dict.fromkeys(contenders, 0.0)

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        self._processes = {
            name: self._stack.enter_context(
                ProcessPoolExecutor(1, CONTEXT, _get_ready, (contender, self._warm_up))
            )
            for name, contender in self._contenders.items()
        }
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def results(self, task: Any) -> dict[str, Any]:
        """Give a task to one contender after the other."""
        found = {}
        for name, process in self._processes.items():
            contender = self._contenders[name]
            found[name], self._megabytes[name] = process.submit(
                _take_turn, contender, task
            ).result()
        return found

    def memory(self) -> str:
        """Say by how much each process has grown at most since it was warm."""
        shown = (
            f"{name} {megabytes:.0f}" for name, megabytes in self._megabytes.items()
        )
        return "peak memory, MB above the warm process: " + ", ".join(shown)


_megabytes_when_warm = 0.0


def _get_ready(contender: Contender, warm_up: Any) -> None:
    global _megabytes_when_warm
    warnings.simplefilter("ignore", ConvergenceWarning)
    contender(warm_up)
    threadpool_limits(1)  # in all libraries, now that they are loaded
    _megabytes_when_warm = _peak_megabytes()


def _take_turn(contender: Contender, task: Any) -> tuple[Any, float]:
    result = contender(task)
    return result, _peak_megabytes() - _megabytes_when_warm


def _peak_megabytes() -> float:
    """Return the largest size of this process so far, by the books of Linux."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
