"""Networks of two inputs: the convex polygons on which they are affine."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from estimators.geometry.evaluation import Evaluation, Layer
from estimators.geometry.nodes import TOLERANCE, Crossings, Nodes, Words, crossings_in
from estimators.geometry.planar import Edges, Polygons, cut_edges, cut_polygons
from estimators.geometry.regions import Floats, Ints, Regions, too_many
from estimators.network import ReLUNetwork

class PlaneRegions(Regions):
    def __init__(self, network, box, patterns, points, polygons, edges):
        super().__init__(network, box, patterns)
        low, high = box.T
        inner = (low + high) / 2 + (high - low) / 2 * points
        self.points = np.where(points == -1, low, np.where(points == 1, high, inner))
        self._polygons = polygons
        self._edges = edges

    def polygons(self):
        return self.points[self._polygons.nodes], self._polygons.offsets

    corners = polygons

    @cached_property
    def areas(self):
        vertices, offsets = self.polygons()
        following = np.arange(1, len(vertices) + 1)
        following[offsets[1:] - 1] = offsets[:-1]
        x, y = (vertices - np.repeat(vertices[offsets[:-1]], np.diff(offsets), axis=0)).T
        return np.add.reduceat(x * y[following] - x[following] * y, offsets[:-1]) / 2

    def neighbours(self):
        polygons = self._polygons
        region = np.repeat(np.arange(self.n_regions), polygons.sizes)
        forward = self._edges.tails[polygons.edges] == polygons.nodes
        left = np.full(self._edges.tails.size, -1)
        right = left.copy()
        left[polygons.edges[forward]] = region[forward]
        right[polygons.edges[~forward]] = region[~forward]
        both = (left >= 0) & (right >= 0)
        pairs = np.sort(np.column_stack([left, right])[both], axis=1)
        pairs = np.unique(pairs, axis=0)
        return pairs[:, 0], pairs[:, 1]

    def locate(self, X):
        raise NotImplementedError


def plane_regions(network: ReLUNetwork, box: Floats, max_regions: int) -> PlaneRegions:
    """Subdivide."""
    network = network.astype(np.float64)
    corners = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    around = np.arange(4)
    points, polygons = corners, Polygons(np.array([0, 4]), around, around)
    edges = Edges(around, (around + 1) % 4, -1 - around)
    values = Evaluation.of(network, box)
    patterns: list[Words] = []
    n_done = 0
    for k, width in enumerate(network.widths):
        layer = values.layer(k, points, _active_at(points, polygons, patterns))
        nodes = Nodes(points, layer.positive, layer.negative)
        crossings = _on_edges(nodes, edges, layer)
        edges, polygons = cut_edges(nodes, edges, polygons, crossings)
        cut = cut_polygons(
            nodes, edges, polygons, n_done + values.orders[k], max_regions
        )
        n_done += width
        if isinstance(cut, int):
            share = n_done / sum(network.widths)
            raise too_many(max_regions, cut / share**2)
        points, edges, polygons = nodes.points, cut.edges, cut.polygons
        patterns = [*(words[cut.parents] for words in patterns), cut.patterns]
    return PlaneRegions(
        network, box, values.patterns(patterns, polygons.sizes.size), points, polygons, edges
    )


def _active_at(points: Floats, polygons: Polygons, patterns: list[Words]) -> list[Words]:
    """Return the units of earlier layers that are active in all polygons at a node.

    The others are zero there: evaluation need not bring back a rounding error.
    """
    active = []
    row = np.repeat(np.arange(polygons.sizes.size), polygons.sizes)
    for words in patterns:
        columns = np.full((words.shape[1], len(points)), ~np.uint64(0))
        for column, word in zip(columns, words.T):
            np.bitwise_and.at(column, polygons.nodes, word[row])
        active.append(np.ascontiguousarray(columns.T))
    return active


def _on_edges(nodes: Nodes, edges: Edges, layer: Layer) -> Crossings:
    tails, heads, _ = edges
    edge, unit = crossings_in(nodes.opposite(tails, heads))
    tail = layer.at(tails[edge], unit)
    t = tail / (tail - layer.at(heads[edge], unit))
    ways = nodes.points[heads[edge]] - nodes.points[tails[edge]]
    lengths = np.sqrt((ways**2).sum(axis=1))
    at_tail, at_head = t * lengths <= TOLERANCE, (1 - t) * lengths <= TOLERANCE
    if at_tail.any() or at_head.any():
        nodes.settle_zero(tails[edge[at_tail]], unit[at_tail])
        nodes.settle_zero(heads[edge[at_head]], unit[at_head])
        word, bit = np.divmod(unit, 64)
        crossing = nodes.opposite(tails[edge], heads[edge])[np.arange(edge.size), word]
        keep = (crossing >> bit.astype(np.uint64)) & np.uint64(1) != 0
        edge, unit, t = edge[keep], unit[keep], t[keep]
    return Crossings(edge, unit, t)


