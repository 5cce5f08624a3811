"""Moving joints, looking back, dead units and solvers on the Fit step's page."""

import numpy as np
import pytest
from sklearn.metrics import root_mean_squared_error

from tests.fit_page import (
    assert_snippet_rebuilds_the_curve,
    looked_at,
    opened,
    racing,
    settled,
    standing,
)
from tests.pages import curve, errors, figure, press, run
from ui.regression.units import DEAD

DIES = {"solver": "gd", "rate": "0.1", "iterations": "1000"}


def ends(at):
    """Where the tracks of all units end, by the name of the unit."""
    return {
        s["name"]: s["data"][-1][0]
        for s in figure(at, 1)["series"]
        if s["name"].startswith("Unit") and s["data"] and s["data"][-1]
    }


def test_tracks_end_at_the_joints_of_the_network():
    at = opened(iterations="100")
    joints, _ = curve(at, "Joints")
    low, high = (figure(at)["xAxis"][end] for end in ("min", "max"))
    inside = sorted(x for x in ends(at).values() if low < x < high)
    for joint in joints:
        assert np.abs(np.array(inside) - joint).min() < 1e-3
    assert figure(at, 1)["xAxis"] == figure(at)["xAxis"]
    assert "10 hidden units" in at.get("echarts_chart")[1].proto.alt


def test_looking_back_shows_curve_joints_scores_and_program_of_that_moment():
    at = opened(solver="gd", iterations="300", rate="0.03")
    now, x_now = standing(at), curve(at, "Joints")[0]
    slider = looked_at(at)
    assert slider.options[0] == "0" and slider.options[-1] == "now"
    slider.set_value(10)
    settled(at)
    assert "shown is iteration 10**" in standing(at)
    assert not np.array_equal(curve(at, "Joints")[0], x_now)
    assert_snippet_rebuilds_the_curve(at)
    x, y = curve(at, "Training")
    rows = np.interp(x, *curve(at, "Network"))
    shown = float(at.table[0].value.iloc[0]["RMSE, training"])
    assert root_mean_squared_error(y, rows) == pytest.approx(shown, rel=1e-3)
    for place, axis in ((1, "yAxis"), (2, "xAxis")):
        (mark,) = figure(at, place)["series"][0]["markLine"]["data"]
        assert mark == {axis: 10}
    looked_at(at).set_value("now")
    assert standing(settled(at)) == now


def test_another_training_is_looked_at_from_its_end():
    at = opened(iterations="30")
    looked_at(at).set_value(3)
    settled(at)
    at.slider(key="width").set_value(4)
    settled(at)
    assert looked_at(settled(at)).value == "now"


def test_dead_units_are_named_and_listed():
    at = opened(**DIES)
    assert errors(at) == []
    (sentence,) = (m.value for m in at.markdown if "dead**" in m.value)
    table = at.dataframe[0].value
    dead = table.index[table["On the training data"] == DEAD]
    assert len(dead) > 0 and f"**{len(dead)} dead**" in sentence
    assert ", ".join(map(str, dead)) in sentence
    assert figure(at, 1)["legend"]["data"]


@pytest.mark.parametrize("width", ["1", "10", "11"])
def test_equations_are_written_as_far_as_they_can_be_read(width):
    at = opened(width=width, iterations="30")
    assert len(at.latex) == (int(width) <= 10)
    assert any("too many equations" in m.value for m in at.markdown) is (width == "11")


def test_closed_boxes_hold_nothing():
    at = opened(iterations="30")
    for box in ("show_joints", "show_equations", "show_snippet"):
        at.session_state[box] = False
    run(at)
    assert not at.dataframe and not at.latex and not at.code


def test_solvers_are_compared_on_one_figure():
    at = opened(compare="true", iterations="100", points="50")
    assert errors(at) == []
    chart = figure(at, 3)
    assert [s["name"] for s in chart["series"]] == [
        "gradient descent",
        "Adam",
        "L-BFGS",
    ]
    starts = [s["data"][0][1] for s in chart["series"]]
    assert starts[0] == starts[1] == starts[2]
    assert any("All start from the same network" in c.value for c in at.caption)
    table = at.table[0].value
    assert list(table["Outcome"]) == ["finished"] * 3
    at.segmented_control(key="race_time").set_value("Seconds of work")
    settled(at)
    assert figure(at, 3)["xAxis"]["name"] == "Seconds of work"


def test_a_solver_that_diverges_is_told_beside_the_others():
    at = opened(compare="true", iterations="100", points="50", rate="10")
    table = at.table[0].value
    assert "diverged at iteration" in table.loc["gradient descent", "Outcome"]
    assert table.loc["L-BFGS", "Outcome"] == "finished"
    assert "diverged" in at.get("echarts_chart")[3].proto.alt


def test_comparing_can_be_stopped_and_left():
    at = opened(iterations="10000", points="1000", rate="0.0001", alpha="0")
    at.toggle(key="compare").set_value(True)
    run(at)
    run(at)
    assert racing(at)
    press(at, "Stop comparing")
    run(at)
    assert not racing(at)
    assert "stopped" in " ".join(at.table[0].value["Outcome"])
    at.toggle(key="compare").set_value(False)
    run(at)
    assert len(at.get("echarts_chart")) == 3


@pytest.mark.parametrize("nonsense", ["2", "<b>", "None"])
def test_a_link_with_nonsense_compares_nothing(nonsense):
    at = opened(compare=nonsense, iterations="30")
    assert errors(at) == [] and not at.toggle(key="compare").value
