"""Networks of exactly D units: bends that cancel the first slope, maximum error."""

import time
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.optimize import linprog

from estimators import ReLUNetwork, ShallowReLURegressor
from estimators.minimax import best_broken_line, best_units, iter_units
from tests.networks import seeds


def network_of(units):
    return ReLUNetwork([units.theta, units.phi], [units.beta, units.offset])


def reached(x, y, n_units):
    """Return the error of the network itself, which must be the one that is told."""
    units, error = best_units(x, y, n_units)
    network = network_of(units)
    assert network.widths == (n_units,)
    own = np.abs(network(np.asarray(x)[:, None])[:, 0] - y).max()
    assert_allclose(own, error, rtol=1e-9, atol=1e-13 * np.abs(y).max())
    return own


def sampled_network(rng, n_units, x):
    """Draw units that face both ways, whose pieces hold four points or more."""
    places = np.sort(rng.choice(x.size // 4 - 1, n_units, replace=False)) * 4 + 4
    joints = x[places] + 0.3 * (x[places + 1] - x[places])
    side = rng.choice([-1.0, 1.0], n_units)
    bends = rng.choice([-1, 1], n_units) * rng.uniform(0.3, 2, n_units)
    return np.maximum(side * (x[:, None] - joints), 0) @ bends + rng.normal()


@settings(max_examples=20)
@given(seeds, st.integers(1, 24))
def test_values_of_a_network_are_met_by_as_many_units(seed, n_units):
    x = np.linspace(-2, 3, 150)
    y = sampled_network(np.random.default_rng(seed), n_units, x)
    assert reached(x, y, n_units) < 1e-11


def test_the_lecture_s_ten_parameters_are_found_with_three_units():
    x = np.linspace(0, 2, 301)
    y = -0.23 - 1.3 * np.maximum(-0.2 + 0.4 * x, 0)
    y += 1.3 * np.maximum(-0.9 + 0.9 * x, 0) + 0.66 * np.maximum(1.1 - 0.7 * x, 0)
    assert reached(x, y, 3) < 1e-14
    assert reached(x, y, 2) > 0.05


def least_balanced(x, y, n_units):
    """Find the least error of lines whose joints are in different gaps.

    One linear programme for each choice of gaps, of kinks and of units facing left.
    """
    n_unknowns, best = 2 * n_units + 3, np.inf
    cost = np.eye(n_unknowns)[-1]
    for gaps in map(np.array, combinations(range(x.size - 1), n_units)):
        link = np.searchsorted(gaps, np.arange(x.size))
        at = np.zeros((x.size, n_unknowns))
        at[np.arange(x.size), 2 * link] = 1
        at[np.arange(x.size), 2 * link + 1] = x
        for signs, facing_left in product(
            product([-1, 1], repeat=n_units), product([0, 1], repeat=n_units)
        ):
            rows, balance = [*(at - cost), *(-at - cost)], np.zeros(n_unknowns)
            balance[1] = 1
            for k, sign in enumerate(signs):
                for side, end in ((1, x[gaps[k]]), (-1, x[gaps[k] + 1])):
                    row = np.zeros(n_unknowns)
                    row[2 * k : 2 * k + 4] = np.array([1, end, -1, -end]) * -sign * side
                    rows.append(row)
                balance[[2 * k + 1, 2 * k + 3]] += [-facing_left[k], facing_left[k]]
            limits = np.concatenate([y, -y, np.zeros(2 * n_units)])
            found = linprog(
                cost, rows, limits, balance[np.newaxis], [0], bounds=(None, None)
            )
            best = min(best, found.fun if found.status == 0 else np.inf)
    return best


@pytest.mark.parametrize("seed", [0, 3, 5, 6])
def test_no_arrangement_of_two_units_is_better(seed):
    rng = np.random.default_rng(seed)
    x = np.sort(rng.uniform(0, 5, 7))
    y = rng.normal(size=7) if seed % 2 else np.sin(2 * x)
    assert reached(x, y, 2) <= least_balanced(x, y, 2) * (1 + 1e-6)


CURVES = {
    "sine": (lambda x: np.sin(2 * x), -1, 2),
    "chirp": (lambda x: np.sin(2 * np.pi * x * (1 + 3 * x)), 0, 1),
    "Runge": (lambda x: 1 / (1 + 25 * x * x), -1, 1),
}


@pytest.mark.parametrize(
    ("key", "n_units"),
    [
        *(("sine", n_units) for n_units in (4, 6, 8)),
        *(("chirp", n_units) for n_units in (8, 12)),
        *(("Runge", n_units) for n_units in (8, 9, 11)),
    ],
)
def test_the_bound_for_as_many_joints_as_units_is_reached(key, n_units):
    function, low, high = CURVES[key]
    x = np.linspace(low, high, 1000)
    bound = best_broken_line(x, function(x), n_units).lower_bound
    assert reached(x, function(x), n_units) <= bound * (1 + 2e-4)
    # A unit for the slope would have cost a joint, and that would have shown.
    assert best_broken_line(x, function(x), n_units - 1).max_error > bound * 1.001


@pytest.mark.parametrize("key", CURVES)
def test_more_units_are_never_worse(key):
    function, low, high = CURVES[key]
    x = np.linspace(low, high, 150)
    errors = [reached(x, function(x), n_units) for n_units in range(1, 12)]
    assert (np.diff(errors) <= 1e-12).all()


@pytest.mark.parametrize("n_units", [2, 3, 5, 7, 12])
@pytest.mark.parametrize("key", ["sine", "Runge"])
def test_the_network_of_the_squared_error_is_never_better(key, n_units):
    function, low, high = CURVES[key]
    x = np.linspace(low, high, 200)
    model = ShallowReLURegressor(n_units, solver="free_knots", alpha=0)
    squared = model.fit(x[:, None], function(x)).predict(x[:, None])
    assert reached(x, function(x), n_units) <= np.abs(squared - function(x)).max()


def test_five_units_on_a_sine_are_far_better_than_with_one_for_the_slope():
    x = np.linspace(-1, 2, 200)
    y = np.sin(2 * x)
    # With a joint less 0.0503, after a level piece 0.0453, none of five joints 0.0256.
    assert reached(x, y, 5) < 0.0272


@given(st.integers(-300, 280), st.integers(-300, 280), st.integers(2, 9))
@settings(max_examples=6)
def test_powers_of_two_change_no_bit(of_x, of_y, n_units):
    x = np.linspace(-1, 2, 60)
    plain, error = best_units(x, np.sin(3 * x), n_units)
    scaled = best_units(np.ldexp(x, of_x), np.ldexp(np.sin(3 * x), of_y), n_units)
    assert scaled.max_error == np.ldexp(error, of_y)
    assert_array_equal(scaled.units.beta, np.ldexp(plain.beta, of_x))
    assert_array_equal(scaled.units.phi, np.ldexp(plain.phi, of_y - of_x))


@settings(max_examples=12)
@given(seeds, st.integers(2, 40), st.integers(2, 9), st.booleans())
def test_any_table_in_any_order_gives_the_same_between_the_bounds(
    seed, n_points, n_units, ties
):
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 12, n_points) if ties else rng.uniform(0, 1, n_points)
    x, y = x * 10.0 ** rng.uniform(-9, 9), rng.normal(size=n_points)
    error = best_units(x, y, n_units).max_error
    assert best_broken_line(x, y, n_units).lower_bound <= error
    assert error <= best_broken_line(x, y, n_units - 1).max_error
    order = rng.permutation(n_points)
    assert best_units(x[order], y[order], n_units).max_error == error


def test_slices_are_short_and_errors_only_fall():
    x = np.linspace(-1, 1, 2000)
    steps, waits, start = [], [], time.process_time()
    for step in iter_units(x, 1 / (1 + 25 * x * x), 11):
        steps.append(step.max_error)
        waits.append(time.process_time() - start)
        start = time.process_time()
    assert (np.diff(steps) <= 0).all() and len(steps) > 30
    assert np.median(waits) < 0.05 and max(waits) < 0.3


def test_a_thousand_units_are_balanced_without_a_programme():
    x = np.linspace(0, 1, 4000)
    y = np.sin(60 * np.pi * x)
    start = time.process_time()
    error = reached(x, y, 1000)
    assert time.process_time() - start < 4
    assert error <= best_broken_line(x, y, 1000).lower_bound * (1 + 1e-3)
