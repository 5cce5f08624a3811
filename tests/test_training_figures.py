"""The charts of moving joints and of solvers."""

import json

import numpy as np
import pytest

from ui.figures.fit import fit_chart
from ui.figures.style import ROLE
from ui.figures.training import (
    START,
    LossCurve,
    Tracks,
    race_alt,
    race_chart,
    track_alt,
    track_chart,
)

POINTS = (np.array([0.0, 1.0, 2.0, 4.0]), np.array([0.1, 1.1, 0.0, -0.1]))
ABOVE = fit_chart(POINTS, POINTS, POINTS, names=("x", "y"))
DEAD = "Dead: off for all training data"


def tracks(joints, facing=None, dead=None, iterations=None):
    joints = np.array(joints, dtype=float)
    facing = np.ones(joints.shape) if facing is None else np.array(facing)
    dead = np.zeros(joints.shape, bool) if dead is None else np.array(dead, bool)
    times = np.arange(len(joints)) if iterations is None else np.array(iterations)
    return Tracks(times, joints, facing, dead)


def data(chart, name):
    (found,) = (s["data"] for s in chart["series"] if s["name"] == name)
    return found


def test_tracks_line_up_with_the_fit_above():
    chart = track_chart(tracks([[1, 2], [1.5, 2]]), ABOVE)
    assert chart["xAxis"] == ABOVE["xAxis"]
    for side in ("left", "right"):
        assert chart["grid"][side] == ABOVE["grid"][side]
    assert (
        chart["grid"]["outerBoundsMode"] == "none" == ABOVE["grid"]["outerBoundsMode"]
    )


def test_margins_hold_the_numbers_beside_them():
    def left(heights):
        points = (np.arange(3.0), np.array(heights))
        return fit_chart(points, points, points, names=("x", "y"))["grid"]["left"]

    assert left([0, 1, 2]) < left([0, 1e6, 2e6]) <= 120
    assert left([0, 1, 2]) < left([0, 1e-4, 2e-4]) <= 120


def test_a_track_goes_down_through_its_joints():
    chart = track_chart(tracks([[1, 3], [1.5, 2]], iterations=[0, 10]), ABOVE)
    assert data(chart, "Unit 1") == [[1, START], [1.5, 10]]
    assert data(chart, "Unit 2") == [[3, START], [2, 10]]
    assert chart["yAxis"]["inverse"] and chart["yAxis"]["type"] == "log"
    # The theme's colours go by the order of series, so none may have its own.
    assert all("color" not in s["lineStyle"] for s in chart["series"][:2])


def test_a_track_is_broken_where_its_unit_turns_round():
    moved = tracks([[1], [-9], [12], [2]], facing=[[1], [1], [-1], [-1]])
    assert data(track_chart(moved, ABOVE), "Unit 1") == [
        [1, START],
        [-9, 1],
        None,
        [12, 2],
        [2, 3],
    ]


def test_a_unit_without_a_joint_leaves_a_gap():
    moved = tracks([[1], [np.nan], [2]], facing=[[1], [0], [1]])
    drawn = data(track_chart(moved, ABOVE), "Unit 1")
    assert [point for point in drawn if point] == [[1, START], [2, 2]]
    assert drawn.index(None) == 1


def test_the_dead_are_grey_and_dashed_from_where_they_died():
    moved = tracks(
        [[1, 2], [2, 2], [5, 2], [5, 2]], dead=[[0, 0], [0, 0], [1, 0], [1, 0]]
    )
    chart = track_chart(moved, ABOVE)
    assert [p for p in data(chart, "Unit 1") if p] == [[1, START], [2, 1], [5, 2]]
    high = chart["xAxis"]["max"]  # a dead unit's joint is outside the training data
    drawn = [point for point in data(chart, DEAD) if point]
    assert [time for _, time in drawn] == [2, 3]
    assert all(high - 0.1 < x < high for x, _ in drawn)
    grey = chart["series"][-1]
    assert grey["color"] == ROLE["dead"] and grey["lineStyle"]["type"] == "dashed"
    assert chart["legend"]["data"] == [DEAD]
    assert track_chart(tracks([[1.0]]), ABOVE)["legend"]["data"] == []


def test_only_tracks_that_end_in_view_are_numbered():
    chart = track_chart(tracks([[1, 2], [1, 99]]), ABOVE)
    first, second, _ = chart["series"]
    assert first["endLabel"]["formatter"] == "1" and "endLabel" not in second


def test_the_moment_looked_at_is_marked():
    chart = track_chart(tracks([[1], [2]]), ABOVE, looked_at=0)
    assert chart["series"][0]["markLine"]["data"] == [{"yAxis": START}]
    assert "markLine" not in track_chart(tracks([[1], [2]]), ABOVE)["series"][0]


def test_tracks_are_bounded_whatever_the_network():
    wild = np.random.default_rng(0).normal(size=(80, 100)) * 10.0 ** np.arange(100)
    chart = track_chart(tracks(wild, dead=wild > 0), ABOVE)
    assert len(json.dumps(chart, allow_nan=False)) < 60_000


def test_tracks_in_words():
    text = track_alt(tracks([[1, 2, 9], [3.5, 2.5, 5]], iterations=[0, 1234]), 0, 4)
    assert "3 hidden units from the start to iteration 1,234" in text
    assert "2 within the data at first, 2 now" in text
    assert "unit 1 moved farthest, from 1 to 3.5" in text and "Dead: none" in text
    dead = tracks([[1, 2]], dead=[[0, 1]])
    assert track_alt(dead, 0, 4).endswith("Dead: 2.")


SLOW = LossCurve("gd", "gradient descent", [0, 1, 2], [4.0, 3.0, 2.0])
QUICK = LossCurve("lbfgs", "L-BFGS", [0, 1, 2], [4.0, 0.1, 0.0])
WILD = LossCurve("adam", "Adam (diverged at iteration 3)", [0, 1, 2], [4, 1e9, 1e300])


def test_losses_have_logarithmic_axes_from_the_start_on():
    chart = race_chart([SLOW, QUICK], "Iteration")
    assert chart["xAxis"]["type"] == chart["yAxis"]["type"] == "log"
    assert data(chart, "gradient descent") == [[START, 4], [1, 3], [2, 2]]
    assert data(chart, "L-BFGS") == [[START, 4], [1, 0.1]]  # log 0 is left out


def test_solvers_differ_by_colour_and_by_dashes():
    slow, quick, wild = race_chart([SLOW, QUICK, WILD], "Iteration")["series"]
    assert len({s["color"] for s in (slow, quick, wild)}) == 3
    assert len({s["lineStyle"]["type"] for s in (slow, quick, wild)}) == 3


def test_a_solver_that_diverges_does_not_spoil_the_others():
    alone, together = (
        race_chart([SLOW], "Iteration"),
        race_chart([SLOW, WILD], "Iteration"),
    )
    assert alone["yAxis"]["max"] == together["yAxis"]["max"] == 100
    json.dumps(together, allow_nan=False)
    assert max(y for _, y in data(together, WILD.name)) <= 1e4


def test_seconds_need_no_place_for_the_start():
    timed = LossCurve("gd", "gradient descent", [1e-4, 0.1], [4.0, 3.0])
    chart = race_chart([timed], "Seconds of work")
    assert data(chart, "gradient descent") == [[1e-4, 4], [0.1, 3]]
    assert "min" not in chart["xAxis"]


@pytest.mark.parametrize("n", [1, 2, 400, 10_001])
def test_long_curves_are_thinned_with_both_ends_kept(n):
    long = LossCurve("gd", "gradient descent", range(n), np.linspace(9, 1, n))
    drawn = data(race_chart([long], "Iteration"), long.name)
    assert drawn[0] == [START, 9] and len(drawn) <= 1000
    assert n == 1 or drawn[-1] == [n - 1, 1]


def test_the_comparison_in_words():
    text = race_alt([SLOW, WILD], "Iteration")
    assert "gradient descent: 2 at 2" in text and "diverged at iteration 3" in text
