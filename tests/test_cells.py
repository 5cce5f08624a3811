"""Cells of networks of three to six inputs, in general position."""

from itertools import combinations, product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators import ReLUNetwork
from estimators.geometry.cells import CellRegions, cell_regions
from estimators.geometry.spatial.polytopes import Polytopes
from estimators.geometry.spatial.skeleton import Skeleton
from tests.networks import random_network, seeds

MANY = 10**6


def cube(d, size=1.0):
    return np.array([[-size, size]] * d)


def by_cutting(network, box):
    """The regions by the method for special position, whose box is the cube."""
    return CellRegions(network, box, Polytopes(network, MANY))


def rows(patterns):
    return {row.tobytes() for row in patterns}


def pairs(regions):
    named = [row.tobytes() for row in regions.patterns]
    return {frozenset((named[i], named[j])) for i, j in zip(*regions.neighbours())}


def corner_means(regions):
    vertices, offsets = regions.corners()
    sums = np.add.reduceat(vertices, offsets[:-1], axis=0)
    return sums / np.diff(offsets)[:, np.newaxis]


@pytest.mark.parametrize(("d", "n"), [(2, 64), (3, 16), (3, 40), (4, 12), (5, 9)])
def test_one_layer_in_general_position_reaches_zaslavskys_bound(d, n):
    rng = np.random.default_rng(5)
    normals = rng.normal(size=(n, d))
    network = ReLUNetwork([normals, np.ones((1, n))], [rng.normal(size=n) / 2, [0]])
    crossings = [
        np.linalg.solve(normals[list(chosen)], -network.biases[0][list(chosen)])
        for chosen in combinations(range(n), d)
    ]
    size = 2 * np.abs(crossings).max()
    regions = cell_regions(network, cube(d, size), MANY)
    assert regions.n_regions == sum(comb(n, i) for i in range(d + 1))
    assert regions.certain


@pytest.mark.parametrize(
    "sizes",
    [[3, 16, 16, 1], [3, 6, 6, 6, 1], [4, 10, 8, 2], [5, 7, 6, 1], [6, 5, 4, 1]],
)
def test_every_sampled_pattern_is_listed_and_every_listed_one_exists(sizes):
    network = random_network(7, sizes)
    box = np.sort(np.random.default_rng(0).normal(size=(sizes[0], 2)), axis=1)
    regions = cell_regions(network, box, MANY)
    assert regions.certain and isinstance(regions._cells, Skeleton)
    X = np.random.default_rng(1).uniform(*box.T, size=(100_000, sizes[0]))
    sampled = network.activation_pattern(X)
    region = regions.locate(X)
    assert region.min() >= 0
    assert_array_equal(regions.patterns[region], sampled)
    means = corner_means(regions)
    assert_array_equal(network.activation_pattern(means), regions.patterns)
    assert_array_equal(regions.locate(means), np.arange(regions.n_regions))
    values = np.einsum("roi,ri->ro", regions.slopes, means) + regions.intercepts
    assert_allclose(values, network(means), rtol=1e-9, atol=1e-9)


@given(
    seeds,
    st.integers(2, 5),
    st.lists(st.integers(1, 5), min_size=0, max_size=3),
)
@settings(max_examples=40)
def test_both_methods_agree(seed, d, widths):
    network = random_network(seed, [d, *widths, 2])
    grown = cell_regions(network, cube(d), MANY)
    cut = by_cutting(network, cube(d))
    assert grown.certain and cut.certain
    assert grown.n_regions == cut.n_regions
    assert rows(grown.patterns) == rows(cut.patterns)
    assert pairs(grown) == pairs(cut)
    assert len(grown.neighbours()[0]) == len(cut.neighbours()[0])
    assert grown.n_pieces == cut.n_pieces
    order = cut.locate(corner_means(grown))
    vertices, offsets = grown.corners()
    others, other_offsets = cut.corners()
    for i, j in enumerate(order):
        mine = vertices[offsets[i] : offsets[i + 1]]
        theirs = others[other_offsets[j] : other_offsets[j + 1]]
        gaps = np.abs(mine[:, np.newaxis] - theirs).max(axis=2)
        assert len(mine) == len(theirs)
        assert max(gaps.min(axis=0).max(), gaps.min(axis=1).max()) < 1e-8


def test_neighbours_differ_in_the_unit_between_them_and_share_a_facet():
    network = random_network(3, [3, 8, 6, 1])
    regions = cell_regions(network, cube(3), MANY)
    first, second = regions.neighbours()
    assert (regions.patterns[first] ^ regions.patterns[second]).sum(axis=1).min() == 1
    vertices, offsets = regions.corners()
    owner = np.repeat(np.arange(regions.n_regions), np.diff(offsets))
    corners = {}
    for i, vertex in zip(owner, np.round(vertices, 9) + 0.0):
        corners.setdefault(i, set()).add(tuple(vertex))
    facets = set(zip(first.tolist(), second.tolist()))
    for i, j in combinations(range(regions.n_regions), 2):
        shared = len(corners[i] & corners[j])
        assert (shared >= 3) == ((i, j) in facets or (j, i) in facets)


@pytest.mark.parametrize("size", [1e-8, 1, 1e8])
def test_scales_of_inputs_and_units_do_not_matter(size):
    network = random_network(11, [3, 9, 7, 1])
    W, V, out = network.weights
    b, c, end = network.biases
    unit = 10.0 ** np.random.default_rng(0).uniform(-8, 8, size=9)
    scaled = ReLUNetwork(
        [W * unit[:, np.newaxis] / size, V / unit, out], [b * unit, c, end]
    )
    one = cell_regions(network, cube(3), MANY)
    other = cell_regions(scaled, cube(3, size), MANY)
    assert one.certain and other.certain
    assert rows(one.patterns) == rows(other.patterns)
    order = one.locate(corner_means(other) / size)
    assert sorted(order) == list(range(one.n_regions))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_order_of_units_does_not_matter(dtype):
    network = random_network(12, [4, 8, 6, 1], dtype)
    W, V, out = network.weights
    b, c, end = network.biases
    p, q = np.random.default_rng(0).permutation(8), np.arange(6)[::-1]
    permuted = ReLUNetwork([W[p], V[q][:, p], out[:, q]], [b[p], c[q], end])
    one = cell_regions(network, cube(4), MANY)
    other = cell_regions(permuted, cube(4), MANY)
    assert other.network.dtype == np.float64
    columns = np.concatenate([p, 8 + q])
    assert rows(one.patterns[:, columns]) == rows(other.patterns)


def test_dead_units_divide_nothing():
    network = random_network(13, [3, 6, 1])
    W, b = network.weights[0], network.biases[0]
    dead = ReLUNetwork(
        [np.vstack([W, np.zeros((3, 3))]), np.ones((2, 9)), np.ones((1, 2))],
        [np.append(b, [-1.0, 0.0, 1.0]), [-1e6, 1.0], [0]],
    )
    regions = cell_regions(dead, cube(3), MANY)
    assert regions.certain
    alive = cell_regions(network, cube(3), MANY)
    assert rows(regions.patterns[:, :6]) == rows(alive.patterns)
    assert_array_equal(regions.patterns[:, 6:], [[0, 0, 1, 0, 1]] * alive.n_regions)


@pytest.mark.parametrize("d", [2, 3, 6])
def test_a_network_without_hidden_layers_has_one_region(d):
    network = ReLUNetwork([np.ones((1, d))], [[1]])
    regions = cell_regions(network, cube(d, 3), MANY)
    assert regions.patterns.shape == (1, 0)
    assert regions.certain and regions.n_pieces == 1
    vertices, offsets = regions.corners()
    assert_array_equal(offsets, [0, 2**d])
    assert_array_equal(np.unique(vertices, axis=0), list(product([-3, 3], repeat=d)))
    assert_array_equal(regions.locate([[0] * d, [4] * d]), [0, -1])


@pytest.mark.parametrize(("width", "zero_bias"), [(24, False), (14, True)])
def test_too_many_regions_are_refused_with_an_estimate(width, zero_bias):
    network = random_network(14, [3, width, width, 1])
    if zero_bias:
        network = ReLUNetwork(network.weights, [0 * b for b in network.biases])
    n = cell_regions(network, cube(3), MANY).n_regions
    assert cell_regions(network, cube(3), n).n_regions == n
    with pytest.raises(ValueError, match="raise max_regions"):
        cell_regions(network, cube(3), n - 1)
    with pytest.raises(ValueError, match="max_regions=100 ") as refusal:
        cell_regions(network, cube(3), 100)
    estimate = float(str(refusal.value).split("about ")[1].split(")")[0])
    assert n / 10 < estimate < 10 * n


def test_nothing_is_certified_that_does_not_fit_together():
    network = random_network(16, [3, 6, 5, 1])
    whole = cell_regions(network, cube(3), MANY)._cells
    points, signs = whole.points.copy(), whole.signs.copy()
    points[20:] = -points[20:]
    signs[30:] ^= 1
    for change in (
        {"ends": whole.ends[:-1], "edge_tight": whole.edge_tight[:-1]},
        {"points": points},
        {"signs": signs},
    ):
        names = ("points", "tight", "signs", "ends", "edge_tight")
        parts = {name: getattr(whole, name) for name in names} | change
        assert not Skeleton(whole.numbering, **parts).certain


def test_numbers_that_overflow_are_refused():
    network = ReLUNetwork(
        [1e200 * np.ones((2, 3)), 1e200 * np.ones((1, 2))], [[0] * 2, [0]]
    )
    with pytest.raises(ValueError, match="scale the weights down"):
        cell_regions(network, cube(3), MANY)


def test_points_on_joints_and_outside():
    network = random_network(15, [3, 6, 5, 1])
    regions = cell_regions(network, cube(3), MANY)
    vertices, _ = regions.corners()
    region = regions.locate(vertices)
    assert region.min() >= 0
    # Each corner lies in the closure of the region that it is given to.
    z = np.concatenate(network.pre_activations(vertices), axis=1)
    assert (((z > 0) == regions.patterns[region]) | (np.abs(z) < 1e-9)).all()
    assert_array_equal(regions.locate([[1.1, 0, 0], [0, 0, -2]]), [-1, -1])
    with pytest.raises(ValueError, match="shape"):
        regions.locate([[0, 0]])
