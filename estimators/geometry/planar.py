"""A subdivision of the square into convex polygons, cut by one layer after another.

Corners (nodes) and edges are shared between polygons, and every node carries the sign
of each unit of the layer that is being cut: positive, negative or zero. A layer cuts

1. all edges whose ends have strictly opposite signs, at all their zeros at once: from
   then on no unit changes sign inside an edge;
2. all polygons in rounds: each takes one unit that is positive at some corners and
   negative at others, joins the two zero nodes between them by a chord, and cuts that
   chord in turn by all units that cross it.

The signs at a new node follow from its order among the zeros on its edge, not from
another evaluation, so that the polygons of a layer fit together by construction even
where lines are parallel, concurrent or equal. The idea of cutting edges by signs
instead of intersecting lines: Berzins, "Polyhedral complex extraction from ReLU
networks using edge subdivision", ICML 2023.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators.geometry.nodes import (
    TOLERANCE,
    Crossings,
    Floats,
    Ints,
    Nodes,
    Words,
    crossings_in,
    positions_in,
)


class Polygons(NamedTuple):
    """Polygons one after the other, anticlockwise; an edge starts at its node."""

    offsets: Ints
    nodes: Ints
    edges: Ints

    @property
    def sizes(self) -> Ints:
        """Number of corners of each polygon."""
        return np.diff(self.offsets)

    def take(self, rows: Ints) -> Polygons:
        """Return some of the polygons."""
        sizes = self.sizes[rows]
        source = np.repeat(self.offsets[rows], sizes) + positions_in(sizes)
        return Polygons(offsets_of(sizes), self.nodes[source], self.edges[source])


class Edges(NamedTuple):
    """The two nodes of each edge, and the hidden unit (−1 to −4: side) it lies on."""

    tails: Ints
    heads: Ints
    makers: Ints


class Cut(NamedTuple):
    """What a layer makes of a subdivision."""

    polygons: Polygons
    edges: Edges
    parents: Ints  # the polygon that each was cut from
    patterns: Words  # the units of this layer that are active in each


def offsets_of(sizes: Ints) -> Ints:
    """Return where each of consecutive blocks starts, and the end."""
    return np.concatenate([[0], np.cumsum(sizes)])


def cut_edges(
    nodes: Nodes, edges: Edges, polygons: Polygons, crossings: Crossings
) -> tuple[Edges, Polygons]:
    """Put a node on each edge at each zero of a unit."""
    chains = nodes.cut(edges.tails, edges.heads, crossings)
    counts = chains.sizes[polygons.edges]
    step = positions_in(counts)
    edge = np.repeat(polygons.edges, counts)
    forward = np.repeat(edges.tails[polygons.edges] == polygons.nodes, counts)
    link = np.where(
        forward, chains.offsets[edge] + step, chains.offsets[edge + 1] - 1 - step
    )
    corners = np.where(forward, chains.tails[link], chains.heads[link])
    sizes = np.add.reduceat(counts, polygons.offsets[:-1])
    makers = np.repeat(edges.makers, chains.sizes)
    return (
        Edges(chains.tails, chains.heads, makers),
        Polygons(offsets_of(sizes), corners, link),
    )


def cut_polygons(
    nodes: Nodes, edges: Edges, polygons: Polygons, makers: Ints, limit: int
) -> Cut | int:
    """Cut all polygons by all units that change sign inside them.

    Parameters
    ----------
    nodes : Nodes
        The nodes with their signs; `edges` are cut already.
    edges, polygons : Edges, Polygons
        The subdivision.
    makers : ndarray of shape (64 · words,)
        The number of the hidden unit behind each bit.
    limit : int
        Give up beyond this number of polygons.

    Returns
    -------
    cut : Cut, or the number of polygons so far if they are more than `limit`.
    """
    work = _Work.start(nodes, polygons)
    links = [edges]
    done: list[_Work] = []
    n_done, n_edges = 0, edges.tails.size
    while True:
        busy = work.todo.any(axis=1)
        done.append(work.take(np.flatnonzero(~busy)))
        n_done += done[-1].parents.size
        work = work.take(np.flatnonzero(busy))
        n_now = n_done + work.parents.size
        if n_now > limit:
            return n_now
        if not work.parents.size:
            break
        work, chords = _round(nodes, work, makers, n_edges)
        links.append(chords)
        n_edges += chords.tails.size
    return Cut(
        _joined([work.polygons for work in done]),
        Edges(*map(np.concatenate, zip(*links))),
        np.concatenate([work.parents for work in done]),
        np.concatenate([work.patterns for work in done]),
    )


class _Work(NamedTuple):
    """Polygons with the units that still change sign inside them.

    `on` and `off` are units whose sign has been settled by cutting, `positive` those
    that are positive at some corner.
    """

    polygons: Polygons
    parents: Ints
    todo: Words
    on: Words
    off: Words
    positive: Words

    @classmethod
    def start(cls, nodes: Nodes, polygons: Polygons) -> _Work:
        positive, negative = _signs_of(nodes, polygons)
        none = np.zeros_like(positive)
        parents = np.arange(len(positive))
        return cls(polygons, parents, positive & negative, none, none, positive)

    def take(self, rows: Ints) -> _Work:
        if rows.size == self.parents.size:
            return self
        return _Work(self.polygons.take(rows), *(part[rows] for part in self[1:]))

    @property
    def patterns(self) -> Words:
        return (self.positive & ~self.off) | self.on


def _round(
    nodes: Nodes, work: _Work, makers: Ints, n_edges: int
) -> tuple[_Work, Edges]:
    """Settle one unit in each polygon: cut it in two, unless one part is too thin."""
    polygons, rows = work.polygons, np.arange(work.parents.size)
    sizes = polygons.sizes
    word = (work.todo != 0).argmax(axis=1)
    unsettled = work.todo[rows, word]
    bit = unsettled & (~unsettled + np.uint64(1))  # the lowest
    flag = np.zeros_like(work.todo)
    flag[rows, word] = bit
    first, last = _zeros(nodes, polygons, rows, word, bit)
    n_below = (last - first) % sizes
    below, above = _areas_if_thick(nodes, polygons, first, n_below)
    split = np.flatnonzero((below > 0) & (above > 0))
    whole = np.flatnonzero((below == 0) | (above == 0))

    tails = polygons.nodes[polygons.offsets[split] + first[split]]
    heads = polygons.nodes[polygons.offsets[split] + last[split]]
    crossed = nodes.opposite(tails, heads) & (work.todo & ~flag)[split]
    chains = nodes.cut(
        tails, heads, _on_chords(nodes, polygons, split, tails, heads, crossed)
    )
    unit = 64 * word[split] + np.bitwise_count(bit[split] - np.uint64(1)).astype(int)
    chords = Edges(chains.tails, chains.heads, np.repeat(makers[unit], chains.sizes))

    # Each part: a run of corners of its parent, then the chord backward or forward.
    source = np.concatenate([split, split, whole])
    start = np.concatenate([first[split], last[split], np.zeros_like(whole)])
    length = np.concatenate(
        [n_below[split], (sizes - n_below)[split], sizes[whole]]
    )
    chord = np.concatenate([np.arange(split.size), np.arange(split.size), whole])
    closing = np.concatenate([chains.sizes, chains.sizes, np.zeros_like(whole)])
    total = length + closing
    step, part = positions_in(total), np.repeat(np.arange(total.size), total)
    on_rim = step < length[part]
    corners = np.empty(step.size, dtype=np.intp)
    links = np.empty(step.size, dtype=np.intp)
    rim = part[on_rim]
    entry = polygons.offsets[source[rim]] + (start[rim] + step[on_rim]) % sizes[
        source[rim]
    ]
    corners[on_rim], links[on_rim] = polygons.nodes[entry], polygons.edges[entry]
    inner = part[~on_rim]
    step = step[~on_rim] - length[inner]
    backward = inner < split.size
    link = np.where(
        backward,
        chains.offsets[chord[inner] + 1] - 1 - step,
        chains.offsets[chord[inner]] + step,
    )
    corners[~on_rim] = np.where(backward, chains.heads[link], chains.tails[link])
    links[~on_rim] = n_edges + link

    parts = Polygons(offsets_of(total), corners, links)
    positive, negative = _signs_of(nodes, parts)
    is_above = np.concatenate(
        [np.zeros(split.size, bool), np.ones(split.size, bool), above[whole] > 0]
    )[:, np.newaxis]
    flag = flag[source]
    return _Work(
        parts,
        work.parents[source],
        work.todo[source] & positive & negative & ~flag,
        work.on[source] | np.where(is_above, flag, 0),
        work.off[source] | np.where(is_above, 0, flag),
        positive,
    ), chords


def _signs_of(nodes: Nodes, polygons: Polygons) -> tuple[Words, Words]:
    """Return the units positive, and those negative, at some corner of each polygon."""
    starts = polygons.offsets[:-1]
    if not starts.size:
        none = np.zeros((0, nodes.n_words), dtype=np.uint64)
        return none, none
    return (
        np.bitwise_or.reduceat(nodes.positive[polygons.nodes], starts),
        np.bitwise_or.reduceat(nodes.negative[polygons.nodes], starts),
    )


def _zeros(
    nodes: Nodes, polygons: Polygons, rows: Ints, word: Ints, bit: Words
) -> tuple[Ints, Ints]:
    """Find the corners where a unit turns negative, and where it turns back.

    Returns their positions in the polygon: between them, anticlockwise, the unit is
    negative.
    """
    sizes = polygons.sizes[rows]
    step = positions_in(sizes)
    corners = polygons.nodes[np.repeat(polygons.offsets[rows], sizes) + step]
    negative = (nodes.word(nodes.negative, corners, np.repeat(word, sizes))) & np.repeat(
        bit, sizes
    ) != 0
    ends = np.cumsum(sizes) - 1
    starts = ends - sizes + 1
    before = np.concatenate([[False], negative[:-1]])
    before[starts] = negative[ends]
    after = np.concatenate([negative[1:], [False]])
    after[ends] = negative[starts]
    turns, returns = np.flatnonzero(negative & ~before), np.flatnonzero(negative & ~after)
    if turns.size == rows.size:
        first, last = step[turns] - 1, step[returns] + 1
        return first % sizes, last % sizes
    return _zeros_of_the_largest_part(nodes, corners, negative, starts, sizes)


def _zeros_of_the_largest_part(
    nodes: Nodes, corners: Ints, negative: NDArray[np.bool_], starts: Ints, sizes: Ints
) -> tuple[Ints, Ints]:
    """Do the work of `_zeros` where rounding has scattered negative corners.

    A convex polygon has one run of them; of several, all but one are within the
    tolerance of zero.
    """
    found = []
    for start, size in zip(starts, sizes):
        signs = negative[start : start + size]
        turns = np.flatnonzero(signs & ~np.roll(signs, 1))
        points = nodes.points[corners[start : start + size]]
        candidates = []
        for turn in turns:
            length = int((~np.roll(signs, -turn)).argmax())
            run = (turn - 1 + np.arange(length + 2)) % size
            x, y = (points[run] - points[run[0]]).T
            candidates.append((x[:-1] @ y[1:] - x[1:] @ y[:-1], run[0], run[-1]))
        found.append(max(candidates)[1:])
    first, last = np.array(found, dtype=np.intp).T
    return first, last


def _areas_if_thick(
    nodes: Nodes, polygons: Polygons, first: Ints, n_below: Ints
) -> tuple[Floats, Floats]:
    """Return the areas below and above a chord, 0 for a part that is too thin.

    A convex polygon is at least as wide as 2 · area / perimeter. Where both parts are
    too thin the larger counts as thick: a polygon keeps a sign for every unit.
    """
    sizes = polygons.sizes
    row = np.repeat(np.arange(sizes.size), sizes)
    step = positions_in(sizes)
    following = np.arange(1, step.size + 1)
    following[polygons.offsets[1:] - 1] = polygons.offsets[:-1]
    x, y = nodes.points[polygons.nodes].T
    pivot = polygons.offsets[:-1] + first
    dx, dy = x[following] - x, y[following] - y
    twice = (x - x[pivot][row]) * dy - (y - y[pivot][row]) * dx
    lengths = np.sqrt(dx * dx + dy * dy)
    other = pivot - first + (first + n_below) % sizes
    chord = np.hypot(x[pivot] - x[other], y[pivot] - y[other])
    side = 2 * row + ((step - first[row]) % sizes[row] >= n_below[row])
    areas = np.bincount(side, twice, 2 * sizes.size).reshape(-1, 2) / 2
    perimeters = np.bincount(side, lengths, 2 * sizes.size).reshape(-1, 2)
    perimeters += chord[:, np.newaxis]
    thick = 2 * areas > TOLERANCE * perimeters
    neither = np.flatnonzero(~thick.any(axis=1))
    thick[neither, areas[neither].argmax(axis=1)] = True
    return tuple(np.where(thick, np.maximum(areas, np.finfo(float).tiny), 0).T)


def _on_chords(
    nodes: Nodes,
    polygons: Polygons,
    split: Ints,
    tails: Ints,
    heads: Ints,
    crossed: Words,
) -> Crossings:
    """Find where the units marked in `crossed` meet the chords."""
    chord, unit = crossings_in(crossed)
    if not chord.size:
        return Crossings(chord, unit, np.empty(0))
    word, bit = np.divmod(unit, 64)
    rows = split[chord]
    first, last = _zeros(nodes, polygons, rows, word, np.uint64(1) << bit.astype(np.uint64))
    start = polygons.offsets[rows]
    origin = nodes.points[polygons.nodes[start + first]]
    dx, dy = (nodes.points[polygons.nodes[start + last]] - origin).T

    def height(ends: Ints) -> Floats:
        x, y = (nodes.points[ends[chord]] - origin).T
        return dx * y - dy * x

    tail, head = height(tails), height(heads)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = tail / (tail - head)
    # The signs say that they cross; where rounding disagrees, they nearly coincide.
    return Crossings(chord, unit, np.clip(np.nan_to_num(t, nan=0.5), 0, 1))


def _joined(polygons: list[Polygons]) -> Polygons:
    return Polygons(
        offsets_of(np.concatenate([p.sizes for p in polygons])),
        np.concatenate([p.nodes for p in polygons]),
        np.concatenate([p.edges for p in polygons]),
    )
