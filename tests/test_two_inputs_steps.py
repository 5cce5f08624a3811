"""The Two inputs page as a visitor drives it, without a browser: build, deep, links."""

import random
import re

import numpy as np
import pytest
from numpy.testing import assert_allclose

from benchmarks.links import STRANGE
from estimators.constructions import lecture
from tests.pages import assert_possible, errors, press, results, run, text
from tests.two_inputs_page import opened, settled
from ui.network_text import network_from_text, network_to_text
from ui.regression.steps import PAGE as REGRESSION
from ui.state import Choice, Number, Switch
from ui.two_inputs.building import counted
from ui.two_inputs.examples import EXAMPLES
from ui.two_inputs.steps import BARS, PAGE, STEPS

LECTURE = lecture("two_inputs")
PRESETS = [
    (step, bar, name)
    for step, bar in zip(STEPS, BARS, strict=True)
    for name in bar.presets
]


def counts(at):
    """The regions in view, in total and at most that the page tells."""
    (found,) = re.findall(
        r"\*\*([\d,]+)\*\* in view, \*\*([\d,]+)\*\* in total, \*\*([\d,]+)\*\*",
        text(at),
    )
    return [int(number.replace(",", "")) for number in found]


@pytest.mark.parametrize(
    ("step", "bar", "name"), PRESETS, ids=[f"{s}: {n}" for s, _, n in PRESETS]
)
def test_a_preset_opens_by_its_link(step, bar, name):
    at = settled(opened(step, **{bar.control.key: name}))
    assert_possible(bar, name)
    preset = bar.presets[name]
    assert len(errors(at)) == (name == "Too fast") and not at.warning
    assert preset.look_for in [each.value for each in at.markdown]
    for key, value in preset.values.items():
        assert at.session_state[key] == value


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_network_is_counted_and_listed(name):
    at = opened("Build", plane_preset=name)
    network = network_from_text(EXAMPLES[name].text, n_inputs=2)
    shown = counted(network, ((-1.0, 1.0), (-1.0, 1.0)))
    assert counts(at) == list(shown[:3])
    table = at.dataframe[0].value
    assert len(table) == shown.in_view
    assert_allclose(table["area"].astype(float).sum(), 4, rtol=1e-3)


def test_opens_with_the_lectures_seven_regions_and_says_that_010_never_occurs():
    at = opened("Build")
    assert at.text_input(key="plane_net").value == network_to_text(LECTURE)
    assert sorted(at.dataframe[0].value["pattern"]) == [
        *("000", "001", "011", "100", "101", "110", "111")
    ]
    assert "Never **010**" in text(at)
    assert counts(at) == [7, 7, 7]


def test_what_is_out_of_view_is_named():
    at = opened("Build", plane_preset="Seven regions, four in view")
    assert counts(at) == [4, 7, 7]
    assert "Out of view: **010**, **100**, **110**." in text(at)
    for side, limit in zip(("from", "to"), (-9.0, 9.0)):
        for axis in ("x1", "x2"):
            at.number_input(key=f"{axis}_{side}").set_value(limit)
    assert counts(run(at)) == [7, 7, 7]
    assert "Out of view" not in text(at)


def test_the_build_program_rebuilds_what_is_shown():
    at = opened("Build")
    scope, printed = results(at.code[0].value)
    assert scope["network"] == LECTURE
    table = at.dataframe[0].value
    areas = [area for _, area in printed[::3]]
    assert [f"{area:.4g}" for area in areas] == list(table["area"])
    slopes = [values[1][0] for values in printed[1::3]]
    shown = table[["slope along x₁", "slope along x₂"]].astype(float)
    assert_allclose(slopes, shown, rtol=1e-3, atol=1e-12)


def test_undo_redo_and_reset():
    at, first = opened("Build"), network_to_text(LECTURE)
    at.text_input(key="plane_net").set_value("1~0,1,0,2")
    assert counts(run(at)) == [2, 2, 2]
    press(at, "Undo")
    assert at.text_input(key="plane_net").value == first
    press(at, "Redo")
    assert at.text_input(key="plane_net").value == "1~0,1,0,2"
    press(at, "Reset")
    assert at.text_input(key="plane_net").value == first


def test_units_and_a_second_output_are_added_without_moving_the_first():
    at = opened("Build")
    at.number_input(key="plane_units_3").set_value(5)
    run(at)
    at.number_input(key="plane_outputs_1").set_value(2)
    run(at)
    network = network_from_text(at.text_input(key="plane_net").value, n_inputs=2)
    assert (network.widths, network.n_outputs) == ((5,), 2)
    X = np.random.default_rng(0).normal(size=(99, 2))
    assert_allclose(network(X)[:, 0], LECTURE(X)[:, 0], atol=1e-12)


@pytest.mark.parametrize("written", ["", "x", "1~2", "1~1,2,nan,1", "1~1,2,3"])
def test_text_that_is_no_network_gets_a_sentence_and_changes_nothing(written):
    at = opened("Build")
    at.text_input(key="plane_net").set_value(written)
    run(at)
    assert len(at.error) == 1 and "network before" in at.error[0].value
    assert counts(at) == [7, 7, 7]


@pytest.mark.parametrize("limits", [("1", "-1"), ("5", "5"), ("99999", "99999.0001")])
def test_limits_that_are_none_get_a_sentence(limits):
    at = opened("Build", x1_from=limits[0], x1_to=limits[1])
    (message,) = errors(at)
    assert "x₁" in message and "preset's view" in message
    assert counts(at) == [7, 7, 7]


@pytest.mark.parametrize("step", STEPS)
def test_who_wants_to_be_asked_is_not_told_before(step):
    told = next(iter(BARS[[*STEPS].index(step)].presets.values())).look_for
    at = settled(opened(step, ask="true"))
    assert told not in [each.value for each in at.markdown]
    assert "**Before you look.**" in text(at)
    assert "Linear regions:" not in text(at)


def test_an_answer_is_judged_by_the_exact_count():
    at = opened("Build", ask="true", plane_preset="Three lines through one point")
    at.segmented_control(key="plane_build_answer").set_value(7)
    run(at)
    assert at.warning[0].value.startswith("You said **7**; it is **6**.")
    assert counts(at) == [6, 6, 7]


def test_a_lesson_locks_the_network_and_presets_leave_it():
    at = opened("Build", lock="plane_net")
    assert at.text_input(key="plane_net").disabled
    assert at.selectbox(key="plane_preset").disabled
    assert at.number_input(key="plane_units_3").disabled


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"deep_layers": "1", "deep_width": "36"}, (None, 667, 667)),
        ({"deep_kind": "Folded", "deep_layers": "3"}, (64, 64, None)),
        ({"deep_biases": "false", "deep_reach": "30"}, (88, 88, None)),
    ],
)
def test_deep_networks_are_counted_three_ways(query, numbers):
    found = counts(opened("Deep", **query))
    assert all(wanted in (None, got) for wanted, got in zip(numbers, found))
    assert found == sorted(found)


def test_the_deep_program_counts_the_same():
    at = opened("Deep", deep_layers="2", deep_width="9", deep_seed="4")
    (((n_regions, _, area),)) = results(at.code[0].value)[1]
    assert n_regions == counts(at)[0]
    assert area == pytest.approx(4)


def test_what_would_take_long_is_counted_when_it_is_asked_for():
    at = opened("Deep", deep_layers="4", deep_width="32")
    assert "not counted yet" in text(at)
    press(at, "Count them all")
    in_view, in_total, most = counts(at)
    assert 5000 < in_view < in_total < most


def random_value(dice, control):
    """A text for a control: possible, nearly possible, or nonsense."""
    if dice.random() < 0.4:
        return dice.choice(STRANGE)
    if isinstance(control, Choice):
        return str(dice.choice(control.options))
    if isinstance(control, Switch):
        return dice.choice(["true", "false"])
    if isinstance(control, Number):
        return str(dice.randint(int(control.low) - 2, int(control.high) + 2))
    numbers = [f"{dice.gauss(0, 2):.3g}" for _ in range(9)]
    return f"{numbers[0]}~{','.join(numbers[1:5])}~{','.join(numbers[5:])}"


@pytest.mark.parametrize("seed", range(40))
def test_a_link_of_random_text_opens_the_page(seed):
    dice = random.Random(seed)
    link = {key: random_value(dice, PAGE[key]) for key in dice.sample(list(PAGE), 7)}
    small = {"deep_layers": "2", "deep_width": "8", "plane_width": "5"}
    at = opened(dice.choice([*STEPS]), **(small | link | {"plane_depth": "1"}))
    assert at.title[0].value == "Two inputs"


def test_keys_are_the_pages_own():
    assert set(PAGE) & set(REGRESSION) == {"ask"}
    assert not {"lock", "hide", "lesson"} & {*PAGE}


def test_what_is_set_in_one_step_is_there_after_another():
    at = opened("Build")
    at.text_input(key="plane_net").set_value("0~0,1,0,1")
    run(at)
    for step in ("Deep", "Fit", "Deep", "Build"):
        at.segmented_control(key="plane").set_value(step)
        settled(run(at))
    assert at.text_input(key="plane_net").value == "0~0,1,0,1"
