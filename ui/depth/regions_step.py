"""The step that draws linear regions against parameters, and spends a budget."""

from math import log10, nan

import numpy as np
import streamlit as st

from ui.depth.misprints import LEFT, RIGHT
from ui.depth.region_words import (
    budget_sentence,
    conditions_sentence,
    digits_text,
    inputs,
    misprints_text,
    regions_question,
    regions_snippet,
    regions_text,
    shapes_table,
    theorems_text,
)
from ui.depth.shapes import Shape, best, candidates, growing, least_deep
from ui.downloads import show_downloads
from ui.figures.depth_regions import Growth, Mark, regions_alt, regions_chart
from ui.pace import folded
from ui.presets import Preset, PresetBar
from ui.questions import ASK, ask_first
from ui.state import Choice, Number, Table
from ui.stepped import choose_stepped

_LINEAR, _LOGARITHMIC = "as in the lecture", "powers of ten"
_AUTO = "auto"
_ENDS = (500, 2_000, 12_000, 100_000, 500_000)
_FEW = 12  # rows of a table that are all shown
_ROOM = 8  # times the parameters from which on two layers have a reachable number
_STEPS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
STOPS = tuple(
    sorted(
        {
            *(int(step * 10**p) for p in range(1, 6) for step in _STEPS),
            *(LEFT.n_parameters, RIGHT.n_parameters),
        }
    )
)
STOPS = tuple(stop for stop in STOPS if stop <= _ENDS[-1])
INPUTS = Choice(
    key="regions_inputs",
    label="Inputs Dᵢ",
    options=(1, 2, 5, 10, 50, 100),
    default=1,
)
LAYERS = Choice(
    key="regions_layers",
    label="Hidden layers K up to",
    options=(1, 2, 3, 4, 5),
    default=5,
)
AXIS = Choice(
    key="regions_axis",
    label="Axis of parameters",
    options=(_LINEAR, _LOGARITHMIC),
    default=_LINEAR,
)
END = Choice(
    key="regions_end",
    label="Parameters up to",
    options=(_AUTO, *_ENDS),
    default=_AUTO,
    look="menu",
    help="auto: far enough that P and two layers of width 3 · Dᵢ are in view.",
)
BUDGET = Number(
    key="regions_budget",
    label="P, typed",
    low=5,
    high=_ENDS[-1],
    default=LEFT.n_parameters,
    step=1,
    look="field",
)
TRIED = Choice(
    key="regions_tried",
    label="Budget: layers tried, up to",
    options=(5, 12, 40),
    default=12,
    help="For each number of layers, the widest that fits into P parameters.",
)
REGIONS_BAR = PresetBar(
    "regions_preset",
    {
        "The lecture's left plot: one input": Preset(
            "Look at the diamond: with one input, five layers of ten units have 471 "
            "parameters and 161,051 regions. One layer of no more parameters has 157 "
            "at most. Of all networks of 471 parameters it is far from the best: see "
            "below.",
            {},
        ),
        "The lecture's right plot: ten inputs": Preset(
            "Look at the diamonds: with ten inputs, of five layers of 50 units and "
            "10,801 parameters 1.7956 · 10⁴¹ regions are reachable, more than "
            "4.3734 · 10⁵⁰ never. One layer with as many parameters has at most "
            "9.2420 · 10²².",
            {INPUTS.key: 10, BUDGET.key: RIGHT.n_parameters, TRIED.key: 5},
        ),
        "From ten to half a million parameters": Preset(
            "With both axes in powers of ten a slope is a power. Look at the slopes: "
            "with ten inputs one layer grows like the 10th power of its parameters, "
            "K = 2, 3, … layers like the power 5K. Two are no steeper than one; "
            "three are.",
            {
                INPUTS.key: 10,
                AXIS.key: _LOGARITHMIC,
                END.key: 500_000,
                BUDGET.key: 100_000,
            },
        ),
        "Too few parameters to tell": Preset(
            "Look at the table: with a thousand parameters and ten inputs no deeper "
            "shape is wide enough for the theorem, which therefore does not say "
            "whether depth helps there.",
            {INPUTS.key: 10, END.key: 2_000, BUDGET.key: 1_000},
        ),
        "Just enough": Preset(
            "With 1,291 parameters and ten inputs the first two layers of width "
            "3 · Dᵢ = 30 fit. Look how little the theorem lets them win over one "
            "layer: not even twice as many.",
            {INPUTS.key: 10, END.key: 2_000, BUDGET.key: least_deep(10).n_parameters},
        ),
        "Ever deeper": Preset(
            "One input and 471 parameters again, but up to 40 layers. Look which width "
            "wins then: three, the smallest for which the theorem holds.",
            {TRIED.key: 40},
        ),
        "A hundred inputs": Preset(
            "With a hundred inputs the theorem asks for 300 units in every layer. Look "
            "how far the dashed curves go, and how wide the bands are: with half a "
            "million parameters, between what it guarantees the best shape and the "
            "bound of that lie more than a hundred powers of ten.",
            {
                INPUTS.key: 100,
                AXIS.key: _LOGARITHMIC,
                BUDGET.key: 500_000,
            },
        ),
    },
    Table(INPUTS, LAYERS, AXIS, END, BUDGET, TRIED, ASK),
)


def show_regions() -> None:
    """Show regions against parameters, and the best shape for a budget."""
    st.fragment(_show)(REGIONS_BAR.choose())


def _show(table: Table) -> None:
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    row = st.container(horizontal=True, vertical_alignment="bottom")
    n_inputs = table.draw(INPUTS.key, row.container(width="content"))
    n_layers = table.draw(LAYERS.key, row.container(width="content"))
    logarithmic = table.draw(AXIS.key, row.container(width="content")) == _LOGARITHMIC
    end = table.draw(END.key, row.container(width=150))
    budget = choose_stepped(table, BUDGET.key, STOPS, "Budget: parameters P")
    row = st.container(horizontal=True, vertical_alignment="bottom")
    tried = table.draw(TRIED.key, row.container(width="content"))
    asked = table.draw(ASK.key, row.container(width="content"))
    with bar:
        REGIONS_BAR.show_history()
    most = _end(n_inputs, budget) if end == _AUTO else end
    shapes = candidates(n_inputs, budget, tried)
    if not shapes:
        unit = Shape(n_inputs, 1, 1).n_parameters
        st.error(
            f"With {inputs(n_inputs)} one hidden unit takes {unit} parameters: no "
            f"network fits into {budget}. Choose a larger budget or fewer inputs."
        )
    elif not asked or ask_first(regions_question(shapes, budget), "regions"):
        curves = [growing(n_inputs, k, most) for k in range(1, n_layers + 1)]
        curves = [curve for curve in curves if curve]
        _show_curves(curves, shapes, budget, most, logarithmic)
        _show_budget(shapes, budget, tried)
        st.markdown(f"**The slides' numbers, corrected**\n\n{misprints_text()}")
        _show_details(best(shapes), shapes[0])
        _show_downloads(curves)
    with folded("Copy as Python", "show_regions_snippet") as body:
        if body.open:
            st.code(regions_snippet(n_inputs, budget, tried), language="python")


def _show_curves(
    curves: list[list[Shape]],
    shapes: list[Shape],
    budget: int,
    most: int,
    logarithmic: bool,
) -> None:
    n_inputs = shapes[0].n_inputs
    growths = [_growth(curve) for curve in curves]
    lectures = [
        shape
        for shape in (LEFT, RIGHT)
        if shape.n_inputs == n_inputs and shape.n_parameters <= most
    ]
    top = best(shapes)
    marks = [_mark(shape, "diamond", "top") for shape in lectures]
    # The lowest curve runs through the ring of one layer, and all others above it.
    beside = "bottom" if top.n_layers == 1 else "left"
    marks.append(_mark(top, "circle-open", beside))
    if top in lectures:
        marks[-1] = marks[-1]._replace(label="")
    in_view = top.n_parameters <= most
    ring = (
        "Ring: the best for the budget P." if in_view else "The best for P is outside."
    )
    marks = [mark for mark in marks if mark.parameters <= most]
    chart = regions_chart(growths, marks, budget, logarithmic=logarithmic, most=most)
    st.echarts_chart(
        chart,
        height=460,
        alt=regions_alt(growths, marks),
        key="regions_chart",
        renderer="svg",
    )
    st.caption(
        f"{conditions_sentence(n_inputs, len(curves), most)} "
        f"{'Diamond: the lecture’s network. ' if lectures else ''}"
        f"{ring} A region is a set of inputs with one activation pattern; "
        "neighbours may share one affine map. These numbers are what networks *can* "
        "have: as initialised or trained, deep ones have far fewer."
    )


def _show_budget(shapes: list[Shape], budget: int, tried: int) -> None:
    st.markdown("**What a budget buys**\n\n" + budget_sentence(shapes, budget, tried))
    height = "content" if len(shapes) <= _FEW else "auto"
    table = shapes_table(shapes)
    st.dataframe(table, hide_index=True, width="content", height=height)
    st.caption(
        "For each K the widest that fits: more units never mean fewer regions. Placed "
        "by what equation 4.17 guarantees: an upper bound need not be reached, and "
        "other constructions may reach more."
    )


def _show_details(top: Shape, shallow: Shape) -> None:
    with folded("The theorems, with these numbers", "show_regions_theorems") as body:
        if body.open:
            st.markdown(theorems_text(top))
    with folded("All digits", "show_regions_digits") as body:
        if body.open:
            named = {"best": top, "one_layer": shallow}
            st.code(digits_text(named), language="python", wrap_lines=True)


def _show_downloads(curves: list[list[Shape]]) -> None:
    listed = [shape for curve in curves for shape in curve]
    columns = (
        [shape.n_layers for shape in listed],
        [shape.width for shape in listed],
        [shape.n_parameters for shape in listed],
        # As text, because no other type of a column holds all digits.
        ["" if s.reachable is None else str(s.reachable) for s in listed],
        [str(shape.bound) for shape in listed],
    )
    names = ("K", "D", "parameters", "reachable", "at most")
    show_downloads("regions", columns=(names, columns))


def _end(n_inputs: int, budget: int) -> int:
    """Choose where the axis ends."""
    wanted = max(_ROOM * least_deep(n_inputs).n_parameters, budget)
    return next((end for end in _ENDS if end >= wanted), _ENDS[-1])


def _growth(shapes: list[Shape]) -> Growth:
    return Growth(
        f"K = {shapes[0].n_layers}",
        np.array([shape.n_parameters for shape in shapes]),
        np.array([log10(s.reachable) if s.reachable else nan for s in shapes]),
        np.array([log10(shape.bound) for shape in shapes]),
    )


def _mark(shape: Shape, symbol: str, beside: str) -> Mark:
    heights = {shape.reachable or shape.bound, shape.bound}
    return Mark(
        f"{shape} units, {shape.n_parameters:,} parameters: {regions_text(shape)}",
        f"{shape}",
        shape.n_parameters,
        tuple(sorted(map(log10, heights))),
        symbol,
        beside,
    )
