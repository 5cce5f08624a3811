"""Integrals: closed forms, exact rational sums, and additivity."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators import ReLUNetwork
from estimators.analysis.integrals import integral, mean, region_moments
from estimators.geometry import linear_regions
from tests.degenerate import DEGENERATE, small_networks
from tests.networks import hidden_widths, random_network, seeds, ten_parameter_network
from tests.rational import exact_regions


def exact_integral(network, box):
    """Triangles and trapezoids in rational numbers, for the first output."""
    total = Fraction(0)
    for region in exact_regions(network, box):
        slope, intercept = region.slopes[0], region.intercepts[0]
        values = [
            sum(s * v for s, v in zip(slope, vertex)) + intercept
            for vertex in region.vertices
        ]
        if len(values) == 2:
            total += region.size * sum(values) / 2
            continue
        (x, y), *others = region.vertices
        for i in range(len(others) - 1):
            (a, b), (c, d) = others[i : i + 2]
            area = ((a - x) * (d - y) - (b - y) * (c - x)) / 2
            total += area * (values[0] + values[i + 1] + values[i + 2]) / 3
    return float(total)


def test_lecture_example_by_trapezoids():
    x = np.array([0, 0.5, 1, 11 / 7, 2])
    y = ten_parameter_network()(x)[:, 0]
    expected = np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2)
    assert_allclose(integral(ten_parameter_network(), (0, 2)), [expected])
    assert_allclose(mean(ten_parameter_network(), (0, 2)), [expected / 2])


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 4, 5])
def test_sum_of_absolute_values(n_inputs):
    # The integral of Σ|x_i| over the cube is n, times its volume over 2.
    identity = np.eye(n_inputs)
    network = ReLUNetwork(
        [np.vstack([identity, -identity]), np.ones((1, 2 * n_inputs))],
        [np.zeros(2 * n_inputs), [0]],
    )
    box = np.tile([-1.0, 1.0], (n_inputs, 1))
    assert_allclose(integral(network, box), [n_inputs * 2.0**n_inputs / 2])
    assert_allclose(mean(network, box), [n_inputs / 2])


@pytest.mark.parametrize("n_inputs", [2, 3, 4, 5, 6])
def test_corner_of_the_cube(n_inputs):
    # a[1 − Σx] over the unit cube is a pyramid over a simplex: 1 / (n + 1)!
    network = ReLUNetwork([-np.ones((1, n_inputs)), [[1]]], [[1], [0]])
    factorial = np.prod(np.arange(1, n_inputs + 2))
    box = np.tile([0.0, 1.0], (n_inputs, 1))
    assert_allclose(integral(network, box), [1 / factorial], rtol=1e-12)


@pytest.mark.parametrize("name", DEGENERATE)
def test_equals_the_exact_sum_in_special_position(name):
    network, box = DEGENERATE[name]
    largest = np.abs(network(np.array(np.meshgrid(*box)).reshape(2, -1).T)).max()
    assert_allclose(
        integral(network, box)[0],
        exact_integral(network, box),
        rtol=1e-9,
        atol=1e-9 * np.ptp(box, axis=1).prod() * largest,
    )


@given(small_networks(2), st.integers(-6, 6))
def test_equals_the_exact_sum(network, exponent):
    box = np.array([[-1.0, 1.0], [-0.5, 2.0]]) * 2.0**exponent
    expected = exact_integral(network, box)
    volume = np.ptp(box, axis=1).prod()
    scale = volume * (1 + np.abs(linear_regions(network, box).intercepts).max())
    assert_allclose(integral(network, box)[0], expected, rtol=1e-9, atol=1e-9 * scale)


@pytest.mark.parametrize("n_inputs", [1, 3, 4])
@settings(max_examples=10)
@given(seed=seeds, widths=hidden_widths)
def test_parts_of_a_box_add_up(n_inputs, seed, widths):
    network = random_network(seed, [n_inputs, *widths, 2])
    rng = np.random.default_rng(seed)
    box = np.sort(rng.normal(size=(n_inputs, 2)), axis=1)
    left, right = box.copy(), box.copy()
    left[-1, 1] = right[-1, 0] = box[-1].mean()
    whole = integral(network, box)
    scale = np.ptp(box, axis=1).prod() * (1 + np.abs(network(box.T)).max())
    parts = integral(network, left) + integral(network, right)
    assert_allclose(whole, parts, rtol=1e-9, atol=1e-9 * scale)


@pytest.mark.parametrize("sizes", [[1, 9, 9, 1], [2, 9, 9, 1], [3, 7, 7, 1], [4, 6, 1]])
def test_moments_fill_the_box_and_lie_in_their_regions(sizes):
    box = np.array([[-1.0, 2.0], [10, 10.5], [-4, -1], [0, 1]])[: sizes[0]]
    regions = linear_regions(random_network(1, sizes), box)
    volumes, centroids = region_moments(regions)
    assert_allclose(volumes.sum(), np.ptp(box, axis=1).prod(), rtol=1e-12)
    assert_allclose(volumes @ centroids / volumes.sum(), box.mean(axis=1), atol=1e-12)
    patterns = regions.network.activation_pattern(centroids)
    assert (patterns == regions.patterns).all()


def test_refuses_infinite_boxes_and_too_many_inputs():
    with pytest.raises(ValueError, match="finite"):
        integral(ten_parameter_network(), (0, np.inf))
    with pytest.raises(ValueError, match="finite"):
        mean(ten_parameter_network(), (-np.inf, 0))
    with pytest.raises(ValueError, match="7 inputs"):
        integral(random_network(0, [7, 3, 1]), np.tile([0.0, 1.0], (7, 1)))
