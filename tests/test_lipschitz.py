"""Lipschitz constants: closed forms, exact slopes, and difference quotients below."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators import ReLUNetwork
from estimators.analysis.lipschitz import lipschitz_constant
from tests.degenerate import DEGENERATE
from tests.networks import hidden_widths, random_network, seeds, ten_parameter_network
from tests.rational import exact_regions

NORMS = [1, 2, np.inf]


def test_lecture_example():
    # Slopes −0.462, −0.982, 0.188, 0.650 between the joints 0.5, 1 and 11/7.
    steepest = lipschitz_constant(ten_parameter_network(), (0, 2))
    assert_allclose(steepest.value, 0.982)
    assert 0.5 < steepest.location[0] < 1
    assert_allclose(lipschitz_constant(ten_parameter_network(), (1, 2)).value, 0.650)


def test_whole_line():
    hat = ReLUNetwork([[[1], [1]], [[1, -4]]], [[0, -1], [0]])
    steepest = lipschitz_constant(hat, (-np.inf, np.inf))
    assert steepest.value == 3
    assert np.isfinite(steepest.location).all() and steepest.location[0] > 1


@pytest.mark.parametrize("norm", NORMS)
def test_affine_maps_have_their_operator_norm(norm):
    W = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, 0.0]])
    box = np.tile([-1.0, 1.0], (3, 1))
    found = lipschitz_constant(ReLUNetwork([W], [[0, 0]]), box, norm)
    expected = {1: 6, 2: np.sqrt(np.linalg.eigvalsh(W @ W.T)[-1]), np.inf: 6}[norm]
    assert_allclose(found.value, expected)
    assert_allclose(found.jacobian, W)


@pytest.mark.parametrize("name", DEGENERATE)
def test_equals_the_steepest_exact_slope_in_special_position(name):
    network, box = DEGENERATE[name]
    # Regions that rounding alone keeps apart may be merged with a neighbour.
    exact = max(
        np.linalg.norm(np.array(region.slopes, dtype=float), 2)
        for region in exact_regions(network, box)
        if region.thickness > 4e-12 * np.diff(box).max()
    )
    assert_allclose(lipschitz_constant(network, box).value, exact, rtol=1e-9)


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 4, 5, 6])
@settings(max_examples=8)
@given(seed=seeds, widths=hidden_widths, norm=st.sampled_from(NORMS))
def test_bounds_difference_quotients_and_is_attained(n_inputs, seed, widths, norm):
    widths = widths[:2] if n_inputs > 4 else widths
    network = random_network(seed, [n_inputs, *widths, 2])
    box = np.tile([-1.0, 1.0], (n_inputs, 1))
    steepest = lipschitz_constant(network, box, norm)
    rng = np.random.default_rng(seed)
    X, Z = rng.uniform(-1, 1, (2, 500, n_inputs))
    rise = np.linalg.norm(network(X) - network(Z), norm, axis=1)
    run = np.linalg.norm(X - Z, norm, axis=1)
    assert (rise <= steepest.value * run * (1 + 1e-9) + 1e-12).all()
    slopes, _ = network.local_linear_model(steepest.location[np.newaxis])
    assert_allclose(np.linalg.norm(slopes[0], norm), steepest.value, rtol=1e-9)
    assert_allclose(slopes[0], steepest.jacobian, rtol=1e-9, atol=1e-12)
    assert steepest.certain


def test_refuses_other_norms_and_too_many_inputs():
    with pytest.raises(ValueError, match="norm must be 1, 2 or inf, got 3"):
        lipschitz_constant(ten_parameter_network(), (0, 2), 3)
    with pytest.raises(ValueError, match="7 inputs"):
        lipschitz_constant(random_network(0, [7, 3, 1]), np.tile([0.0, 1.0], (7, 1)))
