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
    """Zeros of units on segments."""

    segment: Ints
    unit: Ints
    t: Floats  # the share of the way from the segment's first node


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
    positive, negative : ndarray of shape (n, n_words), dtype uint64
        The units above, and those below, zero there.
    """

    def __init__(self, points: Floats, positive: Words, negative: Words) -> None:
        self._size = len(points)
        self._arrays = [points, positive, negative]

    @property
    def points(self) -> Floats:
        """Where the nodes are."""
        return self._arrays[0][: self._size]

    @property
    def positive(self) -> Words:
        """Units above zero at each node."""
        return self._arrays[1][: self._size]

    @property
    def negative(self) -> Words:
        """Units below zero at each node."""
        return self._arrays[2][: self._size]

    @property
    def n_words(self) -> int:
        """Number of words that hold the signs of a node."""
        return self._arrays[1].shape[1]

    def is_negative(self, nodes: Ints, units: Ints) -> NDArray[np.bool_]:
        """Tell whether a unit is below zero at a node."""
        word, bit = bits_of(units)
        return self.negative[nodes, word] & bit != 0

    def are_opposite(self, tails: Ints, heads: Ints, units: Ints) -> NDArray[np.bool_]:
        """Tell whether a unit has strictly opposite signs at two nodes."""
        word, bit = bits_of(units)
        return self.opposite(tails, heads)[np.arange(units.size), word] & bit != 0

    def opposite(self, tails: Ints, heads: Ints) -> Words:
        """Return the units with strictly opposite signs at two nodes."""
        positive, negative = self.positive, self.negative
        return (positive[tails] & negative[heads]) | (negative[tails] & positive[heads])

    def settle_zero(self, nodes: Ints, units: Ints) -> None:
        """Make units zero at nodes."""
        word, bit = bits_of(units)
        np.bitwise_and.at(self.positive, (nodes, word), ~bit)
        np.bitwise_and.at(self.negative, (nodes, word), ~bit)

    def cut(self, tails: Ints, heads: Ints, crossings: Crossings) -> Chains:
        """Put new nodes on segments where units are zero.

        Zeros closer than the tolerance share a node. A unit that crosses has, at the
        other new nodes of the segment, the sign of the end on the same side of its
        zero; any other unit the sign it has at either end.
        """
        order = np.lexsort((crossings.t, crossings.segment))
        segment, unit, t = (part[order] for part in crossings)
        if not segment.size:
            return Chains(np.ones_like(tails), np.arange(tails.size + 1), tails, heads)
        start, way = self.points[tails[segment]], self.points[heads[segment]]
        way = way - start
        begins = np.concatenate([[True], segment[1:] != segment[:-1]])
        apart = (t[1:] - t[:-1]) * np.sqrt((way[1:] ** 2).sum(axis=1)) > TOLERANCE
        new = np.flatnonzero(begins | np.concatenate([[True], apart]))
        points = start[new] + t[new, np.newaxis] * way[new]

        flags = np.zeros((unit.size, self.n_words), dtype=np.uint64)
        word, bit = bits_of(unit)
        flags[np.arange(unit.size), word] = bit
        # Each unit crosses a segment once: sums of its flags are unions.
        before = np.concatenate([flags[:1] * 0, np.cumsum(flags, axis=0)])
        first = np.flatnonzero(begins)
        of_segment = np.cumsum(begins)[new] - 1
        passed = before[new] - before[first][of_segment]
        here_and_on = before[np.append(first[1:], unit.size)][of_segment] - before[new]
        ends = np.append(new[1:], unit.size)
        ahead = here_and_on - (before[ends] - before[new])
        others = ~(passed + here_and_on)
        tail, head = tails[segment[new]], heads[segment[new]]
        ids = self._append(
            points,
            *(
                ((signs[tail] | signs[head]) & others)
                | (signs[head] & passed)
                | (signs[tail] & ahead)
                for signs in (self.positive, self.negative)
            ),
        )
        return self._chains(tails, heads, segment[new], ids)

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

    def _append(self, *parts: NDArray) -> Ints:
        old, self._size = self._size, self._size + len(parts[0])
        if self._size > len(self._arrays[0]):
            self._arrays = [
                np.concatenate(
                    [
                        array[:old],
                        np.empty_like(array, shape=(self._size, *array.shape[1:])),
                    ]
                )
                for array in self._arrays
            ]
        for array, part in zip(self._arrays, parts):
            array[old : self._size] = part
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
    octets = np.ascontiguousarray(words[rows]).view(np.uint8)
    if not rows.size:
        return rows, rows
    row, unit = np.nonzero(np.unpackbits(octets, axis=1, bitorder="little"))
    return rows[row], unit
