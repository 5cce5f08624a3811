"""Where a unit cuts convex polygons, by the signs at their corners."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from estimators.geometry.planar.nodes import (
    TOLERANCE,
    Crossings,
    Floats,
    Ints,
    Nodes,
    Words,
    crossings_in,
    positions_in,
)
from estimators.geometry.planar.polygons import Polygons


def turns(
    nodes: Nodes, polygons: Polygons, rows: Ints, unit: Ints
) -> tuple[Ints, Ints, bool]:
    """Find the corners where a unit turns negative, and where it turns back.

    Parameters
    ----------
    nodes : Nodes
        The corners with their signs; no edge has ends of strictly opposite sign.
    polygons : Polygons
        Convex polygons.
    rows, unit : ndarray of shape (n,)
        Which polygon, and which unit: one that is positive and negative there.

    Returns
    -------
    first, last : ndarray of shape (n,)
        Positions in the polygon. The unit is zero there, and negative between them,
        anticlockwise.
    scattered : bool
        Whether rounding has made a unit negative elsewhere, too.
    """
    sizes = polygons.sizes[rows]
    step = positions_in(sizes)
    corners = polygons.nodes[np.repeat(polygons.offsets[rows], sizes) + step]
    below = nodes.are_negative(corners, np.repeat(unit, sizes))
    ends = np.cumsum(sizes) - 1
    starts = ends - sizes + 1
    before, after = np.empty_like(below), np.empty_like(below)
    before[1:], after[:-1] = below[:-1], below[1:]
    before[starts], after[ends] = below[ends], below[starts]
    leaves, returns = np.flatnonzero(below & ~before), np.flatnonzero(below & ~after)
    if leaves.size > rows.size:
        return *_turns_of_the_largest(nodes, corners, below, starts, sizes), True
    return (step[leaves] - 1) % sizes, (step[returns] + 1) % sizes, False


def _turns_of_the_largest(
    nodes: Nodes, corners: Ints, below: NDArray[np.bool_], starts: Ints, sizes: Ints
) -> tuple[Ints, Ints]:
    """Do the work of `turns` where rounding has scattered the negative corners.

    A convex polygon has one run of them; of several, all but the one that spans the
    largest area are within rounding of zero.
    """
    found = []
    for start, size in zip(starts, sizes):
        negative = below[start : start + size]
        points = nodes.points[corners[start : start + size]]
        runs = []
        for leaves in np.flatnonzero(negative & ~np.roll(negative, 1)):
            length = int((~np.roll(negative, -leaves)).argmax())
            run = (leaves - 1 + np.arange(length + 2)) % size
            x, y = (points[run] - points[run[0]]).T
            runs.append((x[:-1] @ y[1:] - x[1:] @ y[:-1], run[0], run[-1]))
        found.append(max(runs)[1:])
    first, last = np.array(found, dtype=np.intp).T
    return first, last


def thick_parts(
    nodes: Nodes, polygons: Polygons, first: Ints, n_below: Ints
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell whether the parts below and above a chord are thick enough to be polygons.

    The thickness of a convex polygon is 2 · area / perimeter: its width is at least
    that. Of two thin parts the larger counts as thick, so that one is left.
    """
    sizes = polygons.sizes
    row, step = polygons.rows, positions_in(sizes)
    following = np.arange(1, step.size + 1)
    following[polygons.offsets[1:] - 1] = polygons.offsets[:-1]
    x, y = nodes.points.take(polygons.nodes, axis=0).T
    pivot = polygons.offsets[:-1] + first
    dx, dy = x[following] - x, y[following] - y
    twice_areas = (x - x[pivot][row]) * dy - (y - y[pivot][row]) * dx
    lengths = np.sqrt(dx * dx + dy * dy)
    side = 2 * row + ((step - first[row]) % sizes[row] >= n_below[row])
    areas = np.bincount(side, twice_areas, 2 * sizes.size).reshape(-1, 2)
    perimeters = np.bincount(side, lengths, 2 * sizes.size).reshape(-1, 2)
    other = polygons.offsets[:-1] + (first + n_below) % sizes
    chords = np.hypot(x[pivot] - x[other], y[pivot] - y[other])
    thick = areas > TOLERANCE * (perimeters + chords[:, np.newaxis])
    neither = np.flatnonzero(~thick.any(axis=1))
    thick[neither, areas[neither].argmax(axis=1)] = True
    return thick[:, 0], thick[:, 1]


def on_chords(
    nodes: Nodes,
    polygons: Polygons,
    rows: Ints,
    tails: Ints,
    heads: Ints,
    crossed: Words,
) -> Crossings:
    """Find where the units marked in `crossed` meet chords of polygons.

    Parameters
    ----------
    nodes, polygons : Nodes, Polygons
        The polygons.
    rows, tails, heads : ndarray of shape (n,)
        The polygon of each chord and the nodes it joins.
    crossed : ndarray of shape (n, n_words)
        The units, of strictly opposite sign at the two nodes.
    """
    chord, unit = crossings_in(crossed)
    rows = rows[chord]
    first, last, _ = turns(nodes, polygons, rows, unit)
    starts = polygons.offsets[rows]
    points = nodes.points
    origin = points.take(polygons.nodes[starts + first], axis=0)
    dx, dy = (points.take(polygons.nodes[starts + last], axis=0) - origin).T

    def height(ends: Ints) -> Floats:
        x, y = (points.take(ends[chord], axis=0) - origin).T
        return dx * y - dy * x

    tail, head = height(tails), height(heads)
    # The signs say that they cross; where heights disagree, they nearly coincide.
    disagree = tail * head >= 0
    t = tail / np.where(disagree, 1, tail - head)
    return Crossings(chord, unit, np.where(disagree, 0.5, t))
