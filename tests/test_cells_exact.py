"""Cells against counts in exact integer and rational arithmetic."""

from fractions import Fraction
from itertools import pairwise, product
from math import comb, gcd, prod

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from estimators import ReLUNetwork
from estimators.geometry.cells import cell_regions
from tests.networks import random_network, seeds

MANY = 10**5


def regions_of_planes(planes):
    """Count the regions of hyperplanes (normal…, offset) by deletion and restriction.

    Exact, in integers: r(A) = r(A − H) + r(A restricted to H).
    """
    distinct = set()
    for plane in planes:
        if any(plane[:-1]):
            sign = next(np.sign(a) for a in plane if a)
            divisor = int(sign) * gcd(*plane)
            distinct.add(tuple(a // divisor for a in plane))
    if not distinct:
        return 1
    plane, *rest = distinct
    pivot = next(i for i, a in enumerate(plane) if a)
    restricted = []
    for other in rest:
        row = [plane[pivot] * a - other[pivot] * b for a, b in zip(other, plane)]
        restricted.append(tuple(row[:pivot] + row[pivot + 1 :]))
    return regions_of_planes(rest) + regions_of_planes(restricted)


def at(plane, point):
    *normal, offset = plane
    return sum(a * x for a, x in zip(normal, point)) + offset


def cut(vertices, facets, plane):
    """Return the negative and the positive side of a polytope, None if it has none."""
    values = [at(plane, v) for v in vertices]
    if min(values) >= 0 or max(values) <= 0:
        return None
    on = [{i for i, f in enumerate(facets) if at(f, v) == 0} for v in vertices]
    crossings = []
    for p, a in enumerate(values):
        for m, b in enumerate(values):
            common = on[p] & on[m]
            if a > 0 > b and sum(common <= other for other in on) == 2:
                ends = zip(vertices[p], vertices[m])
                crossings.append(tuple((a * y - b * x) / (a - b) for x, y in ends))
    sides = ([v for v, a in zip(vertices, values) if a * s >= 0] for s in (-1, 1))
    return [(side + crossings, [*facets, plane]) for side in sides]


def exact_patterns(network):
    """List the patterns in the box [−1, 1]^d, in rational arithmetic."""
    d = network.n_inputs
    inputs = [tuple(Fraction(i == j) for j in range(d + 1)) for i in range(d)]
    facets = [(*plane[:d], Fraction(side)) for plane in inputs for side in (-1, 1)]
    corners = [tuple(map(Fraction, v)) for v in product([-1, 1], repeat=d)]
    cells = [(corners, facets, inputs, ())]
    for W, b in zip(network.weights[:-1], network.biases[:-1]):
        # What the layer below is on each cell, and this layer as far as known.
        cells = [(*cell[:3], [], cell[3]) for cell in cells]
        for row, bias in zip(W.tolist(), b.tolist()):
            smaller = []
            for vertices, facets, below, layer, pattern in cells:
                weighted = [[Fraction(w) * a for a in h] for w, h in zip(row, below)]
                *normal, offset = map(sum, zip(*weighted))
                plane = (*normal, offset + Fraction(bias))
                halves = cut(vertices, facets, plane)
                if halves is None:
                    active = any(at(plane, v) > 0 for v in vertices)
                    choices = [(active, vertices, facets)]
                else:
                    choices = [(i == 1, *half) for i, half in enumerate(halves)]
                for active, *polytope in choices:
                    output = tuple(active * a for a in plane)
                    known = [*layer, output], (*pattern, active)
                    smaller.append((*polytope, below, *known))
            cells = smaller
        cells = [(*cell[:2], *cell[3:]) for cell in cells]
    return {pattern for *_, pattern in cells}


def test_the_oracles_know_planes_in_general_position():
    planes = [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (1, 1, 1, -1), (1, 2, 4, 3)]
    expected = sum(comb(5, i) for i in range(4))
    assert regions_of_planes(planes) == expected
    weight, bias = np.split(np.array(planes, dtype=float), [3], axis=1)
    network = ReLUNetwork([weight * 100, np.ones((1, 5))], [bias.ravel(), [0]])
    assert len(exact_patterns(network)) == expected


@given(st.data(), st.integers(2, 4))
@settings(max_examples=60)
def test_planes_with_small_integers(data, d):
    n = data.draw(st.integers(1, 7))
    small = st.integers(-2, 2)
    planes = data.draw(st.lists(st.tuples(*[small] * (d + 1)), min_size=n, max_size=n))
    weight, bias = np.split(np.array(planes, dtype=float), [d], axis=1)
    network = ReLUNetwork([weight, np.ones((1, n))], [bias.ravel(), [0]])
    # By Cramer's rule all crossings lie inside.
    size = 2 * prod(range(1, d + 1)) * 2**d
    regions = cell_regions(network, np.array([[-size, size]] * d), MANY)
    assert regions.n_regions == regions_of_planes(planes)
    assert regions.certain


@given(
    seeds,
    st.sampled_from(["signs", "quarters", "zero biases", "generic"]),
    st.integers(2, 3),
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
)
@settings(max_examples=40)
def test_deep_networks(seed, kind, d, widths):
    rng = np.random.default_rng(seed)
    sizes = [d, *widths, 1]
    network = random_network(seed, sizes)
    if kind == "zero biases":
        network = ReLUNetwork(network.weights, [0 * b for b in network.biases])
    elif kind != "generic":
        grain, most = (1, 1) if kind == "signs" else (4, 4)
        network = ReLUNetwork(
            [
                rng.integers(-most, most + 1, size=(b, a)) / grain
                for a, b in pairwise(sizes)
            ],
            [rng.integers(-most, most + 1, size=b) / grain for b in sizes[1:]],
        )
    regions = cell_regions(network, np.array([[-1.0, 1.0]] * d), MANY)
    assert {tuple(row) for row in regions.patterns.tolist()} == exact_patterns(network)
    assert regions.certain
