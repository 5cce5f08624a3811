"""Every preset of every step, and links to what is set besides."""

import random

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.links import opened, random_link
from tests.pages import APP, assert_possible
from ui.regression.steps import BARS, PAGE, STEPS

PRESETS = [
    (step, bar, name)
    for step, bar in zip(STEPS, BARS, strict=True)
    for name in bar.presets
]
IDS = [f"{step}: {name}" for step, _, name in PRESETS]


@pytest.mark.parametrize(("step", "bar", "name"), PRESETS, ids=IDS)
def test_a_preset_sets_what_there_is_to_what_can_be(step, bar, name):
    assert_possible(bar, name)


@pytest.mark.parametrize(("step", "bar", "name"), PRESETS, ids=IDS)
def test_a_preset_opens_by_its_link(step, bar, name):
    at = opened({"step": step, bar.control.key: name})
    diverges = (step, name) == ("Fit", "Too fast")
    assert not at.exception and not at.warning and len(at.error) == diverges
    assert bar.presets[name].look_for in [each.value for each in at.markdown]
    for key, value in bar.presets[name].values.items():
        assert at.session_state[key] == value


def test_what_is_set_in_one_step_is_there_after_another():
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.query_params["step"] = "Build"
    at.run()
    at.text_input(key="net").set_value("0~0,1,1").run()
    for step in ("Linear", "Generalise", "Linear", "Build"):
        at.segmented_control(key="step").set_value(step).run()
        assert not at.exception
    assert at.text_input(key="net").value == "0~0,1,1"


@pytest.mark.parametrize("step", ["Build", "Linear"])
def test_a_browser_that_is_behind_takes_nothing_back(step):
    """It repeats every control that it shows until it hears that they are gone."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.query_params["step"] = "Build"
    at.run()
    at.text_input(key="net").set_value("0~0,1,1")
    with_three_units = at._tree.get_widget_states()
    at.run()
    assert [field.value for field in at.number_input if field.label == "Units"] == [1]
    at.segmented_control(key="step").set_value(step).run()
    at._run(with_three_units)
    assert not at.exception
    assert at.segmented_control(key="step").value == "Build"
    assert at.text_input(key="net").value == "0~0,1,1"


def test_keys_are_the_pages_own():
    assert len(PAGE) == len({*PAGE})
    assert not {"lock", "hide", "lesson"} & {*PAGE}


@pytest.mark.parametrize("seed", range(100))
def test_a_link_of_random_text_opens_the_page(seed):
    link = random_link(random.Random(seed))
    at = opened(link)
    assert not at.exception
    assert at.title[0].value == "Regression"


@pytest.mark.parametrize("step", STEPS)
def test_who_wants_to_be_asked_is_not_told_before(step):
    bar = BARS[[*STEPS].index(step)]
    told = next(iter(bar.presets.values())).look_for
    at = opened({"step": step, "ask": "true"})
    assert told not in [each.value for each in at.markdown]


def test_generalise_is_seen_once_the_best_width_is_guessed():
    link = {"step": "Generalise", "ask": "true", "repeats": "1", "widest": "5"}
    at = opened(link)
    assert len(at.get("echarts_chart")) == 0
    for _ in range(200):
        if at.button(key="stop_study").disabled:
            break
        at.run()
    at.segmented_control(key="generalise_answer").set_value(5).run()
    assert not at.exception
    assert len(at.get("echarts_chart")) == 5
    (verdict,) = [*at.success, *at.warning]
    assert "You said **5**" in verdict.value and "lowest at" in verdict.value
