import json

import numpy as np
import pytest

from ui.figures.fit import fit_alt, fit_chart, loss_alt, loss_chart
from ui.figures.style import MAX_POINTS, ROLE, thin, wire

LINE = (np.array([0.0, 1.0, 3.0, 4.0]), np.array([0.0, 1.0, -1.0, 0.0]))
TRAIN = (np.array([0.0, 1.0, 2.0, 4.0]), np.array([0.1, 1.1, 0.0, -0.1]))
TEST = (np.array([0.5, 3.5]), np.array([0.4, -0.6]))
NAMES = ("x", "y")


def series(chart):
    return {s["name"]: s for s in chart["series"]}


def drawn(chart, name):
    return np.array(series(chart)[name]["data"])


def test_the_curve_has_its_vertices_and_nothing_else():
    chart = fit_chart(LINE, TRAIN, TEST, names=NAMES)
    np.testing.assert_array_equal(drawn(chart, "Network"), np.transpose(LINE))
    assert series(chart)["Network"]["type"] == "line"
    assert "smooth" not in series(chart)["Network"]


def test_the_joints_are_marked_without_the_ends():
    joints = drawn(fit_chart(LINE, TRAIN, TEST, names=NAMES), "Joints")
    np.testing.assert_array_equal(joints, [[1, 1], [3, -1]])


def test_train_and_test_differ_by_shape_and_by_colour():
    data = series(fit_chart(LINE, TRAIN, TEST, names=NAMES))
    train, test = data["Training"], data["Test"]
    assert train["symbol"] != test["symbol"]
    assert train["itemStyle"]["color"] == ROLE["train"]
    assert test["itemStyle"]["borderColor"] == ROLE["test"] != ROLE["train"]


def test_large_data_is_thinned_and_says_so():
    rng = np.random.default_rng(0)
    many = (rng.normal(size=80_000), rng.normal(size=80_000))
    fewer = (rng.normal(size=20_000), rng.normal(size=20_000))
    thinned = series(fit_chart(LINE, many, fewer, names=NAMES))
    names = [name for name in thinned if "drawn" in name]
    assert sum(len(thinned[name]["data"]) for name in names) <= MAX_POINTS
    assert names == ["Training (800 of 80,000 drawn)", "Test (200 of 20,000 drawn)"]


def test_the_axes_follow_the_data_not_the_network():
    wild = (LINE[0], LINE[1] * 1e6)
    calm = fit_chart(LINE, TRAIN, TEST, names=NAMES)["yAxis"]
    assert fit_chart(wild, TRAIN, TEST, names=NAMES)["yAxis"] == calm
    assert calm["min"] < -0.6 and calm["max"] > 1.1


def test_equal_targets_still_have_an_axis():
    flat = (TRAIN[0], np.full(4, 7.0))
    axis = fit_chart(LINE, flat, (TEST[0], np.full(2, 7.0)), names=NAMES)["yAxis"]
    assert axis["min"] < 7 < axis["max"]


def test_names_are_bounded_and_never_near_html():
    chart = fit_chart(LINE, TRAIN, TEST, names=("<b>x</b>", "{c} " + "w" * 99))
    # An axis name is drawn as plain text; a tooltip would be HTML.
    assert chart["xAxis"]["name"] == "<b>x</b>"
    assert len(chart["yAxis"]["name"]) <= 40
    assert chart["tooltip"]["formatter"] == "{c}"
    assert all("<" not in s["name"] for s in chart["series"])


def test_a_function_without_joints_can_be_drawn():
    straight = (np.array([0.0, 4.0]), np.array([0.0, 1.0]))
    chart = fit_chart(straight, TRAIN, TEST, names=NAMES)
    assert len(drawn(chart, "Joints")) == 0
    assert "0 joints between 0 and 4." in fit_alt(straight, NAMES, 0.5)


def test_the_text_alternative_states_joints_places_and_loss():
    text = fit_alt(LINE, ("dose", "effect"), 0.01234)
    assert "effect against dose" in text
    assert "2 joints" in text and "1, 3" in text and "0.01234" in text
    many = (np.arange(102.0), np.zeros(102))
    assert "100 joints" in fit_alt(many, NAMES, 1.0)
    assert len(fit_alt(many, ("n" * 999, "m" * 999), 1.0)) < 500


def test_the_loss_has_a_logarithmic_axis_and_two_distinct_curves():
    chart = loss_chart([0, 1, 2], [4.0, 1.0, 0.0], [5.0, 2.0, 3.0])
    train, test = chart["series"]
    assert chart["yAxis"]["type"] == "log"
    assert (train["color"], test["color"]) == (ROLE["train"], ROLE["test"])
    assert train["lineStyle"]["type"] != test["lineStyle"]["type"]
    assert train["data"] == [[0, 4], [1, 1]]  # log 0 is left out


def test_a_single_state_is_shown_as_a_point():
    assert all(s["showSymbol"] for s in loss_chart([0], [4.0], [5.0])["series"])


def test_a_long_loss_curve_is_thinned_with_both_ends_kept():
    n = 50_000
    losses = np.linspace(9, 1, n)
    for curve in loss_chart(range(n), losses, losses)["series"]:
        assert 250 < len(curve["data"]) <= 300
        assert (curve["data"][0][0], curve["data"][-1][0]) == (0, n - 1)


def test_no_peak_of_a_long_loss_curve_is_left_out():
    losses = np.ones(5000)
    losses[[17, 4711]] = 100.0, 0.01
    curve, _ = loss_chart(range(5000), losses, losses)["series"]
    assert [17, 100] in curve["data"] and [4711, 0.01] in curve["data"]


def test_the_loss_in_words():
    text = loss_alt([0, 10, 20], [4.0, 1.0, 0.5], [5.0, 2.0, 3.0])
    assert "4 at iteration 0" in text and "0.5 at iteration 20" in text
    assert "lowest 2 at iteration 10" in text


@pytest.mark.parametrize(("n", "limit"), [(0, 5), (1, 5), (5, 5), (6, 5), (10**6, 7)])
def test_thinning(n, limit):
    kept = thin(n, limit)
    assert len(kept) == min(n, limit) or n == 0
    if n:
        assert (kept[0], kept[-1]) == (0, n - 1)
        assert (np.diff(kept) > 0).all()


def test_values_far_from_zero_keep_their_digits():
    seconds = 1_700_000_000 + np.arange(5.0)
    assert wire((seconds, seconds))[3] == [seconds[3], seconds[3]]
    assert wire(([], [])) == []


def test_a_diverged_network_can_still_be_drawn():
    json.dumps(wire(([0.0, 1.0], [np.inf, -1e308])), allow_nan=False)


def test_charts_are_bounded_whatever_the_data():
    many = (np.linspace(0, 1, 70_000), np.linspace(0, 1, 70_000))
    wild = (np.array([0.0, 1.0]), np.array([-1e308, 1e308]))
    fit = fit_chart(wild, many, many, names=("x", "y"))
    losses = np.geomspace(1e250, 1e300, 50_000)
    loss = loss_chart(range(50_000), losses, np.zeros(50_000))
    for chart in (fit, loss):
        assert len(json.dumps(chart, allow_nan=False)) < 60_000
    assert loss["series"][1]["data"] == []
