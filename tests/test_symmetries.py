"""What leaves the function of a network where it is, and how that is measured."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estimators import ReLUNetwork
from estimators.constructions import interpolant
from tests.networks import random_network, seeds, ten_parameter_network
from ui.network_text import network_from_text
from ui.regression.building import PRESETS
from ui.regression.symmetries import largest_change, rescaled, swapped

shapes = st.tuples(st.just(1), st.integers(1, 10), st.integers(1, 2))


def test_the_preset_is_the_ten_parameters_swapped_and_rescaled():
    before = ten_parameter_network()
    after = rescaled(rescaled(swapped(before, 0, 2), 0, 2), 2, 0.5)
    preset = PRESETS["Swapped and rescaled: the same function"]
    assert after == network_from_text(preset.text)
    assert largest_change(before, after, 0, 2) < 1e-15


@given(seeds, shapes, st.data())
def test_a_power_of_two_moves_no_value_by_a_single_bit(seed, shape, data):
    network = random_network(seed, shape)
    unit = data.draw(st.integers(0, shape[1] - 1))
    factor = 2.0 ** data.draw(st.integers(-8, 8))
    after = rescaled(network, unit, factor)
    x = np.linspace(-5, 5, 50)
    assert np.array_equal(after(x), network(x))
    assert largest_change(network, after, -5, 5) == 0
    assert after.weights[0][unit, 0] == network.weights[0][unit, 0] * factor
    assert rescaled(after, unit, 1 / factor) == network


@given(seeds, shapes, st.floats(1e-3, 1e3), st.data())
def test_any_factor_and_any_swap_leave_the_function(seed, shape, factor, data):
    network = random_network(seed, shape)
    unit, other = (data.draw(st.integers(0, shape[1] - 1)) for _ in range(2))
    after = swapped(rescaled(network, unit, factor), unit, other)
    assert largest_change(network, after, -3, 4) < 1e-12
    assert swapped(swapped(network, unit, other), other, unit) == network


def test_a_change_is_found_where_no_grid_would_look():
    flat = ReLUNetwork([[[1]], [[0]]], [[0], [0]])
    spike = interpolant([0.1234, 0.12345, 0.1235, 1], [0, 3, 0, 0])
    assert np.abs(spike(np.linspace(0, 1, 11))).max() < 1e-8
    assert largest_change(flat, spike, 0, 1) == pytest.approx(3)
    assert largest_change(spike, flat, 0.2, 1) < 1e-8


@given(seeds, shapes)
def test_no_sample_differs_by_more(seed, shape):
    before, after = random_network(seed, shape), random_network(seed ^ 1, shape)
    change = largest_change(before, after, -3, 3)
    x = np.random.default_rng(seed).uniform(-3, 3, 300)
    assert np.abs(before(x) - after(x)).max() <= change + 1e-12
    assert change == pytest.approx(largest_change(after, before, -3, 3), rel=1e-13)


@pytest.mark.parametrize("factor", [0, -1, np.nan, np.inf, 1e-7, 1e7])
def test_factors_that_are_not_positive_or_too_far_from_one(factor):
    with pytest.raises(ValueError, match="positive number from 1e-06 to 1,000,000"):
        rescaled(ten_parameter_network(), 0, factor)


def test_parameters_stay_where_text_can_hold_them():
    network = network_from_text("0~900000,1,900000")
    with pytest.raises(ValueError, match=r"unit 1 becomes ±1.8e\+06.*nearer to 1"):
        rescaled(network, 0, 2)
    with pytest.raises(ValueError, match="nearer to 1"):
        rescaled(network, 0, 0.5)


@pytest.mark.parametrize("unit", [-1, 3])
def test_units_that_do_not_exist(unit):
    network = ten_parameter_network()
    with pytest.raises(ValueError, match="choose one from 1 to 3"):
        rescaled(network, unit, 2)
    with pytest.raises(ValueError, match="choose one from 1 to 3"):
        swapped(network, 0, unit)


def test_what_cannot_be_compared():
    one, two = ten_parameter_network(), random_network(0, (1, 3, 2))
    with pytest.raises(ValueError, match="1 and 2 outputs"):
        largest_change(one, two, 0, 1)
    for low, high in [(1, 1), (0, np.inf), (np.nan, 1)]:
        with pytest.raises(ValueError, match="low < high"):
            largest_change(one, one, low, high)
