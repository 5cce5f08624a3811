"""`linear_regions` for any number of inputs, and on slices and segments."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators import ReLUNetwork
from estimators.bounds import max_regions, zaslavsky
from estimators.geometry import linear_regions, segment_network, slice_network
from tests.networks import hidden_widths, random_network, seeds

n_inputs = st.integers(1, 4)


def cube(n, half=1.0):
    return np.array([[-half, half]] * n)


@given(seeds, n_inputs, hidden_widths)
def test_all_that_samples_see_is_listed_and_no_more_than_the_theorem_allows(
    seed, n, widths
):
    network = random_network(seed, [n, *widths, 2])
    regions = linear_regions(network, cube(n))
    assert regions.certain
    assert 1 <= regions.n_pieces <= regions.n_regions <= max_regions(n, widths)
    assert regions.patterns.shape == (regions.n_regions, sum(widths))
    assert regions.slopes.shape == (regions.n_regions, 2, n)
    assert regions.intercepts.shape == (regions.n_regions, 2)
    X = np.random.default_rng(seed).uniform(-1, 1, (200, n))
    at = regions.locate(X)
    assert_array_equal(regions.patterns[at], network.activation_pattern(X))
    values = np.einsum("noi,ni->no", regions.slopes[at], X) + regions.intercepts[at]
    assert_allclose(values, network(X), atol=1e-9)


@given(seeds, n_inputs, hidden_widths)
def test_the_middle_of_its_corners_is_in_the_region(seed, n, widths):
    network = random_network(seed, [n, *widths, 1])
    regions = linear_regions(network, cube(n))
    vertices, offsets = regions.corners()
    assert (np.diff(offsets) > n).all()  # a region has an inside
    middles = np.add.reduceat(vertices, offsets[:-1]) / np.diff(offsets)[:, np.newaxis]
    assert_array_equal(regions.locate(middles), np.arange(regions.n_regions))


@pytest.mark.parametrize(("n", "width"), [(1, 50), (2, 40), (3, 16), (4, 9), (5, 8)])
def test_one_generic_layer_has_zaslavskys_number_of_regions(n, width):
    network = random_network(width, [n, width, 1])
    assert linear_regions(network, cube(n, 1e4)).n_regions == zaslavsky(n, width)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_units_without_effect_make_regions_but_no_pieces(n):
    rng = np.random.default_rng(0)
    W, b = rng.normal(size=(4, n)), rng.normal(size=4) / 9
    unused = ReLUNetwork([W, np.zeros((1, 4))], [b, [1]])
    regions = linear_regions(unused, cube(n))
    assert regions.n_regions > n and regions.n_pieces == 1
    # |x₀| from two opposite units, and four that cancel in pairs.
    axis = np.eye(n)[:1]
    network = ReLUNetwork(
        [np.vstack([axis, -axis, W[:2], W[:2]]), [[1, 1, 1, 1, -1, -1]]],
        [np.concatenate([[0, 0], b[:2], b[:2]]), [0]],
    )
    regions = linear_regions(network, cube(n))
    assert regions.n_regions > 2 == regions.n_pieces


@pytest.mark.parametrize("n", [1, 2, 3])
def test_an_affine_map_is_one_region(n):
    regions = linear_regions(random_network(0, [n, 2]), cube(n))
    assert regions.n_regions == regions.n_pieces == 1
    assert regions.patterns.shape == (1, 0)


def test_one_input_takes_a_pair_of_limits():
    network = random_network(0, [1, 5, 1])
    pair = linear_regions(network, (-1, 1))
    assert_array_equal(pair.box, [[-1, 1]])
    assert_array_equal(pair.breakpoints, linear_regions(network, [[-1, 1]]).breakpoints)


@given(seeds, st.integers(3, 8))
def test_a_slice_is_the_network_there(seed, n):
    network = random_network(seed, [n, 6, 5, 2])
    rng = np.random.default_rng(seed)
    origin, directions = rng.normal(size=n), rng.normal(size=(2, n))
    sliced = slice_network(network, origin, directions)
    assert sliced.n_inputs == 2 and sliced.widths == network.widths
    T = rng.uniform(-1, 1, (50, 2))
    X = origin + T @ directions
    assert_allclose(sliced(T), network(X), atol=1e-9)
    regions = linear_regions(sliced, cube(2))
    at = regions.locate(T)
    assert_array_equal(regions.patterns[at], network.activation_pattern(X))
    # Slopes along the slice are the network's own, seen from the slice.
    slopes, _ = network.local_linear_model(X)
    assert_allclose(regions.slopes[at], slopes @ directions.T, atol=1e-9)


@given(seeds, st.integers(1, 8))
def test_along_a_segment(seed, n):
    network = random_network(seed, [n, 6, 5, 1])
    start, end = np.random.default_rng(seed).normal(size=(2, n))
    along = segment_network(network, start, end)
    regions = linear_regions(along, (0, 1))
    edges = regions.edges
    for i, (left, right) in enumerate(pairwise(edges)):
        x = start + (left + right) / 2 * (end - start)
        assert_array_equal(regions.patterns[i], network.activation_pattern([x])[0])
    assert_allclose(along([[0], [1]]), network([start, end]), atol=1e-9)


NETWORK = random_network(0, [2, 3, 1])


@pytest.mark.parametrize(
    ("box", "message"),
    [
        ([[0, 1]], r"box must have shape \(2, 2\)"),
        ((0, 1), r"box must have shape \(2, 2\)"),
        ([[0, 1], [1, 1]], "lower limit of input 1 must be below"),
        ([[1, 0], [0, 1]], "lower limit of input 0 must be below"),
        ([[0, np.nan], [0, 1]], "must be finite"),
        ([[0, np.inf], [0, 1]], "must be finite"),
        ([["a", 1], [0, 1]], "must hold numbers"),
        ([[0, 1], [0]], "must hold numbers"),
        (None, "must"),
    ],
)
def test_refuses_boxes(box, message):
    with pytest.raises(ValueError, match=message):
        linear_regions(NETWORK, box)


def test_refuses_what_is_no_network_or_has_too_many_inputs():
    with pytest.raises(ValueError, match="network_"):
        linear_regions("network", cube(2))
    with pytest.raises(ValueError, match="slice_network"):
        linear_regions(random_network(0, [7, 3, 1]), cube(7))


@pytest.mark.parametrize("limit", [0, -3, 2.5, True, "many"])
def test_refuses_limits_that_are_no_counts(limit):
    with pytest.raises(ValueError, match="max_regions must be a positive integer"):
        linear_regions(NETWORK, cube(2), max_regions=limit)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_refuses_more_regions_than_allowed_and_takes_as_many(n):
    network = random_network(0, [n, 12, 12, 1])
    regions = linear_regions(network, cube(n))
    count = regions.n_regions
    assert linear_regions(network, cube(n), max_regions=count).n_regions == count
    with pytest.raises(ValueError, match=r"max_regions=.*about.*raise max_regions"):
        linear_regions(network, cube(n), max_regions=count - 1)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_refuses_boxes_and_weights_in_which_numbers_overflow(n):
    with pytest.raises(ValueError, match="overflow"):
        linear_regions(random_network(0, [n, 5, 5, 1]), cube(n, 1e308))
    steep = random_network(0, [n, 5, 5, 1])
    steep = ReLUNetwork([W * 1e200 for W in steep.weights], steep.biases)
    with pytest.raises(ValueError, match="overflow"):
        linear_regions(steep, cube(n))


def test_refuses_slices_that_are_none():
    network = random_network(0, [3, 4, 1])
    with pytest.raises(ValueError, match="origin must have shape"):
        slice_network(network, [0, 0], np.eye(3)[:2])
    with pytest.raises(ValueError, match="directions must have shape"):
        slice_network(network, np.zeros(3), np.eye(2))
    with pytest.raises(ValueError, match="linearly independent"):
        slice_network(network, np.zeros(3), [[1, 2, 3], [2, 4, 6]])
    with pytest.raises(ValueError, match="finite"):
        slice_network(network, [0, np.nan, 0], np.eye(3)[:2])
    with pytest.raises(ValueError, match="different inputs"):
        segment_network(network, [1, 2, 3], [1, 2, 3])
    with pytest.raises(ValueError, match="one shape"):
        segment_network(network, [1, 2, 3], [1, 2])
