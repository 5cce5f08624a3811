"""Nodes of a subdivision with the signs of the units of one layer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Of the square's half side: what is thinner is not cut off, what is closer is one node.
TOLERANCE = 1e-12

BITS = np.uint64(1) << np.arange(64, dtype=np.uint64)

Words = NDArray[np.uint64]  # 64 units a word, one row of words a node or polygon
Ints = NDArray[np.intp]
Floats = NDArray[np.float64]


class Crossings(NamedTuple):
    """Zeros of units on segments, in order of the segments."""

    segment: Ints
    unit: Ints
    t: Floats  # the share of the way from the segment's first node

    def sorted(self, n_segments: int) -> Crossings:
        """Return them sorted by `t` on each segment."""
        # What is sorted already but for short stretches a stable sort of one key
        # sorts many times faster than `lexsort`. It leaves `t` at least 40 bits.
        bits = min(62 - int(n_segments).bit_length(), 52)
        key = (self.segment << bits) + (self.t * (2**bits - 1)).astype(np.int64)
        order = key.argsort(kind="stable")
        return Crossings(self.segment, self.unit[order], self.t[order])


class Chains(NamedTuple):
    """What segments have become: links from tail to head, segment after segment."""

    sizes: Ints  # number of links of each segment
    offsets: Ints  # where each starts, and the end
    tails: Ints
    heads: Ints


class Nodes:
    """Points with the sign of each unit of a layer, packed 64 to a word.

    Parameters
    ----------
    points : ndarray of shape (n, n_inputs)
        Where the nodes are.
    signs : ndarray of shape (n, 2, n_words), dtype uint64
        The units above zero there, and those below.
    """

    # Rows are gathered by `take`, several times faster than indexing.

    def __init__(self, points: Floats, signs: Words) -> None:
        self._size = len(points)
        self._points, self._signs = points, signs

    @property
    def points(self) -> Floats:
        """Where the nodes are."""
        return self._points[: self._size]

    def signs(self, nodes: Ints) -> Words:
        """Return the units above and those below zero at some nodes."""
        return self._signs.take(nodes, axis=0)

    def are_negative(self, nodes: Ints, units: Ints) -> NDArray[np.bool_]:
        """Tell whether a unit is below zero at a node."""
        n_words = self._signs.shape[2]
        word, bit = bits_of(units)
        index = nodes * (2 * n_words) + (n_words + word)
        return self._signs.reshape(-1).take(index) & bit != 0

    def are_opposite(self, tails: Ints, heads: Ints, units: Ints) -> NDArray[np.bool_]:
        """Tell whether a unit has strictly opposite signs at two nodes."""
        word, bit = bits_of(units)
        return self.opposite(tails, heads)[np.arange(units.size), word] & bit != 0

    def opposite(self, tails: Ints, heads: Ints) -> Words:
        """Return the units with strictly opposite signs at two nodes."""
        tail, head = self.signs(tails), self.signs(heads)
        return (tail[:, 0] & head[:, 1]) | (tail[:, 1] & head[:, 0])

    def settle_zero(self, nodes: Ints, units: Ints) -> None:
        """Make units zero at nodes."""
        word, bit = bits_of(units)
        for above_or_below in (0, 1):
            np.bitwise_and.at(self._signs, (nodes, above_or_below, word), ~bit)

    def cut(self, tails: Ints, heads: Ints, crossings: Crossings) -> Chains:
        """Put new nodes on segments where units are zero.

        Zeros closer than the tolerance share a node. A unit that crosses has, at the
        other new nodes of the segment, the sign of the end on the same side of its
        zero; any other unit the sign it has at either end.
        """
        if not crossings.t.size:
            return Chains(np.ones_like(tails), np.arange(tails.size + 1), tails, heads)
        segment, unit, t = crossings.sorted(tails.size)
        n = unit.size
        start = self._points.take(tails[segment], axis=0)
        way = self._points.take(heads[segment], axis=0) - start
        begins, opens = np.ones((2, n), dtype=bool)
        np.not_equal(segment[1:], segment[:-1], out=begins[1:])
        gap = (t[1:] - t[:-1]) * np.sqrt((way[1:] ** 2).sum(axis=1))
        opens[1:] = begins[1:] | (gap > TOLERANCE)
        new = np.flatnonzero(opens)
        points = start.take(new, axis=0) + t[new, np.newaxis] * way.take(new, axis=0)

        # Each unit crosses a segment once: sums of its flags are unions.
        before = np.zeros((n + 1, self._signs.shape[2]), dtype=np.uint64)
        word, bit = bits_of(unit)
        before[np.arange(1, n + 1), word] = bit
        before = before.cumsum(axis=0)
        first = np.flatnonzero(begins)
        of_segment = begins.cumsum()[new] - 1
        here = before.take(new, axis=0)
        passed = here - before.take(first[of_segment], axis=0)
        stop = before.take(np.append(first[1:], n)[of_segment], axis=0)
        ahead = stop - before.take(np.append(new[1:], n), axis=0)
        others = ~(passed + (stop - here))
        tail, head = self.signs(tails[segment[new]]), self.signs(heads[segment[new]])
        signs = (tail | head) & others[:, np.newaxis]
        signs |= head & passed[:, np.newaxis]
        signs |= tail & ahead[:, np.newaxis]
        return self._chains(tails, heads, segment[new], self._append(points, signs))

    @staticmethod
    def _chains(tails: Ints, heads: Ints, segment: Ints, ids: Ints) -> Chains:
        sizes = np.bincount(segment, minlength=tails.size) + 1
        offsets = offsets_of(sizes)
        link_tails = np.empty(offsets[-1], dtype=np.intp)
        link_heads = np.empty(offsets[-1], dtype=np.intp)
        inner = np.ones(offsets[-1], dtype=bool)
        inner[offsets[:-1]] = False
        link_tails[~inner], link_tails[inner] = tails, ids
        inner = np.concatenate([inner[1:], [False]])
        link_heads[~inner], link_heads[inner] = heads, ids
        return Chains(sizes, offsets, link_tails, link_heads)

    def _append(self, points: Floats, signs: Words) -> Ints:
        old, self._size = self._size, self._size + len(points)
        if self._size > len(self._points):
            room = self._size + self._size // 4
            for name in ("_points", "_signs"):
                array = getattr(self, name)
                larger = np.empty_like(array, shape=(room, *array.shape[1:]))
                larger[:old] = array[:old]
                setattr(self, name, larger)
        self._points[old : self._size] = points
        self._signs[old : self._size] = signs
        return np.arange(old, self._size)


def offsets_of(sizes: Ints) -> Ints:
    """Return where each of consecutive blocks starts, and the end."""
    offsets = np.zeros(sizes.size + 1, dtype=np.intp)
    sizes.cumsum(out=offsets[1:])
    return offsets


def positions_in(sizes: Ints) -> Ints:
    """Return 0, 1, … within each of consecutive blocks of these sizes."""
    offsets = offsets_of(sizes)
    return np.arange(offsets[-1]) - np.repeat(offsets[:-1], sizes)


def bits_of(units: Ints) -> tuple[Ints, Words]:
    """Return the word that holds each unit, and its bit there."""
    return units >> 6, BITS[units & 63]


def crossings_in(words: Words) -> tuple[Ints, Ints]:
    """Return the row and the unit of each bit that is set."""
    rows = np.flatnonzero(words.any(axis=1))
    if not rows.size:
        return rows, rows
    octets = words.take(rows, axis=0).view(np.uint8)
    row, unit = np.nonzero(np.unpackbits(octets, axis=1, bitorder="little"))
    return rows[row], unit
