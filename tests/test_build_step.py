"""The Build step as a visitor drives it, without a browser."""

import re

import numpy as np
import pytest
from numpy.testing import assert_allclose

from tests import pages
from tests.pages import press, run
from ui.network_text import network_from_text, network_to_text
from ui.regression.building import PRESETS, counted, with_units

TEN = PRESETS["The lecture's ten parameters"]


def opened(**query):
    return pages.opened("Build", **query)


def counts(at):
    (text,) = (m.value for m in at.markdown if m.value.startswith("Linear regions"))
    return [int(n) for n in re.findall(r"\*\*(\d+)\*\*", text)]


def table(at):
    return at.dataframe[0].value


def test_opens_with_the_lectures_ten_parameters():
    at = opened()
    assert at.text_input(key="net").value == TEN.text
    assert counts(at) == [4, 4, 4, 10]
    assert list(table(at)["slope"]) == ["-0.462", "-0.982", "0.188", "0.65"]
    assert list(table(at)["units on"]) == ["3", "1, 3", "1, 2, 3", "1, 2"]
    assert list(table(at)["to"]) == ["0.5", "1", "1.571", "2"]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_shows_its_point(name):
    at = opened()
    at.selectbox(key="preset").set_value(name)
    run(at)
    preset = PRESETS[name]
    assert at.text_input(key="net").value == preset.text
    assert preset.look_for in [m.value for m in at.markdown]
    assert at.number_input(key="from").value == preset.low
    network = network_from_text(preset.text)
    shown = counted(network, preset.low, preset.high)
    assert counts(at) == [*shown, network.n_parameters]
    assert not at.error


def test_the_presets_are_what_they_say():
    networks = {name: network_from_text(p.text) for name, p in PRESETS.items()}
    x = np.linspace(0, 2, 101)
    ten = networks["The lecture's ten parameters"]
    same = networks["Swapped and rescaled: the same function"]
    assert_allclose(same(x), ten(x), atol=1e-12)
    fold = networks["The best fold"]
    assert_allclose(
        fold([0, 1 / 6, 1 / 3, 2 / 3, 1])[:, 0], [0, 1, 0, 1, 0], atol=1e-12
    )
    bump = networks["A bump from three units"]
    assert_allclose(bump([-1, 0, 1, 2, 4])[:, 0], [0, 0, 1, 0, 0])
    cancel = networks["Two units that cancel"]
    assert_allclose(cancel(x - 1)[:, 0], x - 1)
    assert not networks["A dead unit"].activation_pattern(x)[:, 1].any()


def test_undo_and_redo_walk_through_what_was_set():
    at = opened()
    at.text_input(key="net").set_value("1~0,1,2")
    run(at)
    assert counts(at) == [1, 2, 2, 4]
    press(at, "Undo")
    assert at.text_input(key="net").value == TEN.text
    press(at, "Redo")
    assert at.text_input(key="net").value == "1~0,1,2"
    press(at, "Reset")
    assert at.text_input(key="net").value == TEN.text
    press(at, "Undo")
    assert at.text_input(key="net").value == "1~0,1,2"


def test_units_are_added_without_effect_and_taken_from_the_end():
    at = opened()
    (units,) = (n for n in at.number_input if n.label == "Units")
    units.set_value(5)
    run(at)
    network = network_from_text(at.text_input(key="net").value)
    ten = network_from_text(TEN.text)
    x = np.linspace(-3, 3, 50)
    assert network.widths == (5,)
    assert_allclose(network(x), ten(x))
    assert with_units(network, 3) == ten
    assert network_to_text(with_units(ten, 1)) == "-0.23~-0.2,0.4,-1.3"


@pytest.mark.parametrize("text", ["", "x", "1~2", "1~1,2,nan", "1" + "~1,2,3" * 20])
def test_text_that_is_no_network_gets_a_sentence_and_changes_nothing(text):
    at = opened()
    at.text_input(key="net").set_value(text)
    run(at)
    assert len(at.error) == 1 and "network before" in at.error[0].value
    assert counts(at) == [4, 4, 4, 10]


def test_a_link_reopens_what_it_was_copied_from():
    at = opened(net="0.5~-1,2,-3~0.25,-1,4", **{"from": "-2", "to": "3.5"})
    assert not at.error
    assert counts(at) == [3, 3, 3, 7]
    assert list(table(at)["from"]) == ["-2", "0.25", "0.5"]


@pytest.mark.parametrize(
    "query",
    [
        {"net": "1~<script>,1,2"},
        {"net": "9" * 5000},
        {"net": "1~1e999,1,1"},
        {"preset": "none"},
        {"from": "nan"},
        {"from": "5", "to": "-5"},
        {"to": "1e308", "from": "-1e308"},
        {"step": "Nothing"},
    ],
    ids=str,
)
def test_nonsense_in_a_link_opens_the_page(query):
    opened(**query)


def test_the_snippet_rebuilds_what_is_shown():
    at = opened()
    printed = []
    scope = {"print": lambda values: printed.append(np.array(values))}
    exec(compile(at.code[0].value, "snippet", "exec"), scope)
    joints, slopes = printed
    assert_allclose(joints, [0.5, 1, 11 / 7])
    assert [f"{s:.4g}" for s in slopes] == list(table(at)["slope"])


def said(at, word):
    return [m.value for m in [*at.markdown, *at.caption] if word in m.value]


def test_what_a_symmetry_moved_is_said_of_the_view_it_was_found_in():
    at = opened()
    press(at, "Rescale")
    assert said(at, "Largest change of the function in view: **0**")
    at.number_input(key="to").set_value(3)
    run(at)
    assert not said(at, "Largest change")


def test_a_single_unit_has_none_to_be_swapped_with():
    at = opened(net="0~-1,1,1")
    (swap,) = (button for button in at.button if button.label == "Swap")
    assert swap.disabled


def test_points_wait_for_a_network_of_one_output():
    at = opened(challenge="true", net="0,0~-1,1,1,1")
    assert said(at, "set Outputs to 1")
    at.number_input(key="outputs_2").set_value(1)
    run(at)
    assert said(at, "Your summed loss") and not said(at, "set Outputs to 1")
