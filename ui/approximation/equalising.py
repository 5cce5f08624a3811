"""Broken lines whose pieces are all equally far from a target."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ui.approximation.pieces import Pieces
from ui.approximation.samples import MAXIMUM_POWER, cells_of, values_between
from ui.approximation.spreading import corners_of, spread
from ui.approximation.targets import Target

Array = NDArray[np.float64]

# Every round goes half of the way; all of it would be too far for joints on the two
# sides of an inflection.
ROUNDS = 24
N_CELLS = 4000
PLACES = np.linspace(0, 1, 17)


def nodes_by_curvature(target: Target, n_pieces: int) -> Array | None:
    """Return ends of pieces that are as dense as |f″|^(1/2), if kinks leave enough."""
    cells = cells_of(target, max(N_CELLS, 4 * n_pieces), MAXIMUM_POWER)
    demand = cells.bending(MAXIMUM_POWER)
    return spread(cells.edges, demand, corners_of(target), n_pieces)


def iter_equalised(target: Target, nodes: Array) -> Iterator[Pieces]:
    """Balance the largest errors of the pieces of a broken line.

    In a best broken line all pieces have the same largest error, which grows as the
    square of their width: so joints move to where pieces share the sum of the square
    roots equally, round after round. Each joint is then lifted by half of how far the
    target lies off the chords beside it. Where the target is smooth, no broken line
    with as many pieces is much better; where it is not, a search among points is.

    Parameters
    ----------
    target : Target
        Without jumps.
    nodes : ndarray of shape (n_pieces + 1,)
        The ends of the range and between them the joints to start from.

    Yields
    ------
    line : Pieces
        The best so far after each round.
    """
    corners = corners_of(target)
    best, least = None, np.inf
    for _ in range(ROUNDS):
        line, errors = _lifted(target, nodes)
        if errors.max() < least:
            best, least = line, errors.max()
        yield best
        balanced = spread(nodes, np.sqrt(errors), corners, len(nodes) - 1)
        if balanced is None:
            return
        nodes = (nodes + balanced) / 2


def _lifted(target: Target, nodes: Array) -> tuple[Pieces, Array]:
    """Lift an interpolant to the middle of what it misses, and measure its pieces."""
    low, high = nodes[:-1, np.newaxis], nodes[1:, np.newaxis]
    x = np.minimum(low + (high - low) * PLACES, high)
    y = values_between(target, x, low, high)
    chords = y[:, :1] + (y[:, -1:] - y[:, :1]) * PLACES
    above = y - chords
    middles = (above.min(axis=1) + above.max(axis=1)) / 2
    lifts = (np.append(middles, middles[-1]) + np.append(middles[0], middles)) / 2
    raised = lifts[:-1, np.newaxis] * (1 - PLACES) + lifts[1:, np.newaxis] * PLACES
    errors = np.abs(above - raised).max(axis=1)
    return Pieces(nodes, np.append(y[:, 0], y[-1, -1]) + lifts), errors
