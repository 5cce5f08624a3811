"""One more layer on a line: where its units cross zero, and what they are between."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators.geometry.regions import Floats, Ints
from estimators.network import ReLUNetwork

# Zeros of different units that agree to this are one point: relative to the length of
# the box or, if that is infinite, to the ends of the interval they lie in.
SAME_POINT = 1e-12
# Intervals to cut at once when there may be too many.
BLOCK = 1000
EPSILON = float(np.finfo(np.float64).eps)

Bools = NDArray[np.bool_]


class Line(NamedTuple):
    """Points on a line, and the hidden units of one layer there.

    All about a point is multiplied by its ``w``, which changes no sign and keeps the
    numbers of far points small. Points at infinity are directions: they have w = 0.
    """

    x: Floats  # (m,), sorted
    xw: Floats  # (m,), from −reach to reach
    w: Floats  # (m,), from 0 to 1
    h: Floats  # (m, n)
    reach: float
    closeness: tuple[float, float]  # nearer points are one: at least, and times |x|


class Crossings(NamedTuple):
    """Where units cross zero between the points of a line, from left to right."""

    cell: Ints  # the interval: from the point of this number to the next
    unit: Ints
    left: Floats  # |z| at the left end of the interval, and at the right
    right: Floats
    place: Ints  # number of the crossing among the old and the new points
    new: Bools  # the first crossing at a place that was no point
    points: Floats  # old and new ones
    old: Bools  # which of them are


def uncut(network: ReLUNetwork, low: float, high: float) -> Line:
    """Return the ends of a line, infinite or not, and what the first layer sees there.

    Parameters
    ----------
    network : ReLUNetwork
        A network of one input.
    low, high : float
        Limits of the line.

    Returns
    -------
    line : Line
        Two points; on a line without ends also one in between, where a unit bends.
    """
    slopes, biases = network.weights[0][:, 0], network.biases[0]
    bends = (slopes != 0) & (network.depth > 0)
    with np.errstate(over="ignore"):
        zeros = -biases[bends] / slopes[bends]
    zeros = zeros[np.isfinite(zeros)] + 0.0  # no −0
    x = np.array([low, high])
    if np.isinf(x).all():
        # Measured from the zero nearest to 0, other zeros lose no digits. Without any
        # the network is one straight line, wherever one looks.
        nearest = zeros[np.abs(zeros).argsort()[:1]]
        x = np.array([low, *nearest, high]) if zeros.size else np.array([-1.0, 1.0])
    finite = np.isfinite(x)
    if finite.all():
        reach, closeness = np.abs(x).max(), (SAME_POINT * (x[1] - x[0]), 4 * EPSILON)
    else:
        sizes = np.abs(np.concatenate([zeros, x[finite]]))
        reach = np.median(sizes[sizes > 0]) if sizes.any() else 1.0
        closeness = 0.0, SAME_POINT
    xw = np.clip(x, -reach, reach)
    w = reach / np.maximum(np.abs(x), reach)
    return Line(x, xw, w, xw[:, np.newaxis], reach, closeness)


def sign_changes(z: Floats) -> Bools:
    """Tell which units have opposite signs at the two ends of which interval.

    Parameters
    ----------
    z : ndarray of shape (m, n)
        Pre-activations at the points of a line.

    Returns
    -------
    crosses : ndarray of shape (m - 1, n), dtype bool
    """
    positive, negative = z > 0, z < 0
    return positive[:-1] & negative[1:] | negative[:-1] & positive[1:]


def crossings(line: Line, z: Floats) -> Crossings:
    """Find where the units of the next layer cross zero.

    Parameters
    ----------
    line : Line
        Points between which `z` is affine.
    z : ndarray of shape (m, n)
        Pre-activations of the next layer at the points, times w.

    Returns
    -------
    found : Crossings
    """
    cell, unit = np.nonzero(sign_changes(z))
    left, right = np.abs(z[cell, unit]), np.abs(z[cell + 1, unit])
    with np.errstate(over="ignore"):
        x = right * line.xw[cell] + left * line.xw[cell + 1]
        x /= right * line.w[cell] + left * line.w[cell + 1]
    order = np.argsort(x)
    order = order[np.isfinite(x[order])]
    x, cell, unit = x[order], cell[order], unit[order]
    least, relative = line.closeness
    sizes = np.where(np.isinf(line.x), 0, np.abs(line.x))
    size = np.maximum(np.maximum(sizes[cell], sizes[cell + 1]), np.abs(x))
    close = np.maximum(least, relative * size)
    at_left = x - line.x[cell] <= close
    at_right = ~at_left & (line.x[cell + 1] - x <= close)
    new = ~at_left & ~at_right
    repeated = (cell[1:] == cell[:-1]) & (np.diff(x) <= close[1:])
    new[1:] &= ~(repeated & new[:-1])
    place = cell + np.cumsum(new) + at_right
    old = np.ones(line.x.size + np.count_nonzero(new), dtype=bool)
    old[place[new]] = False
    points = np.empty(old.size)
    points[old], points[~old] = line.x, x[new]
    return Crossings(cell, unit, left[order], right[order], place, new, points, old)


def count_intervals(line: Line, z: Floats, enough: float) -> float:
    """Estimate how many intervals there will be; exactly, if they are not `enough`.

    Parameters
    ----------
    line, z
        As in `crossings`.
    enough : float
        Stop counting here, before memory is spent on so many.

    Returns
    -------
    count : float
        At most `enough` if and only if there are at most so many intervals.
    """
    n_old, n_new = line.x.size - 1, 0
    for start in range(0, n_old, BLOCK):
        block = slice(start, start + BLOCK + 1)
        part = line._replace(x=line.x[block], xw=line.xw[block], w=line.w[block])
        n_new += np.count_nonzero(crossings(part, z[block]).new)
        if n_old + n_new > enough:
            return n_old + n_new * n_old / min(start + BLOCK, n_old)
    return n_old + n_new


def intervals(z: Floats, found: Crossings) -> tuple[Ints, Bools]:
    """Return the intervals between old and new points.

    Parameters
    ----------
    z : ndarray of shape (m, n)
        Pre-activations at the old points.
    found : Crossings
        Where they cross zero.

    Returns
    -------
    parent : ndarray of shape (n_intervals,)
        The interval between old points that each one is part of.
    active : ndarray of shape (n_intervals, n), dtype bool
        The units with z > 0 inside of it.
    """
    parent = np.cumsum(found.old[:-1]) - 1
    active = (z[:-1] > 0) | (z[:-1] == 0) & (z[1:] > 0)
    flips_at = np.full(active.shape, found.old.size, dtype=np.int32)
    flips_at[found.cell, found.unit] = found.place
    number = np.arange(parent.size, dtype=np.int32)[:, np.newaxis]
    return parent, active[parent] ^ (number >= flips_at[parent])


def cut(line: Line, z: Floats, found: Crossings) -> Line:
    """Return old and new points together, with the units that `z` activates there.

    Parameters
    ----------
    line, z
        As in `crossings`.
    found : Crossings
        Where units cross zero; their own value is exactly zero there.

    Returns
    -------
    line : Line
    """
    rows = np.column_stack([line.xw, line.w, z])
    cell = found.cell[found.new]
    left, right = found.left[found.new, np.newaxis], found.right[found.new, np.newaxis]
    between = right * rows[cell] + left * rows[cell + 1]
    far = np.abs(between[:, 0]) / line.reach
    between /= np.maximum(between[:, 1], far)[:, np.newaxis]
    both = np.empty((found.old.size, rows.shape[1]))
    both[found.old], both[~found.old] = rows, between
    h = both[:, 2:]
    h[found.place, found.unit] = 0
    h = np.maximum(h, 0)
    return line._replace(x=found.points, xw=both[:, 0], w=both[:, 1], h=h)
