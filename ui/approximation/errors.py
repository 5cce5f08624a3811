"""How far a network is from a target: everywhere, not only at sample points."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.network import BLOCK
from ui.approximation.pieces import Pieces, pieces_of
from ui.approximation.samples import values_between
from ui.approximation.targets import Target

Array = NDArray[np.float64]

# The range is looked at in so many parts, or more where there are more pieces.
N_PARTS = 2000
# Of a part, where the error is compared before the largest are refined.
PLACES = np.linspace(0, 1, 7)
GAUSS_NODES, GAUSS_WEIGHTS = np.polynomial.legendre.leggauss(5)
# Local maxima that are refined, and by how many thirds or so: to 1e-7 of a bracket,
# which leaves an error of the second order.
MOST_REFINED, N_SECTIONS = 4000, 34
GOLDEN = (np.sqrt(5) - 1) / 2
# An independent look at the network: no joints, no pieces.
GRID = 20_001


class ErrorReport(NamedTuple):
    """The error of a network, ``network − target``.

    Attributes
    ----------
    max_error : float
        The largest distance.
    where : float
        The x of it.
    rms : float
        The root of the mean square.
    x, error : ndarray of shape (n_drawn,)
        The error as a curve, in increasing x, its joints and its extrema included. At
        a jump of the target the same x comes twice.
    on_grid : float
        The largest distance on a grid that knows nothing of the pieces: not above
        `max_error`.
    """

    max_error: float
    where: float
    rms: float
    x: Array
    error: Array
    on_grid: float


def error_report(network: ReLUNetwork, target: Target) -> ErrorReport:
    """Measure the error of a network on each of its linear pieces, and on a grid.

    Parameters
    ----------
    network : ReLUNetwork
        One input, one output.
    target : Target

    Returns
    -------
    report : ErrorReport

    Raises
    ------
    ValueError
        If the target is not finite somewhere.
    """
    pieces = pieces_of(network, target.low, target.high)
    report = piecewise_error(pieces, target)
    on_grid, where = _grid_error(network, target)
    if on_grid > report.max_error:
        report = report._replace(max_error=on_grid, where=where)
    return report._replace(on_grid=on_grid)


def piecewise_error(pieces: Pieces, target: Target) -> ErrorReport:
    """Measure the error of a broken line on each of its pieces.

    Kinks and jumps of the target cut the pieces further, and at a jump both sides
    count. Between cuts, where the error is as smooth as the target, it is compared at
    more than ten thousand places, and local maxima are refined by golden sections.
    Squares are integrated by Gauss–Legendre quadrature.

    Parameters
    ----------
    pieces : Pieces
        Over the range of the target.
    target : Target

    Returns
    -------
    report : ErrorReport
        Not compared with a grid.
    """
    edges = _parts(pieces, target)
    low, high = edges[:-1, np.newaxis], edges[1:, np.newaxis]
    x = np.minimum(low + (high - low) * PLACES, high)
    error = pieces(x) - values_between(target, x, low, high)
    tops, top_errors = _refined(x.ravel(), error.ravel(), pieces, target)
    all_x = np.concatenate([x.ravel(), tops])
    all_errors = np.concatenate([error.ravel(), top_errors])
    largest = int(np.abs(all_errors).argmax())
    drawn_x = np.concatenate([x[:, [0, -1]].ravel(), tops])
    drawn = np.concatenate([error[:, [0, -1]].ravel(), top_errors])
    order = np.argsort(drawn_x, kind="stable")
    drawn_x, drawn = drawn_x[order], drawn[order]
    new = (np.diff(drawn_x, prepend=-np.inf) > 0) | (np.diff(drawn, prepend=0) != 0)
    return ErrorReport(
        float(abs(all_errors[largest])),
        float(all_x[largest]),
        rms_error(pieces, target),
        drawn_x[new],
        drawn[new],
        0.0,
    )


def rms_error(pieces: Pieces, target: Target) -> float:
    """Return the root of the mean squared error of a broken line over the range."""
    edges = _parts(pieces, target)
    low, high = edges[:-1, np.newaxis], edges[1:, np.newaxis]
    x = np.minimum(low + (high - low) * (GAUSS_NODES + 1) / 2, high)
    error = pieces(x) - values_between(target, x, low, high)
    squares = (error**2 @ GAUSS_WEIGHTS) / 2 * np.diff(edges)
    return float(np.sqrt(squares.sum() / (target.high - target.low)))


def _parts(pieces: Pieces, target: Target) -> Array:
    """Cut the range at joints, kinks and jumps, and what is left into small parts."""
    cuts = np.unique(np.concatenate([pieces.x, target.kinks, target.jumps]))
    cuts = cuts[(cuts >= target.low) & (cuts <= target.high)]
    finest = (target.high - target.low) / N_PARTS
    counts = np.maximum(np.ceil(np.diff(cuts) / finest), 1)
    stops = np.concatenate([[0], np.cumsum(counts)])
    return np.unique(np.interp(np.arange(stops[-1] + 1), stops, cuts))


def _refined(
    x: Array, error: Array, pieces: Pieces, target: Target
) -> tuple[Array, Array]:
    """Climb from the local maxima of the distance among samples to the tops."""
    distance = np.abs(error)
    inner = distance[1:-1]
    tops = np.flatnonzero((inner >= distance[:-2]) & (inner >= distance[2:])) + 1
    tops = tops[(x[tops - 1] < x[tops + 1])]
    if len(tops) > MOST_REFINED:
        tops = tops[np.argpartition(-distance[tops], MOST_REFINED)[:MOST_REFINED]]
    low, high = x[tops - 1], x[tops + 1]

    def signed(places: Array) -> Array:
        with np.errstate(all="ignore"):
            return pieces(places) - target.function(places)

    best_x, best = x[tops], error[tops]
    first, second = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_first, at_second = signed(first), signed(second)
    for _ in range(N_SECTIONS):
        left = np.abs(at_first) > np.abs(at_second)
        low, high = np.where(left, low, first), np.where(left, second, high)
        new = np.where(left, high - GOLDEN * (high - low), low + GOLDEN * (high - low))
        at_new = signed(new)
        first, second = np.where(left, new, second), np.where(left, first, new)
        at_first, at_second = (
            np.where(left, at_new, at_second),
            np.where(left, at_first, at_new),
        )
        better = np.abs(at_new) > np.abs(best)
        best_x, best = np.where(better, new, best_x), np.where(better, at_new, best)
    return best_x, best


def _grid_error(network: ReLUNetwork, target: Target) -> tuple[float, float]:
    """Compare network and target on a fine grid by evaluating all units there."""
    x = np.linspace(target.low, target.high, GRID)
    rows = max(1, BLOCK // network.widths[0])
    values = np.concatenate(
        [network(x[start : start + rows])[:, 0] for start in range(0, GRID, rows)]
    )
    distance = np.abs(values - target.function(x))
    largest = int(distance.argmax())
    return float(distance[largest]), float(x[largest])
