"""Cells of networks in special position: where more planes meet than must."""

from itertools import pairwise
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from scipy.spatial import ConvexHull

from estimators import ReLUNetwork
from estimators.geometry.cells import cell_regions
from estimators.geometry.spatial.growth import NotGenericError, grown_skeleton
from estimators.geometry.spatial.polytopes import Polytopes
from tests.networks import random_network, seeds

MANY = 10**5


def cube(d, size=1.0):
    return np.array([[-size, size]] * d)


def one_layer(weight, bias):
    return ReLUNetwork([weight, np.ones((1, len(bias)))], [bias, [0.0]])


def without_biases(network):
    return ReLUNetwork(network.weights, [0 * b for b in network.biases])


def rows(patterns):
    return {row.tobytes() for row in patterns}


def volumes(regions):
    vertices, offsets = regions.corners()
    return [
        ConvexHull(vertices[start:stop]).volume for start, stop in pairwise(offsets)
    ]


@pytest.mark.parametrize(("d", "n"), [(2, 9), (3, 9), (4, 7), (5, 6)])
def test_planes_through_the_origin(d, n):
    network = without_biases(random_network(1, [d, n, 1]))
    regions = cell_regions(network, cube(d), MANY)
    assert regions.n_regions == 2 * sum(comb(n - 1, i) for i in range(d))
    assert regions.certain


@pytest.mark.parametrize("counts", [(2, 3, 1), (1, 1, 1, 2), (0, 4, 0)])
def test_a_grid_parallel_to_the_axes(counts):
    d = len(counts)
    weight = np.repeat(np.eye(d), counts, axis=0)
    bias = np.concatenate([np.linspace(-0.5, 0.4, k) for k in counts])
    regions = cell_regions(one_layer(weight, bias), cube(d), MANY)
    assert regions.n_regions == prod(k + 1 for k in counts)
    assert regions.certain
    first, _ = regions.neighbours()
    sizes = [k + 1 for k in counts]
    facets = sum(k * prod(sizes) // (k + 1) for k in counts)
    assert len(first) == facets


@pytest.mark.parametrize("d", [2, 3, 4])
def test_repeated_opposite_and_rescaled_units_make_no_regions(d):
    network = random_network(2, [d, 6, 3, 1])
    W, V, out = network.weights
    b, c, end = network.biases
    factor = np.array([1, -1, 3, -0.1, 1e5, -7])
    again = ReLUNetwork(
        [np.vstack([W, factor[:, np.newaxis] * W]), np.hstack([V, 0 * V]), out],
        [np.append(b, factor * b), c, end],
    )
    one, other = (cell_regions(n, cube(d), MANY) for n in (network, again))
    assert other.certain
    assert rows(other.patterns[:, np.r_[:6, 12:15]]) == rows(one.patterns)
    assert one.n_regions == other.n_regions
    assert one.n_pieces == other.n_pieces
    assert len(one.neighbours()[0]) == len(other.neighbours()[0])


@pytest.mark.parametrize(
    ("normal", "offset", "expected"),
    [
        ([1, 1, 1], -3, 1),  # touches a corner
        ([1, 1, 0], -2, 1),  # touches an edge
        ([1, 0, 0], -1, 1),  # contains a facet
        ([1, 1, 1], -1, 2),  # through three corners
        ([1, 1, 0], 0, 2),  # through two edges
        ([1, -1, 1], 1, 2),
    ],
)
def test_planes_through_corners_edges_and_facets_of_the_box(normal, offset, expected):
    network = one_layer(np.array([normal], dtype=float), [offset])
    regions = cell_regions(network, cube(3), MANY)
    assert regions.n_regions == expected
    assert regions.certain
    assert sum(volumes(regions)) == pytest.approx(8)


def rounded_network(rng, sizes, kind):
    layers = [(b, a) for a, b in pairwise(sizes)]
    if kind == "zero biases":
        return without_biases(random_network(int(rng.integers(2**32)), sizes))
    if kind == "signs":
        weights = [rng.choice([-1.0, 1.0], size=shape) for shape in layers]
        biases = [rng.integers(-1, 2, size=n).astype(float) for n in sizes[1:]]
    else:
        weights = [rng.integers(-3, 4, size=shape) / 3 for shape in layers]
        biases = [rng.integers(-3, 4, size=n) / 3 for n in sizes[1:]]
    return ReLUNetwork(weights, biases)


@given(
    seeds,
    st.sampled_from(["zero biases", "signs", "thirds"]),
    st.integers(2, 4),
    st.lists(st.integers(1, 5), min_size=1, max_size=3),
)
@settings(max_examples=80)
def test_regions_of_rounded_networks_fill_the_box_without_overlap(
    seed, kind, d, widths
):
    rng = np.random.default_rng(seed)
    network = rounded_network(rng, [d, *widths, 1], kind)
    regions = cell_regions(network, cube(d), MANY)
    assert regions.certain
    assert len(rows(regions.patterns)) == regions.n_regions
    assert sum(volumes(regions)) == pytest.approx(2**d, rel=1e-9)
    X = rng.uniform(-1, 1, size=(2000, d))
    region = regions.locate(X)
    assert region.min() >= 0
    z = np.concatenate(network.pre_activations(X), axis=1)
    clear = np.abs(z) > 1e-9
    assert_array_equal((z > 0)[clear], regions.patterns[region][clear])
    first, second = regions.neighbours()
    linked = {frozenset(pair) for pair in zip(first.tolist(), second.tolist())}
    assert len(linked) == len(first) >= regions.n_regions - 1


@given(seeds, st.integers(2, 4))
@settings(max_examples=30)
def test_order_of_units_does_not_matter(seed, d):
    rng = np.random.default_rng(seed)
    network = rounded_network(rng, [d, 5, 4, 1], "signs")
    W, V, out = network.weights
    b, c, end = network.biases
    p, q = rng.permutation(5), rng.permutation(4)
    permuted = ReLUNetwork([W[p], V[q][:, p], out[:, q]], [b[p], c[q], end])
    one = cell_regions(network, cube(d), MANY)
    other = cell_regions(permuted, cube(d), MANY)
    columns = np.concatenate([p, 5 + q])
    assert rows(one.patterns[:, columns]) == rows(other.patterns)


def test_units_that_vanish_on_a_region_are_off_there():
    # h₁ = a[x₁], h₂ = a[−x₁]; the second layer sees h₁, which is 0 where x₁ < 0, and
    # the third one |x₁|, which vanishes only on the joint.
    network = ReLUNetwork(
        [[[1, 0, 0], [-1, 0, 0]], [[1, 0], [0, 1]], [[1, 1]], [[1]]],
        [[0, 0], [0, 0], [0], [0]],
    )
    regions = cell_regions(network, cube(3), MANY)
    assert rows(regions.patterns) == rows(
        np.array([[1, 0, 1, 0, 1], [0, 1, 0, 1, 1]], dtype=bool)
    )
    assert regions.certain and regions.n_pieces == 2
    assert set(regions.locate([[0, 0, 0], [0, 1, -1]])) <= {0, 1}


def test_neighbours_with_one_affine_map_are_one_piece():
    # a[x] − a[−x] = x: joints that cancel.
    network = ReLUNetwork(
        [np.vstack([np.eye(3), -np.eye(3)]), [[1, 2, 3, -1, -2, -3]]],
        [np.zeros(6), [0]],
    )
    regions = cell_regions(network, cube(3), MANY)
    assert (regions.n_regions, regions.n_pieces) == (8, 1)
    assert len(regions.neighbours()[0]) == 12


@pytest.mark.parametrize(("gap", "expected"), [(1e-6, 3), (1e-10, 3), (1e-14, 2)])
def test_regions_thinner_than_the_tolerance_are_merged(gap, expected):
    network = one_layer(np.array([[1.0, 0, 0], [1.0, 0, 0]]), [0.0, gap])
    regions = cell_regions(network, cube(3), MANY)
    assert regions.n_regions == expected
    assert regions.certain


def test_nothing_is_certified_that_does_not_fill_the_box():
    network = without_biases(random_network(3, [3, 5, 4, 1]))
    with pytest.raises(NotGenericError):
        grown_skeleton(network, MANY)
    whole = Polytopes(network, MANY)
    assert whole.certain
    for tamper in (lambda list_: list_.pop(), lambda list_: list_.append(list_[0])):
        wrong = Polytopes(network, MANY)
        tamper(wrong._polytopes)
        wrong.patterns = np.array([p.pattern for p in wrong._polytopes])
        assert not wrong.certain
    wrong = Polytopes(network, MANY)
    wrong.patterns = ~wrong.patterns
    assert not wrong.certain
