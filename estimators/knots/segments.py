"""Where to cut points into pieces: the best cuts, by dynamic programming."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from estimators.knots.points import Points

Array = NDArray[np.float64]
Indices = NDArray[np.intp]


# How far, in points, a cut is tried from where it is. With few near and some far ones
# a cut gets anywhere in a few rounds.
OFFSETS = np.array([0, 1, 2, 3, 5, 8, 13, 21, 34])
MOST_ROUNDS = 30


def run_costs(points: Points, starts: Indices, ends: Indices) -> Array:
    """Compute what the best line costs on each of many runs of points.

    Parameters
    ----------
    points : Points
        What is cut.
    starts, ends : ndarray of int
        A run is ``start:end``. The two are broadcast.

    Returns
    -------
    costs : ndarray of the shape of ``starts + ends``
        Weighted sums of squared residuals, averaged over outputs; infinite for empty
        runs.
    """
    weight, x = points.weight, points.x

    def total(values: Array) -> Array:
        sums = np.concatenate([[0.0], np.cumsum(values)])
        return sums[ends] - sums[starts]

    mass = total(weight)
    empty = ends <= starts
    mass[empty | (mass <= 0)] = 1
    centre = total(weight * x) / mass
    spread = total(weight * x * x) - mass * centre * centre
    # A run of one point, or what rounding makes of it, has no slope to be found.
    flat = spread <= 1e-14 * mass
    spread[flat] = 1
    costs = np.zeros_like(mass)
    for y in points.y.T:
        level = total(weight * y) / mass
        pull = total(weight * x * y) - mass * centre * level
        pull[flat] = 0
        costs += total(weight * y * y) - mass * level * level - pull * pull / spread
    np.maximum(costs, 0, out=costs)
    costs /= points.y.shape[1]
    costs[empty] = np.inf
    return costs


def segment_costs(points: Points, cuts: Indices) -> Array:
    """Compute what the best line costs between any two of some cuts.

    Parameters
    ----------
    points : Points
        What is cut.
    cuts : ndarray of int of shape (n_cuts,)
        Increasing numbers of points, each the first one after a cut.

    Returns
    -------
    costs : ndarray of shape (n_cuts, n_cuts)
        ``costs[j, i]`` belongs to the points ``cuts[i]:cuts[j]``; infinite where that
        is empty.
    """
    return run_costs(points, cuts, cuts[:, np.newaxis])


def best_cuts(costs: Array, n_segments: int) -> Iterator[Indices]:
    """Find the cheapest division into 1, 2, …, `n_segments` runs.

    Bellman's recursion: the best division into k runs up to a cut is the best one into
    k − 1 runs up to an earlier cut, and one more run. O(n_segments · n_cuts²).

    Parameters
    ----------
    costs : ndarray of shape (n_cuts, n_cuts)
        From `segment_costs`; the first and the last cut are the ends of the data.
    n_segments : int
        At most n_cuts − 1.

    Yields
    ------
    chosen : ndarray of int of shape (k + 1,)
        For k = 1, 2, …: which of the cuts, both ends included.

    References
    ----------
    Bellman, "On the approximation of curves by line segments using dynamic
    programming", Communications of the ACM 4 (1961).
    """
    totals = costs[:, 0].copy()
    before: list[Indices] = []
    sums = np.empty_like(costs)
    rows = np.arange(len(costs))
    for n_runs in range(1, n_segments + 1):
        if n_runs > 1:
            np.add(costs, totals, out=sums)
            before.append(sums.argmin(axis=1))
            totals = sums[rows, before[-1]]
        chosen = [len(costs) - 1]
        for step in reversed(before):
            chosen.append(int(step[chosen[-1]]))
        yield np.array([0, *reversed(chosen)])


def improved_cuts(points: Points, cuts: Indices) -> Indices:
    """Move cuts, all of them at once, to better places near by until there are none.

    Dynamic programming again, but over a few places for each cut, which may be any
    points. Among data with gaps the best cuts are a matter of single points, and steps
    by derivatives do not find them.

    Parameters
    ----------
    points : Points
        What is cut.
    cuts : ndarray of int of shape (n_segments + 1,)
        Increasing; both ends included.

    Returns
    -------
    cuts : ndarray of int of shape (n_segments + 1,)
        Not worse; the same ends.
    """
    offsets = np.concatenate([OFFSETS, -OFFSETS[1:]])
    for _ in range(MOST_ROUNDS):
        middles = (cuts[:-1] + cuts[1:]) // 2
        lowest = np.append(0, middles + 1)
        highest = np.append(middles, cuts[-1])
        highest[0], lowest[-1] = 0, cuts[-1]
        places = (cuts + offsets[:, np.newaxis]).clip(lowest, highest).T
        costs = run_costs(points, places[:-1, :, np.newaxis], places[1:, np.newaxis])
        totals = np.zeros(len(offsets))
        before = []
        for cost in costs:
            sums = totals[:, np.newaxis] + cost
            before.append(sums.argmin(axis=0))
            totals = sums.min(axis=0)
        choice = [0]
        for step in reversed(before):
            choice.append(step[choice[-1]])
        moved = places[np.arange(len(cuts)), choice[::-1]]
        if (moved == cuts).all():
            break
        cuts = moved
    return cuts


def spread_cuts(cuts: Indices, n_segments: int) -> Indices:
    """Cut into another number of runs, as densely everywhere as `cuts` are.

    Parameters
    ----------
    cuts : ndarray of int
        Increasing; both ends included.
    n_segments : int
        The number of runs, at most one for each point.

    Returns
    -------
    cuts : ndarray of int of shape (n_segments + 1,)
        Increasing; the same ends.
    """
    count = np.arange(n_segments + 1)
    levels = np.linspace(0, len(cuts) - 1, n_segments + 1)
    spread = np.rint(np.interp(levels, np.arange(len(cuts)), cuts)).astype(int)
    # Where that is denser than the points are, the cuts give way to the right, and at
    # the right end to the left.
    spread = np.maximum.accumulate(spread - count) + count
    return np.minimum(spread, cuts[-1] - n_segments + count)


def joints_of_cuts(points: Points, cuts: Indices) -> Array:
    """Place a joint near each inner cut: where the best lines on its sides cross.

    Parameters
    ----------
    points : Points
        What is cut.
    cuts : ndarray of int of shape (n_segments + 1,)
        Increasing; both ends included.

    Returns
    -------
    joints : ndarray of shape (n_segments - 1,)
        Increasing strictly; in the middle of the gap that is cut if the lines cross
        farther off than half of the shorter one.
    """
    x, weight = points.x, points.weight
    starts, ends = cuts[:-1], cuts[1:]
    mass = np.add.reduceat(weight, starts)
    centre = np.add.reduceat(weight * x, starts) / mass
    deviation = x - np.repeat(centre, ends - starts)
    spread = np.add.reduceat(weight * deviation * deviation, starts)
    spread[spread == 0] = 1
    runs = [np.add.reduceat(weight * y, starts) / mass for y in points.y.T]
    pulls = [np.add.reduceat(weight * deviation * y, starts) for y in points.y.T]
    levels, slopes = np.array(runs).T, np.array(pulls).T / spread[:, np.newaxis]
    steps = np.diff(levels - slopes * centre[:, np.newaxis], axis=0)
    bends = np.diff(slopes, axis=0)
    sharpness = (bends * bends).sum(axis=1)
    sharpness[sharpness == 0] = np.inf
    crossing = -(steps * bends).sum(axis=1) / sharpness
    inner = cuts[1:-1]
    middle = (x[inner - 1] + x[inner]) / 2
    lengths = x[ends - 1] - x[starts]
    reach = np.minimum(lengths[:-1], lengths[1:]) / 2
    # So joints cannot meet, not even on a run of one point.
    tolerance = 0.98 * (x[inner] - x[inner - 1]) / 2 + 0.9 * reach
    off = (np.abs(crossing - middle) > tolerance) | np.isinf(sharpness)
    return np.where(off, middle, crossing)
