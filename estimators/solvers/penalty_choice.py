"""How strong a penalty on the weights the data give reason for."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from estimators.objective import Objective, Penalty, n_parameters
from estimators.solvers.point_start import point_start
from estimators.solvers.projection import Projected, ProjectedObjective
from estimators.solvers.quasi_newton import descend

Array = NDArray[np.floating]
Item = TypeVar("Item")

# Strengths in the order they are tried, for as many rows as are looked at. The first
# suits a table that is nearly all noise, the last a function without any.
STRENGTHS = (0.1, 0.03, 0.01, 3e-3, 1e-3, 1e-4, 1e-5, 0.0)
# Rows are at most the first, and the second divided by the number of parameters, but
# no fewer than the third, of which some fifths are held out: the fourth at least.
MOST_ROWS, MOST_WORK, FEWEST_ROWS, ENOUGH_HELD_OUT = 1000, 5_000_000, 500, 240
N_PARTS = 5
# Where so little of the variance is left, the last strengths differ only in the long
# run.
MOST_ITERATIONS, MOST_WHEN_CLEAN, CLEAN = 60, 150, 0.01
# More rows need less of a penalty. In inverse proportion to their number, as in ridge
# regression, proved too weak on tables of 500 to 20,000 rows: this power suits them.
POWER_OF_SHARE = 0.75
# A run ends when ten iterations bring no more than this relative gain.
WINDOW, GAIN = 10, 0.01
# Strengths that are nearly as good have a say, so that rounding has none: one that is
# so much worse, a share of exp(-1). In a mean of logarithms none counts as this.
NEARLY, NONE = 0.02, 1e-7
# A strength that is so much worse on the first part is not tried on the others; after
# two in a row that are worse at all by a tenth, weaker ones are not tried.
HOPELESS, WORSE = 1.25, 1.1


def chosen_penalty(
    objective: Objective, params: Array, random_state: np.random.RandomState
) -> Iterator[Penalty]:
    """Choose the strength of an L2 penalty by cross-validation.

    Networks with the output layer eliminated are trained on four fifths of the rows,
    or of a sample of them, and judged by the squared error on the last fifth, from
    strong penalties to weak ones. What a penalty has to hold back is noise, which
    averages out with more rows: for all rows the strength chosen on a sample is reduced
    by a power of the sample's share in them.

    Parameters
    ----------
    objective : Objective
        Squared error of a network on all training rows; its own penalty is ignored.
    params : ndarray of shape (n_parameters,)
        A random start. With one hidden layer a better one is drawn.
    random_state : RandomState
        Draws the sample and its parts.

    Yields
    ------
    penalty : Penalty
        The choice so far, whenever some milliseconds of work are done; the last one
        counts. It is none if there are too few rows to hold any out.

    References
    ----------
    Stone, "Cross-validatory choice and assessment of statistical predictions", Journal
    of the Royal Statistical Society B 36 (1974).
    """
    choice = Penalty(0)
    yield choice
    n_rows = int(np.clip(MOST_WORK / params.size, FEWEST_ROWS, MOST_ROWS))
    rows = random_state.permutation(objective.n_samples)[:n_rows]
    if len(rows) < N_PARTS:
        return
    single = objective.with_penalty(Penalty(0)).astype(np.float32)
    start = params[: n_parameters(objective.sizes[:-1])]
    if len(objective.sizes) == 3:
        start = yield from _paused(point_start(objective, random_state), choice)
    parts = np.array_split(rows, N_PARTS)
    splits = [
        (
            single.of_rows(np.sort(np.concatenate(parts[:k] + parts[k + 1 :]))),
            single.of_rows(np.sort(parts[k])),
        )
        for k in range(min(N_PARTS, -(-ENOUGH_HELD_OUT // len(parts[0]))))
    ]
    weight = objective.sample_weight
    share = weight[rows].sum(dtype=np.float64) / weight.sum(dtype=np.float64)
    least = np.full(len(splits), np.inf)
    means: list[float] = []
    for strength in STRENGTHS:
        clean = least.mean() < CLEAN
        n_iterations = MOST_WHEN_CLEAN if clean else MOST_ITERATIONS
        errors = np.full(len(splits), np.inf)
        for k, (training, held_out) in enumerate(splits):
            training = training.with_penalty(Penalty(strength))
            descent = _trained(training, start, n_iterations)
            projected = yield from _paused(descent, choice)
            if projected is not None:
                errors[k] = held_out.total(projected.params)
            if not errors[k] <= HOPELESS * least[k]:
                errors[:] = np.inf
                break
        means.append(float(errors.mean()))
        if means[-1] < least.mean():
            least = errors
        if min(means[-2:]) > WORSE * least.mean():
            break
        choice = Penalty(float(_smoothed(means) * share**POWER_OF_SHARE))
    yield choice


def _smoothed(errors: list[float]) -> float:
    """Return the strength of least error, or between it and others nearly as good."""
    best = int(np.argmin(errors))
    if not (STRENGTHS[best] and errors[best] and np.isfinite(errors[best])):
        return STRENGTHS[best] if np.isfinite(errors[best]) else 0.0
    likeness = np.exp((1 - np.divide(errors, errors[best])) / NEARLY)
    logarithms = np.log(np.maximum(STRENGTHS[: len(errors)], NONE))
    return float(np.exp(likeness @ logarithms / likeness.sum()))


def _paused(
    work: Generator[None, None, Item], choice: Penalty
) -> Generator[Penalty, None, Item]:
    """Do some work, with the choice so far as a pause."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
        yield choice


def _trained(
    objective: Objective, start: Array, n_iterations: int
) -> Generator[None, None, Projected | None]:
    """Descend until little is gained; None if there is no way to begin."""
    projected, values = None, []
    for iterate in descend(ProjectedObjective(objective), start.astype(np.float64)):
        if iterate is None:
            yield
            continue
        projected = iterate.evaluation
        values.append(projected.value)
        if len(values) > n_iterations:
            break
        if len(values) > WINDOW and values[-1] > (1 - GAIN) * values[-1 - WINDOW]:
            break
    yield
    return projected
