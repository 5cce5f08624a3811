"""How the straight lines next to each other make the kinks of a broken line."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from estimators.minimax.bars import Floats
from estimators.minimax.broken_line import BrokenLine

# How far a joint may go at most, in widths of its narrower neighbour: rounding grows
# with the distance at which a short piece is looked at.
FARTHEST = 4.0


class Kinks(NamedTuple):
    """Of what kind each kink is, and where its joint may go.

    Attributes
    ----------
    bends : ndarray of shape (n_joints,)
        Changes of slope.
    sign : ndarray of shape (n_joints,)
        1 for a convex kink, where the larger of two lines counts, -1 for a concave one.
    before, after : ndarray of shape (n_joints,)
        How far the joint may go to the left and to the right.
    """

    bends: Floats
    sign: Floats
    before: Floats
    after: Floats


def kinks_of(line: BrokenLine, reach: float) -> Kinks:
    """Let each joint go so far, as a share of the pieces beside it."""
    widths, bends = np.diff(line.x), np.diff(line.slopes)
    left, right = widths[:-1], widths[1:]
    most = FARTHEST * np.minimum(left, right)
    before, after = np.minimum(reach * left, most), np.minimum(reach * right, most)
    return Kinks(bends, np.where(bends < 0, -1.0, 1.0), before, after)


def keeping_order(line: BrokenLine, kinks: Kinks) -> tuple[Floats, Floats]:
    """Require that at each end of a joint's way the line of that side counts.

    Returns
    -------
    matrix : ndarray of shape (2 * n_joints, 2 * n_pieces)
        Coefficients of how much each line is raised at the two ends of its piece, in
        units of the line's error.
    limits : ndarray of shape (2 * n_joints,)
        What the sums may be at most.
    """
    widths, n_joints = np.diff(line.x), kinks.sign.size
    joint = np.arange(n_joints)
    matrix = np.zeros((2, n_joints, 2 * widths.size))
    ways = ((1, kinks.after), (-1, kinks.before))
    for rows, (way, distance) in zip(matrix, ways):
        left, right = way * distance / widths[:-1], way * distance / widths[1:]
        sign = way * kinks.sign
        rows[joint, 2 * joint] = -sign * left
        rows[joint, 2 * joint + 1] = sign * (1 + left)
        rows[joint, 2 * joint + 2] = -sign * (1 - right)
        rows[joint, 2 * joint + 3] = -sign * right
    limits = np.abs(kinks.bends) * np.stack([kinks.after, kinks.before])
    return matrix.reshape(2 * n_joints, -1), limits.ravel() / line.max_error


def crossings(
    line: BrokenLine, kinks: Kinks, lefts: Floats, rights: Floats
) -> tuple[Floats, Floats]:
    """Return where lines cross that are raised by so much at the ends of their pieces.

    Returns
    -------
    x, y : ndarray of the shape of ``line.x``
        The new corners.
    """
    slopes = line.slopes + (rights - lefts) / np.diff(line.x)
    bends = np.diff(slopes)
    parallel = bends == 0
    apart = np.where(parallel, 0, rights[:-1] - lefts[1:])
    moves = apart / np.where(parallel, 1, bends)
    moves = np.clip(moves, -kinks.before, kinks.after)
    x, y = line.x.copy(), line.y.copy()
    x[1:-1] += moves
    y[1:-1] += (rights[:-1] + lefts[1:] + (slopes[:-1] + slopes[1:]) * moves) / 2
    y[0], y[-1] = y[0] + lefts[0], y[-1] + rights[-1]
    return x, y
