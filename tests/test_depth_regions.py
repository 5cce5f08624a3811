"""The step of regions against parameters: what is drawn, said and asked."""

from math import log10

import numpy as np
import pytest
from numpy.testing import assert_allclose

from estimators.bounds import count_parameters
from tests.colours import contrast
from tests.depth_page import opened, printed
from tests.pages import asked_for, assert_possible, figure, press, run, text
from ui.depth.misprints import RIGHT
from ui.depth.region_words import REACHABLE
from ui.depth.regions_step import BUDGET, REGIONS_BAR, STOPS
from ui.depth.shapes import Shape, best, candidates, counted_text
from ui.stepped import nearest_stop


def drawn(spec, name, dash):
    """The points of a line of this name and kind; of two that are solid, the lower."""
    lines = [
        np.array(each["data"])
        for each in spec["series"]
        if each["name"] == name
        and each["type"] == "line"
        and "areaStyle" not in each
        and each["lineStyle"]["type"] == dash
    ]
    return lines[-1]


def test_what_other_presets_promise():
    first = candidates(10, 1_291, 12)
    assert 1 < best(first).reachable / first[0].bound < 2
    top = best(candidates(100, 500_000, 12))
    assert top.bound // top.reachable > 10**100
    said = text(opened("Regions", regions_preset="Just enough"))
    assert "at least 1.42 times as many" in said


@pytest.mark.parametrize("name", REGIONS_BAR.presets)
def test_every_preset_shows_its_point(name):
    assert_possible(REGIONS_BAR, name)
    at = opened("Regions", regions_preset=name)
    assert not at.error
    assert REGIONS_BAR.presets[name].look_for in text(at)
    assert figure(at)["series"]


def test_it_is_what_the_page_shows_first():
    at = run(asked_for({}, (), "depth_efficiency"))
    said = text(at)
    assert at.segmented_control(key="efficiency").value == "Regions"
    for wrong, right in (("161,501", "161,051"), ("15139", "15,319")):
        assert f"~~{wrong}~~ **{right}**" in said
    assert "~~10¹³⁴~~ **1.7956 · 10⁴¹ reachable, 4.3734 · 10⁵⁰ at most**" in said
    assert "**12 layers × 5 units**" in said and "**2,176,782,336**" in said
    assert "has 156 units and at most **157** regions" in said


def test_the_curves_are_the_theorems_numbers():
    spec = figure(opened("Regions"))
    for k in range(1, 6):
        x, y = drawn(spec, f"K = {k}", "solid").T
        widths = [w for w in range(1, 501) if Shape(1, k, w).n_parameters in set(x)]
        assert_allclose(y, [k * log10(w + 1) for w in widths], rtol=1e-6)
    (left,) = (
        s for s in spec["series"] if "exactly" in s["name"] and "471" in s["name"]
    )
    assert_allclose(left["data"][0]["value"], [471, log10(161_051)])
    # D = 1 and 2, and the first point of the solid line.
    assert len(drawn(spec, "K = 2", "dashed")) == 3


def test_the_band_of_ten_inputs_and_where_it_begins():
    spec = figure(
        opened("Regions", regions_preset="The lecture's right plot: ten inputs")
    )
    dashed, solid = (drawn(spec, "K = 5", dash) for dash in ("dashed", "solid"))
    assert solid[0, 0] == dashed[-1, 0] == count_parameters(10, [30] * 5)
    (band,) = (
        each
        for each in spec["series"]
        if each["name"] == "K = 5" and "areaStyle" in each
    )
    there, back = np.split(np.array(band["data"]), 2)
    assert_allclose(there[:, 0], back[::-1, 0])
    assert (there[:, 1] >= back[::-1, 1]).all()
    at = there[:, 0] == 10_801
    assert_allclose(there[at, 1], log10(RIGHT.bound), rtol=1e-6)
    assert_allclose(back[::-1][at, 1], log10(RIGHT.reachable), rtol=1e-6)


def test_where_the_condition_fails_all_deep_curves_are_dashed():
    at = opened(
        "Regions", regions_inputs="100", regions_end="12000", regions_budget="12000"
    )
    lines = [s for s in figure(at)["series"] if s["type"] == "line"]
    assert {s["lineStyle"]["type"] for s in lines if s["name"] != "K = 1"} == {"dashed"}
    assert "none of the curves in view is so wide" in text(at)
    assert "two such layers take 120,901 parameters" in text(at)
    assert "**1 layer × 117 units**" in text(at)


def test_nothing_in_a_chart_overflows():
    query = {"inputs": "100", "end": "500000", "axis": "powers of ten", "tried": "40"}
    query |= {"budget": "500000"}
    at = opened(
        "Regions", **{f"regions_{name}": value for name, value in query.items()}
    )
    spec = figure(at)
    assert spec["xAxis"]["type"] == "log" and spec["xAxis"]["min"] == 100
    assert "nan" not in str(spec) and "inf" not in str(spec).lower()
    heights = np.concatenate(
        [np.array(s["data"])[:, 1] for s in spec["series"] if s["type"] == "line"]
    )
    assert 300 < heights.max() < 1000


def test_the_text_alternative_has_the_ends_and_what_is_marked():
    at = opened("Regions")
    (found,) = at.get("echarts_chart")
    assert "K = 5: exactly 10 to the 5.2 with 471 parameters" in str(found.proto)
    assert "161,051, exactly" in str(found.proto)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"regions_inputs": "10", "regions_budget": "10801"},
        {"regions_inputs": "10", "regions_budget": "1000", "regions_tried": "5"},
        {"regions_budget": "5"},
    ],
    ids=str,
)
def test_the_program_prints_the_table(query):
    at = opened("Regions", **query)
    out = printed(at)
    table = at.dataframe[0].value
    least = 3 * int(query.get("regions_inputs", 1))
    assert list(table["K"]) == [row[0] for row in out]
    assert list(table["D"]) == [row[1] for row in out]
    assert list(table["parameters"]) == [f"{row[2]:,}" for row in out]
    for said, row in zip(table[REACHABLE], out, strict=True):
        known = counted_text(row[3]) if row[3] else f"no statement, D < {least}"
        assert said == known
    assert list(table["at most"]) == [counted_text(row[4]) for row in out]


def test_places_are_by_what_is_reachable():
    table = opened("Regions").dataframe[0].value
    assert list(table["place"]) == [f"{12 - k}." for k in range(12)]
    table = (
        opened("Regions", regions_inputs="10", regions_budget="1000").dataframe[0].value
    )
    assert list(table["place"]) == ["1.", *[""] * 11]


def test_budgets_are_typed_or_slid():
    at = opened("Regions")
    at.number_input(key="regions_budget").set_value(10_000)
    assert run(at).select_slider(key="regions_budget_slider").value == 10_000
    at.select_slider(key="regions_budget_slider").set_value(600)
    assert run(at).number_input(key="regions_budget").value == 600
    assert "With **600 parameters**" in text(at)
    press(at, "Undo")
    assert at.number_input(key="regions_budget").value == 10_000
    press(at, "Reset")
    assert at.number_input(key="regions_budget").value == 471


def marks(at):
    return [s for s in figure(at)["series"] if s["type"] == "scatter" and s["name"]]


def test_a_lectures_network_outside_the_picture_is_not_explained():
    query = {"regions_inputs": "10", "regions_budget": "1000"}
    assert "Diamond" not in text(opened("Regions", **query, regions_end="2000"))
    assert "Diamond" in text(opened("Regions", **query, regions_end="12000"))


def test_names_at_the_curves_ends_do_not_cover_each_other():
    for preset in REGIONS_BAR.presets:
        spec = figure(opened("Regions", regions_preset=preset))
        (names,) = (s for s in spec["series"] if s["name"] == "")
        top = max(
            s["data"][k][1]
            for s in spec["series"]
            if s["type"] == "line"
            for k in range(len(s["data"]))
        )
        places = [
            # 380 pixels of plot, of which the highest curve takes nearly all or less.
            380 * each["value"][1] / max(top, 1) - each["label"]["offset"][1]
            for each in names["data"]
        ]
        assert len(places) == 5 and np.diff(sorted(places)).min() >= 12


def test_every_number_of_layers_stands_out_in_both_themes():
    spec = figure(opened("Regions"))
    colours = {s["color"] for s in spec["series"] if s["type"] == "line"}
    assert len(colours) == 5
    for background in ("#FFFFFF", "#171614"):  # as the browser paints the two themes
        assert all(contrast(colour, background) >= 3 for colour in colours)
    one = next(s["color"] for s in spec["series"] if s["name"] == "K = 1")
    assert contrast(one, "#171614") > 4


def test_the_axis_reaches_the_budget_unless_another_end_is_chosen():
    for budget in (471, 501, 100_000):
        at = opened("Regions", regions_budget=str(budget))
        assert figure(at)["xAxis"]["max"] >= budget and len(marks(at)) == 2
        assert "Ring: the best" in text(at)
    at = opened("Regions", regions_budget="100000", regions_end="500")
    assert len(marks(at)) == 1
    assert "Ring" not in text(at) and "The best for P is outside." in text(at)


def test_no_budget_is_far_from_a_stop_of_the_slider():
    assert {471, 10_801} <= set(STOPS) and STOPS[-1] == BUDGET.high
    assert list(STOPS) == sorted(set(STOPS))
    for budget in range(10, 20_000):
        assert abs(nearest_stop(budget, STOPS) - budget) <= 0.15 * budget


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"regions_inputs": "100", "regions_budget": "50"}, "takes 103 parameters"),
        ({"regions_inputs": "10", "regions_budget": "12"}, "takes 13 parameters"),
    ],
)
def test_a_budget_for_no_unit_gets_a_sentence(query, said):
    (error,) = opened("Regions", **query).error
    assert said in error.value


@pytest.mark.parametrize(
    "query",
    [
        {"regions_inputs": "3"},
        {"regions_budget": "nan"},
        {"regions_budget": "1e99"},
        {"regions_budget": "-1"},
        {"regions_end": "nowhere", "regions_axis": "<b>"},
        {"regions_inputs": "100", "regions_end": "500", "regions_budget": "500"},
        {"regions_layers": "1", "regions_tried": "x"},
    ],
    ids=str,
)
def test_strange_links_open(query):
    assert not opened("Regions", **query).error


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ({}, "12 layers × 5"),
        ({"regions_tried": "5"}, "5 layers × 10"),
        ({"regions_inputs": "10", "regions_budget": "1000"}, "1 layer × 83"),
    ],
    ids=str,
)
def test_the_question_is_asked_first_and_judged(query, right):
    at = opened("Regions", ask="true", **query)
    assert "Before you look" in text(at) and not at.get("echarts_chart")
    assert "What a budget buys" not in text(at)
    (answers,) = (g for g in at.segmented_control if g.label == "Your answer")
    assert right in answers.options
    answers.set_value(right)
    run(at)
    assert at.success and figure(at)["series"]
