"""Convex polygons that share nodes and edges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from estimators.geometry.planar.nodes import Ints, offsets_of, positions_in


class Polygons(NamedTuple):
    """Polygons one after the other, anticlockwise; an edge starts at its node."""

    sizes: Ints  # number of corners of each
    offsets: Ints  # where each starts, and the end
    nodes: Ints
    edges: Ints

    @classmethod
    def of_sizes(cls, sizes: Ints, nodes: Ints, edges: Ints) -> Polygons:
        """Return polygons with these numbers of corners."""
        return cls(sizes, offsets_of(sizes), nodes, edges)

    @property
    def rows(self) -> Ints:
        """Number of the polygon that each corner belongs to."""
        return np.repeat(np.arange(self.sizes.size), self.sizes)

    def take(self, rows: Ints) -> Polygons:
        """Return some of the polygons."""
        sizes = self.sizes[rows]
        source = np.repeat(self.offsets[rows], sizes) + positions_in(sizes)
        return Polygons.of_sizes(sizes, self.nodes[source], self.edges[source])


class Edges(NamedTuple):
    """The two nodes of each edge, and the hidden unit (−1 to −4: side) it lies on."""

    tails: Ints
    heads: Ints
    makers: Ints


def joined(polygons: Iterable[Polygons]) -> Polygons:
    """Return all polygons in one."""
    sizes, _, nodes, edges = map(np.concatenate, zip(*polygons))
    return Polygons.of_sizes(sizes, nodes, edges)
