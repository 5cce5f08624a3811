"""Where the joints of a broken line start: at the best cuts into straight runs."""

from __future__ import annotations

from collections.abc import Generator, Sequence

import numpy as np
from numpy.typing import NDArray

from estimators.knots.points import Points
from estimators.knots.segments import (
    best_cuts,
    joints_of_cuts,
    segment_costs,
    spread_cuts,
)

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

# Few runs at first: they are shortest where many are needed, as far as cuts are there.
COARSE_CUTS, COARSE_RUNS, COARSE_ROUNDS = 256, 48, 2
FINE_CUTS = 512
# Beyond so many runs, more of them are spread as densely as these.
MOST_RUNS = 128
# Between two pauses: a few milliseconds' worth of dynamic programming.
RUNS_AT_A_TIME = 32


def starting_cuts(
    points: Points, sizes: Sequence[int]
) -> Generator[None, None, dict[int, Indices]]:
    """Find where to cut the data for several numbers of joints.

    Dynamic programming over evenly spread cuts tells how densely cuts are needed where;
    the next one has half of its cuts spread like that.

    Parameters
    ----------
    points : Points
        What is to be fitted.
    sizes : sequence of int
        Numbers of joints, each below ``points.n_places - 1``.

    Yields
    ------
    pause : None
        Every few milliseconds.

    Returns
    -------
    cuts : dict of ndarray of int of shape (n_joints + 2,)
        For each number of joints: increasing numbers of points, both ends included.
    """
    n_places = points.n_places
    evenly = np.array([0, n_places])
    n_runs = max(sizes) + 1
    cuts = spread_cuts(evenly, min(COARSE_CUTS, n_places))
    if n_places > FINE_CUTS:
        for _ in range(COARSE_ROUNDS):
            divisions = yield from _divisions(points, cuts, min(n_runs, COARSE_RUNS))
            cuts = _half_dense(divisions[-1], n_places, COARSE_CUTS)
        cuts = _half_dense(divisions[-1], n_places, FINE_CUTS)
    else:
        cuts = np.arange(n_places + 1)
    n_runs = min(n_runs, MOST_RUNS, len(cuts) - 1)
    divisions = yield from _divisions(points, cuts, n_runs)
    return {
        size: spread_cuts(divisions[min(size, n_runs - 1)], size + 1) for size in sizes
    }


def nodes_of_cuts(points: Points, cuts: Indices) -> Array:
    """Return the ends of the data and, between them, a joint near each inner cut."""
    joints = joints_of_cuts(points, cuts)
    return np.concatenate([points.x[:1], joints, points.x[-1:]])


def _divisions(
    points: Points, cuts: Indices, n_runs: int
) -> Generator[None, None, list[Indices]]:
    costs = segment_costs(points, cuts)
    yield
    divisions = []
    for chosen in best_cuts(costs, n_runs):
        divisions.append(cuts[chosen])
        if len(divisions) % RUNS_AT_A_TIME == 0:
            yield
    return divisions


def _half_dense(division: Indices, n_places: int, n_cuts: int) -> Indices:
    half = min(n_cuts // 2, n_places)
    evenly = spread_cuts(np.array([0, n_places]), half)
    return np.union1d(spread_cuts(division, half), evenly)
