"""The Linear step: the lecture's losses, and when gradient descent diverges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators.datasets import lecture_line
from tests import pages
from tests.pages import press, run
from ui.regression.linear import (
    PRESETS,
    descent,
    least_squares,
    line_from_text,
    line_to_text,
    steepest_curvature,
    summed_loss,
    verdict,
)

X, Y = lecture_line()


def opened(**query):
    return pages.opened("Linear", **query)


@pytest.mark.parametrize(
    ("line", "loss"),
    [((0.4, 0.2), 7.068), ((1.6, -0.8), 10.28), ((1.2, 0.2), 0.687)],
)
def test_the_lectures_losses(line, loss):
    assert summed_loss(X, Y, line) == pytest.approx(loss, abs=5e-4)


def test_least_squares_is_where_descent_ends():
    best = least_squares(X, Y)
    assert_allclose(best, (0.82595, 0.52223), atol=5e-6)
    assert summed_loss(X, Y, best) == pytest.approx(0.19987, abs=5e-6)
    assert_allclose(descent(X, Y, (0.4, 0.2), 0.03, 5000)[-1], best)


@given(st.floats(0.0001, 0.1), st.floats(-3, 3), st.floats(-3, 3))
def test_the_steepest_error_grows_by_the_factor_that_is_told(rate, phi_0, phi_1):
    hessian = 2 * np.array([[X.size, X.sum()], [X.sum(), X @ X]])
    curvatures, axes = np.linalg.eigh(hessian)
    assert steepest_curvature(X) == pytest.approx(curvatures[1])
    path = descent(X, Y, (phi_0, phi_1), rate, 20)
    errors = (path - least_squares(X, Y)) @ axes[:, 1]
    scale = np.abs(path).max()
    expected = (1 - rate * curvatures[1]) * errors[:-1]
    assert_allclose(errors[1:], expected, atol=1e-9 * scale)
    assert ("diverges" in verdict(X, rate)) == (rate >= 2 / curvatures[1])


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_lines_come_back_from_text_bit_by_bit(phi_0, phi_1):
    assert line_from_text(line_to_text(phi_0, phi_1)) == (phi_0, phi_1)


def test_the_page_shows_start_end_and_optimum():
    at = opened()
    shown = at.table[0].value
    assert next(iter(shown["summed loss"])) == "7.0679"
    assert list(shown["φ0"])[2] == "0.82595"
    assert any("never overshoots" in m.value for m in at.markdown)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_opens(name):
    at = opened()
    at.selectbox(key="descent").set_value(name)
    run(at)
    assert at.text_input(key="line").value == PRESETS[name].text
    assert PRESETS[name].look_for in [m.value for m in at.markdown]
    diverges = any("diverges" in m.value for m in at.markdown)
    assert diverges == (name == "Too fast")
    assert not at.error


def test_undo_and_reset():
    at = opened()
    at.text_input(key="line").set_value("1,1")
    run(at)
    assert next(iter(at.table[0].value["φ0"])) == "1"
    press(at, "Undo")
    assert at.text_input(key="line").value == "0.4,0.2"
    press(at, "Redo")
    assert at.text_input(key="line").value == "1,1"
    press(at, "Reset")
    assert at.text_input(key="line").value == "0.4,0.2"


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "nan,1", "1e9,1", "1," * 99])
def test_text_that_is_no_line_gets_a_sentence(text):
    at = opened()
    at.text_input(key="line").set_value(text)
    run(at)
    assert len(at.error) == 1
    assert next(iter(at.table[0].value["φ0"])) == "0.4"


def test_the_snippet_takes_the_steps_shown():
    at = opened()
    printed = []
    scope = {"print": printed.append}
    exec(compile(at.code[0].value, "snippet", "exec"), scope)
    phi, loss = printed
    shown = at.table[0].value
    assert [f"{phi[0]:.5g}", f"{phi[1]:.5g}"] == [shown["φ0"][1], shown["φ1"][1]]
    assert f"{loss:.5g}" == shown["summed loss"][1]
