"""Errors of networks over a whole range: against dense sampling and closed forms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.integrate import quad

from estimators.constructions import interpolant
from ui.approximation.best_fits import best_fit
from ui.approximation.building import iter_frames
from ui.approximation.constructions import curvature_construction, equal_construction
from ui.approximation.error_curves import iter_marks
from ui.approximation.errors import error_report
from ui.approximation.samples import cells_of, maximum_sample, mean_sample
from ui.approximation.step_law import heights, step_law
from ui.approximation.targets import TARGETS, typed_target

STEP = TARGETS["step"]


@pytest.mark.parametrize("key", TARGETS)
@pytest.mark.parametrize("n_units", [1, 30])
def test_no_sample_finds_a_larger_error(key, n_units):
    target = TARGETS[key]
    x = np.random.default_rng(0).uniform(target.low, target.high, 60_000)
    for network in (
        equal_construction(target, n_units),
        curvature_construction(target, n_units, "max"),
    ):
        report = error_report(network, target)
        dense = np.abs(network(x)[:, 0] - target.function(x)).max()
        assert dense <= report.max_error * (1 + 1e-9) + 1e-12
        assert report.on_grid <= report.max_error
        # It is attained, from one side or the other.
        sides = report.where + np.array([-1e-13, 0, 1e-13])
        sides = sides.clip(target.low, target.high)
        attained = np.abs(network(sides)[:, 0] - target.function(sides)).max()
        assert attained == pytest.approx(report.max_error, rel=1e-5, abs=1e-9)


def test_errors_of_a_chord_of_the_exponential():
    # exp(x) − 1 − (e − 1)x is least at log(e − 1).
    slope = np.e - 1
    where = np.log(slope)
    report = error_report(interpolant([0, 1], [1, np.e]), TARGETS["exp"])
    assert report.max_error == pytest.approx(1 + slope * where - slope, rel=1e-12)
    assert report.where == pytest.approx(where, abs=1e-5)
    square = quad(lambda x: (np.exp(x) - 1 - slope * x) ** 2, 0, 1)[0]
    assert report.rms == pytest.approx(np.sqrt(square), rel=1e-12)
    assert np.abs(report.error).max() == report.max_error
    assert (np.diff(report.x) >= 0).all()


@settings(max_examples=40)
@given(
    st.lists(st.floats(0.01, 0.99), min_size=1, max_size=12),
    st.data(),
)
def test_reports_on_any_broken_line(joints, data):
    x = np.unique([0, *np.round(joints, 4), 1])
    y = data.draw(
        st.lists(st.floats(-3, 3), min_size=len(x), max_size=len(x)), label="y"
    )
    target = TARGETS["chirp"]
    network = interpolant(x, y)
    report = error_report(network, target)
    dense = np.linspace(0, 1, 50_001)
    errors = np.interp(dense, x, y) - target.function(dense)
    assert np.abs(errors).max() <= report.max_error + 1e-11
    # Slopes of the error are bounded, so a dense sample is not far below.
    steepness = np.abs(np.diff(y) / np.diff(x)).max() + 8 * np.pi
    assert report.max_error <= np.abs(errors).max() + steepness * 1e-5 + 1e-11
    assert report.rms == pytest.approx(np.sqrt(np.mean(errors**2)), rel=1e-2)


@pytest.mark.parametrize("key", ["step", "sawtooth"])
@pytest.mark.parametrize("n_units", [1, 3, 40])
def test_at_a_jump_every_network_is_off_by_half_of_it(key, n_units):
    target = TARGETS[key]
    least = step_law(target, 1e-3).least_maximum
    assert least == pytest.approx(0.5)
    networks = [equal_construction(target, n_units)]
    networks += [best_fit(target, n_units, norm) for norm in ("rms", "max")]
    for network in networks:
        assert error_report(network, target).max_error >= least - 1e-9
    assert error_report(networks[-1], target).max_error == pytest.approx(least)


def test_while_the_mean_error_goes_to_zero_with_the_ramp():
    for width in (0.1, 1e-3, 1e-6):
        ends = np.array([0, 1 / 3 - width / 2, 1 / 3 + width / 2, 1])
        report = error_report(interpolant(ends, [0, 0, 1, 1]), STEP)
        law = step_law(STEP, width)
        assert report.rms == pytest.approx(law.ramp_rms, rel=1e-6)
        assert report.max_error == pytest.approx(0.5, rel=1e-6)
    assert error_report(best_fit(STEP, 2, "rms"), STEP).rms < 1e-3


def test_a_continuous_target_has_no_step_law():
    assert step_law(TARGETS["exp"], 0.1) is None
    assert_allclose(heights(TARGETS["sawtooth"]), [1, 1, 1], rtol=1e-9)


@pytest.mark.parametrize("key", TARGETS)
def test_samples_stand_for_the_range(key):
    target = TARGETS[key]
    sample = mean_sample(target, 4000)
    assert sample.weight.sum() == pytest.approx(1)
    assert (np.diff(sample.x) > 0).all()
    x = np.linspace(target.low, target.high, 200_001)
    assert sample.weight @ sample.y == pytest.approx(
        target.function(x).mean(), abs=2e-5
    )
    ends = maximum_sample(target, 4000)
    assert (ends.x[0], ends.x[-1]) == (target.low, target.high)
    assert np.isin(target.kinks, ends.x).all()
    for jump in target.jumps:
        at_jump = np.flatnonzero(ends.x == jump)
        assert len(at_jump) == 2
        assert abs(np.diff(ends.y[at_jump])[0]) == pytest.approx(1)


def test_cells_integrate_curvature():
    # ∫ |f″|^(1/2) over [0, 1] is 2 for the root, next to whose end cells are tiny.
    cells = cells_of(TARGETS["root"], 8000, 0.5)
    assert cells.bending(0.5).sum() == pytest.approx(2, rel=5e-3)
    assert cells_of(TARGETS["sine"], 4000, 0.5).n_inflections == 1


def test_a_target_that_is_not_finite_is_refused_in_words():
    pole = TARGETS["exp"]._replace(function=lambda x: np.log(x - 0.5))
    with pytest.raises(ValueError, match="no finite value at x = "):
        error_report(interpolant([0, 1], [0, 1]), pole)
    with pytest.raises(ValueError, match="no finite value at x = "):
        best_fit(pole, 3, "max")


def test_marks_come_in_the_order_in_which_they_are_waited_for():
    target, sizes = TARGETS["sine"], (1, 2, 4)
    marks = list(dict.fromkeys(iter_marks(target, "max", sizes)))
    errors = {}
    for mark in marks:
        errors.setdefault(mark.series, {})[mark.n_units] = mark.error
    assert set(errors) == {"equal", "curvature", "best", "bound", "lbfgs", "adam"}
    assert all(list(curve) == list(sizes) for curve in errors.values())
    for size in sizes:
        least = errors["bound"][size]
        assert all(curve[size] >= least * (1 - 1e-9) for curve in errors.values())
        assert errors["best"][size] <= errors["curvature"][size] * (1 + 1e-9)
    assert [mark.series for mark in marks[:2]] == ["equal", "curvature"]


@pytest.mark.parametrize("norm", ["rms", "max"])
def test_a_film_never_gets_worse(norm):
    states = list(iter_frames(STEP, norm, 5))
    frames = [f for f, before in zip(states, [None, *states]) if f is not before]
    assert [frame.n_units for frame in frames] == [1, 2, 3, 4, 5]
    errors = [{"rms": f.rms, "max": f.max_error}[norm] for f in frames]
    assert (np.diff(errors) <= 0).all()
    for frame in frames:
        assert frame.x.dtype == frame.y.dtype == np.float32
        assert len(frame.x) <= frame.n_units + 2


def test_a_typed_jump_counts_like_a_known_one():
    target = typed_target("floor(2x)", 0.1, 0.9)
    assert error_report(best_fit(target, 4, "max"), target).max_error == pytest.approx(
        0.5
    )
