"""Dead, always-on and duplicate units; networks without them are the same function."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators import ReLUNetwork
from estimators.analysis.simplification import simplify
from estimators.analysis.units import unit_status
from tests.degenerate import DEGENERATE, small_networks
from tests.networks import random_network, seeds, ten_parameter_network

# None: by regions; 0: by bounds and mixed-integer programs.
EVIDENCE = pytest.mark.parametrize("max_regions", [None, 0])


def square(n_inputs):
    return np.tile([-1.0, 1.0], (n_inputs, 1))


def with_units(network, layer, rows, biases):
    """The same function with further units in a layer, that the next one ignores."""
    weights, b = list(network.weights), list(network.biases)
    weights[layer] = np.vstack([weights[layer], rows])
    b[layer] = np.concatenate([b[layer], biases])
    ignored = np.zeros((len(weights[layer + 1]), len(biases)))
    weights[layer + 1] = np.hstack([weights[layer + 1], ignored])
    return ReLUNetwork(weights, b)


def with_useful_units(network, layer, rows, biases, seed):
    """Further units that the next layer does use."""
    wider = with_units(network, layer, rows, biases)
    weights = [W.copy() for W in wider.weights]
    n = len(biases)
    weights[layer + 1][:, -n:] = np.random.default_rng(seed).normal(
        size=(len(weights[layer + 1]), n)
    )
    return ReLUNetwork(weights, wider.biases)


def test_lecture_example():
    # Unit 3 is on left of 11/7, units 1 and 2 right of 0.5 and 1.
    status = unit_status(ten_parameter_network(), (0.6, 0.9))
    assert status.dead == ((0, 1),)
    assert status.always_on == ((0, 0), (0, 2))
    assert not status.duplicates and not status.undecided
    smaller = simplify(ten_parameter_network(), (0.6, 0.9))
    assert smaller.network.widths == () and smaller.n_removed == 3 and smaller.proof
    assert_allclose(smaller.network.weights[0], [[-0.982]])


@EVIDENCE
def test_each_kind_of_unit(max_regions):
    rows = [[1, 0], [3, 0], [0, 1], [1, 1], [1, -1], [0, 0], [0, 0]]
    network = ReLUNetwork([rows, np.ones((1, 7))], [[0, 0, -2, 5, 5, 1, -1], [0]])
    status = unit_status(network, square(2), max_regions=max_regions)
    assert status.dead == ((0, 2), (0, 6))
    assert status.always_on == ((0, 3), (0, 4), (0, 5))
    assert status.duplicates == (((0, 0), (0, 1)),)
    assert status.undecided == ()
    smaller = simplify(network, square(2), max_regions=max_regions)
    # a[x₁], and two always-on units for the plane; or one, where a[x₁] helps.
    assert smaller.network.widths == (3,)
    assert smaller.proof and smaller.proof.bound < 1e-12


def test_the_last_layer_may_be_all_there_is():
    constant = ReLUNetwork([[[1, 1]], [[1]], [[2]]], [[-5], [3], [1]])
    smaller = simplify(constant, square(2)).network
    assert smaller == ReLUNetwork([[[0.0, 0.0]]], [[7.0]])
    affine = random_network(0, [2, 1])
    assert simplify(affine, square(2)).network == affine


def test_relations_between_units_that_bend():
    # a[x] − a[−x] = x: on the line any two of the three units are enough.
    network = ReLUNetwork([[[1], [-1], [1]], [[1, 2, 3]]], [[0, 0, 5], [0]])
    for box in ((-2, 2), (-2, np.inf)):
        smaller = simplify(network, box)
        assert smaller.network.widths == (2,) and smaller.proof


@EVIDENCE
@settings(max_examples=10)
@given(seed=seeds, layer=st.integers(0, 1), n_inputs=st.integers(1, 3))
def test_superfluous_units_are_found_and_removed(max_regions, seed, layer, n_inputs):
    network = random_network(seed, [n_inputs, 4, 3, 2])
    rng = np.random.default_rng(seed)
    fan_in = network.weights[layer].shape[1]
    dead = rng.normal(size=fan_in), -100.0 * fan_in
    twin = 2.5 * network.weights[layer][0], 2.5 * network.biases[layer][0]
    rows, biases = zip(dead, twin)
    wider = with_useful_units(network, layer, np.array(rows), biases, seed)
    width = network.widths[layer]
    status = unit_status(wider, square(n_inputs), max_regions=max_regions)
    first_is_dead = (layer, 0) in status.dead
    assert (layer, width) in status.dead
    assert first_is_dead == ((layer, width + 1) in status.dead)
    pairs = [g for g in status.duplicates if {(layer, 0), (layer, width + 1)} <= set(g)]
    assert first_is_dead != bool(pairs)
    smaller = simplify(wider, square(n_inputs), max_regions=max_regions)
    assert smaller.n_removed >= 2
    assert sum(smaller.network.widths) == sum(wider.widths) - smaller.n_removed
    X = rng.uniform(-1, 1, (500, n_inputs))
    y = wider(X)
    assert_allclose(smaller.network(X), y, rtol=0, atol=1e-9 * np.abs(y).max())
    if max_regions is None:
        assert smaller.proof


@settings(max_examples=20)
@given(seeds, st.integers(1, 3))
def test_always_on_units_that_depend_on_others_are_folded(seed, n_inputs):
    network = random_network(seed, [n_inputs, 4, 1])
    rows = np.random.default_rng(seed).normal(size=(n_inputs + 2, n_inputs))
    wider = with_useful_units(network, 0, rows, np.full(n_inputs + 2, 50.0), seed)
    smaller = simplify(wider, square(n_inputs))
    # Affine functions of n inputs are spanned by n of them and the constant.
    assert sum(smaller.network.widths) <= 4 + n_inputs
    assert smaller.proof


@pytest.mark.parametrize("name", DEGENERATE)
def test_special_positions_stay_the_same_function(name):
    network, box = DEGENERATE[name]
    smaller = simplify(network, box)
    assert smaller.proof
    assert sum(smaller.network.widths) <= sum(network.widths)


@settings(max_examples=30)
@given(small_networks(2, n_outputs=2))
def test_programs_and_regions_agree(network):
    by_regions = unit_status(network, square(2))
    by_programs = unit_status(network, square(2), max_regions=0)
    assert set(by_programs.dead) <= set(by_regions.dead)
    # A unit that is zero on a region is not active there, but never negative.
    X = np.random.default_rng(0).uniform(-1, 1, (500, 2))
    for layer, unit in set(by_programs.always_on) - set(by_regions.always_on):
        z = network.pre_activations(X)[layer][:, unit]
        assert z.min() > -1e-9 and (z <= 1e-9).any()
    missing = {*by_regions.dead, *by_regions.always_on}
    missing -= {*by_programs.dead, *by_programs.always_on}
    assert missing <= set(by_programs.undecided)


@settings(max_examples=25)
@given(small_networks(2))
def test_nothing_is_left_to_remove(network):
    smaller = simplify(network, square(2))
    assert smaller.proof
    again = simplify(smaller.network, square(2))
    assert again.n_removed == 0


def test_many_inputs():
    n = 12
    network = random_network(0, [n, 6, 4, 1])
    twin = 2 * network.weights[0][:1], 2 * network.biases[0][:1]
    wider = with_useful_units(network, 0, *twin, seed=0)
    wider = with_units(wider, 0, np.ones((1, n)), [-n - 1.0])
    status = unit_status(wider, square(n))
    assert ((0, 0), (0, 6)) in status.duplicates and (0, 7) in status.dead
    smaller = simplify(wider, square(n))
    assert smaller.network.widths == (6, 4) and smaller.proof
