"""Polygons of two-input networks, against exact rational subdivision and theorems."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators import ReLUNetwork
from estimators.geometry import linear_regions
from tests.degenerate import DEGENERATE, network_of_kind, small_networks
from tests.networks import random_network, seeds
from tests.rational import count_pieces, exact_regions

SQUARE = np.array([[-1.0, 1.0], [-1.0, 1.0]])
# Of the half box; thinner regions may be merged with a neighbour.
TOLERANCE = 2e-12


def square_network(network, box):
    """The same network on the square, so that thickness is measured in half boxes."""
    centre, half = np.mean(box, axis=1), np.diff(box, axis=1)[:, 0] / 2
    return network @ ReLUNetwork([np.diag(half)], [centre])


def assert_exact(network, box=SQUARE):
    """Compare with the rational oracle: patterns, areas, corners, maps, pieces."""
    exact = {region.pattern: region for region in exact_regions(network, box)}
    found = linear_regions(network, box)
    total = np.prod(np.diff(box, axis=1))
    assert_allclose(found.areas.sum(), total, rtol=1e-9)
    patterns = [tuple(row) for row in found.patterns.tolist()]
    assert len(set(patterns)) == len(patterns)
    assert set(patterns) <= set(exact)
    half = np.diff(box, axis=1)[:, 0] / 2
    merged = set(exact) - set(patterns)
    assert all(exact[p].thickness <= TOLERANCE * half.max() for p in merged)
    assert_allclose(
        found.areas, [float(exact[p].size) for p in patterns], atol=1e-11 * total
    )
    for i, pattern in enumerate(patterns):
        scale = 1 + np.abs(found.slopes).max()
        slopes = np.array(exact[pattern].slopes, dtype=float)
        assert_allclose(found.slopes[i], slopes, rtol=1e-9, atol=1e-12 * scale)
    if not merged:
        assert found.n_pieces == count_pieces(exact.values())
    return found


@settings(max_examples=400)
@given(small_networks(2))
def test_equals_exact_subdivision(network):
    assert_exact(network)


@given(
    small_networks(2, max_depth=2, max_width=4), st.integers(-8, 8), st.integers(-3, 3)
)
def test_in_boxes_of_any_size_and_place(network, size, place):
    assert_exact(network, (SQUARE + place) * [[2.0**size], [2.0**-size]])


@pytest.mark.parametrize("name", DEGENERATE)
def test_networks_in_special_position(name):
    assert_exact(*DEGENERATE[name])


def test_twelve_panels_of_the_lecture():
    # UDL figure 3.8: seven of the eight patterns, 010 missing, 000 flat.
    network = ReLUNetwork(
        [[[0.5, 0.5], [0.9, -0.1], [0.2, -0.7]], [[-1, 1.8, -0.5]]],
        [[0.2, -0.3, 0.2], [0.4]],
    )
    regions = assert_exact(network)
    assert regions.n_regions == regions.n_pieces == 7
    names = ["".join(str(int(unit)) for unit in row) for row in regions.patterns]
    assert sorted(names) == ["000", "001", "011", "100", "101", "110", "111"]
    assert_allclose(regions.slopes[names.index("000")], 0)
    inner = regions.points[(np.abs(regions.points) < 1).all(axis=1)]
    assert_allclose(
        inner[np.argsort(inner[:, 0])],
        [[-0.533, 0.133], [0.26, -0.66], [0.377, 0.393]],
        atol=5e-3,
    )


@pytest.mark.parametrize("width", [1, 2, 5, 64, 256])
def test_generic_lines_make_as_many_regions_as_zaslavsky_says(width):
    # Tangents of the unit circle, all of which cross within 1 / cos 1.25 < 4.
    angles = np.sort(np.random.default_rng(0).uniform(0, 2.5, width))
    rows = np.column_stack([np.cos(angles), np.sin(angles)])
    network = ReLUNetwork([rows, np.ones((1, width))], [-np.ones(width), [0]])
    regions = linear_regions(network, 4 * SQUARE)
    assert regions.n_regions == 1 + width + width * (width - 1) // 2


def concurrent(n):
    """`n` lines through the origin."""
    angles = np.pi * np.arange(n) / n
    rows = np.column_stack([np.cos(angles), np.sin(angles)])
    return ReLUNetwork([rows, np.ones((1, n))], [np.zeros(n), [0]])


@pytest.mark.parametrize("n", [1, 2, 7, 100])
def test_lines_through_one_point_make_two_regions_each(n):
    assert linear_regions(concurrent(n), SQUARE).n_regions == 2 * n


@pytest.mark.parametrize("n", [1, 5, 70])
def test_a_grid_of_lines(n):
    at = np.concatenate([np.linspace(-0.9, 0.9, n), np.linspace(-0.9, 0.9, 2 * n)])
    rows = np.repeat([[1.0, 0.0], [0.0, 1.0]], [n, 2 * n], axis=0)
    network = ReLUNetwork([rows, np.ones((1, 3 * n))], [-at, [0]])
    assert linear_regions(network, SQUARE).n_regions == (n + 1) * (2 * n + 1)


@pytest.fixture(scope="module", params=[[40, 40], [20, 20, 20], [6] * 8], ids=str)
def trained_size(request):
    rng = np.random.default_rng(3)
    sizes = [2, *request.param, 2]
    network = ReLUNetwork(
        [
            rng.normal(size=(d_out, d_in)) * np.sqrt(2 / d_in)
            for d_in, d_out in pairwise(sizes)
        ],
        [rng.normal(size=d_out) / 2 for d_out in sizes[1:]],
    )
    return network, linear_regions(network, SQUARE)


def test_all_sampled_patterns_are_listed_once(trained_size):
    network, regions = trained_size
    X = np.random.default_rng(0).uniform(-1, 1, (100_000, 2))
    sampled = np.unique(np.packbits(network.activation_pattern(X), axis=1), axis=0)
    listed = np.packbits(regions.patterns, axis=1)
    assert len(np.unique(listed, axis=0)) == regions.n_regions
    union = np.unique(np.concatenate([listed, sampled]), axis=0)
    assert len(union) == regions.n_regions


def test_every_polygon_is_convex_and_has_its_own_pattern_and_map(trained_size):
    network, regions = trained_size
    vertices, offsets = regions.polygons()
    rows = np.repeat(np.arange(regions.n_regions), np.diff(offsets))
    sums = np.add.reduceat(vertices, offsets[:-1])
    centres = sums / np.diff(offsets)[:, np.newaxis]
    assert (network.activation_pattern(centres) == regions.patterns).all()
    values = np.einsum("noi,ni->no", regions.slopes[rows], vertices)
    assert_allclose(values + regions.intercepts[rows], network(vertices), atol=1e-11)
    for polygon in np.split(vertices, offsets[1:-1]):
        sides = np.roll(polygon, -1, axis=0) - polygon
        following = np.roll(sides, -1, axis=0)
        turns = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
        assert (turns > -1e-12).all()


def test_the_polygons_fit_together(trained_size):
    _, regions = trained_size
    assert_allclose(regions.areas.sum(), 4, rtol=1e-12)
    vertices, offsets = regions.polygons()
    # Euler: corners − edges + polygons = 1 for a disc.
    first, second = regions.neighbours()
    on_box = (regions.edge_makers[:, 0] < 0).sum()
    n_edges = (len(vertices) - on_box) / 2 + on_box
    assert len(regions.points) - n_edges + regions.n_regions == 1
    # In general position neighbours differ in the one unit that made their edge.
    assert (
        (regions.patterns[first] != regions.patterns[second]).sum(axis=1) == 1
    ).all()
    assert offsets[-1] == len(vertices)


def test_each_edge_lies_on_the_joint_of_its_maker(trained_size):
    network, regions = trained_size
    vertices, offsets = regions.polygons()
    makers = regions.edge_makers
    following = np.arange(1, len(vertices) + 1)
    following[offsets[1:] - 1] = offsets[:-1]
    middles = (vertices + vertices[following]) / 2
    pre_activations = network.pre_activations(middles)
    for layer, unit, z in zip(*makers.T, zip(*pre_activations)):
        if layer >= 0:
            assert abs(z[layer][unit]) < 1e-12
    side = makers[makers[:, 0] < 0, 1]
    x, y = middles[makers[:, 0] < 0].T
    assert_allclose(np.choose(side, [-y, x, y, -x]), 1)


def test_locate_finds_the_polygon_of_any_point(trained_size):
    network, regions = trained_size
    X = np.random.default_rng(1).uniform(-1, 1, (10_000, 2))
    found = regions.locate(X)
    assert (regions.patterns[found] == network.activation_pattern(X)).all()
    # On edges and corners a map on either side gives the value.
    found = regions.locate(regions.points)
    values = np.einsum("noi,ni->no", regions.slopes[found], regions.points)
    values += regions.intercepts[found]
    assert_allclose(values, network(regions.points), atol=1e-11)
    assert (regions.locate([[1.001, 0], [0, -2], [1, 1]]) == [-1, -1, found[2]]).all()


@given(seeds, st.sampled_from(["gauss", "halves", "integers", "zero bias"]))
def test_units_may_be_permuted_rescaled_and_doubled(seed, kind):
    network = network_of_kind(kind, seed, [2, 5, 4, 1])
    rng = np.random.default_rng(seed)
    (W0, W1, W2), (b0, b1, b2) = network.weights, network.biases
    order, factors = rng.permutation(5), 2.0 ** rng.integers(-20, 20, 5)
    changed = ReLUNetwork(
        [(W0 * factors[:, np.newaxis])[order], (W1 / factors)[:, order], W2],
        [(b0 * factors)[order], b1, b2],
    )
    doubled = ReLUNetwork(
        [W0[[0, *range(5)]], W1[:, [0, *range(5)]] * [0.5, 0.5, 1, 1, 1, 1], W2],
        [b0[[0, *range(5)]], b1, b2],
    )
    regions = linear_regions(network, SQUARE)
    for other in (linear_regions(changed, SQUARE), linear_regions(doubled, SQUARE)):
        assert other.n_regions == regions.n_regions
        assert other.n_pieces == regions.n_pieces
        assert_allclose(np.sort(other.areas), np.sort(regions.areas), atol=1e-11)


@pytest.mark.parametrize("factor", [1e-8, 1e8])
def test_inputs_in_other_units(factor):
    network = random_network(4, [2, 10, 10, 1])
    scaled = network @ ReLUNetwork([np.eye(2) / factor], [[0, 0]])
    regions, other = (
        linear_regions(network, SQUARE),
        linear_regions(scaled, factor * SQUARE),
    )
    assert other.n_regions == regions.n_regions
    assert_allclose(np.sort(other.areas) / factor**2, np.sort(regions.areas))


def test_large_layers_are_taken_in_parts(monkeypatch):
    network = random_network(5, [2, 70, 6, 66, 1])
    whole = linear_regions(network, SQUARE)
    planar = "estimators.geometry.planar.evaluation"
    monkeypatch.setattr(f"{planar}.BLOCK", 600)
    monkeypatch.setattr(f"{planar}.KEPT", 0)
    monkeypatch.setattr("estimators.geometry.plane.BATCH", (64, 64))
    parts = linear_regions(network, SQUARE)
    assert parts.n_regions == whole.n_regions > 2000
    assert_array_equal(
        np.unique(parts.patterns, axis=0), np.unique(whole.patterns, axis=0)
    )
    assert_allclose(np.sort(parts.areas), np.sort(whole.areas), atol=1e-13)


def test_float32_networks_are_taken_as_they_are():
    network = random_network(6, [2, 8, 8, 1], dtype=np.float32)
    assert_exact(network)


def test_refuses_more_regions_than_allowed():
    network = random_network(0, [2, 30, 30, 1])
    with pytest.raises(ValueError, match=r"more than max_regions=100 .* \(about"):
        linear_regions(network, SQUARE, max_regions=100)


def test_refuses_numbers_that_overflow():
    network = ReLUNetwork([[[1e200, 0]], [[1e200]], [[1]]], [[0], [0], [0]])
    with pytest.raises(ValueError, match="overflow"):
        linear_regions(network, SQUARE)
