"""The best network with a given number of hidden units, in either norm."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.constructions import interpolant
from estimators.knots.networks import fitted_networks, last_line
from estimators.knots.points import Points
from estimators.knots.units import (
    balance_of,
    units_with_slope,
    units_without_slope,
)
from estimators.minimax import Units, as_units, iter_broken_line, iter_units
from estimators.scaling import Scaling
from estimators.solvers.quiet import quietly
from estimators.solvers.threads import one_blas_thread
from ui.approximation.equalising import iter_equalised, nodes_by_curvature
from ui.approximation.errors import piecewise_error, rms_error
from ui.approximation.pieces import pieces_of
from ui.approximation.samples import (
    MEAN_POWER,
    Sample,
    cells_of,
    maximum_sample,
    mean_sample,
)
from ui.approximation.spreading import corners_of, spread
from ui.approximation.targets import Target

Array = NDArray[np.float64]
Norm = Literal["rms", "max"]

MOST_UNITS = 1000
# Points of the target that a network is fitted on: many a unit, as long as that is
# quick, and always enough for several on each piece.
LEAST_POINTS, GENEROUS, QUICK, POINTS_PER_UNIT = 1500, 60, 4000, 8
# With more units than these, a level first piece, which saves one, hardly matters.
MOST_LEVEL = 100


def n_points(n_units: int) -> int:
    """Return on how many points of the target a network is fitted."""
    generous = min(max(LEAST_POINTS, GENEROUS * n_units), QUICK)
    return max(generous, POINTS_PER_UNIT * n_units)


def best_fit(target: Target, n_units: int, norm: Norm) -> ReLUNetwork:
    """Find the best network of one hidden layer that is known how to find.

    See `iter_best_fit`, which does the same in slices.
    """
    *_, network = iter_best_fit(target, n_units, norm)
    return network


def iter_best_fit(target: Target, n_units: int, norm: Norm) -> Iterator[ReLUNetwork]:
    """Find the best network of one hidden layer that is known how to find.

    Parameters
    ----------
    target : Target
        What to approximate.
    n_units : int
        Number of hidden units, from 1 to 1000.
    norm : {"rms", "max"}
        Which error is to be small: the root of the mean square, for which joints are
        placed by dynamic programming and moved by Levenberg–Marquardt steps, or the
        largest, for which the best broken line is found with a proof.

    Yields
    ------
    network : ReLUNetwork
        The best so far, the same object again after a slice of work without a better
        one.

    Raises
    ------
    ValueError
        If there are too few or too many units, or the target is not finite somewhere.
    """
    if not 1 <= n_units <= MOST_UNITS:
        raise ValueError(
            f"The number of hidden units must be between 1 and {MOST_UNITS:,}, "
            f"got {n_units:,}."
        )
    search = {"rms": _least_mean, "max": _least_maximum}[norm]
    return _one_threaded(search(target, n_units))


def _least_mean(target: Target, n_units: int) -> Iterator[ReLUNetwork]:
    sample = mean_sample(target, n_points(n_units))
    columns = sample.x[:, np.newaxis], sample.y[:, np.newaxis]
    scaling = Scaling.of_data(*columns, sample.weight)
    points = Points.of_rows(
        scaling.inputs(columns[0], np.float64)[:, 0],
        scaling.targets(columns[1], np.float64),
        sample.weight,
    )
    best, least = None, np.inf
    candidates = chain(
        fitted_networks(points, n_units),
        _from_curvature(target, points, scaling, n_units),
    )
    for params in quietly(candidates):
        if params is not None:
            network = scaling.fold(params, (1, n_units, 1), np.float64)
            pieces = pieces_of(network, target.low, target.high)
            error = rms_error(pieces, target)
            if best is None or error < least:
                best, least = network, error
        yield best


def _from_curvature(
    target: Target, points: Points, scaling: Scaling, n_units: int
) -> Iterator[Array | None]:
    """Refine broken lines whose joints start where the target bends and jumps.

    With one joint less than units, and with as many after a level first piece.
    """
    cells = cells_of(target, n_points(n_units), MEAN_POWER)
    demand, corners = cells.bending(MEAN_POWER), corners_of(target)
    starts = {
        n_pieces: spread(cells.edges, demand, corners, n_pieces)
        for n_pieces in (n_units, n_units + 1)
    }
    facing_left = np.zeros(n_units, dtype=bool)
    for n_pieces, nodes in starts.items():
        if nodes is None:
            continue
        nodes = scaling.inputs(nodes[:, np.newaxis], np.float64)[:, 0]
        nodes[[0, -1]] = points.x[[0, -1]]
        if not (np.diff(nodes) > 0).all():
            continue
        level = n_pieces > n_units
        balance = balance_of(facing_left) if level else None
        line = yield from last_line(points, nodes, balance)
        if level:
            yield units_without_slope(line, facing_left)
        else:
            yield units_with_slope(line, n_units)


def _least_maximum(target: Target, n_units: int) -> Iterator[ReLUNetwork]:
    sample = maximum_sample(target, n_points(n_units))
    latest = network = None
    for units in _units(sample, n_units):
        if units is not latest:
            latest = units
            network = ReLUNetwork([units.theta, units.phi], [units.beta, units.offset])
        yield network
    if target.jumps:
        return
    # A sample knows nothing of the error between its points.
    searched = pieces_of(network, target.low, target.high)
    least = piecewise_error(searched, target).max_error
    starts = [nodes_by_curvature(target, n_units)]
    if len(searched.x) == n_units + 1:
        starts.append(searched.x)
    for nodes in starts:
        if nodes is None:
            continue
        for found in iter_equalised(target, nodes):
            line = found
            yield network
        error = piecewise_error(line, target).max_error
        if error < least:
            network, least = interpolant(*line), error
            yield network


def _units(sample: Sample, n_units: int) -> Iterator[Units]:
    if n_units <= MOST_LEVEL:
        yield from (found.units for found in iter_units(sample.x, sample.y, n_units))
        return
    latest = None
    for line in iter_broken_line(sample.x, sample.y, n_units - 1):
        if latest is None or line.max_error < latest.max_error:
            latest, units = line, as_units(line, n_units)
        yield units


def _one_threaded(networks: Iterator[ReLUNetwork]) -> Iterator[ReLUNetwork]:
    while True:
        with one_blas_thread():
            network = next(networks, None)
        if network is None:
            return
        yield network
