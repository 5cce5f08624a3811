"""Equality of networks over a box: rewritings are equal, small changes are found."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators import ReLUNetwork
from estimators.analysis.equivalence import equivalent
from estimators.analysis.simplification import simplify
from tests.degenerate import DEGENERATE, small_networks
from tests.networks import hidden_widths, random_network, seeds, ten_parameter_network

SIZE = ReLUNetwork([[[1], [-1]], [[1, 1]]], [[0, 0], [0]])
LINE = ReLUNetwork([[[1]]], [[0]])


def square(n_inputs):
    return np.tile([-1.0, 1.0], (n_inputs, 1))


def rewritten(network, seed):
    """The same function: units permuted, and rescaled by positive numbers."""
    rng = np.random.default_rng(seed)
    weights, biases = list(network.weights), list(network.biases)
    for k in range(network.depth):
        order = rng.permutation(len(biases[k]))
        scale = rng.uniform(0.3, 3, len(order))
        weights[k] = weights[k][order] * scale[:, np.newaxis]
        biases[k] = biases[k][order] * scale
        weights[k + 1] = weights[k + 1][:, order] / scale
    return ReLUNetwork(weights, biases)


def identity(n_inputs):
    """x = a[x] − a[−x]."""
    eye = np.eye(n_inputs)
    return ReLUNetwork(
        [np.vstack([eye, -eye]), np.hstack([eye, -eye])],
        [np.zeros(2 * n_inputs), np.zeros(n_inputs)],
    )


def nudged(network, layer, step):
    weights = [W.copy() for W in network.weights]
    weights[layer][0, 0] += step
    return ReLUNetwork(weights, network.biases)


def test_absolute_value_is_the_identity_where_it_is():
    assert equivalent(SIZE, LINE, (0, 5))
    assert equivalent(SIZE, LINE, (0, np.inf))
    answer = equivalent(SIZE, LINE, (-3, 5))
    assert answer.equal is False and not answer
    assert (answer.difference, answer.location) == (6, -3)
    assert answer.bound == 6
    answer = equivalent(SIZE, LINE, (-np.inf, 5))
    assert (answer.difference, answer.location) == (np.inf, -np.inf)


def test_location_and_output_of_the_largest_difference():
    # Outputs differ by 0 and by a[1 − |x|], which is largest at 0.
    network = ReLUNetwork(
        [[[1], [1], [1]], [[0, 0, 0], [1, -2, 1]]], [[1, 0, -1], [3, 0]]
    )
    answer = equivalent(network, ReLUNetwork([[[0], [0]]], [[3, 0]]), (-5, 5))
    assert (answer.output, answer.difference) == (1, 1)
    assert_allclose(answer.location, [0], atol=1e-12)


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 4, 8, 30])
@settings(max_examples=10)
@given(seed=seeds, widths=hidden_widths)
def test_permuted_and_rescaled_units_change_nothing(n_inputs, seed, widths):
    network = random_network(seed, [n_inputs, *widths, 2])
    answer = equivalent(network, rewritten(network, seed), square(n_inputs))
    assert answer
    assert answer.difference <= answer.bound <= answer.tolerance


@pytest.mark.parametrize("n_inputs", [1, 2, 3])
@settings(max_examples=10)
@given(seed=seeds, widths=hidden_widths)
def test_composition_with_the_identity_changes_nothing(n_inputs, seed, widths):
    network = random_network(seed, [n_inputs, *widths, 2])
    for other in (network @ identity(n_inputs), identity(2) @ network):
        assert equivalent(network, other, square(n_inputs))
        assert equivalent(other, network, square(n_inputs))


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 9])
@settings(max_examples=10)
@given(seed=seeds, layer=st.integers(0, 2))
def test_a_change_of_one_weight_by_a_millionth_is_found(n_inputs, seed, layer):
    network = random_network(seed, [n_inputs, 5, 5, 1])
    other = nudged(network, layer, 1e-6)
    X = np.random.default_rng(seed).uniform(-1, 1, (2000, n_inputs))
    sampled = np.abs(network(X) - other(X)).max()
    answer = equivalent(network, other, square(n_inputs), time_limit=5)
    assert answer.bound >= sampled * (1 - 1e-6)
    if sampled > 1e-8 * np.abs(network(X)).max():
        assert answer.equal is False
        at = answer.location[np.newaxis]
        assert_allclose(np.abs(network(at) - other(at))[0, 0], answer.difference)
    if n_inputs < 9:
        assert answer.difference >= sampled * (1 - 1e-6)


@pytest.mark.parametrize("name", DEGENERATE)
def test_networks_in_special_position_equal_themselves(name):
    network, box = DEGENERATE[name]
    assert equivalent(network, rewritten(network, 0), box)


def test_whole_line():
    network = ten_parameter_network()
    line = (-np.inf, np.inf)
    assert equivalent(network, rewritten(network, 1), line)
    assert equivalent(network, network @ identity(1), line)
    answer = equivalent(network, nudged(network, 0, 1e-6), line)
    assert answer.equal is False and answer.difference == np.inf


@settings(max_examples=40)
@given(small_networks(1, n_outputs=2), seeds)
def test_rounding_does_not_grow_without_end_on_the_line(network, seed):
    for box in ((-np.inf, np.inf), (-1, np.inf), (-np.inf, 3)):
        assert equivalent(network, rewritten(network, seed), box)
        assert simplify(network, box).proof


def test_tolerance():
    network = ten_parameter_network()
    rounded = network.astype(np.float32)
    assert not equivalent(network, rounded, (0, 2))
    assert equivalent(network, rounded, (0, 2), tol=1e-6)
    assert equivalent(network, network, (0, 2), tol=0)


def test_undecided_is_not_equal():
    # Equal, but not by rewriting units; no time to prove it.
    n = 9
    network = random_network(0, [n, 16, 16, 1])
    answer = equivalent(network, network @ identity(n), square(n), time_limit=0.01)
    assert answer.equal is None and not answer
    assert answer.difference <= answer.tolerance < answer.bound


@pytest.mark.parametrize(
    ("a", "b", "options", "message"),
    [
        (random_network(0, [2, 3, 1]), LINE, {}, "same n_inputs"),
        (random_network(0, [1, 3, 2]), LINE, {}, "same n_outputs"),
        (LINE, LINE, {"tol": -1}, "tol must not be negative"),
        (LINE, LINE, {"tol": np.nan}, "tol must not be negative"),
    ],
)
def test_refuses_what_cannot_be_compared(a, b, options, message):
    with pytest.raises(ValueError, match=message):
        equivalent(a, b, (0, 1), **options)
