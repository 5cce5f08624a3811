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

from estimators.geometry.planar.chords import on_chords, thick_parts, turns
from estimators.geometry.planar.nodes import (
    Chains,
    Crossings,
    Ints,
    Nodes,
    Words,
    positions_in,
)
from estimators.geometry.planar.polygons import Edges, Polygons, joined


class Cut(NamedTuple):
    """What a layer makes of a subdivision."""

    polygons: Polygons
    edges: Edges
    parents: Ints  # the polygon that each was cut from
    patterns: Words  # the units of this layer that are active in each


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
        Polygons.of_sizes(sizes, corners, link),
    )


def cut_polygons(
    nodes: Nodes, edges: Edges, polygons: Polygons, units: range, limit: int
) -> Cut | int:
    """Cut all polygons by all units that change sign inside them.

    Parameters
    ----------
    nodes : Nodes
        The nodes with their signs; `edges` are cut already.
    edges, polygons : Edges, Polygons
        The subdivision.
    units : range
        The numbers of the layer's hidden units in the network.
    limit : int
        Give up beyond this number of polygons.

    Returns
    -------
    cut : Cut, or the number of polygons so far if they are more than `limit`.
    """
    # Taken at random, units cut polygons into halves rather than strips: rounds are
    # few also where neighbouring units are neighbouring lines.
    rng = np.random.default_rng(0)
    work = _Work.start(nodes, polygons)
    links, done = [edges], []
    n_done, n_edges = 0, edges.tails.size
    while True:
        busy = work.todo.any(axis=1)
        rest = work.take(np.flatnonzero(~busy))
        done.append((rest.polygons, rest.parents, rest.patterns))
        n_done += rest.parents.size
        work = work.take(np.flatnonzero(busy))
        n_now = n_done + work.parents.size
        if n_now > limit:
            return n_now
        if not work.parents.size:
            break
        work, chords = _round(nodes, work, int(rng.integers(len(units))), n_edges)
        links.append(chords._replace(makers=units.start + chords.makers))
        n_edges += chords.tails.size
    pieces, parents, patterns = zip(*done)
    return Cut(
        joined(pieces),
        Edges(*map(np.concatenate, zip(*links))),
        np.concatenate(parents),
        np.concatenate(patterns),
    )


class _Work(NamedTuple):
    """Polygons with the units above, and below, zero at some of their corners.

    `settled` and `on` are needed only where signs at corners do not tell it all: they
    hold units that are not to be cut by any more, and those among them that are
    active.
    """

    polygons: Polygons
    parents: Ints
    positive: Words
    negative: Words
    settled: Words | None = None
    on: Words | None = None

    @classmethod
    def start(cls, nodes: Nodes, polygons: Polygons) -> _Work:
        return cls(polygons, np.arange(polygons.sizes.size), *_signs(nodes, polygons))

    @property
    def todo(self) -> Words:
        both = self.positive & self.negative
        return both if self.settled is None else both & ~self.settled

    @property
    def patterns(self) -> Words:
        if self.settled is None:
            return self.positive
        return (self.positive & ~self.settled) | self.on

    def take(self, rows: Ints) -> _Work:
        if rows.size == self.parents.size:
            return self
        words = (None if w is None else w.take(rows, axis=0) for w in self[2:])
        return _Work(self.polygons.take(rows), self.parents[rows], *words)


def _round(nodes: Nodes, work: _Work, start: int, n_edges: int) -> tuple[_Work, Edges]:
    """Settle one unit in each polygon: cut it in two, unless one part is too thin.

    It is the first at or after `start`; links of chords are numbered from `n_edges`.
    """
    polygons, todo = work.polygons, work.todo
    unit, flag = _first_after(todo, start)
    first, last, scattered = turns(nodes, polygons, np.arange(unit.size), unit)
    n_below = (last - first) % polygons.sizes
    below, above = thick_parts(nodes, polygons, first, n_below)
    split, whole = np.flatnonzero(below & above), np.flatnonzero(~(below & above))

    starts = polygons.offsets[split]
    tails = polygons.nodes[starts + first[split]]
    heads = polygons.nodes[starts + last[split]]
    crossed = nodes.opposite(tails, heads) & (todo & ~flag).take(split, axis=0)
    crossings = on_chords(nodes, polygons, split, tails, heads, crossed)
    chains = nodes.cut(tails, heads, crossings)

    source = np.concatenate([split, split, whole])
    begin = np.concatenate([first[split], last[split], 0 * whole])
    length = np.concatenate([n_below[split], (polygons.sizes - n_below)[split]])
    parts = _closed(polygons, (source, begin, length), chains, n_edges)
    settled = on = None
    if work.settled is not None or scattered or whole.size:
        is_above = np.concatenate([0 * split, 0 * split + 1, above[whole]])
        flag = flag.take(source, axis=0)
        settled, on = flag, np.where(is_above[:, np.newaxis] == 1, flag, 0)
        if work.settled is not None:
            settled = settled | work.settled.take(source, axis=0)
            on |= work.on.take(source, axis=0)
    signs = _signs(nodes, parts)
    return _Work(parts, work.parents[source], *signs, settled, on), Edges(
        chains.tails, chains.heads, np.repeat(unit[split], chains.sizes)
    )


def _first_after(words: Words, start: int) -> tuple[Ints, Words]:
    """Return the first unit at or after `start`, and round, and words that hold it."""
    turn, shift = divmod(start, 64)
    n_words, rows = words.shape[1], np.arange(len(words))
    column = (np.roll(words, -turn, axis=1) != 0).argmax(axis=1)
    column = (column + turn) % n_words
    word = words[rows, column]
    right, left = np.uint64(shift), np.uint64(-shift % 64)
    turned = (word >> right) | (word << left)
    lowest = turned & (~turned + np.uint64(1))
    bit = (lowest << right) | (lowest >> left)
    flag = np.zeros_like(words)
    flag[rows, column] = bit
    return 64 * column + np.bitwise_count(bit - np.uint64(1)), flag


def _closed(
    polygons: Polygons, rims: tuple[Ints, Ints, Ints], chains: Chains, n_edges: int
) -> Polygons:
    """Make polygons of runs of corners of others, closed by chords.

    Parameters
    ----------
    polygons : Polygons
        Where the runs are taken from.
    rims : tuple of ndarray
        The polygon, the first corner and, where a chord follows, the length of each
        run. The first runs are closed by the chords backward, as many by the chords
        forward; the rest are whole polygons.
    chains : Chains
        The chords.
    n_edges : int
        Number of the chords' first link.
    """
    source, first, lengths = rims
    n_chords = chains.sizes.size
    whole = polygons.sizes[source[2 * n_chords :]]
    lengths = np.concatenate([lengths, whole])
    closing = np.concatenate([chains.sizes, chains.sizes, 0 * whole])
    sizes = lengths + closing
    part, step = np.repeat(np.arange(sizes.size), sizes), positions_in(sizes)
    on_rim = step < lengths[part]
    corners, edges = np.empty((2, step.size), dtype=np.intp)

    rim = part[on_rim]
    origin = source[rim]
    entry = (first[rim] + step[on_rim]) % polygons.sizes[origin]
    entry += polygons.offsets[origin]
    corners[on_rim], edges[on_rim] = polygons.nodes[entry], polygons.edges[entry]

    part, step = part[~on_rim], step[~on_rim]
    step -= lengths[part]
    backward, chord = part < n_chords, part % n_chords if n_chords else part
    link = np.where(
        backward, chains.offsets[chord + 1] - 1 - step, chains.offsets[chord] + step
    )
    corners[~on_rim] = np.where(backward, chains.heads[link], chains.tails[link])
    edges[~on_rim] = n_edges + link
    return Polygons.of_sizes(sizes, corners, edges)


def _signs(nodes: Nodes, polygons: Polygons) -> tuple[Words, Words]:
    """Return the units positive, and those negative, at some corner of each polygon."""
    signs = nodes.signs(polygons.nodes)
    if len(signs):
        signs = np.bitwise_or.reduceat(signs, polygons.offsets[:-1])
    return signs[:, 0], signs[:, 1]
