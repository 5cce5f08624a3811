"""Charts of generalisation: what is drawn, what is said, how large it can get."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.studies import QUICK, picked, table
from ui.figures.bands import band, legend
from ui.figures.error_chart import Errors, HeldOut, error_alt, error_chart
from ui.figures.generalise import (
    Frame,
    law_panel,
    panel_alt,
    residual_alt,
    residual_chart,
    rows_panel,
    sample_panel,
    wish_panel,
)
from ui.figures.style import MAX_POINTS, ROLE

X = np.array([0.0, 1.0, 3.0, 4.0])
Y = np.array([0.0, 1.0, -1.0, 0.0])
FRAME = Frame.around(("dose", "effect"), X, Y)
WIDTHS = np.array([1, 2, 5, 10])
TRAINING = np.array([[3.0, 1.0, 0.2, 0.0], [4.0, 2.0, 0.4, 0.1], [5.0, 3.0, 0.6, 0.2]])
TEST = np.array([[4.0, 2.0, 3.0, 5.0], [5.0, 2.5, 3.5, 7.0], [6.0, 3.0, 4.0, 9.0]])
ERRORS = Errors(WIDTHS, TRAINING, TEST, np.array([5.0, 2.4, 3.4, 6.0]))
HELD_OUT = HeldOut(WIDTHS, np.array([6.0, 3.0, 2.8, 8.0]), np.array([1.0, 0.5, 9, 2]))


def series(chart):
    return {s["name"]: s for s in chart["series"]}


def drawn(chart, name):
    return np.array(series(chart)[name]["data"], dtype=float)


def test_a_band_is_the_polygon_between_its_edges():
    path = np.array(band("b", X, Y - 1, Y + 2, "test")["data"])
    x, y = path.T
    # The shoelace formula; a band of constant height 3 over a width of 4 has area 12.
    area = abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 2
    assert area == pytest.approx(12.0)
    assert x[0] == x[-1]  # upright ends, so nothing beside it is shaded


def test_a_legend_lists_what_is_not_hidden():
    shade = band("b", X, Y, Y + 1, "test")
    other = {"name": "line", "data": []}
    assert legend([shade, other])["data"] == [
        {"name": "b", "icon": "rect"},
        {"name": "line"},
    ]
    assert legend([shade, other], ["b"])["data"] == [{"name": "line"}]


def test_the_law_is_drawn_by_its_standard_deviation():
    chart = law_panel(FRAME, (X, Y), 0.5)
    np.testing.assert_array_equal(drawn(chart, "Mean of y"), np.transpose([X, Y]))
    for factor in (1, 2):
        upper = drawn(chart, f"± {factor}σ")[: len(X), 1]
        np.testing.assert_allclose(upper, Y + factor * 0.5)


def test_the_three_panels_can_be_compared():
    charts = [
        rows_panel(FRAME, (X, Y)),
        wish_panel(FRAME, "Target", (X, Y), "target"),
        sample_panel(FRAME, (X[:2], Y[:2]), (X, Y)),
        wish_panel(FRAME, "", None, "fit"),
    ]
    for axis in ("xAxis", "yAxis", "grid"):
        assert all(chart[axis] == charts[0][axis] for chart in charts)
    assert charts[0]["xAxis"]["min"] < 0 and charts[0]["xAxis"]["max"] > 4
    assert charts[3]["series"] == []
    assert panel_alt(FRAME, "All.") == "effect against dose. All."


def test_residuals_are_drawn_about_zero():
    train, test = (X, Y), (X, 3 * Y)
    chart = residual_chart(train, test, names=("x", "<b>"), noise=0.5)
    assert chart["yAxis"]["min"] == -chart["yAxis"]["max"] < -3
    assert chart["yAxis"]["name"] == "<b> − prediction"  # text, never HTML
    assert chart["tooltip"]["formatter"] == "{c}"
    assert set(drawn(chart, "± 2σ of the noise")[:, 1]) == {-1.0, 1.0}
    plain = series(residual_chart(train, test, names=("x", "y")))
    assert set(plain) == {"No error", "Training", "Test"}
    # Two of four residuals are ±1, so the mean square is a half; nine times for test.
    assert "0.7071 on the training" in residual_alt(train, test)
    assert "2.121 on the test" in residual_alt(train, test)


def test_a_perfect_network_still_has_a_residual_axis():
    chart = residual_chart((X, 0 * Y), (X, 0 * Y), names=("x", "y"))
    assert chart["yAxis"]["min"] < 0 < chart["yAxis"]["max"]


def test_errors_are_drawn_on_logarithmic_axes_with_their_marks():
    chart = error_chart(ERRORS, HELD_OUT, shown=20, widest=10, noise=0.5)
    assert chart["xAxis"]["type"] == chart["yAxis"]["type"] == "log"
    assert chart["xAxis"]["max"] == 20
    np.testing.assert_array_equal(drawn(chart, "Test")[:, 1], TEST[1])
    assert set(drawn(chart, "Noise σ²")[:, 1]) == {0.25}
    np.testing.assert_array_equal(drawn(chart, "Least on test: D = 2"), [[2, 2.5]])
    ring = drawn(chart, "Least in cross-validation: D = 5")
    np.testing.assert_array_equal(ring, [[5, 2.8]])
    (line,) = series(chart)["Least on test: D = 2"]["markLine"]["data"]
    assert line == {"xAxis": 20}
    colours = {series(chart)[name]["color"] for name in ("Training", "Test")}
    assert colours == {ROLE["train"], ROLE["test"]}


def test_whiskers_are_one_standard_error_and_stay_on_the_axis():
    data = series(error_chart(ERRORS, HELD_OUT, shown=2, widest=10))["Standard error"][
        "data"
    ]
    assert data[:3] == [[1, 5.0], [1, 7.0], ["-", "-"]]
    assert 0 < data[6][1] < 2.8  # 2.8 − 9 has no logarithm


def test_errors_of_zero_are_left_out():
    chart = error_chart(ERRORS, None, shown=2, widest=10)
    assert all(y > 0 for s in chart["series"] for _, y in s["data"])
    assert "Cross-validation" not in series(chart)
    none = Errors(WIDTHS[:1], np.zeros((3, 1)), np.zeros((3, 1)), None)
    assert error_chart(none, None, shown=1, widest=1)["xAxis"]["max"] == 2


def test_the_errors_in_words():
    text = error_alt(ERRORS, HELD_OUT)
    assert "D = 1 to 10" in text and "Training: 4 to 0.1" in text
    assert "Test: 5 to 7, lowest 2.5 at D = 2" in text
    assert "Cross-validation: lowest 2.8 at D = 5" in text
    assert "Cross-validation" not in error_alt(ERRORS, None)


def test_charts_are_bounded_whatever_the_data():
    many = (np.linspace(0, 1, 70_000), np.linspace(-1e30, 1e30, 70_000))
    frame = Frame.around(("n" * 999, "m" * 999), *many)
    vertices = (np.linspace(0, 1, 102), np.zeros(102))
    for chart in (
        rows_panel(frame, many),
        sample_panel(frame, many, vertices),
        residual_chart(many, many, names=frame.names),
    ):
        assert len(json.dumps(chart, allow_nan=False)) < 60_000
        shown = [name for name in series(chart) if "drawn" in name]
        assert sum(len(series(chart)[name]["data"]) for name in shown) <= MAX_POINTS


# -- on a page --------------------------------------------------------------------


def page():
    import streamlit as st

    from ui.regression.generalise_step import GENERALISE_BAR
    from ui.regression.generalise_view import VIEW, show_generalise

    data, settings = st.session_state["data"], st.session_state["settings"]
    VIEW.draw(show_generalise, data, settings, GENERALISE_BAR, False)


def opened(data, settings=QUICK):
    at = AppTest.from_function(page, default_timeout=60)
    at.session_state["show_generalise_snippet"] = True
    at.session_state["data"], at.session_state["settings"] = data, settings
    return at


def settled(at):
    for _ in range(200):
        at.run()
        assert not at.exception
        if at.button(key="stop_study").disabled:
            return at
    raise AssertionError("training does not end")


def chart(at, place):
    return at.get("echarts_chart")[place].proto


def test_a_toy_study_on_a_page():
    at = settled(opened(picked()))
    assert not at.error and at.button(key="stop_study").disabled
    words = " ".join(m.value for m in at.markdown)
    assert "20 of 20 networks" in words
    assert "Cross-validation, which sees the training rows only, picks" in words
    assert len(at.get("echarts_chart")) == 5
    assert all(chart(at, place).alt for place in range(5))
    assert len(at.table[0].value) == 4
    assert "GridSearchCV" in at.code[0].value
    at.session_state["settings"] = QUICK._replace(width=2)
    settled(at)
    assert at.table[0].value.index[0] == "Network, D = 2"


def test_a_table_has_no_law_and_its_best_guess_is_cross_validated():
    at = settled(opened(table()))
    assert not at.error
    names = [s["name"] for s in json.loads(chart(at, 0).spec)["series"]]
    assert names == ["All rows"]
    (guess,) = json.loads(chart(at, 1).spec)["series"]
    chosen = next(name for name in at.table[0].value.index if "validated" in name)
    assert guess["name"] == "Best guess"
    assert chosen.split(" (")[0].removeprefix("Network, ") in chart(at, 1).alt
    assert not any("Universe:" in c.value for c in at.caption)


def test_what_cannot_be_split_is_said():
    at = opened(picked(), QUICK._replace(n_train=58)).run()
    assert not at.exception
    assert "training rows must be from 8 to 57" in at.error[0].value


def test_stopping_and_watching_again():
    at = opened(picked(noise=0.3), QUICK._replace(n_repeats=20)).run()
    at.button(key="stop_study").click()
    at.run()
    assert not at.exception
    assert any("Stopped" in m.value for m in at.markdown)
    at.button(key="watch_study").click()
    at.session_state["settings"] = QUICK
    settled(at)
    assert any("20 of 20" in m.value for m in at.markdown)
