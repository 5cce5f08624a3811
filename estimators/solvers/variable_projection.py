"""Variable projection: quasi-Newton steps with the output layer always optimal."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator

import numpy as np
from numpy.typing import NDArray

from estimators.objective import Objective
from estimators.solvers.point_start import point_start
from estimators.solvers.projection import (
    WORK_BETWEEN_PAUSES,
    Projected,
    ProjectedObjective,
)
from estimators.solvers.protocol import SolverOptions, Step
from estimators.solvers.quasi_newton import descend
from estimators.solvers.quiet import quietly

# Up to so many hidden parameters a run is short and depends much on where it starts.
MOST_HIDDEN_FOR_RESTARTS = 400
N_STARTS = 16
# A penalty as strong as this leaves starts less of a choice.
STRONG_PENALTY, FEW_STARTS = 0.01, 4
FIRST_RUNG = 20
MOST_SINGLE_ITERATIONS = 500
# A run has settled when so many iterations bring no more than this relative gain.
WINDOW = 20
SINGLE_GAIN, DOUBLE_GAIN = 0.05, 1e-7
# With a penalty, what is gained slowly is not worth the wait: it is not the truth.
PENALISED_GAIN = 1e-3
# Of a standardised objective: below this only rounding is left to be fitted.
NEGLIGIBLE = 1e-16
# The exact total of a state in float32 costs about half an iteration.
ITERATIONS_PER_TOTAL = 5


def variable_projection(
    objective: Objective, params: NDArray[np.floating], options: SolverOptions
) -> Iterator[Step]:
    """Minimise a squared error with the output layer eliminated.

    The optimal output layer is a linear least-squares problem for any hidden layers;
    what remains is a function of the hidden layers alone, and better conditioned.
    L-BFGS minimises it in float32 until it has settled, then in float64. Small
    networks compete from several starts, among them the given one: after each rung
    the better half goes on for twice as many iterations.

    Yields the start, then the best state so far: after each iteration in float64,
    and now and then in the phases before. See `estimators.solvers.protocol` for the
    parameters; `random_state` draws the starts.

    References
    ----------
    Golub, Pereyra, "Separable nonlinear least squares: the variable projection method
    and its applications", Inverse Problems 19 (2003).
    Jamieson, Talwalkar, "Non-stochastic best arm identification and hyperparameter
    optimization", AISTATS 2016 (successive halving).
    """
    best = Step(params, objective.total(params))
    yield best
    for step in quietly(_steps(objective, params, options)):
        if step is not None and step.total < best.total:
            best = step
        yield best


def _steps(
    objective: Objective, params: NDArray[np.floating], options: SolverOptions
) -> Iterator[Step | None]:
    """Yield states on the way, and None whenever some milliseconds have passed."""
    single = ProjectedObjective(objective.astype(np.float32))
    n_drawn = _number_of_drawn_starts(objective, single.n_hidden)
    runs = []
    for k in range(n_drawn + 1):
        # The given start comes last, as drawn ones are the first to get far.
        hidden = params[: single.n_hidden]
        if k < n_drawn:
            hidden = yield from point_start(objective, options.random_state)
        runs.append(_Run(single, hidden))
        if n_drawn:
            yield from runs[-1].advance(FIRST_RUNG)
            yield (yield from _step(objective, runs[-1]))
    n_iterations = FIRST_RUNG
    while len(runs) > 2:
        runs = sorted(runs, key=_Run.value)[: len(runs) // 2]
        n_iterations *= 2
        for run in runs:
            yield from run.advance(n_iterations)
            yield (yield from _step(objective, run))
    run = min(runs, key=_Run.value)
    # The start with the best output layer is much better than the start.
    yield from run.advance(1)
    yield (yield from _step(objective, run))
    while run.n_iterations < MOST_SINGLE_ITERATIONS and not run.settled(SINGLE_GAIN):
        yield from run.advance(ITERATIONS_PER_TOTAL)
        yield (yield from _step(objective, run))
    double = ProjectedObjective(objective.astype(np.float64))
    run = _Run(double, run.hidden)
    gain = PENALISED_GAIN if objective.penalty.alpha else DOUBLE_GAIN
    while not run.settled(gain):
        yield from run.advance(1)
        yield (yield from _step(objective, run))


def _number_of_drawn_starts(objective: Objective, n_hidden: int) -> int:
    if not n_hidden:
        return 0
    if n_hidden <= MOST_HIDDEN_FOR_RESTARTS:
        strong = objective.penalty.alpha >= STRONG_PENALTY
        return (FEW_STARTS if strong else N_STARTS) - 1
    # Only with one hidden layer is a drawn start much better than the given one.
    return 1 if len(objective.sizes) == 3 else 0


class _Run:
    """A descent from one start, which can be taken further and further.

    Parameters
    ----------
    function : ProjectedObjective
        What is minimised.
    start : ndarray of shape (n_hidden,)
        Hidden parameters.
    """

    def __init__(
        self, function: ProjectedObjective, start: NDArray[np.floating]
    ) -> None:
        self.hidden = start.astype(np.float64)
        self.projected: Projected | None = None
        self.n_iterations = 0
        self._descent = descend(function, self.hidden)
        self._recent = deque(maxlen=WINDOW + 1)
        self._ended = False

    def advance(self, n_iterations: int) -> Iterator[None]:
        """Take so many more steps, or as many as there are; yield None as a pause."""
        until = self.n_iterations + n_iterations
        while self.n_iterations < until and not self._ended:
            iterate = next(self._descent, self)
            if iterate is self:
                self._ended = True
            elif iterate is None:
                yield
            else:
                self.hidden, self.projected = iterate
                self._recent.append(self.projected.value)
                self.n_iterations += 1
                self._ended = self.projected.value <= NEGLIGIBLE

    def value(self) -> float:
        """Return what is reached; infinite if nothing."""
        return np.inf if self.projected is None else self.projected.value

    def settled(self, gain: float) -> bool:
        """Tell whether the latest iterations have brought no more than a share."""
        if self._ended or len(self._recent) <= WINDOW:
            return self._ended
        return self._recent[-1] >= (1 - gain) * self._recent[0]


def _step(objective: Objective, run: _Run) -> Generator[None, None, Step | None]:
    """Return the state of a run in the floating type of the data."""
    if run.projected is None:
        return None
    params, dtype = run.projected.params, objective.X.dtype
    if params.dtype == dtype:
        return Step(params, run.projected.value)
    params = params.astype(dtype)
    loss = 0.0
    weights = objective.sample_weight / objective.sample_weight.sum()
    step = max(1, WORK_BETWEEN_PAUSES // params.size)
    for start in range(0, objective.n_samples, step):
        rows = slice(start, start + step)
        outputs = objective.outputs(params, objective.X[rows])
        facts = (outputs, objective.targets[rows], weights[rows])
        loss += objective.loss_function(*facts)[0]
        yield
    return Step(params, objective.penalised(loss, params))
