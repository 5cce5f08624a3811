"""Vertices and edges of linear regions in general position, and what they tell.

General position: exactly d of the facets of the box and the zero sets of the units
meet in each vertex. Then the sides of these d can be chosen freely, each choice is one
region, and everything can be counted and listed vertex by vertex, without any search.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from estimators.geometry.regions import Floats, Ints
from estimators.geometry.spatial.keys import Bytes, Lookup, SetKeys

# Any direction will do that is at right angles to no edge; a small seed might have
# drawn the network's own weights.
DIRECTION_SEED = 0x5EED_0F_A_D1EC710


class Numbering:
    """Numbers of the hyperplanes, and places of the units in packed sign patterns.

    Facets of the box come first, 2i and 2i + 1 for x_i = −1 and x_i = 1; then follow
    the bits of the packed patterns, in which each layer begins with a new byte.

    Parameters
    ----------
    n_inputs : int
        Dimension d of the box.
    widths : sequence of int
        Numbers of hidden units, layer by layer.
    """

    def __init__(self, n_inputs: int, widths: Sequence[int]) -> None:
        n_bytes = [-(-width // 8) for width in widths]
        self.first_unit = 2 * n_inputs
        self.starts = np.cumsum([0, *n_bytes])
        # One byte at least, for networks without hidden units.
        self.n_bytes = max(1, int(self.starts[-1]))
        layers = [8 * s + np.arange(n) for s, n in zip(self.starts, widths)]
        self.columns = np.concatenate([np.zeros(0, dtype=np.intp), *layers])
        self.keys = SetKeys(self.n_bytes)
        # What the positive side of each hyperplane adds to the key of a pattern.
        self.side_key = np.concatenate(
            [np.zeros(self.first_unit, dtype=np.uint64), self.keys.of_bit]
        )

    def bits(self, signs: Bytes, rows: Ints, hyperplanes: Ints) -> NDArray[np.uint8]:
        """Return the bits of some hyperplanes, 0 for facets of the box."""
        bit = hyperplanes - self.first_unit
        value = signs[rows, np.maximum(bit, 0) >> 3] >> (bit & 7).astype(np.uint8) & 1
        return np.where(bit >= 0, value, 0).astype(np.uint8)

    def set_bits(
        self, signs: Bytes, hyperplanes: Ints, values: NDArray[np.uint8]
    ) -> None:
        """Switch on, in each row, the bit of one unit where the value is 1."""
        rows = np.flatnonzero(values)
        bit = hyperplanes[rows] - self.first_unit
        signs[rows, bit >> 3] |= (1 << (bit & 7)).astype(np.uint8)

    def patterns(self, signs: Bytes) -> NDArray[np.bool_]:
        """Unpack signs to one column per unit."""
        bits = np.unpackbits(signs, axis=1, bitorder="little")
        return bits[:, self.columns].view(np.bool_)


class Skeleton:
    """Vertices and edges of the regions in the box [−1, 1]^d.

    Parameters
    ----------
    numbering : Numbering
        What the numbers of the hyperplanes mean.
    points : ndarray of shape (n_vertices, d)
        The vertices.
    tight : ndarray of shape (n_vertices, d), dtype int32
        The hyperplanes that meet in each vertex, in increasing order.
    signs : ndarray of shape (n_vertices, n_bytes), dtype uint8
        The units that are positive at each vertex, packed.
    ends : ndarray of shape (n_edges, 2), dtype int32
        The two vertices of each edge.
    edge_tight : ndarray of shape (n_edges, d − 1), dtype int32
        The hyperplanes that meet in each edge, in increasing order.
    """

    def __init__(
        self,
        numbering: Numbering,
        points: Floats,
        tight: NDArray[np.int32],
        signs: Bytes,
        ends: NDArray[np.int32],
        edge_tight: NDArray[np.int32],
    ) -> None:
        self.numbering = numbering
        self.points = points
        self.tight = tight
        self.signs = signs
        self.ends = ends
        self.edge_tight = edge_tight

    @cached_property
    def sides(self) -> NDArray[np.bool_]:
        """Whether each hyperplane has a second side, of shape (n_vertices, d, 2).

        The inner side of a facet of the box counts as its negative side.
        """
        sides = np.ones((*self.tight.shape, 2), dtype=bool)
        sides[..., 1] = self.tight >= self.numbering.first_unit
        return sides

    @cached_property
    def rising(self) -> NDArray[np.bool_]:
        """On which sides edges leave upwards, of shape (n_vertices, d, 2).

        Whether the edge on which only the ``j``-th hyperplane of the vertex is left,
        to its negative or positive side, goes up in a fixed generic direction.
        """
        n, d = self.tight.shape
        height = self.points @ np.random.default_rng(DIRECTION_SEED).normal(size=d)
        first, second = self.ends.T
        up = height[first] < height[second]
        low, high = np.where(up, first, second), np.where(up, second, first)
        tight = self.tight[low].T
        left = sum(tight) - sum(self.edge_tight.T)
        slot = sum((hyperplane < left).view(np.int8) for hyperplane in tight)
        side = self.numbering.bits(self.signs, high, left)
        rising = np.zeros(n * d * 2, dtype=bool)
        rising[(low * np.int64(d) + slot) * 2 + side] = True
        return rising.reshape(n, d, 2)

    def count(self) -> int:
        """Count the regions: each has exactly one lowest vertex."""
        return int(_products(self.rising).sum())

    @cached_property
    def certain(self) -> bool:
        """Whether everything fits together.

        From each vertex one edge leaves on each side of each hyperplane; there are as
        many regions by their highest as by their lowest vertices; patterns are unique;
        and the alternating sum of the numbers of k-faces is 1, as for every ball. The
        k-faces with a given lowest vertex are chosen by k of its hyperplanes to leave
        and sides on which edges rise, so their number is the k-th elementary symmetric
        polynomial of the numbers of such sides.
        """
        rising = self.rising.sum(axis=2)
        return bool(
            self.rising.sum() == len(self.ends)
            and self.sides.sum() == 2 * len(self.ends)
            and not (self.rising & ~self.sides).any()
            and self.count() == _products(self.sides & ~self.rising).sum()
            and np.prod(1 - rising, axis=1).sum() == 1
            and self.lookup.unique
        )

    @cached_property
    def cells(self) -> Bytes:
        """Packed patterns of all regions, of shape (n_regions, n_bytes)."""
        return self._choices(self.rising)[1]

    @cached_property
    def patterns(self) -> NDArray[np.bool_]:
        """Patterns of all regions, one column per unit."""
        return self.numbering.patterns(self.cells)

    @cached_property
    def lookup(self) -> Lookup:
        """From keys of patterns to numbers of regions."""
        return Lookup(self.numbering.keys(self.cells))

    def neighbours(self) -> tuple[Ints, Ints]:
        """Return the pairs of regions on both sides of a facet, each pair once."""
        below, above = [], []
        for j, hyperplane in enumerate(self.tight.T):
            choices = self.rising.copy()
            choices[:, j] = [True, False]
            choices[hyperplane < self.numbering.first_unit] = False
            vertex, signs = self._choices(choices)
            key = self.numbering.keys(signs)
            below.append(self.lookup(key))
            above.append(self.lookup(key + self.numbering.side_key[hyperplane[vertex]]))
        return np.concatenate(below), np.concatenate(above)

    def corners(self) -> tuple[Floats, Ints]:
        """Return the vertices of all regions, with offsets as in `Regions.corners`."""
        vertex, signs = self._choices(self.sides)
        region = self.lookup(self.numbering.keys(signs))
        order = np.argsort(region, kind="stable")
        sizes = np.bincount(region, minlength=len(self.cells))
        return self.points[vertex[order]], np.concatenate([[0], np.cumsum(sizes)])

    def _choices(self, allowed: NDArray[np.bool_]) -> tuple[Ints, Bytes]:
        """List the ways to choose an allowed side of every tight hyperplane.

        Returns
        -------
        vertex : ndarray of shape (n_choices,)
            The vertex at which the choice is made.
        signs : ndarray of shape (n_choices, n_bytes), dtype uint8
            The signs of all units with this choice.
        """
        vertex = np.flatnonzero(allowed.any(axis=2).all(axis=1))
        signs = self.signs[vertex]
        for j in range(self.tight.shape[1]):
            sides = allowed[vertex, j]
            both = np.flatnonzero(sides.all(axis=1))
            positive = np.concatenate([~sides[:, 0], np.ones(len(both), dtype=bool)])
            vertex = np.concatenate([vertex, vertex[both]])
            signs = np.concatenate([signs, signs[both]])
            self.numbering.set_bits(signs, self.tight[vertex, j], positive)
        return vertex, signs


def _products(sides: NDArray[np.bool_]) -> Ints:
    """Count the choices of one side of each hyperplane, at each vertex."""
    negative, positive = np.moveaxis(sides.view(np.int8), 2, 0)
    numbers = (negative + positive).T
    product = numbers[0].astype(np.intp)
    for number in numbers[1:]:
        product *= number
    return product
