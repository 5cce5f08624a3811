"""Where to put joints, given how much each part of the range asks for."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from ui.approximation.samples import NARROWEST
from ui.approximation.targets import Target

Array = NDArray[np.float64]

# Of the demand, what is spread evenly, so that no piece gets lost where there is none.
EVEN_SHARE = 0.01


def corners_of(target: Target) -> Array:
    """Return the places where a target needs joints: kinks and both sides of jumps."""
    step = NARROWEST * (target.high - target.low)
    sides = [jump + side * step for jump in target.jumps for side in (-1, 1)]
    corners = np.unique([*target.kinks, *sides])
    return corners[(corners > target.low) & (corners < target.high)]


def spread(edges: Array, demand: Array, corners: Array, n_pieces: int) -> Array | None:
    """Divide a range so that all pieces meet the same demand, as far as possible.

    Parameters
    ----------
    edges : ndarray of shape (n_cells + 1,)
        Cells that make up the range.
    demand : ndarray of shape (n_cells,)
        What each cell asks for, not negative.
    corners : ndarray
        Places inside the range, in increasing order, where pieces must meet.
    n_pieces : int
        How many pieces to make.

    Returns
    -------
    nodes : ndarray of shape (n_pieces + 1,) or None
        The ends of the pieces, strictly increasing; None if there are not enough
        pieces for the corners, or they are too many for the range.
    """
    widths = np.diff(edges)
    total, even = demand.sum(), widths / widths.sum()
    shares = demand / total if total > 0 else even
    shares = (1 - EVEN_SHARE) * shares + EVEN_SHARE * even
    met = np.concatenate([[0.0], np.cumsum(shares)])
    stops = np.concatenate([edges[:1], corners, edges[-1:]])
    if n_pieces < len(stops) - 1:
        return None
    met_at_stops = np.interp(stops, edges, met)
    counts = _apportioned(np.diff(met_at_stops), n_pieces)
    # Within a stretch between corners, pieces are equal in what they meet.
    piece_ends = np.concatenate([[0], np.cumsum(counts)])
    levels = np.interp(np.arange(n_pieces + 1), piece_ends, met_at_stops)
    nodes = np.interp(levels, met, edges)
    nodes[piece_ends] = stops
    return nodes if (np.diff(nodes) > 0).all() else None


def _apportioned(demands: Array, n_pieces: int) -> NDArray[np.intp]:
    """Give each stretch a piece, and each other piece to where most is asked of one."""
    counts = np.ones(len(demands), dtype=np.intp)
    queue = [(-demand, stretch) for stretch, demand in enumerate(demands)]
    heapq.heapify(queue)
    for _ in range(n_pieces - len(demands)):
        _, stretch = queue[0]
        counts[stretch] += 1
        heapq.heapreplace(queue, (-demands[stretch] / counts[stretch], stretch))
    return counts
