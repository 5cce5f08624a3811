"""The smallest maximum error: against exhaustive search, theory and properties."""

from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import linprog

from estimators import ReLUNetwork
from estimators.minimax import (
    as_units,
    best_broken_line,
    best_units,
    iter_broken_line,
    iter_units,
)

small = st.integers(-6, 6).map(float)
points = st.lists(st.tuples(small, small), min_size=1, max_size=14).map(np.array)
numbers = st.floats(-1e3, 1e3, allow_subnormal=False)
any_points = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=30).map(
    np.array
)


def least_error(x, y, n_joints, level_start=False):
    """Find the best error by linear programs, one for each arrangement of the joints.

    Two links cross in the gap between two x if their difference changes its sign there;
    two joints in one gap join any two links.
    """
    places = np.unique(x)
    if places.size == 1:
        return np.ptp(y) / 2
    steepness = 0 if level_start else None
    best = np.inf
    for gaps in combinations_with_replacement(range(places.size - 1), n_joints):
        cuts, counts = np.unique(np.array(gaps, dtype=int), return_counts=True)
        link = np.searchsorted(cuts, np.searchsorted(places, x))
        crossings = np.flatnonzero(counts == 1)
        for signs in product([-1, 1], repeat=crossings.size):
            facts = (x, y, link, places, cuts, crossings, signs, steepness)
            best = min(best, programmed(*facts))
    return best


def programmed(x, y, link, places, cuts, crossings, signs, steepness):
    """Solve for offset and slope of each link and, as the last unknown, the error."""
    n_links = cuts.size + 1
    at = np.zeros((x.size, 2 * n_links + 1))
    at[np.arange(x.size), 2 * link] = 1
    at[np.arange(x.size), 2 * link + 1] = x
    rows = [*(at - np.eye(at.shape[1])[-1]), *(-at - np.eye(at.shape[1])[-1])]
    limits = [*y, *-y]
    for k, sign in zip(crossings, signs):
        for side, end in ((1, places[cuts[k]]), (-1, places[cuts[k] + 1])):
            row = np.zeros(at.shape[1])
            row[2 * k : 2 * k + 4] = np.array([1, end, -1, -end]) * -sign * side
            rows.append(row)
            limits.append(0.0)
    cost = np.eye(at.shape[1])[-1]
    bounds = [(None, None)] * cost.size
    bounds[1] = (steepness, steepness)  # of the first link
    result = linprog(cost, np.array(rows), limits, bounds=bounds)
    return result.fun


def scale(y):
    return max(1.0, float(np.abs(y).max()))


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 5), small), min_size=2, max_size=8))
def test_no_arrangement_of_joints_is_better(pairs):
    x, y = np.array(pairs, dtype=float).T
    for n_joints, level in product((0, 1), (False, True)):
        line = best_broken_line(x, y, n_joints, level_start=level)
        assert_allclose(line.max_error, least_error(x, y, n_joints, level), atol=1e-6)
        assert_allclose(line.lower_bound, line.max_error, atol=1e-12)
        # A level piece left of all data is left out with its joint.
        assert not level or line.slopes[0] == 0 or line.joints.size < n_joints


@pytest.mark.parametrize("seed", range(6))
def test_no_arrangement_of_two_or_three_joints_is_better(seed):
    rng = np.random.default_rng(seed)
    n_joints = 2 + seed % 2
    x, y = np.sort(rng.uniform(0, 5, 7 - seed % 2)), rng.normal(size=7 - seed % 2)
    for level in (False, True):
        found = best_broken_line(x, y, n_joints, level_start=level).max_error
        assert_allclose(found, least_error(x, y, n_joints, level), atol=1e-6)


@pytest.mark.parametrize("n_joints", [0, 1, 2, 6, 19])
def test_parabola_is_met_by_equal_pieces(n_joints):
    # On a piece of length h the best straight line misses x² by h²/8 at both ends, on
    # the same side: best lines of equal pieces meet, and nothing is lost by joining.
    n_pieces = n_joints + 1
    x = np.linspace(0, 1, 200 * n_pieces + 1)
    line = best_broken_line(x, x**2, n_joints)
    assert_allclose(line.max_error, 1 / (8 * n_pieces**2), rtol=1e-11)
    assert_allclose(line.lower_bound, line.max_error, rtol=1e-11)
    # From one point of the data to the next a joint is free, each a little more.
    assert_allclose(line.joints, np.arange(1, n_pieces) / n_pieces, atol=1 / 200)


@pytest.mark.parametrize("n_joints", [0, 1, 2])
def test_errors_at_ends_and_middles_are_equal_and_alternate(n_joints):
    n_pieces = n_joints + 1
    x = np.linspace(0, 1, 2000 * n_pieces + 1)
    line = best_broken_line(x, x**2, n_joints)
    errors = (line(x) - x**2)[::1000]
    signs = (-1.0) ** np.arange(1, errors.size + 1)
    assert_allclose(errors, signs * line.max_error, rtol=0.01)


@given(st.integers(0, 10**6), st.integers(0, 12))
@settings(max_examples=40)
def test_a_broken_line_is_recovered(seed, n_joints):
    rng = np.random.default_rng(seed)
    x = np.linspace(-2, 2, 400)
    corners = np.sort(rng.choice(x.size - 2, n_joints, replace=False)) + 1
    corners = np.concatenate([[0], corners, [x.size - 1]])
    y = np.interp(x, x[corners], rng.normal(size=corners.size))
    assert best_broken_line(x, y, n_joints).max_error < 1e-12


@given(any_points, st.integers(0, 6))
@settings(max_examples=80)
def test_the_bound_is_met_and_the_error_is_the_error(pairs, n_joints):
    x, y = pairs.T
    line = best_broken_line(x, y, n_joints)
    assert line.joints.size <= n_joints
    assert (np.diff(line.x) > 0).all() and np.isfinite(line.y).all()
    assert line.max_error == np.abs(line(x) - y).max()
    assert 0 <= line.lower_bound <= line.max_error
    # A joint has a last digit, which a steep piece magnifies.
    rounding = 1e-15 * scale(x) * np.abs(line.slopes).max()
    assert line.max_error - line.lower_bound < 1e-9 * scale(y) + rounding


@given(points)
@settings(max_examples=60)
def test_more_joints_are_never_worse_and_enough_leave_the_repeated_x(pairs):
    x, y = pairs.T
    errors = [best_broken_line(x, y, n_joints).max_error for n_joints in range(16)]
    assert (np.diff(errors) < 1e-12 * scale(y)).all()
    half_spreads = [np.ptp(y[x == place]) / 2 for place in x]
    assert_allclose(errors[-1], max(half_spreads), atol=1e-11)


@given(points, st.integers(0, 4), st.sampled_from([-3.0, 0.25]), small, small)
@settings(max_examples=60)
def test_affine_maps_of_x_and_y_change_nothing_else(pairs, n_joints, stretch, a, b):
    x, y = pairs.T
    error = best_broken_line(x, y, n_joints).max_error
    tilted = best_broken_line(x, stretch * y + a + b * x, n_joints)
    assert_allclose(tilted.max_error, abs(stretch) * error, atol=1e-10)
    moved = best_broken_line(stretch * x + a, y, n_joints)
    assert_allclose(moved.max_error, error, atol=1e-10)


def test_the_order_of_the_points_does_not_matter():
    rng = np.random.default_rng(0)
    x, y = rng.integers(0, 30, 80).astype(float), rng.normal(size=80)
    order = rng.permutation(80)
    one, other = best_broken_line(x, y, 5), best_broken_line(x[order], y[order], 5)
    assert np.array_equal(one.x, other.x) and np.array_equal(one.y, other.y)


def test_some_of_many_points_give_the_same_as_all_in_slices():
    x = np.linspace(0, 1, 20_001)
    steps = list(iter_broken_line(x, x**2, 4))
    assert len(steps) > 20
    assert (np.diff([step.max_error for step in steps]) <= 0).all()
    assert (np.diff([step.lower_bound for step in steps]) >= 0).all()
    assert_allclose(steps[-1].max_error, 1 / 200, rtol=1e-12)


@pytest.mark.parametrize(
    ("x", "y", "n_joints", "error"),
    [
        ([3], [7], 0, 0),
        ([3], [7], 5, 0),
        ([2, 2, 2], [1, 5, 3], 4, 2),
        ([1, 2, 3], [4, 4, 4], 0, 0),
        ([1, 2], [1e12, -1e12], 0, 0),
        ([0, 1, 2], [0, 1, 0], 0, 0.5),
        ([0, 1, 2], [0, 1, 0], 1, 0),
        ([0, 1, 2, 3, 4], [0, 0, 1e12, 0, 0], 2, 0.25e12),
        ([0, 1, 2, 3, 1e12], [0, 1, 0, 1, 0], 1, 0.5),
    ],
)
def test_special_data(x, y, n_joints, error):
    line = best_broken_line(x, y, n_joints)
    assert_allclose(line.max_error, error, rtol=1e-9, atol=1e-12)
    assert_allclose(line.lower_bound, error, rtol=1e-9, atol=1e-12)


def test_points_too_close_for_a_slope_are_no_reason_to_fail():
    x, y = [0, 1e-310, 1, 2], [0, 1, 0, 3]
    for n_joints in range(4):
        line = best_broken_line(x, y, n_joints)
        assert np.isfinite(line.slopes).all()
        assert line.lower_bound <= line.max_error <= 1.5


def test_an_outlier_takes_its_joints_and_no_more():
    x = np.linspace(0, 1, 200)
    y = np.where(np.arange(200) == 77, 1e12, x**2)
    line = best_broken_line(x, y, 9)
    assert line.max_error < 1e-2


@given(any_points, st.integers(1, 6))
@settings(max_examples=60)
def test_units_are_the_line(pairs, n_units):
    x, y = pairs.T
    line = best_broken_line(x, y, n_units - 1)
    theta, beta, phi, offset = as_units(line, n_units)
    network = ReLUNetwork([theta, phi], [beta, offset])
    assert network.widths == (n_units,)
    terms = np.abs(phi) @ np.maximum(theta * x + beta[:, None], 0)
    tolerance = 1e-13 * (terms.max() + np.abs(offset).max() + scale(y))
    tolerance += 1e-15 * np.abs(phi).sum() * scale(x)
    assert_allclose(network(x[:, None])[:, 0], line(x), rtol=0, atol=tolerance)


@given(any_points, st.integers(1, 5))
@settings(max_examples=60)
def test_the_best_units_are_between_the_lines_with_one_joint_less_and_as_many(
    pairs, n_units
):
    x, y = pairs.T
    steps = list(iter_units(x, y, n_units))
    errors = [step.max_error for step in steps]
    assert (np.diff(errors) <= 0).all()
    units, error = steps[-1]
    assert error <= best_broken_line(x, y, n_units - 1).max_error
    assert error >= best_broken_line(x, y, n_units).lower_bound
    network = ReLUNetwork([units.theta, units.phi], [units.beta, units.offset])
    reached = np.abs(network(x[:, None])[:, 0] - y).max()
    terms = np.abs(units.phi) @ (np.abs(units.theta * x) + np.abs(units.beta)[:, None])
    assert abs(reached - error) <= 1e-13 * (terms.max() + scale(units.offset))


@pytest.mark.parametrize("side", [1, -1])
def test_a_level_end_saves_a_unit(side):
    # A bump of three joints, level at its left or right: three units are enough.
    x = side * np.linspace(0, 4, 101)
    y = np.interp(side * x, [0, 1, 2, 3, 4], [5, 5, 6, 4, 4.5])
    units, error = best_units(x, y, 3)
    assert error < 1e-12
    network = ReLUNetwork([units.theta, units.phi], [units.beta, units.offset])
    assert_allclose(network(x[:, None])[:, 0], y, atol=1e-12)


def test_refuses_what_it_cannot_do():
    line = best_broken_line([0, 1, 2], [0, 1, 0], 1)
    with pytest.raises(ValueError, match="1 joints need 2 units, got n_units=1"):
        as_units(line, 1)
    with pytest.raises(ValueError, match="n_joints must not be negative"):
        best_broken_line([0], [0], -1)
    with pytest.raises(ValueError, match="of the same length and not empty"):
        best_broken_line([0, 1], [0], 1)
    with pytest.raises(ValueError, match="of the same length and not empty"):
        best_broken_line([], [], 1)
    with pytest.raises(ValueError, match="finite"):
        best_broken_line([0, np.nan], [0, 1], 1)
    with pytest.raises(ValueError, match="ranges"):
        best_broken_line([0, 1], [-1e308, 1e308], 1)
