"""The Sawtooth step of the Depth efficiency page, as a visitor drives it."""

import json

import numpy as np
import pytest

from estimators.geometry import joints
from tests.depth_page import opened, printed
from tests.pages import press, run, text
from ui.depth.learning import SETTINGS
from ui.depth.sawtooth_step import BUILT, FEWER, LEARNED, SAWTOOTH_BAR
from ui.depth.sawtooth_views import MAXIMUM, MEAN
from ui.depth.teeth import best_found
from ui.numbers import with_power

QUICK = {"sawtooth_learned": "1", "sawtooth_width": "2", "sawtooth_seeds": "1"}
QUICK |= {"sawtooth_rows": "250"}


def charts(at):
    return [json.loads(each.proto.spec) for each in at.get("echarts_chart")]


def series(chart, name):
    (found,) = (each for each in chart["series"] if each["name"] == name)
    points = [p["value"] if isinstance(p, dict) else p for p in found["data"]]
    return np.array([p for p in points if p[1] != "-"], dtype=float).T


@pytest.mark.parametrize("name", SAWTOOTH_BAR.presets)
def test_every_preset_opens_with_a_picture_and_nothing_to_complain_about(name):
    at = opened("Sawtooth")
    at.selectbox(key=SAWTOOTH_BAR.control.key).select(name)
    run(at)
    assert not at.error and not at.warning
    assert SAWTOOTH_BAR.presets[name].look_for in text(at)
    assert len(at.get("echarts_chart")) == 2
    for key, value in SAWTOOTH_BAR.presets[name].values.items():
        assert at.session_state[key] == value


@pytest.mark.parametrize("n_folds", [1, 5, 12])
def test_the_page_shows_what_it_takes(n_folds):
    at = opened("Sawtooth", sawtooth_folds=str(n_folds))
    said = text(at)
    assert f"**{2 * n_folds} units**" in said
    assert f"**{2**n_folds:,} units**" in said
    assert f"**{3 * 2**n_folds + 1:,} parameters**" in said
    assert "the largest difference is **0**" in said
    assert f"Linear regions: **{2**n_folds:,}** in view" in said
    # One layer of two units has its three regions; two such layers never have nine.
    assert ("may be out of reach" in said) == (n_folds > 1)
    teeth, growth = charts(at)
    x, y = series(teeth, "Sawtooth")
    n_drawn = min(2**n_folds, 64)
    assert len(x) == n_drawn + 1 and x[-1] == n_drawn / 2**n_folds
    assert (y == np.arange(n_drawn + 1) % 2).all()
    folds, units = series(growth, "Units, one layer")
    assert (units == 2**folds).all() and len(folds) == 12
    (deep, shallow, same) = printed(at)
    assert deep == (2 * n_folds, 6 * n_folds + 1)
    assert shallow == (2**n_folds, 3 * 2**n_folds + 1)
    assert same == (True, 0)


@pytest.mark.parametrize(
    ("norm", "n_units"), [(MAXIMUM, 3), (MAXIMUM, 7), (MEAN, 4), (MEAN, 8)]
)
def test_the_page_shows_fewer_units_and_its_program_finds_them(norm, n_units):
    at = opened(
        "Sawtooth",
        sawtooth_part=FEWER,
        sawtooth_fewer="3",
        sawtooth_units=str(n_units),
        sawtooth_norm=norm,
    )
    ((largest, rms),) = printed(at)
    found = best_found(3, n_units, "max" if norm == MAXIMUM else "rms")
    assert (largest, rms) == pytest.approx(tuple(found.errors.values()), abs=1e-9)
    assert f"largest error **{largest:.3g}**" in text(at)
    beside, limits = charts(at)
    x, y = series(beside, f"One layer, D = {n_units}")
    inner = joints(found.network, 0, 1)
    np.testing.assert_allclose(x, [0, *inner, 1], atol=1e-11)
    np.testing.assert_allclose(y, found.network(x)[:, 0], atol=1e-9)
    units, least = series(limits, "Least largest error")
    assert dict(zip(units, least)) == dict.fromkeys(range(1, 7), 0.5) | {8: 0}


def test_more_units_than_it_takes_are_said_to_be_too_many():
    at = opened(
        "Sawtooth", sawtooth_part=FEWER, sawtooth_fewer="2", sawtooth_units="100"
    )
    assert "D = 100 is more than it takes" in text(at)
    assert "**D = 4 of 4.**" in text(at)


def settled(at):
    for _ in range(200):
        if "Training: " not in text(at):
            return at
        run(at)
    raise AssertionError("the work does not end")


def test_learning_on_the_page_ends_and_its_program_finds_the_same():
    at = settled(opened("Sawtooth", sawtooth_part=LEARNED, **QUICK))
    said = text(at)
    assert "Finished: 3 of 3 networks" in said
    table = at.dataframe[0].value
    assert list(table.index) == list(SETTINGS)
    assert table["hidden units"].tolist() == ["2", "2", "2"]
    found = [row.split(" of ")[0] for row in table["found"]]
    results = printed(at)
    assert [str(n_found) for _, n_found, _ in results] == found
    for method, (_, n_found, least) in zip(SETTINGS, results):
        assert f"{method}: **{n_found} of 1** found it" in said
        assert f"least RMSE {with_power(least, 2)} of the spread" in said
        (_, drawn) = series(charts(at)[0], method)
        assert drawn[0] == pytest.approx(max(least, 1e-5), rel=1e-6)


def test_learning_can_be_stopped_and_what_is_there_stays():
    at = opened(
        "Sawtooth", sawtooth_part=LEARNED, sawtooth_learned="6", sawtooth_width="16"
    )
    assert "Training: 0 of 15 networks" in text(at)
    press(at, "Stop")
    assert "Stopped: " in text(at)
    n_runs = text(at).split("Stopped: ")[1].split(" of ")[0]
    run(at)
    assert f"Stopped: {n_runs} of 15" in text(at)


@pytest.mark.parametrize("part", [BUILT, FEWER, LEARNED])
def test_the_question_comes_before_the_answer(part):
    at = opened("Sawtooth", ask="true", sawtooth_part=part, sawtooth_folds="3", **QUICK)
    assert "How many units does one hidden layer" in text(at)
    assert "exactly" not in text(at)
    assert len(at.get("echarts_chart")) == (1 if part == BUILT else 0)
    if part == BUILT:
        answers = at.segmented_control(key="sawtooth_answer")
        assert answers.options == ["4", "6", "7", "8", "9", "16"]
        answers.select(7)
        run(at)
        (warning,) = at.warning
        assert "You said **7**; it is **8**" in warning.value
        assert len(at.get("echarts_chart")) == 2
