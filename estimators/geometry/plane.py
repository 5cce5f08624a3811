"""Networks of two inputs: the convex polygons on which they are affine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from estimators.geometry.box import from_cube
from estimators.geometry.planar.cutting import cut_edges, cut_polygons
from estimators.geometry.planar.evaluation import Evaluation, Layer, unpacked
from estimators.geometry.planar.nodes import (
    TOLERANCE,
    Crossings,
    Nodes,
    Words,
    crossings_in,
)
from estimators.geometry.planar.polygons import Edges, Polygons
from estimators.geometry.regions import Floats, Ints, Regions, too_many
from estimators.network import ReLUNetwork

# Units of the first layer, and of deeper ones, that cut at once. Time and memory grow
# with the signs that a corner carries; but each batch of a deeper layer evaluates the
# layers before it again.
BATCH = (128, 512)


class PlaneRegions(Regions):
    """Convex polygons that fill a rectangle, on each of which a network is affine.

    Made by `linear_regions`. Numbers of polygons, corners and edges are exact up to a
    tolerance of 1e-12 of the half box: a polygon whose thickness, 2 · area / perimeter
    in units of the half box, would be below it is left in its neighbour, whose area
    then includes it.

    Attributes
    ----------
    network, box, patterns, certain
        See `Regions`.
    points : ndarray of shape (n_points, 2)
        The corners of all polygons, each once.
    """

    def __init__(
        self,
        network: ReLUNetwork,
        box: Floats,
        patterns: NDArray[np.bool_],
        square: Floats,
        polygons: Polygons,
        edges: Edges,
    ) -> None:
        super().__init__(network, box, patterns)
        self.points = from_cube(square, box)
        self._square = square
        self._polygons = polygons
        self._edges = edges

    def polygons(self) -> tuple[Floats, Ints]:
        """Return the corners of every polygon, anticlockwise.

        Returns
        -------
        vertices : ndarray of shape (n_corners, 2)
            The corners of all polygons, one polygon after the other.
        offsets : ndarray of shape (n_regions + 1,)
            Polygon ``i`` has ``vertices[offsets[i]:offsets[i + 1]]``.
        """
        return self.points.take(self._polygons.nodes, axis=0), self._polygons.offsets

    corners = polygons

    @property
    def edge_makers(self) -> Ints:
        """What made each edge of each polygon, of shape (n_corners, 2).

        Row ``i`` belongs to the edge that starts at vertex ``i`` of `polygons`: the
        number of the hidden layer and of the unit in it, from 0, on whose joint the
        edge lies. On the box it is −1 and the side: 0 below, 1 right, 2 above, 3 left.
        Of units that bend on the same line, it is one.
        """
        maker = self._edges.makers[self._polygons.edges]
        firsts = np.array([*accumulate(self.network.widths, initial=0)])
        layer = np.searchsorted(firsts, maker, side="right") - 1
        return np.column_stack(
            [layer, np.where(maker < 0, -1 - maker, maker - firsts[layer])]
        )

    @cached_property
    def areas(self) -> Floats:
        """Area of each polygon, of shape (n_regions,)."""
        _, sides = self._edge_vectors
        dx, dy = sides.T
        offsets, row = self._polygons.offsets[:-1], self._polygons.rows
        x, y = (self._square[self._polygons.nodes]).T
        x, y = x - x[offsets][row], y - y[offsets][row]
        in_square = np.add.reduceat(x * dy - y * dx, offsets) / 2
        return in_square * np.prod(np.diff(self.box, axis=1) / 2)

    def neighbours(self) -> tuple[Ints, Ints]:
        """Return the pairs of polygons that share an edge, each pair once."""
        pairs = np.column_stack([self._polygons.rows, self._across])
        pairs = np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)
        return pairs[:, 0], pairs[:, 1]

    def locate(self, X: ArrayLike) -> Ints:
        """Find the polygon that each input lies in; on an edge, either side's."""
        X = self.network.validated_inputs(X)
        low, high = self.box.T
        inside = ~((low > X) | (high < X)).any(axis=1)
        found = np.full(len(X), -1)
        found[inside] = self._walk((X[inside] - (low + high) / 2) / ((high - low) / 2))
        return found

    def _walk(self, X: Floats) -> Ints:
        """Step across the edge that each point lies farthest behind, until none is."""
        starts = self._polygons.offsets[:-1]
        centres = np.add.reduceat(self._square[self._polygons.nodes], starts)
        centres /= self._polygons.sizes[:, np.newaxis]
        region = cKDTree(centres).query(X)[1] if len(X) else np.empty(0, dtype=np.intp)
        moving = np.arange(len(X))
        for _ in range(100 + 4 * int(np.sqrt(self.n_regions))):
            behind, worst = self._depths(X[moving], region[moving])
            onward = self._across[worst]
            stays = (behind <= TOLERANCE) | (onward < 0)
            moving, onward = moving[~stays], onward[~stays]
            if not moving.size:
                return region
            region[moving] = onward
        # Steps can go round in circles among slivers: compare with all polygons.
        everywhere = np.arange(self.n_regions)
        for i in moving:
            at = np.broadcast_to(X[i], (self.n_regions, 2))
            region[i] = self._depths(at, everywhere)[0].argmin()
        return region

    def _depths(self, X: Floats, region: Ints) -> tuple[Floats, Ints]:
        """How far each point lies behind the edges of a polygon, and behind which."""
        corners, sides = self._edge_vectors
        sizes = self._polygons.sizes[region]
        ends = np.cumsum(sizes)
        entry = np.arange(sizes.sum()) + np.repeat(
            self._polygons.offsets[region] - ends + sizes, sizes
        )
        x, y = (np.repeat(X, sizes, axis=0) - corners[entry]).T
        dx, dy = sides[entry].T
        length = np.sqrt(dx * dx + dy * dy)
        depth = (x * dy - y * dx) / np.where(length == 0, 1, length)
        deepest = np.maximum.reduceat(depth, ends - sizes)
        worst = np.flatnonzero(depth == np.repeat(deepest, sizes))
        rows = np.repeat(np.arange(sizes.size), sizes)[worst]
        return deepest, entry[worst[np.searchsorted(rows, np.arange(sizes.size))]]

    @cached_property
    def _edge_vectors(self) -> tuple[Floats, Floats]:
        """Start and extent of each edge of each polygon, in the square."""
        start = self._square[self._polygons.nodes]
        following = np.arange(1, len(start) + 1)
        following[self._polygons.offsets[1:] - 1] = self._polygons.offsets[:-1]
        return start, start[following] - start

    @cached_property
    def _across(self) -> Ints:
        """The polygon across each edge of each polygon, −1 beyond the box."""
        polygons = self._polygons
        sides = np.full((2, self._edges.tails.size), -1)
        backward = (self._edges.tails[polygons.edges] != polygons.nodes).astype(int)
        sides[backward, polygons.edges] = polygons.rows
        return sides[1 - backward, polygons.edges]


def plane_regions(network: ReLUNetwork, box: Floats, max_regions: int) -> PlaneRegions:
    """Find the linear regions of a network of two inputs; see `linear_regions`.

    Parameters
    ----------
    network : ReLUNetwork
        A network of two inputs.
    box : ndarray of shape (2, 2)
        Validated limits.
    max_regions : int
        Refuse more.

    Raises
    ------
    ValueError
        If there are more regions, or the pre-activations overflow.
    """
    network = network.astype(np.float64)
    points = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    around = np.arange(4)
    polygons = Polygons.of_sizes(np.array([4]), around, around)
    edges = Edges(around, (around + 1) % 4, -1 - around)
    values = Evaluation(network, box)
    patterns: list[Words] = []  # one array a layer
    n_done = 0
    for k, width in enumerate(network.widths):
        patterns.append(np.zeros((polygons.sizes.size, 0), dtype=np.uint64))
        for units in _batches(k, width):
            active = _active_at(points, polygons, patterns[:k])
            layer = values.layer(k, slice(units.start, units.stop), points, active)
            nodes, crossings = _on_edges(edges, points, layer)
            del layer  # as large as everything else
            edges, polygons = cut_edges(nodes, edges, polygons, crossings)
            numbers = range(n_done, n_done + len(units))
            cut = cut_polygons(nodes, edges, polygons, numbers, max_regions)
            n_done += len(units)
            if isinstance(cut, int):
                # In random networks regions grow like units squared.
                growth = (sum(network.widths) / n_done) ** 2
                raise too_many(max_regions, cut * growth)
            points, edges, polygons = nodes.points, cut.edges, cut.polygons
            patterns = [words.take(cut.parents, axis=0) for words in patterns]
            patterns[k] = np.concatenate([patterns[k], cut.patterns], axis=1)
    active = np.empty((polygons.sizes.size, n_done), dtype=bool)
    firsts = accumulate(network.widths, initial=0)
    for words, width, first in zip(patterns, network.widths, firsts):
        active[:, first : first + width] = unpacked(words, width)
    return PlaneRegions(network, box, active, points, polygons, edges)


def _batches(k: int, width: int) -> Iterator[range]:
    """Yield the units of a layer in batches of whole words."""
    size = BATCH[min(k, 1)]
    for start in range(0, width, size):
        yield range(start, min(start + size, width))


def _active_at(
    points: Floats, polygons: Polygons, patterns: list[Words]
) -> list[Words]:
    """Return the units of earlier layers that are active in all polygons at a node.

    The others are zero there: evaluation need not bring back a rounding error.
    """
    active = []
    for words in patterns:
        columns = np.full((words.shape[1], len(points)), ~np.uint64(0))
        for column, word in zip(columns, words.T):
            np.bitwise_and.at(column, polygons.nodes, word[polygons.rows])
        active.append(np.ascontiguousarray(columns.T))
    return active


def _on_edges(edges: Edges, points: Floats, layer: Layer) -> tuple[Nodes, Crossings]:
    """Find the zeros on edges; those too close to an end are moved there."""
    nodes = Nodes(points, layer.signs)
    tails, heads, _ = edges
    edge, unit = crossings_in(nodes.opposite(tails, heads))
    tail = layer.at(tails[edge], unit)
    t = tail / (tail - layer.at(heads[edge], unit))
    ways = nodes.points.take(heads[edge], axis=0)
    ways -= nodes.points.take(tails[edge], axis=0)
    lengths = np.sqrt((ways**2).sum(axis=1))
    at_tail, at_head = t * lengths <= TOLERANCE, (1 - t) * lengths <= TOLERANCE
    if at_tail.any() or at_head.any():
        nodes.settle_zero(tails[edge[at_tail]], unit[at_tail])
        nodes.settle_zero(heads[edge[at_head]], unit[at_head])
        keep = nodes.are_opposite(tails[edge], heads[edge], unit)
        edge, unit, t = edge[keep], unit[keep], t[keep]
    return nodes, Crossings(edge, unit, t)
