"""Standardisation that folds away, and where training starts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators.geometry import joints
from estimators.objective import layer_views, n_parameters
from estimators.problem import merged_rows
from estimators.scaling import Scaling
from estimators.solvers.start import he_start
from tests.networks import random_network, seeds


def started(X, sizes, seed=0):
    weights = np.ones(len(X))
    return he_start(sizes, X, weights, np.random.RandomState(seed))


@given(seeds, st.integers(1, 50))
def test_every_unit_of_one_input_bends_among_the_data(seed, width):
    x = np.random.default_rng(seed).exponential(size=(60, 1))
    sizes = (1, width, 1)
    params = started(x, sizes, seed % 1000)
    network = Scaling.identity(1, 1).fold(params, sizes, np.float64)
    places = joints(network)
    assert len(places) > 0
    assert (places >= x.min() - 1e-9).all() and (places <= x.max() + 1e-9).all()


@pytest.mark.parametrize(("n_rows", "off"), [(2_000, 0.0), (10_000, 0.03)])
def test_joints_are_spread_over_the_quantiles_of_the_data(n_rows, off):
    x = np.random.default_rng(0).exponential(size=(n_rows, 1))
    (weight, bias), _ = layer_views(started(x, (1, 10, 1)), (1, 10, 1))
    places = -bias / weight[:, 0]
    share_below = np.searchsorted(np.sort(x[:, 0]), places) / len(x)
    # One unit in each tenth, counted from the side that it faces away from.
    share_inactive = np.where(weight[:, 0] > 0, share_below, 1 - share_below)
    tenths = np.arange(10) / 10
    assert (np.sort(share_inactive) >= tenths - off).all()
    assert (np.sort(share_inactive) < tenths + 0.1 + off).all()


def test_deeper_units_are_neither_dead_nor_always_on():
    X = np.random.default_rng(1).normal(size=(500, 4))
    sizes = (4, 30, 30, 30, 2)
    network = Scaling.identity(4, 2).fold(started(X, sizes), sizes, np.float64)
    share_active = network.activation_pattern(X).mean(axis=0)
    assert ((share_active > 0) & (share_active < 1)).mean() > 0.9


def test_weights_are_he_normal():
    X = np.random.default_rng(2).normal(size=(50, 200))
    (first, _), (second, _), _ = layer_views(
        started(X, (200, 300, 100, 1)), (200, 300, 100, 1)
    )
    assert_allclose(first.std(), np.sqrt(2 / 200), rtol=0.02)
    assert_allclose(second.std(), np.sqrt(2 / 300), rtol=0.02)


@given(seeds, st.lists(st.integers(1, 4), min_size=0, max_size=3))
def test_folding_is_the_same_function_and_unfolding_undoes_it(seed, widths):
    rng = np.random.default_rng(seed)
    X = rng.normal(rng.uniform(-9, 9, 3), rng.uniform(0.1, 9, 3), (40, 3))
    Y = rng.normal(rng.uniform(-9, 9, 2), rng.uniform(0.1, 9, 2), (40, 2))
    scaling = Scaling.of_data(X, Y, rng.uniform(0.5, 2, 40))
    sizes = (3, *widths, 2)
    params = rng.normal(size=n_parameters(sizes))
    inner = Scaling.identity(3, 2).fold(params, sizes, np.float64)
    folded = scaling.fold(params, sizes, np.float64)
    outputs = inner(scaling.inputs(X, np.float64))
    assert_allclose(scaling.targets(folded(X), np.float64), outputs, atol=1e-8)
    assert_allclose(scaling.unfold(folded), params, atol=1e-9)


def test_moments_are_weighted():
    X = np.array([[0.0], [1.0], [5.0]])
    counts = np.array([3, 2, 1])
    scaling = Scaling.of_inputs(X, counts.astype(float), 1)
    repeated = np.repeat(X, counts, axis=0)
    assert_allclose(scaling.x_mean, repeated.mean(axis=0))
    assert_allclose(scaling.x_scale, repeated.std(axis=0))


@pytest.mark.parametrize("value", [0.1, 1e300, -7.0])
def test_a_constant_column_is_dropped_and_a_constant_target_kept(value):
    constant = np.full((7, 1), value)
    scaling = Scaling.of_data(constant, constant, np.ones(7))
    assert_array_equal(scaling.inputs(constant, np.float64), np.zeros((7, 1)))
    network = scaling.fold(np.ones(4), (1, 1, 1), np.float64)
    assert_array_equal(network([[12345.0]]), [[value]])
    assert np.isfinite(scaling.unfold(random_network(0, [1, 1, 1]))).all()


def test_equal_rows_merge_whatever_their_order():
    X = np.array([[1.0, 2], [0, 5], [1, 2], [1, 2]])
    targets = np.array([[7.0], [1], [7], [8]])
    weights = np.array([1.0, 2, 3, 4])
    merged = merged_rows(X, targets, weights)
    assert_array_equal(merged[0], [[0, 5], [1, 2], [1, 2]])
    assert_array_equal(merged[1], [[1], [7], [8]])
    assert_array_equal(merged[2], [2, 4, 4])
    order = [3, 0, 2, 1]
    for one, other in zip(
        merged, merged_rows(X[order], targets[order], weights[order]), strict=True
    ):
        assert_array_equal(one, other)
