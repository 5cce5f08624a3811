"""The step of one linear map: a matrix, and the three motions that it is made of."""

import streamlit as st

from estimators.representation import Stages, svd_stages
from ui.downloads import show_downloads
from ui.instruments.linear_map import LAST, ShownMap, linear_map_instrument
from ui.lesson import is_locked
from ui.pace import folded, let_paint
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.representation.map_text import (
    Rows,
    map_from_text,
    map_latex,
    map_snippet,
    map_to_text,
)
from ui.state import Number, Table, Text, put_released
from ui.typed import typed

THETA, MOMENT = "theta", "moment"
SLIDE = ((0.19, 1.84), (-0.97, -0.93))
_KINDS = (
    "It turns it over",
    "No, its front stays up",
    "Neither: it makes it flat",
)

MAP = Table(
    Text(
        key=THETA,
        label="Θ as text",
        default=map_to_text(SLIDE),
        help="Row by row: θ11,θ12~θ21,θ22.",
    ),
    Number(
        key=MOMENT,
        label="Stage on screen",
        low=0.0,
        high=LAST,
        default=2.0,
        step=0.01,
        look="field",
        help="0: nothing done yet. 1: after Vᵀ. 2: after S. 3: after U, which is all "
        "of Θ.",
    ),
    ASK,
)
MAP_BAR = PresetBar(
    "maps",
    {
        "The slide's matrix": Preset(
            "Press Play: every linear map is a turn, a scaling along the axes, and "
            "another turn. Look at the dashed lines: Vᵀ brings them onto the axes, and "
            "that is all it is for.",
            {},
        ),
        "A reflection": Preset(
            "Columns one and two change places, and the determinant its sign. Look at "
            "the last stage: the plane must be turned over to get there.",
            {THETA: map_to_text(((1.84, 0.19), (-0.93, -0.97)))},
        ),
        "A shear": Preset(
            "Nothing seems to turn here. Look at the stages: two turns that nearly "
            "undo each other, and a scaling between them.",
            {THETA: map_to_text(((1, 1), (0, 1)))},
        ),
        "Only a turn": Preset(
            "Both singular values are 1: the circle stays a circle, and no length "
            "changes.",
            {THETA: map_to_text(((0.6, -0.8), (0.8, 0.6))), MOMENT: 3.0},
        ),
        "Rank one": Preset(
            "Both columns lie on one line. Press Play, and look at stage 2: the plane "
            "falls onto a line, and nobody can tell afterwards where a point came "
            "from.",
            {THETA: map_to_text(((1, 2), (0.5, 1))), MOMENT: 1.7},
        ),
        "Zero": Preset(
            "Everything goes to the origin: rank 0. Drag a column away from it.",
            {THETA: map_to_text(((0, 0), (0, 0))), MOMENT: 1.7},
        ),
    },
    MAP,
)


def show_map() -> None:
    """Let the reader set a matrix, and play its three stages."""
    table = MAP_BAR.choose()
    st.fragment(_show_view)(table)


def _show_view(table: Table) -> None:
    buttons = st.container(horizontal=True)
    question, instrument = st.container(), st.container()
    text, number = st.columns((3, 1), vertical_alignment="bottom")
    theta = typed(table, THETA, map_from_text, text, "is the matrix")
    moment = table.draw(MOMENT, number)
    asked = table.draw(ASK.key)
    stages = svd_stages(theta)
    with question:
        revealed = not asked or ask_first(_question(theta, stages), "map")
    if revealed:
        with instrument:
            linear_map_instrument(
                theta,
                moment,
                key="linear_map_instrument",
                locked=(is_locked(THETA), is_locked(MOMENT)),
                on_release=_take_released,
            )
    let_paint()
    with buttons:
        MAP_BAR.show_history()
    if not revealed:
        return
    _show_numbers(theta, stages)
    snippet = folded("Copy as Python", "show_map_snippet")
    if snippet.open:
        snippet.code(map_snippet(theta, moment), language="python")
    rows = [*theta, *stages.rotation_out, stages.scale, *stages.rotation_in]
    names = [f"theta {i}" for i in (1, 2)] + ["U 1", "U 2", "singular values"]
    show_downloads("linear_map", columns=([*names, "V^T 1", "V^T 2"], rows))


def _question(theta: Rows, stages: Stages) -> Question:
    def truth() -> tuple[str, str]:
        size = f"The determinant is {stages.determinant:.4g}"
        if stages.rank < 2:
            return _KINDS[2], f"{size}: both columns lie on one line."
        if stages.reflects:
            return _KINDS[0], f"{size}, and its sign says so."
        return _KINDS[1], f"{size}, which is above zero: two turns and a scaling."

    return Question(
        f"Θ has the columns ({theta[0][0]:g}, {theta[1][0]:g}) and "
        f"({theta[0][1]:g}, {theta[1][1]:g}). Think of the plane as a sheet of paper: "
        "does Θ turn it **over**?",
        theta,
        _KINDS,
        truth,
    )


def _show_numbers(theta: Rows, stages: Stages) -> None:
    scaling = tuple(map(tuple, stages.scaling.tolist()))
    out, into = (
        tuple(map(tuple, each.tolist()))
        for each in (stages.rotation_out, stages.rotation_in)
    )
    st.latex(map_latex(theta, (out, scaling, into)))
    if theta == SLIDE:
        st.markdown(
            "The lecture prints 0.83, −0.55 / −0.55, −0.83 and 0.32, 0.94 / 0.94, "
            "−0.32 for U and Vᵀ. **Both** of these have determinant −1, so each is a "
            "reflection, though only one is called so; and the two undo each other, as "
            "det Θ = +1.608. Flip the second column of its U and the second row of its "
            "Vᵀ: the product stays, and both are pure rotations, as here. Where it "
            "prints the singular value 2.17, the matrix as printed has 2.16."
        )
    st.caption(
        "The largest singular value is the longest that a vector of length 1 can "
        "become, the other the shortest; their product is |det Θ|, the area of the "
        "shaded square. Vᵀ is a rotation always; U turns the plane over as well if, "
        "and only if, det Θ is negative."
    )


def _take_released(shown: ShownMap) -> None:
    put_released(THETA, map_to_text(shown.theta))
    put_released(MOMENT, shown.moment)
