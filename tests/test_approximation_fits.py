"""Best fits and constructions: as good as is known to be possible, and quick."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators.solvers.threads import one_blas_thread
from ui.approximation.best_fits import best_fit, iter_best_fit
from ui.approximation.bounds import iter_bounds
from ui.approximation.constructions import curvature_construction, equal_construction
from ui.approximation.errors import error_report
from ui.approximation.laws import asymptotic_law
from ui.approximation.spreading import spread
from ui.approximation.targets import TARGETS, typed_target

EXP = TARGETS["exp"]
SMOOTH = [("exp", 60), ("sine", 150), ("runge", 60), ("chirp", 150), ("root", 60)]


def bound(target, norm, n_units):
    return next(b for b in iter_bounds(target, norm, [n_units]) if b)[1]


def error(report, norm):
    return {"rms": report.rms, "max": report.max_error}[norm]


@pytest.mark.parametrize("norm", ["rms", "max"])
def test_a_parabola_is_met_by_equal_pieces(norm):
    # On pieces of width h = 1/n the best lines are h²/8 and h²/√180 off.
    parabola = typed_target("x^2", 0, 1)
    per_square = {"max": 1 / 8, "rms": 1 / np.sqrt(180)}[norm]
    law = asymptotic_law(parabola, norm)
    assert law.constant == pytest.approx(per_square, rel=1e-6)
    for n_units in (2, 7, 40):
        report = error_report(best_fit(parabola, n_units, norm), parabola)
        # D units make D pieces, or D + 1 where one need not carry a slope: here at 0.
        assert error(report, norm) <= per_square / n_units**2 * 1.01
        assert error(report, norm) >= per_square / (n_units + 1) ** 2 * (1 - 1e-9)


@pytest.mark.parametrize(("key", "n_units"), SMOOTH)
@pytest.mark.parametrize("norm", ["rms", "max"])
def test_best_fits_are_nearly_as_good_as_can_be(key, norm, n_units):
    target = TARGETS[key]
    report = error_report(best_fit(target, n_units, norm), target)
    assert error(report, norm) <= 1.25 * bound(target, norm, n_units)
    assert error(report, norm) <= 1.15 * asymptotic_law(target, norm)(n_units)


@pytest.mark.parametrize("norm", ["rms", "max"])
def test_a_thousand_units_are_placed_in_two_seconds(norm):
    with one_blas_thread():
        start = time.process_time()
        network = best_fit(EXP, 1000, norm)
        report = error_report(network, EXP)
        assert time.process_time() - start < 2
    assert network.widths == (1000,)
    proven = bound(EXP, norm, 1000)
    assert proven <= error(report, norm) <= 1.25 * proven
    assert error(report, norm) <= 1.03 * asymptotic_law(EXP, norm)(1000)


@pytest.mark.parametrize("key", TARGETS)
@pytest.mark.parametrize("n_units", [1, 2, 7, 200])
def test_constructions_have_exactly_so_many_units_and_interpolate(key, n_units):
    target = TARGETS[key]
    even = np.linspace(target.low, target.high, n_units + 1)
    networks = [equal_construction(target, n_units)]
    networks += [curvature_construction(target, n_units, n) for n in ("rms", "max")]
    scale = np.abs(target.function(even)).max() + 1
    assert_allclose(networks[0](even)[:, 0], target.function(even), atol=1e-12 * scale)
    for network in networks:
        assert network.widths == (n_units,)
        joints = -network.biases[0] / network.weights[0][:, 0]
        # Steep pieces over jumps multiply the rounding of the places.
        steepest = np.abs(network.weights[1]).sum()
        assert_allclose(
            network(joints)[:, 0],
            target.function(joints),
            atol=1e-13 * (scale + steepest),
        )


def test_joints_by_curvature_lose_a_factor_of_two():
    # An interpolant is twice as far off in the maximum as the best line of its piece,
    # and next to an inflection, where f″ = x, 1.155 times as far as f″ foretells.
    for key, most in (("exp", 2), ("runge", 2.31), ("chirp", 2.31)):
        target = TARGETS[key]
        report = error_report(curvature_construction(target, 300, "max"), target)
        equal = error_report(equal_construction(target, 300), target)
        least = asymptotic_law(target, "max")(300)
        assert 1.98 * least < report.max_error < 1.06 * most * least
        assert equal.max_error > report.max_error


def test_kinks_become_joints():
    target = TARGETS["kink"]
    network = curvature_construction(target, 12, "max")
    assert 0.3 in -network.biases[0] / network.weights[0][:, 0]


def test_a_straight_target_is_met_by_a_single_unit():
    line = typed_target("3x - 1", -2, 5)
    for norm in ("rms", "max"):
        assert error_report(best_fit(line, 1, norm), line).max_error < 1e-12
        assert bound(line, norm, 1) < 1e-12


def test_the_lecture_s_network_is_found_again():
    # Three units, three joints, no error: bends have to balance the first slope.
    target = TARGETS["lecture"]
    assert error_report(best_fit(target, 3, "rms"), target).max_error < 1e-9


@pytest.mark.parametrize("n_units", [0, -3, 1001])
def test_numbers_of_units_that_cannot_be_are_refused(n_units):
    with pytest.raises(ValueError, match="between 1 and 1,000"):
        iter_best_fit(EXP, n_units, "max")


@settings(max_examples=100)
@given(
    st.lists(st.floats(0, 1e6), min_size=1, max_size=30),
    st.lists(st.floats(0.01, 0.99), max_size=4, unique=True),
    st.integers(1, 60),
)
def test_nodes_are_as_many_as_asked_for_and_hold_all_corners(demand, corners, n_pieces):
    edges = np.linspace(0, 1, len(demand) + 1)
    corners = np.sort(np.round(corners, 3))
    corners = np.unique(corners)
    nodes = spread(edges, np.array(demand), corners, n_pieces)
    if nodes is None:
        assert n_pieces <= len(corners)
        return
    assert len(nodes) == n_pieces + 1
    assert (np.diff(nodes) > 0).all()
    assert (nodes[0], nodes[-1]) == (0, 1)
    assert np.isin(corners, nodes).all()
