"""The step of the Composition page with two inputs."""

from functools import partial

import numpy as np
import streamlit as st

from estimators import ReLUNetwork
from ui.composition.deep_text import deep_from_text, deep_to_text
from ui.composition.dividing import (
    BOX,
    FIRSTS,
    SECONDS,
    Division,
    divide,
    plane_snippet,
    shifted,
)
from ui.composition.typed import one_output
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.figures.divided import polygons_chart
from ui.names import literal
from ui.network_text import network_to_text
from ui.numbers import as_text
from ui.pace import folded
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.state import Number, Table, Text
from ui.typed import typed

_FIRST, _SECOND = "plane_first", "plane_second"
_SHIFT = Number(
    key="plane_shift",
    label="Move the second network's joints by",
    low=-2.0,
    high=2.0,
    default=0.0,
    step=0.01,
    help="The second network bends where the first has the value of its joint.",
)


def _values(first: str, second: str, shift: float = 0.0) -> dict[str, str | float]:
    return {
        _FIRST: deep_to_text(FIRSTS[first]),
        _SECOND: network_to_text(SECONDS[second]),
        _SHIFT.key: shift,
    }


PLANE_BAR = PresetBar(
    "divided",
    {
        "The lecture's thirteen": Preset(
            "The first network has seven polygons. The second bends where y = 0, which "
            "is a straight line on each of them (dashed): six are divided in two, and "
            "one is not reached, 6 · 2 + 1 = 13.",
            _values("lecture", "one"),
        ),
        "A joint too high": Preset(
            "With the joint at 0.6 its contour misses all but one polygon. Move it: "
            "anywhere from −0.07 to 0.39 there are thirteen.",
            _values("lecture", "one", 0.6),
        ),
        "Three joints": Preset(
            "Each joint of the second network is a contour of the first: contours are "
            "parallel on every polygon, and broken where polygons meet.",
            _values("lecture", "three"),
        ),
        "Four units first": Preset(
            "More polygons to begin with, and nearly all are divided.",
            _values("crossing", "three"),
        ),
        "Folds only": Preset(
            "All three lines of the first network are parallel: it folds the plane "
            "like paper, and all contours are parallel, too.",
            _values("parallel", "three"),
        ),
    },
    Table(
        Text(
            key=_FIRST,
            label="The first network as text",
            default=deep_to_text(FIRSTS["lecture"]),
            help="Two layers separated by `|`, units by `~`: each hidden unit is "
            "`θ0,θ1,θ2`, the output is φ₀ and the φ. At most ten units.",
        ),
        Text(
            key=_SECOND,
            label="The second network as text",
            default=network_to_text(SECONDS["one"]),
            help="One input: φ0 and, for each unit, θ_d0, θ_d1 and φ_d: "
            "`φ0~θ10,θ11,φ1`; 1 to 4 units.",
        ),
        _SHIFT,
        ASK,
    ),
)


def show_plane() -> None:
    """Show how the second network divides the polygons of the first."""
    st.fragment(_show)(PLANE_BAR.choose())


def _show(table: Table) -> None:
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    question, view = st.container(), st.container()
    left, right = st.columns(2)
    read = partial(deep_from_text, n_inputs=2, depth=1)
    first = typed(table, _FIRST, read, left)
    second = typed(table, _SECOND, one_output, right)
    with bar:
        by = table.draw(_SHIFT.key, st.container(width=320))
    second = shifted(second, by)
    asked = table.draw(ASK.key)
    with bar:
        PLANE_BAR.show_history()
    try:
        division = divide(first, second)
    except ValueError as error:
        st.error(f"These polygons cannot be drawn: {literal(str(error))}")
        return
    with question:
        revealed = not asked or ask_first(_question(first, second, division), "plane")
    if revealed:
        with view:
            _show_division(division)
    show_equations(second @ first)
    snippet = folded("Copy as Python", "show_plane_snippet")
    if snippet.open:
        snippet.code(plane_snippet(first, second), language="python")
    if revealed:
        show_downloads("plane", columns=_corners(division), network=second @ first)


def _question(first: ReLUNetwork, second: ReLUNetwork, division: Division) -> Question:
    (width,) = second.widths
    most = division.before * (width + 1)

    def truth() -> tuple[int, str]:
        undivided = int((division.table["divided into"] == 1).sum())
        return division.in_view, (
            f"{undivided} of the {division.before} polygons are not divided."
        )

    return Question(
        f"The first network has {division.before} polygons in view. The second has "
        f"{width} joint{'s' * (width > 1)}. How many **polygons** do both make?",
        (first, second),
        tuple(range(division.before, most + 1)),
        truth,
    )


def _show_division(division: Division) -> None:
    left, right = st.columns((3, 2))
    with left:
        st.echarts_chart(
            polygons_chart(division.polygons, division.creases, np.array(BOX)),
            height=460,
            alt=_alt(division),
            key="plane_chart",
            renderer="svg",
        )
    with right:
        st.markdown(
            f"Polygons in view: **{division.before}** of the first network, "
            f"**{division.in_view}** of both. As far as 1,000 times the view: "
            f"**{division.far}**. At most **{division.maximum}** for these widths "
            "(Serra et al. 2018, Theorem 1, an upper bound)."
        )
        st.dataframe(as_text(division.table), hide_index=True)


def _alt(division: Division) -> str:
    parts = ", ".join(map(str, division.table["divided into"]))
    return (
        f"The square from −1 to 1 in {division.before} polygons of the first network, "
        f"divided by the second into {parts} parts: {division.in_view} in all."
    )


def _corners(division: Division) -> tuple[tuple[str, ...], tuple[np.ndarray, ...]]:
    """List the corners of all polygons, to be saved."""
    sizes = [len(each.vertices) for each in division.polygons]
    corners = np.concatenate([each.vertices for each in division.polygons])
    numbers = np.repeat(np.arange(1, len(sizes) + 1), sizes)
    parents = np.repeat([each.parent + 1 for each in division.polygons], sizes)
    return ("polygon", "of_the_first", "x1", "x2"), (numbers, parents, *corners.T)
