"""One-input networks with a given number of hidden units, better and better ones."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np
from numpy.typing import NDArray

from estimators.knots.choice import number_of_joints
from estimators.knots.hats import BrokenLine
from estimators.knots.orientations import promising_orientations
from estimators.knots.points import Points
from estimators.knots.refine import refine
from estimators.knots.segments import improved_cuts
from estimators.knots.smooth import smooth_line
from estimators.knots.start import nodes_of_cuts, starting_cuts
from estimators.knots.units import balance_of, units_with_slope, units_without_slope

Array = NDArray[np.float64]

# A network is shown after so many steps of a refinement.
STEPS_AT_A_TIME = 5
N_ORIENTATIONS = 4
# A balanced line that costs no more than this above the free one cannot be beaten.
CLOSE = 1e-6


def fitted_networks(
    points: Points, n_units: int, choose_joints: bool = False
) -> Iterator[Array | None]:
    """Fit networks with one hidden layer to points.

    The straight line; then broken lines with one joint less than there are units, as a
    unit may have to carry the slope; then those with as many joints as units whose
    bends balance the slope.

    Parameters
    ----------
    points : Points
        What to fit.
    n_units : int
        Number of hidden units.
    choose_joints : bool
        Whether to bend no more often than the data give reason for.

    Yields
    ------
    params : ndarray or None
        Flat parameters for sizes (1, n_units, n_outputs), not always better than those
        before; None is a pause.
    """
    yield units_with_slope(straight_line(points), n_units)
    n_inner = points.n_places - 2
    if n_inner < 1:
        return
    n_joints = min(n_units - 1, n_inner)
    if choose_joints:
        most = n_joints
        n_joints, value = yield from number_of_joints(points, most)
        if most:
            smooth, value_of_smooth = smooth_line(points, most)
            if value_of_smooth < value:
                yield units_with_slope(smooth, n_units)
                return
    elif n_joints == n_inner:
        exact = BrokenLine(points.x, points.y, points.scatter)
        yield units_with_slope(exact, n_units)
        return
    balanced = n_joints == n_units - 1 and n_units <= n_inner
    sizes = [n_joints, n_units] if balanced else [n_joints]
    starts = yield from starting_cuts(points, sizes)
    nodes = nodes_of_cuts(points, improved_cuts(points, starts[n_joints]))
    yield None
    for count, line in enumerate(refine(points, nodes)):
        if count % STEPS_AT_A_TIME == 0:
            yield units_with_slope(line, n_units)
    yield units_with_slope(line, n_units)
    if balanced:
        nodes = nodes_of_cuts(points, improved_cuts(points, starts[n_units]))
        yield from _balanced_networks(points, nodes, line.loss)


def straight_line(points: Points) -> BrokenLine:
    """Fit a line without joints; flat if there is but one place."""
    weight, x, y = points.weight, points.x, points.y
    centre, level = weight @ x, weight @ y
    deviation = x - centre
    pull = weight * deviation
    slope = pull @ (y - level) / ((pull @ deviation) or 1.0)
    residuals = y - level - deviation[:, np.newaxis] * slope
    loss = float(weight @ (residuals * residuals).mean(axis=1))
    ends = x[[0, -1]]
    values = level + slope * (ends - centre)[:, np.newaxis]
    return BrokenLine(ends, values, loss + points.scatter)


def _balanced_networks(
    points: Points, nodes: Array, loss_to_beat: float
) -> Iterator[Array | None]:
    free = yield from last_line(points, nodes)
    if free.loss >= loss_to_beat:
        return
    for facing_left in promising_orientations(points, free, N_ORIENTATIONS):
        balance = balance_of(facing_left)
        line = yield from last_line(points, free.nodes, balance)
        if line.loss < loss_to_beat:
            loss_to_beat = line.loss
            yield units_without_slope(line, facing_left)
        if line.loss <= free.loss * (1 + CLOSE):
            return


def last_line(
    points: Points, nodes: Array, balance: Array | None = None
) -> Generator[None, None, BrokenLine]:
    """Refine to the end, with pauses."""
    for count, line in enumerate(refine(points, nodes, balance)):
        latest = line
        if count % STEPS_AT_A_TIME == 0:
            yield
    return latest
