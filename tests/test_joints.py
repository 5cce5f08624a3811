"""Joints of one-input networks: the lecture's, and a brute-force oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators import ReLUNetwork
from estimators.geometry import joints
from tests.networks import random_network, seeds, ten_parameter_network


def test_lecture_example():
    assert_allclose(joints(ten_parameter_network()), [0.5, 1, 11 / 7])


def test_only_those_inside():
    assert_allclose(joints(ten_parameter_network(), 0.7, 1.5), [1])


@given(seeds, st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_between_joints_the_pattern_is_constant_and_across_them_it_is_not(seed, widths):
    network = random_network(seed, [1, *widths, 1])
    found = joints(network, -5, 5)
    edges = np.array([-5, *found, 5])
    inside = edges[:-1, None] + np.diff(edges)[:, None] * np.linspace(0.01, 0.99, 99)
    patterns = network.activation_pattern(inside.reshape(-1, 1))
    patterns = patterns.reshape(*inside.shape, -1)
    wide = np.diff(edges) > 1e-9  # where 99 samples fit between rounding errors
    assert (patterns == patterns[:, :1])[wide].all()
    assert (
        (patterns[1:, 50] != patterns[:-1, 50]).any(axis=1)[wide[1:] & wide[:-1]].all()
    )


def test_a_network_without_hidden_layer_has_none():
    assert joints(ReLUNetwork([[[2]]], [[1]])).size == 0


def test_units_that_bend_at_the_same_place_make_one_joint():
    network = ReLUNetwork([[[1], [-2], [3]], [[1, 1, 1]]], [[-1, 2, -3], [0]])
    assert_allclose(joints(network), [1])


def test_a_unit_that_only_touches_zero_makes_none():
    # h₁ = a[x], h₂ = a[−x]: both are zero at 0 only; the next unit sees h₁ + h₂ = |x|.
    network = ReLUNetwork([[[1], [-1]], [[1, 1]], [[1]]], [[0, 0], [0], [0]])
    assert_allclose(joints(network), [0])
    never_off = ReLUNetwork([[[0]], [[1]]], [[0], [0]])
    assert joints(never_off).size == 0


def test_joints_near_and_far_keep_their_digits():
    expected = [-1e8, -1e-8, 2e-8, 1, 1e8]
    network = ReLUNetwork(
        [[[1], [-1], [1], [-1], [1]], [[1, 1, 1, 1, 1]]],
        [[1e8, -1e-8, -2e-8, 1, -1e8], [0]],
    )
    assert_allclose(joints(network), expected, rtol=1e-14)
    assert_allclose(joints(network, -0.5, 0.5), expected[1:3], atol=1e-15)
    assert_allclose(joints(network, 0.5), expected[3:], rtol=1e-14)


def test_a_joint_beyond_all_numbers_is_none():
    network = ReLUNetwork([[[1e-310], [5e-324], [1]], [[1, 1, 1]]], [[-1, 1, -2], [0]])
    assert_allclose(joints(network), [2])
    assert_allclose(joints(network, 0), [2])


def test_units_that_bend_almost_at_the_same_place_make_one_joint():
    # 0.1 + 0.2 is not 0.3 in floating point.
    network = ReLUNetwork([[[1], [-1]], [[1, 1]]], [[-0.1 - 0.2, 0.3], [0]])
    assert_allclose(joints(network), [0.3])
    assert_allclose(joints(network, 0, 1), [0.3])


def test_joints_of_joints():
    # Layer 2 sees the hat a[x] − 2a[x − 1] + a[x − 2] and cuts it at half its height.
    hat = ReLUNetwork([[[1], [1], [1]], [[1, -2, 1]]], [[0, -1, -2], [0]])
    upper = ReLUNetwork([[[1]], [[1]]], [[-0.5], [0]])
    assert_allclose(joints(upper @ hat), [0, 0.5, 1, 1.5, 2])


def test_refuses_other_networks_and_intervals():
    with pytest.raises(ValueError, match="one input"):
        joints(random_network(0, [2, 3, 1]))
    with pytest.raises(ValueError, match="low must be below high"):
        joints(ten_parameter_network(), 1, 1)
