"""Errors below which no network with so many hidden units can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from estimators.knots.points import Points
from estimators.knots.segments import best_cuts, run_costs
from estimators.minimax import iter_broken_line
from ui.approximation.best_fits import Norm
from ui.approximation.samples import Sample, maximum_sample, mean_sample
from ui.approximation.targets import Target

Array = NDArray[np.float64]

LEAST_POINTS, POINTS_PER_UNIT = 4000, 12
# So many units are looked at in one go, with a cut allowed between any two points.
MOST_AT_ONCE, N_POINTS = 100, 2000
# For more, the range is divided for free, and each block has points of its own: in few
# blocks as long as these are enough points.
BLOCK_POINTS, BLOCK_RUNS, MOST_IN_FEW = 512, 128, 400
FEW_BLOCKS, MANY_BLOCKS = 8, 16
# What differences of running sums may add to the cost of a run, at variance one.
ROUNDING = 64 * float(np.finfo(np.float64).eps)
# Rows of the table of costs that are computed between two pauses.
ROWS_AT_A_TIME = 40


def iter_bounds(
    target: Target, norm: Norm, sizes: Sequence[int]
) -> Iterator[tuple[int, float] | None]:
    """Prove for each width of the hidden layer how small an error cannot be.

    A network with D hidden units is a broken line of D joints at most, in D + 1 pieces.
    The maximum over the range is not below that over some points of it, and there the
    smallest of all broken lines is known but for rounding. For the mean square the
    pieces need not even meet: the best D + 1 separate lines are found by dynamic
    programming. That is a bound for the root mean square over some thousands of
    points, spread as the target bends, which stand for the range.

    Parameters
    ----------
    target : Target
    norm : {"rms", "max"}
    sizes : sequence of int
        Numbers of hidden units, increasing.

    Yields
    ------
    bound : (n_units, error) or None
        For each of the sizes in order; None is a pause.

    References
    ----------
    Bellman, "On the approximation of curves by line segments using dynamic
    programming", Communications of the ACM 4 (1961).
    """
    if norm == "rms":
        yield from _least_means(target, sizes)
        return
    for size in sizes:
        sample = maximum_sample(target, max(LEAST_POINTS, POINTS_PER_UNIT * size))
        for line in iter_broken_line(sample.x, sample.y, size):
            proven = line.lower_bound
            yield None
        yield size, proven


def bound_sample(target: Target, n_units: int) -> Sample:
    """Return the points over which the bound on the root mean square is proven."""
    at_once = n_units <= MOST_AT_ONCE
    return mean_sample(
        target, N_POINTS if at_once else BLOCK_POINTS * _n_blocks(n_units)
    )


def _n_blocks(n_units: int) -> int:
    return FEW_BLOCKS if n_units <= MOST_IN_FEW else MANY_BLOCKS


def _least_means(
    target: Target, sizes: Sequence[int]
) -> Iterator[tuple[int, float] | None]:
    at_once = [size for size in sizes if size <= MOST_AT_ONCE]
    if at_once:
        costs = _least_costs(bound_sample(target, at_once[-1]), at_once[-1] + 1)
        pieces = 0
        for cost in costs:
            pieces += cost is not None
            known = cost is not None and pieces - 1 in at_once
            yield (pieces - 1, float(np.sqrt(cost))) if known else None
    in_blocks = [size for size in sizes if size > MOST_AT_ONCE]
    for _, group in groupby(in_blocks, _n_blocks):
        yield from _least_means_in_blocks(target, list(group))


def _least_means_in_blocks(
    target: Target, sizes: Sequence[int]
) -> Iterator[tuple[int, float] | None]:
    """Bound the mean square where the range is cut into blocks for nothing.

    D + 1 pieces make D + B runs in B blocks at most, and each block needs one. Where
    the other D serve best, at least by the convex hulls of what they save, is easily
    told.
    """
    sample, n_blocks = bound_sample(target, sizes[0]), _n_blocks(sizes[0])
    stops = np.linspace(0, len(sample.x), n_blocks + 1).astype(np.intp)
    one_run_each, savings = 0.0, []
    for start, stop in pairwise(stops):
        block = Sample(*(part[start:stop] for part in sample))
        costs = []
        for cost in _least_costs(block, BLOCK_RUNS):
            if cost is not None:
                costs.append(cost)
            yield None
        one_run_each += costs[0]
        # More runs are not looked at. They leave nothing at best.
        savings.append(_savings(np.array([*costs, 0.0])))
    saved = np.cumsum(-np.sort(-np.concatenate(savings)))
    for size in sizes:
        rest = one_run_each - saved[min(size, len(saved)) - 1]
        yield size, float(np.sqrt(max(rest, 0.0)))


def _least_costs(sample: Sample, most_runs: int) -> Iterator[float | None]:
    """Find the least weighted sum of squares left by 1, 2, 3, … straight runs.

    Yields None for a pause.
    """
    share = sample.weight.sum()
    weight = sample.weight / share
    x = sample.x - weight @ sample.x
    x /= np.sqrt(weight @ x**2)
    # What is straight costs nothing, but it would cost digits.
    y = sample.y - weight @ sample.y
    y = y - (weight @ (x * y)) * x
    scale = np.sqrt(weight @ y**2) or 1.0
    points = Points.of_rows(x, y[:, np.newaxis] / scale, weight)
    cuts = np.arange(points.n_places + 1)
    costs = np.empty((len(cuts), len(cuts)))
    for start in range(0, len(cuts), ROWS_AT_A_TIME):
        rows = cuts[start : start + ROWS_AT_A_TIME, np.newaxis]
        costs[start : start + ROWS_AT_A_TIME] = run_costs(points, cuts, rows)
        yield None
    for chosen in best_cuts(costs, min(most_runs, points.n_places)):
        proven = costs[chosen[1:], chosen[:-1]].sum() - ROUNDING * (len(chosen) - 1)
        yield float(max(proven, 0.0) * share * scale**2)


def _savings(costs: Array) -> Array:
    """Return the falls of the lower convex hull of costs, from one to the next."""
    hull = [0]
    for place in range(1, len(costs)):
        while len(hull) > 1 and _slope(costs, hull[-2], hull[-1]) >= _slope(
            costs, hull[-1], place
        ):
            hull.pop()
        hull.append(place)
    return -np.diff(np.interp(np.arange(len(costs)), hull, costs[hull]))


def _slope(costs: Array, first: int, second: int) -> float:
    return (costs[second] - costs[first]) / (second - first)
