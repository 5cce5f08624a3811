"""The Composition page as a visitor drives it, without a browser."""

import re

import pytest
from numpy.testing import assert_allclose

from tests.composition_page import opened, printed, settled, table
from tests.pages import assert_possible, curve, errors, figure, press, run, text
from ui.composition.pairs import PAIRS
from ui.composition.steps import BARS, PAGE, STEPS

PRESETS = [
    (step, bar, name)
    for step, bar in zip(STEPS, BARS, strict=True)
    for name in bar.presets
]
COUNTS = r"Linear regions: \*\*([\d,]+)\*\* in view, \*\*([\d,]+)\*\* in total, "


def counts(at):
    return [int(n.replace(",", "")) for n in re.search(COUNTS, text(at)).groups()]


@pytest.mark.parametrize(
    ("step", "bar", "name"), PRESETS, ids=[f"{s}: {n}" for s, _, n in PRESETS]
)
def test_every_preset_shows_its_point(step, bar, name):
    assert_possible(bar, name)
    at = opened(step, **{bar.control.key: name})
    assert not errors(at)
    assert bar.presets[name].look_for in text(at)


@pytest.mark.parametrize(
    ("step", "preset", "expected"),
    [
        ("Compose", "The lecture's nine regions", (9, 10)),
        ("Compose", "The best fold, twice", (16, 16)),
        ("Compose", "Four units each", (25, 25)),
        ("Fold", "The best fold", (16, 16)),
        ("Fold", "Three folds: 64 layers", (256, 256)),
        ("Clip and recombine", "The lecture's figure", (12, 13)),
        ("Clip and recombine", "Crossing on every piece", (20, 21)),
        ("Any depth", "The fold, three layers", (64, 64)),
        ("Any depth", "Wide, then narrow", (180, 180)),
    ],
)
def test_what_presets_promise_is_counted(step, preset, expected):
    bar = dict(zip(STEPS, BARS))[step]
    assert tuple(counts(opened(step, **{bar.control.key: preset}))) == expected


def test_keys_are_unique_and_no_step_takes_anothers():
    keys = [c.key for bar in BARS for c in bar.controls if c.key != "ask"]
    assert len(keys) == len(set(keys))
    assert set(keys) < set(PAGE)


def test_the_fold_table_has_the_lectures_powers():
    at = opened("Fold")
    assert list(table(at)["regions in view"]) == [4, 16, 64, 256, 1024, 4096]


def test_thirteen_polygons():
    at = opened("Two dimensions")
    assert "**7** of the first network, **13** of both" in text(at)
    at.slider(key="plane_shift").set_value(0.6)
    run(at)
    assert "**13** of both" not in text(at)


def test_twenty_parameters_against_nineteen():
    at = opened("Compose", composed="20 parameters against 19")
    assert len(at.get("echarts_chart")) == 1
    assert {s["name"] for s in figure(at)["series"]} == {
        "Second of first",
        "6 shallow units",
    }
    x, y = curve(at, "Second of first")
    assert_allclose(PAIRS["nine"].composed(x)[:, 0], y, atol=1e-9)
    compared = at.table[0].value
    assert list(compared["parameters"]) == [20, 22, 19]


def test_the_heat_map_has_the_numbers_of_the_product():
    at = opened("Fuse")
    cells = [cell["value"] for cell in figure(at)["series"][0]["data"]]
    psi = PAIRS["nine"].composed.weights[1]
    for column, row, value in cells:
        assert_allclose(value, psi[row, column], rtol=1e-5)
    assert "Its rank is **1**" in text(at)
    difference = re.search(r"after the other: \*\*([\d.e+-]+)\*\*", text(at))[1]
    assert float(difference) < 1e-12


def test_freeing_the_rank_ends_and_says_what_was_gained():
    at = settled(opened("Fuse", freed="A sine"))
    said = re.search(r"\*\*Finished\*\*.* rank 1 \*\*([\d.e-]+)\*\*", text(at))
    assert float(said[1]) < 0.5
    assert "22 parameters" in text(at)


def test_undo_takes_back_and_reset_returns():
    at = opened("Compose")
    first = at.text_input(key="pair_first").value
    at.text_input(key="pair_first").set_value("0~0,1,1")
    run(at)
    assert counts(at)[0] != 9
    press(at, "Undo")
    assert at.text_input(key="pair_first").value == first
    press(at, "Redo")
    assert at.text_input(key="pair_first").value == "0~0,1,1"
    press(at, "Reset")
    assert counts(at) == [9, 10]


def test_a_weight_of_the_recombination_is_in_the_text():
    at = opened("Clip and recombine")
    (field,) = (n for n in at.number_input if n.label == "φ′₂")
    assert field.value == 1.6
    field.set_value(2.0)
    run(at)
    assert at.text_input(key="clip_net").value.endswith("|-0.36,-1,2,0.7")
    press(at, "Undo")
    (field,) = (n for n in at.number_input if n.label == "φ′₂")
    assert field.value == 1.6


def test_layers_are_added_and_taken_away():
    at = opened("Any depth")
    at.number_input(key="deep_depth_3").set_value(5)
    run(at)
    assert at.text_input(key="deep_widths").value == "3, 3, 3, 3, 3"
    assert counts(at) == [1024, 1024]
    at.text_input(key="deep_widths").set_value("3")
    run(at)
    assert counts(at) == [4, 4]


@pytest.mark.parametrize(
    ("step", "query", "said"),
    [
        ("Compose", {"pair_first": "x"}, "network before"),
        ("Compose", {"pair_second": "0" + "~0,1,1" * 5}, "at most 4 fit"),
        ("Compose", {"pair_first": "0,0~0,1,1,1"}, "one output, not two"),
        ("Compose", {"pair_from": "3"}, "must be below"),
        ("Fold", {"fold_first": "0~1,1"}, "network before"),
        ("Fuse", {"fuse_second": "<script>"}, "network before"),
        ("Clip and recombine", {"clip_net": "0,1|0,1"}, "it must be 3"),
        ("Two dimensions", {"plane_first": "0,1|0,1"}, "it must be 3"),
        ("Two dimensions", {"plane_second": "9" * 5000}, "network before"),
        ("Any depth", {"deep_widths": "3, -1"}, "whole numbers"),
        ("Any depth", {"deep_widths": "10, 10, 10, 10, 10",
                       "layers_kind": "As many regions as can be"}, "161,051 regions"),
        ("Any depth", {"deep_widths": "2, 2"}, "three units"),
    ],
)  # fmt: skip
def test_nonsense_in_a_link_gets_a_sentence(step, query, said):
    at = opened(step, **query)
    assert len(errors(at)) == 1 and said in errors(at)[0]


def test_what_is_quoted_of_a_network_is_no_markdown():
    (said,) = errors(opened("Compose", pair_first="0~1,**x**,:red[2]"))
    assert r"\*\*x\*\*" in said
    (said,) = errors(opened("Compose", pair_first="0~1"))
    assert r"φ0\~θ10,θ11,φ1\~θ20" in said


@pytest.mark.parametrize(
    ("step", "query"),
    [
        ("Fold", {"times": "99"}),
        ("Fuse", {"freed": "nothing", "fuse_start": "-1"}),
        ("Two dimensions", {"plane_shift": "inf"}),
        ("Any depth", {"deep_layer": "8", "layers_seed": "nan"}),
        ("Nowhere", {}),
        ("Compose", {"pair_first": "0~0,0,0", "pair_second": "0~0,0,0"}),
        ("Fuse", {"fuse_first": "0~0,0,0"}),
        ("Fold", {"fold_first": "0~0,0,0", "times": "6"}),
        ("Two dimensions", {"plane_first": "0,0,0|0,0", "plane_second": "0~0,0,0"}),
        ("Clip and recombine", {"clip_net": "0,0|0,0|0,0"}),
        ("Compose", {"pair_from": "-1000000", "pair_to": "1000000"}),
        ("Compose", {"pair_first": "0~1000000,-1000000,1000000"}),
    ],
    ids=str,
)
def test_strange_links_open(step, query):
    opened(step, **query)


@pytest.mark.parametrize(
    ("step", "place", "value"),
    [
        ("Compose", 0, 9),
        ("Fold", 0, 16),
        ("Clip and recombine", 0, 12),
        ("Any depth", 0, 64),
    ],
)
def test_snippets_print_the_regions_that_are_shown(step, place, value):
    at = opened(step)
    out = printed(at, place)
    assert out[0][0] == value == counts(at)[0]


def test_snippets_print_the_joints_and_polygons_that_are_shown():
    out = printed(opened("Compose"))
    assert out[0] == (9, 20)
    assert_allclose(out[1][0], table(opened("Compose"))["x to"].astype(float)[:-1],
                    atol=1e-3)  # fmt: skip
    assert [n for (n,) in printed(opened("Two dimensions"))] == [7, 13]
    same, psi = printed(opened("Fuse"))[0]
    assert same and psi.shape == (3, 3)


@pytest.mark.parametrize("step", STEPS)
def test_the_question_is_asked_first_and_judged(step):
    at = opened(step, ask="true")
    assert "Before you look" in text(at)
    assert "Linear regions:" not in text(at)
    answers = [g for g in at.segmented_control if g.label == "Your answer"]
    if answers:
        answers[0].set_value(int(answers[0].options[0]))
        run(at)
    else:
        press(at, "Reveal")
    assert at.success or at.warning
    assert "Before you look" not in text(at)


@pytest.mark.parametrize("step", ["Fold", "Fuse"])
def test_a_pair_is_taken_along_to_another_step(step):
    at = opened("Compose", pair_first="0.5~0,1,-1", pair_from="-0.5")
    press(at, f"{step} these")
    assert at.segmented_control(key="scene").value == step
    prefix = step.lower()
    assert at.text_input(key=f"{prefix}_first").value == "0.5~0,1,-1"
    assert at.number_input(key=f"{prefix}_from").value == -0.5
