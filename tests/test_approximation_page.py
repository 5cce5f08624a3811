"""The Universal approximation page as a visitor drives it, without a browser."""

import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from tests.approximation_page import number_after, opened, settled
from tests.pages import curve, errors, figure, run, run_snippet, text
from ui.approximation.answers import HOW
from ui.approximation.target_controls import MEAN, TYPED
from ui.approximation.targets import TARGETS
from ui.approximation.units_control import STOPS
from ui.stepped import nearest_stop


def test_the_default_is_the_best_and_says_how_good_that_is():
    at = settled(opened("One target"))
    assert number_after("Largest error", at) < 0.017
    assert number_after("largest error below", at) == pytest.approx(0.016, rel=1e-3)
    assert "**8** in view. Linear regions: **9** in view" in text(at)


def test_the_known_numbers_of_the_exponential():
    exp = TARGETS["exp"].label
    at = settled(opened("One target", target=exp, norm=MEAN, units="10"))
    bound = number_after("root mean square error below", at)
    assert bound == pytest.approx(4.7e-4, rel=0.1)
    at = settled(opened("One target", target=exp, norm=MEAN, units="11"))
    assert number_after("root mean square", at) == pytest.approx(5.168e-4, rel=0.01)
    at = settled(opened("One target", target=exp, units="11"))
    assert number_after("Largest error", at) == pytest.approx(8.69e-4, rel=0.02)


def test_the_largest_error_is_where_the_curve_below_says():
    at = settled(opened("One target", target=TARGETS["chirp"].label, units="30"))
    x, error = curve(at, "Error", 1)
    (at_x,), (value,) = curve(at, "Largest", 1)
    assert abs(value) == pytest.approx(np.abs(error).max(), rel=1e-5)
    assert abs(value) == pytest.approx(number_after("Largest error", at), rel=1e-3)
    assert np.abs(x - at_x).min() < 1e-3
    upper, lower = (figure(at, place)["grid"]["left"] for place in (0, 1))
    assert upper == lower


def test_a_jump_keeps_half_of_it_in_the_largest_error_only():
    step = TARGETS["step"].label
    for norm, units in (("Largest error", "3"), (MEAN, "60")):
        at = settled(opened("One target", target=step, norm=norm, units=units))
        assert number_after("Largest error", at) >= 0.5
        assert "half of that, 0.5, is the least largest error" in text(at)
        assert norm == MEAN or number_after("Largest error", at) < 0.501
    assert number_after("root mean square", at) < 0.01


@pytest.mark.parametrize("how", HOW)
def test_the_snippet_finds_the_network_again(how):
    at = settled(opened("One target", how=how, units="12", target="Runge: a bell"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = run_snippet(at)
    error = np.abs(found["error"])
    # Both look at other points, and training starts from what it sees.
    near = 0.5 if how == "Gradient training" else 0.1
    assert error.max() == pytest.approx(number_after("Largest error", at), rel=near)
    mean = np.sqrt(np.mean(error**2))
    assert mean == pytest.approx(number_after("root mean square", at), rel=near)


def test_the_snippet_for_the_mean_finds_the_network_again():
    at = settled(opened("One target", norm=MEAN, units="12", target="Runge: a bell"))
    error = run_snippet(at)["error"]
    mean = np.sqrt(np.mean(error**2))
    assert mean == pytest.approx(number_after("root mean square", at), rel=0.02)


def test_a_thousand_units():
    at = opened("One target", units="1000")
    assert number_after("Largest error", at) < 1e-5
    assert "too many equations" in text(at)
    assert len(figure(at)["series"][2]["data"]) == 0  # joints would hide the curve


def test_slider_and_field_follow_each_other():
    at = opened("One target", units="333")
    assert at.number_input(key="units").value == 333
    assert at.select_slider(key="units_slider").value == 340
    at.select_slider(key="units_slider").set_value(50)
    assert run(at).number_input(key="units").value == 50
    at.number_input(key="units").set_value(7)
    assert run(at).select_slider(key="units_slider").value == 7
    at.button[0].click()  # undo
    assert run(at).number_input(key="units").value == 50


def test_no_number_of_units_is_far_from_a_stop_of_the_slider():
    for units in range(1, 1001):
        assert abs(nearest_stop(units, STOPS) - units) <= max(0, 0.07 * units)
    assert [nearest_stop(stop, STOPS) for stop in STOPS] == list(STOPS)


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("sin(x", ")"),
        ("2 $ x", "$"),
        ("__import__('os')", "known"),
        ("1/x", "no finite value at x = 0"),
        ("9^9^9^9", "value"),
        ("(" * 1000, "500"),
        ("", "formula"),
    ],
)
def test_a_bad_formula_is_explained_and_the_picture_stays(formula, says):
    at = opened("One target", target=TYPED, formula="x^2")
    before = curve(at, "Target")
    at.text_input(key="formula").set_value(formula)
    run(at)
    (message,) = errors(at)
    assert says in message
    np.testing.assert_array_equal(curve(at, "Target"), before)
    at.text_input(key="formula").set_value("|x|")
    assert errors(run(at)) == []


def test_a_bad_range_is_explained():
    at = opened("One target", target=TYPED, low="3", high="-3")
    (message,) = errors(at)
    assert "3 is not less than -3" in message
    assert at.get("echarts_chart")


@pytest.mark.parametrize("nonsense", ["-5", "1e9", "<b>", "nan", ""])
def test_a_link_with_nonsense_opens_the_defaults(nonsense):
    names = ("target", "norm", "how", "units", "low")
    at = opened("One target", **dict.fromkeys(names, nonsense))
    assert errors(at) == [] and at.number_input(key="units").value == 9


def test_predictions_are_judged_by_the_numbers_of_the_page():
    at = opened("One target", ask="true", target=TARGETS["exp"].label, units="20")
    assert not at.get("echarts_chart")
    (answer,) = (c for c in at.segmented_control if c.key == "one_answer")
    answer.set_value(4)
    run(at)
    assert "right" in at.success[0].value and "With 20 units" in at.success[0].value
    assert at.get("echarts_chart")
