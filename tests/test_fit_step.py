"""The Regression page as a visitor drives it, without a browser."""

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from estimators.datasets import TOY_NAMES
from tests.fit_page import (
    assert_snippet_rebuilds_the_curve,
    looked_at,
    opened,
    settled,
    standing,
    uploaded,
)
from tests.pages import curve, errors, figure, press
from ui.bundled import BUNDLED
from ui.names import display_name
from ui.numbers import short
from ui.regression.steps import PAGE

QUICK = {"iterations": "100"}
GOOD = "dose,effect,name\n" + "".join(
    f"{i / 10},{abs(i - 20)},n{i}\n" for i in range(40)
)


def test_the_page_opens_with_a_finished_fit_and_nothing_to_complain_about():
    at = opened()
    assert at.title[0].value == "Regression"
    assert "Finished" in standing(at)
    assert errors(at) == [] and not at.warning
    scores = at.table[0].value.astype(float)
    assert scores.loc["Network, 10 hidden units", "R², test"] > 0.95
    assert scores.loc["Straight line", "R², test"] < 0.8
    assert at.button[0].disabled  # nothing to stop


def test_the_curve_drawn_has_the_joints_that_the_page_counts():
    at = opened(**QUICK)
    x, y = curve(at, "Network")
    joints, heights = curve(at, "Joints")
    np.testing.assert_array_equal(x[1:-1], joints)
    np.testing.assert_array_equal(y[1:-1], heights)
    assert f"**{len(joints)}** in view" in standing(at)
    assert len(at.dataframe[-1].value) == len(joints)
    assert f"{len(joints)} joint" in at.get("echarts_chart")[0].proto.alt


def test_the_snippet_rebuilds_what_is_drawn():
    assert_snippet_rebuilds_the_curve(opened(**QUICK))


@pytest.mark.parametrize("name", TOY_NAMES)
def test_every_toy_function(name):
    at = opened(toy=name, points="50", **QUICK)
    assert errors(at) == []
    assert f"toy('{name}', n_samples=50" in at.code[0].value


@pytest.mark.parametrize("title", BUNDLED)
def test_every_bundled_table(title):
    at = opened(data="Real table", table=title, **QUICK)
    assert errors(at) == []
    assert figure(at)["xAxis"]["name"] == BUNDLED[title].x
    assert figure(at)["yAxis"]["name"] == BUNDLED[title].y
    assert_snippet_rebuilds_the_curve(at)
    assert any(BUNDLED[title].source in c.value for c in at.caption)


def test_other_columns_of_a_bundled_table():
    at = opened(data="Real table", **QUICK)
    at.selectbox(key="t0x").select("bp")
    settled(at)
    assert figure(at)["xAxis"]["name"] == "bp"
    at.selectbox(key="t0y").select("bp")
    settled(at)
    assert errors(at) == ["x and y are the same column. Choose two columns."]


@pytest.mark.parametrize("solver", PAGE["solver"].options)
def test_every_solver(solver):
    at = opened(solver=solver, points="50", **QUICK)
    assert errors(at) == []
    rated = solver in ("gd", "adam")
    assert at.select_slider(key="rate").disabled is not rated
    assert any("have a learning rate" in c.value for c in at.caption) is not rated
    assert_snippet_rebuilds_the_curve(at)


@pytest.mark.parametrize("width", ["1", "100"])
@pytest.mark.parametrize("alpha", ["auto", "0", "1"])
def test_the_ends_of_the_controls(width, alpha):
    at = opened(width=width, alpha=alpha, points="20", noise="1.0", iterations="30")
    assert errors(at) == []
    assert f"at most {width} (one" in standing(at)
    assert short(at.select_slider(key="alpha").value) == alpha


def test_a_changed_control_starts_a_new_fit():
    at = opened(**QUICK)
    before = standing(at)
    at.slider(key="width").set_value(3)
    settled(at)
    assert standing(at) != before and "at most 3 (one" in standing(at)


def test_divergence_is_explained_and_the_page_goes_on():
    at = opened(solver="gd", rate="10")
    (message,) = errors(at)
    assert "diverged" in message and "learning_rate_init=10" in message
    assert "Diverged" in standing(at)
    assert len(at.get("echarts_chart")) == 3
    at.select_slider(key="rate").set_value(0.01)
    at.query_params["rate"] = "0.01"  # as the browser does
    assert errors(settled(at)) == []


def test_watching_again_and_stopping():
    at = opened(solver="gd", iterations="1000")
    press(at, "Watch again")
    assert "Training with gradient descent: iteration 0" in standing(at)
    assert looked_at(at) is None  # while training it is the latest state
    assert not at.code  # the snippet is of a network that has been trained
    at.run()
    press(at, "Stop training")
    stopped = standing(at)
    assert "Stopped at iteration" in stopped
    at.run()
    assert standing(at) == stopped
    assert len(at.get("echarts_chart")) == 3


def test_a_control_moved_before_the_view_was_ever_drawn_is_not_lost():
    def page():
        import streamlit as st

        from ui.regression.fit_controls import FIT, choose_settings, chosen_settings

        choose_settings(FIT, "a view that is not there")
        st.text(chosen_settings().width)

    at = AppTest.from_function(page).run()
    at.slider(key="width").set_value(33).run()
    assert not at.exception
    assert at.text[0].value == "33"


@pytest.mark.parametrize("nonsense", ["-5", "1e9", "<b>", "nan"])
def test_a_link_with_nonsense_opens_the_defaults(nonsense):
    names = ("width", "rate", "alpha", "iterations", "seed", "noise", "toy", "data")
    at = opened(**dict.fromkeys(names, nonsense))
    assert errors(at) == [] and at.slider(key="width").value == 10


# -- uploads ----------------------------------------------------------------------


def test_before_a_file_is_chosen_an_example_is_offered():
    at = opened(data="Your file")
    assert errors(at) == [] and len(at.info) == 1
    assert at.get("download_button")
    assert not at.get("echarts_chart")


def test_a_good_file_is_previewed_fitted_and_can_be_rebuilt(tmp_path, monkeypatch):
    at = uploaded(GOOD, "good.csv", **QUICK)
    assert errors(at) == []
    assert list(at.dataframe[0].value.columns) == ["dose", "effect", "name"]
    assert at.selectbox(key="upx").options == ["dose", "effect"]
    assert len(curve(at, "Training")[0]) == 28
    (tmp_path / "good.csv").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    assert_snippet_rebuilds_the_curve(at)


def test_rows_without_a_value_are_left_out_when_the_reader_agrees():
    at = uploaded(GOOD + ",1,a\n2,,b\n", **QUICK)
    box = at.checkbox(key="drop")
    assert box.value and box.label == "Leave out 2 of 42 rows"
    assert errors(at) == []
    box.uncheck()
    (message,) = errors(settled(at))
    assert "2 of 42 rows" in message
    assert not at.get("echarts_chart")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        ("x,y\n", "no rows"),
        ("x,y\n1,2\n", "At least 8"),
        ("1,2\n", "At least 8"),
        ("x,y\na,b\nc,d\n", "No column"),
        ("x,y\n" + "1,b\n" * 9, "Only one column"),
        ("x,y\n" + "1,b\n2,3\n4,5\n" * 9, "not numbers"),
        ("x,y\n" + "1,2\n" * 9, "in every row"),
        ("x,y\n1e300,2\n" + "1,2\n2,3\n" * 9, "too large"),
        ("x,y\n1,2\n3,4,5\n", "Line 3"),
        ('x,y\n"1,2\n', "never closed"),
        (b"x,y\n1,2\0\n", "NUL"),
        (b"PK\x03\x04" + b"\xff\x00" * 50, "Excel"),
        (bytes(range(256)) * 20, "text"),
    ],
    ids=lambda value: repr(value[:14]),
)
def test_a_bad_file_gets_a_sentence(content, says):
    at = uploaded(content)
    (message,) = errors(at)
    assert says in message
    assert not at.get("echarts_chart")
    at.segmented_control(key="data").set_value("Toy")
    assert errors(settled(at)) == []


NAMES = [
    ":red[x]",
    "$x$",
    "**b**",
    "<b>b</b>",
    "![](http://a.b/c)",
    "`code`",
    "%{x}",
    "\\frac{1}{2}",
    "w" * 3000,
    "\u202eabc",
    ":material/delete:",
]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:12]))
def test_hostile_column_names_are_shown_and_do_nothing(name):
    lines = [f'"{name}","{name} 2"'] + [f"{i},{i * i % 7}" for i in range(20)]
    at = uploaded("\n".join(lines), **QUICK)
    assert errors(at) == []
    for axis in ("xAxis", "yAxis"):
        assert 0 < len(figure(at)[axis]["name"]) <= 40
    caption = next(c.value for c in at.caption if "RMSE" in c.value)
    assert "".join(re.findall("`[^`]*`", caption)) == display_name(
        at.selectbox(key="upy").value if len(name) < 30 else name + " 2"
    )
    assert all(len(option) <= 50 for option in at.selectbox(key="upx").options)
