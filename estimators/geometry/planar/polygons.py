"""Convex polygons that share nodes and edges."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from estimators.geometry.planar.nodes import Ints, positions_in


class Polygons(NamedTuple):
    """Polygons one after the other, anticlockwise; an edge starts at its node."""

    offsets: Ints
    nodes: Ints
    edges: Ints

    @property
    def sizes(self) -> Ints:
        """Number of corners of each polygon."""
        return np.diff(self.offsets)

    @property
    def rows(self) -> Ints:
        """Number of the polygon that each corner belongs to."""
        return np.repeat(np.arange(self.offsets.size - 1), self.sizes)

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


def offsets_of(sizes: Ints) -> Ints:
    """Return where each of consecutive blocks starts, and the end."""
    return np.concatenate([[0], np.cumsum(sizes)])


def joined(polygons: list[Polygons]) -> Polygons:
    """Return all polygons in one."""
    return Polygons(
        offsets_of(np.concatenate([p.sizes for p in polygons])),
        np.concatenate([p.nodes for p in polygons]),
        np.concatenate([p.edges for p in polygons]),
    )
