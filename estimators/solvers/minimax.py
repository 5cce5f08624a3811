"""One input, one hidden layer, one output, maximum error: the best broken line."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np
from numpy.typing import NDArray

from estimators.minimax import Units, iter_units
from estimators.objective import MaxError, flat_parameters
from estimators.solvers.protocol import SolverOptions, Step
from estimators.solvers.quiet import quietly

Array = NDArray[np.float64]

# The search ends with ever smaller gains: one step for each would exhaust the patience
# of whoever stops by them. Smaller ones than this share make one step, at the end.
LEAST_GAIN = 1e-3
# Of x: finer differences would make slopes overflow, and no unit could show them.
ALL_BITS = 60
# Entries of the hidden layer's activations that are computed between two pauses.
ENTRIES_AT_A_TIME = 2_000_000


def minimax(
    objective: MaxError, params: NDArray[np.floating], options: SolverOptions
) -> Iterator[Step]:
    """Fit the broken line with the smallest maximum error, and make units of it.

    Sweeps over the data prove which errors can be reached with so many joints and
    which cannot, until the two meet; see `estimators.minimax`. The line with a joint
    less than units is the best there is. A line with a joint for each unit takes its
    place where one is found that is better and whose bends cancel its first slope.

    The start only counts as something to beat. A line is judged by the error of the
    network made of it, in the floating type of the data, so that a piece too steep for
    it is not mistaken for a good one. Yields the best state so far,
    again if there is none better; ends when all has been tried. See
    `estimators.solvers.protocol` for the parameters.

    Parameters
    ----------
    objective : MaxError
        Of a network with sizes (1, D, 1).
    params : ndarray of shape (n_parameters,)
        The start.
    options : SolverOptions
        Not used.

    Yields
    ------
    step : Step
        First the start.

    References
    ----------
    Imai and Iri, "An optimal algorithm for approximating a piecewise linear function",
    Journal of Information Processing 9 (1986).
    """
    best = Step(params, objective.total(params))
    yield best
    x = objective.X[:, 0].astype(np.float64)
    y = objective.targets[:, 0].astype(np.float64)
    half = np.finfo(objective.X.dtype).nmant // 2
    for bits in (ALL_BITS, half):
        places = _on_grid(x, bits)
        best, least = yield from _searched(objective, places, y, best)
        # Places may be so close that rounding shows on the steep piece between them:
        # then they may do better as one place.
        if best.total <= (1 + LEAST_GAIN) * least + np.ldexp(np.ptp(y), -half):
            return


def _on_grid(x: Array, bits: int) -> Array:
    """Round to so many binary places, counted from the largest number's first."""
    grid = np.ldexp(1.0, np.frexp(np.abs(x).max())[1] - bits)
    return np.round(x / grid) * grid


def _searched(
    objective: MaxError, x: Array, y: Array, best: Step
) -> Generator[Step, None, tuple[Step, float]]:
    """Return the best network on the way, and what its error is but for rounding."""
    judged = np.inf
    for candidate in quietly(iter_units(x, y, objective.sizes[1])):
        if candidate.max_error < (1 - LEAST_GAIN) * judged:
            judged = candidate.max_error
            best = yield from _better(objective, candidate.units, best)
        yield best
    if candidate.max_error < judged:
        best = yield from _better(objective, candidate.units, best)
        yield best
    return best, candidate.max_error


def _better(
    objective: MaxError, units: Units, best: Step
) -> Generator[Step, None, Step]:
    """Return the better of two networks; until then yield the one known as a pause."""
    layers = (units.theta, units.beta), (units.phi, units.offset)
    with np.errstate(over="ignore"):
        params = flat_parameters(layers).astype(objective.X.dtype)
    rows = max(1, ENTRIES_AT_A_TIME // objective.sizes[1])
    total = 0.0
    for start in range(0, objective.n_samples, rows):
        yield best
        block = slice(start, start + rows)
        with np.errstate(over="ignore", invalid="ignore"):
            outputs = objective.outputs(params, objective.X[block])
            facts = (outputs, objective.targets[block], objective.sample_weight[block])
            total = float(np.maximum(total, objective.loss_of(*facts)))
    return Step(params, total) if total < best.total else best
