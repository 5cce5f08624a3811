"""The range of a network in a box: exact corners, programs, and sampling below both."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators import ReLUNetwork
from estimators.analysis.intervals import BoundedLayer, affine_bounds
from estimators.analysis.ranges import output_range
from tests.degenerate import DEGENERATE, he_network, small_networks
from tests.networks import hidden_widths, random_network, seeds, ten_parameter_network
from tests.rational import exact_regions

HAT = ReLUNetwork([[[1], [1]], [[1, -2]]], [[0, -1], [0]])


def square(n_inputs):
    return np.tile([-1.0, 1.0], (n_inputs, 1))


def assert_attained(network, box, found):
    """Extremes are values at their locations, inside the box, within their bounds."""
    outputs = np.arange(network.n_outputs)
    for value, place in ((found.minimum, found.argmin), (found.maximum, found.argmax)):
        assert_allclose(network(place)[outputs, outputs], value, rtol=1e-12, atol=1e-13)
        assert (place >= box[:, 0]).all() and (place <= box[:, 1]).all()
    assert (found.minimum_bound <= found.minimum).all()
    assert (found.maximum <= found.maximum_bound).all()
    assert (found.gap >= 0).all()


def test_lecture_example():
    found = output_range(ten_parameter_network(), (0, 2))
    assert_allclose([found.minimum, found.maximum], [[-0.226], [0.496]], atol=1e-12)
    assert_allclose([found.argmin, found.argmax], [[[1]], [[0]]], atol=1e-12)
    assert_array_equal(found.gap, 0)


def test_hat_on_the_line():
    found = output_range(HAT, (-np.inf, np.inf))
    assert found.minimum == -np.inf and found.argmin == np.inf
    assert_allclose([found.maximum[0], found.argmax[0, 0]], 1)
    assert_array_equal(found.gap, 0)


@pytest.mark.parametrize(
    ("slopes", "expected"),
    [
        ((-1, 1), (0, np.inf)),
        ((1, -1), (-np.inf, 0)),
        ((1, 1), (-np.inf, np.inf)),
        ((0, 0), (0, 0)),
    ],
)
def test_rays_go_where_their_slopes_say(slopes, expected):
    left, right = slopes
    network = ReLUNetwork([[[-1], [1]], [[-left, right]]], [[0, 0], [0]])
    found = output_range(network, (-np.inf, np.inf))
    assert (found.minimum[0], found.maximum[0]) == expected


def test_slopes_that_cancel_to_rounding_do_not_run_away():
    network = ReLUNetwork([[[1]] * 3, [[0.1, 0.2, -0.3]]], [[0, 0, 0], [1]])
    found = output_range(network, (0, np.inf))
    assert_allclose([found.minimum, found.maximum], 1)


def test_corners_of_the_fold():
    # The network is |y| − x.
    network = ReLUNetwork(
        [[[1, 0], [-1, 0], [0, 1], [0, -1]], [[-1, 1, 1, 1]]], [[0] * 4, [0]]
    )
    found = output_range(network, [[-1, 2], [-3, 1]])
    assert_allclose([found.minimum[0], found.maximum[0]], [-2, 4], atol=1e-12)
    assert_allclose(found.argmin[0], [2, 0], atol=1e-12)
    assert_allclose(found.argmax[0], [-1, -3], atol=1e-12)


@pytest.mark.parametrize("name", DEGENERATE)
def test_equals_exact_corners_in_special_position(name):
    network, box = DEGENERATE[name]
    found = output_range(network, box)
    assert_attained(network, box, found)
    values = np.array(
        [
            [
                float(sum(s * v for s, v in zip(slope, vertex)) + intercept)
                for slope, intercept in zip(region.slopes, region.intercepts)
            ]
            for region in exact_regions(network, box)
            for vertex in region.vertices
        ]
    )
    tolerance = 1e-9 * np.abs(values).max()
    assert_allclose(found.minimum, values.min(axis=0), rtol=0, atol=tolerance)
    assert_allclose(found.maximum, values.max(axis=0), rtol=0, atol=tolerance)


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 4, 5])
@settings(max_examples=20)
@given(seed=seeds, widths=hidden_widths)
def test_no_sample_is_outside(n_inputs, seed, widths):
    network = random_network(seed, [n_inputs, *widths, 2])
    box = np.sort(np.random.default_rng(seed).normal(size=(n_inputs, 2)), axis=1)
    found = output_range(network, box)
    assert_attained(network, box, found)
    y = network(np.random.default_rng(seed).uniform(*box.T, (3000, n_inputs)))
    slack = 1e-9 * (1 + np.abs(y).max())
    assert (y >= found.minimum - slack).all() and (y <= found.maximum + slack).all()


@settings(max_examples=15)
@given(small_networks(2, n_outputs=2))
def test_programs_agree_with_corners(network):
    exact = output_range(network, square(2))
    found = output_range(network, square(2), max_regions=0)
    assert_attained(network, square(2), found)
    spread = 1e-4 * (1 + exact.maximum - exact.minimum)
    for one, other in ((exact, found), (found, exact)):
        assert (one.minimum_bound <= other.minimum + 1e-9 * spread).all()
        assert (one.maximum_bound >= other.maximum - 1e-9 * spread).all()
    assert (found.gap <= spread).all()
    assert_allclose(found.minimum, exact.minimum, rtol=0, atol=1e-7)
    assert_allclose(found.maximum, exact.maximum, rtol=0, atol=1e-7)


def test_programs_find_the_maximum_in_many_dimensions():
    # The sum of hats has its maximum where every hat has, away from all corners.
    n = 12
    weights = [np.repeat(np.eye(n), 2, axis=0), np.tile([1.0, -2.0], n)[np.newaxis]]
    network = ReLUNetwork(weights, [np.tile([0.0, -1.0], n), [0]])
    found = output_range(network, np.tile([0.0, 3.0], (n, 1)))
    assert_allclose([found.minimum[0], found.maximum[0]], [-n, n], atol=1e-6)
    assert_allclose(found.argmax, np.ones((1, n)), atol=1e-6)
    assert found.gap < 1e-3


def test_time_limit_leaves_a_gap_and_never_a_wrong_bound():
    network = he_network(0, [12, 24, 24, 1])
    found = output_range(network, square(12), time_limit=0.05)
    assert_attained(network, square(12), found)
    y = network(np.random.default_rng(0).uniform(-1, 1, (20_000, 12)))
    assert found.minimum_bound < y.min() and found.maximum_bound > y.max()
    assert found.gap > 0


@given(seeds, hidden_widths, st.integers(1, 9))
def test_bounds_of_units_hold_everywhere(seed, widths, n_inputs):
    network = random_network(seed, [n_inputs, *widths, 2])
    X = np.random.default_rng(seed).uniform(-1, 1, (500, n_inputs))
    layers = []
    values = [*network.pre_activations(X), network(X)]
    for W, b, z in zip(network.weights, network.biases, values, strict=True):
        low, high = affine_bounds(layers, square(n_inputs), W, b)
        assert (z >= low).all() and (z <= high).all()
        layers.append(BoundedLayer(W, b, low, high))


def test_one_of_several_outputs():
    network = random_network(3, [2, 5, 3])
    everything = output_range(network, square(2))
    found = output_range(network, square(2), output=1)
    assert found.minimum == everything.minimum[1]
    assert found.maximum == everything.maximum[1]
    with pytest.raises(ValueError, match="output must be between 0 and 2"):
        output_range(network, square(2), output=3)


def test_float32_and_affine_networks():
    network = random_network(5, [2, 6, 1], np.float32)
    double = output_range(network.astype(np.float64), square(2))
    assert output_range(network, square(2)).maximum == double.maximum
    for n_inputs in (1, 3, 8):
        affine = ReLUNetwork([np.arange(1.0, 1 + n_inputs)[np.newaxis]], [[0.5]])
        found = output_range(affine, square(n_inputs))
        size = n_inputs * (n_inputs + 1) / 2
        assert_allclose([found.minimum[0], found.maximum[0]], [0.5 - size, 0.5 + size])
        assert (found.gap < 1e-11).all()


def test_refuses_boxes_that_do_not_fit():
    with pytest.raises(ValueError, match=r"box must have shape \(2, 2\)"):
        output_range(random_network(0, [2, 3, 1]), (0, 1))
    with pytest.raises(ValueError, match="max_regions"):
        output_range(he_network(0, [1, 30, 1]), (-np.inf, np.inf), max_regions=3)
