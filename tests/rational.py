"""Exact regions of small networks of one or two inputs, without any rounding.

Weights in floating point are integers over a power of two. So are, in homogeneous
coordinates, all maps and all corners: every sign here is the sign of an integer.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise
from math import gcd, hypot, lcm
from operator import mul


@dataclass(frozen=True)
class ExactRegion:
    """A region and the affine map on it; `corners` are (numerators…, denominator)."""

    pattern: tuple[bool, ...]
    corners: tuple[tuple[int, ...], ...]
    slopes: tuple[tuple[Fraction, ...], ...]
    intercepts: tuple[Fraction, ...]

    @cached_property
    def vertices(self) -> list[tuple[Fraction, ...]]:
        """The two ends from left to right, or the corners counter-clockwise."""
        return [tuple(Fraction(v, w) for v in rest) for *rest, w in self.corners]

    @cached_property
    def size(self) -> Fraction:
        """Length or area."""
        if len(self.vertices) == 2:
            (low,), (high,) = self.vertices
            return high - low
        return sum(a * d - b * c for (a, b), (c, d) in self._edges) / 2

    @property
    def thickness(self) -> float:
        """Length, or twice the area over the perimeter."""
        if len(self.vertices) == 2:
            return float(self.size)
        perimeter = sum(hypot(c - a, d - b) for (a, b), (c, d) in self._edges)
        return 2 * float(self.size) / perimeter

    @property
    def middle(self) -> tuple[Fraction, ...]:
        """The mean of the corners."""
        return tuple(sum(column) / len(self.corners) for column in zip(*self.vertices))

    @property
    def _edges(self) -> list[tuple]:
        return list(pairwise([*self.vertices, self.vertices[0]]))

    @property
    def facets(self) -> list[tuple]:
        """Where neighbours may touch: an end; or a line, and from where to where."""
        if len(self.vertices) == 2:
            return [(end, 0, 1) for end in self.vertices]
        lines = map(_line, pairwise([*self.corners, self.corners[0]]))
        return [(line, *sorted(edge)) for line, edge in zip(lines, self._edges)]


def exact_regions(network, box) -> list[ExactRegion]:
    """Cut a finite box into the regions of a network; on a line from left to right."""
    corners = _box_corners([[Fraction(end) for end in limits] for limits in box])
    # Maps are integers over one common denominator; None is a unit that is off.
    cells = [((), corners, [[1, 0]] if len(box) == 1 else [[1, 0, 0], [0, 1, 0]])]
    scale = 1
    for W, b in zip(network.weights[:-1], network.biases[:-1]):
        rows, biases, scale = _integers(W, b, scale)
        children = []
        for pattern, parent, inputs in cells:
            maps = _affine(rows, biases, inputs, len(box))
            for signs, part in _split(parent, range(len(maps)), maps, {}):
                active = tuple(signs[unit] for unit in range(len(maps)))
                outputs = [row if on else None for row, on in zip(maps, active)]
                children.append((pattern + active, part, outputs))
        cells = children
    rows, biases, scale = _integers(network.weights[-1], network.biases[-1], scale)
    regions = []
    for pattern, part, inputs in cells:
        maps = _affine(rows, biases, inputs, len(box))
        exact = [tuple(Fraction(v, scale) for v in row) for row in maps]
        slopes = tuple(row[:-1] for row in exact)
        regions.append(ExactRegion(pattern, part, slopes, tuple(r[-1] for r in exact)))
    if len(box) == 1:
        regions.sort(key=lambda region: region.vertices[0])
    return regions


def exact_pieces(regions) -> list[int]:
    """Number the linear pieces: neighbours with one affine map are one."""
    parent = list(range(len(regions)))

    def root(i):
        while parent[i] != i:
            i = parent[i]
        return i

    places = defaultdict(list)
    for i, region in enumerate(regions):
        for place, start, stop in region.facets:
            places[place, region.slopes, region.intercepts].append((start, stop, i))
    for edges in places.values():
        for (start, stop, i), (begin, end, j) in combinations(edges, 2):
            if max(start, begin) < min(stop, end):
                parent[root(i)] = root(j)
    names: dict[int, int] = {}
    return [names.setdefault(root(i), len(names)) for i in range(len(regions))]


def count_pieces(regions) -> int:
    """Count the linear pieces."""
    return max(exact_pieces(regions)) + 1


def _box_corners(box):
    points = [(end,) for end in box[0]]
    if len(box) == 2:
        (left, right), (low, high) = box
        points = [(left, low), (right, low), (right, high), (left, high)]
    denominators = [lcm(*(v.denominator for v in point)) for point in points]
    return tuple(
        (*(int(v * w) for v in point), w) for point, w in zip(points, denominators)
    )


def _integers(W, b, scale):
    """Return W s, b s scale and s scale for the least s that makes them whole."""
    rows = [[Fraction(float(w)) for w in row] for row in W]
    biases = [Fraction(float(v)) * scale for v in b]
    s = lcm(*(w.denominator for row in [*rows, biases] for w in row))
    rows = [[int(w * s) for w in row] for row in rows]
    return rows, [int(v * s) for v in biases], s * scale


def _affine(rows, biases, inputs, n_inputs):
    active = [j for j, given in enumerate(inputs) if given is not None]
    columns = list(zip(*(inputs[j] for j in active))) or [()] * (n_inputs + 1)
    maps = []
    for row, bias in zip(rows, biases):
        weights = [row[j] for j in active]
        maps.append([sum(map(mul, weights, column)) for column in columns])
        maps[-1][-1] += bias
    return maps


def _split(corners, units, maps, signs):
    """Yield the parts of a polygon on which no unit changes its sign."""
    signs, crossing = dict(signs), []
    for unit in units:
        values = [sum(map(mul, maps[unit], corner)) for corner in corners]
        signs[unit] = max(values) > 0
        if signs[unit] and min(values) < 0:
            crossing.append(unit)
    if not crossing:
        yield signs, corners
        return
    unit, *others = crossing
    for sign in (1, -1):
        part = _half(corners, [sign * v for v in maps[unit]])
        yield from _split(part, others, maps, {**signs, unit: sign > 0})


def _half(corners, row):
    """Return the part of a polygon on which an affine function is not negative."""
    values = [sum(map(mul, row, corner)) for corner in corners]
    part = []
    for i, (corner, value) in enumerate(zip(corners, values)):
        before, value_before = corners[i - 1], values[i - 1]
        if value * value_before < 0:
            p, q = abs(value_before), abs(value)
            part.append(_reduced([q * u + p * v for u, v in zip(before, corner)]))
        if value >= 0:
            part.append(corner)
    if len(corners) == 2:  # both edges of a segment are cut at the same point
        part = sorted(set(part), key=lambda corner: Fraction(*corner))
    return tuple(part)


def _line(edge):
    (a, b, c), (d, e, f) = edge
    line = _reduced((b * f - c * e, c * d - a * f, a * e - b * d))
    return max(line, tuple(-v for v in line))


def _reduced(numbers):
    divisor = gcd(*numbers)
    return tuple(v // divisor for v in numbers)
