"""The step of the Regression page in which a straight line is fitted."""

from collections.abc import Hashable

import streamlit as st
from numpy.typing import NDArray

from ui.data_controls import COLUMN_DEFAULTS, DATA, SOURCE_OF_LINE
from ui.data_picker import pick_data
from ui.downloads import show_downloads
from ui.instruments.linear import MAX_POINTS, linear_instrument
from ui.lesson import is_locked
from ui.pace import folded, let_paint
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.regression.line_data import LineData, line_data
from ui.regression.linear import (
    PRESETS,
    RATES,
    Line,
    descent,
    least_squares,
    line_from_text,
    line_to_text,
    linear_snippet,
    start_on,
    summed_loss,
)
from ui.regression.linear_words import WAYS, valley, verdict, way_down
from ui.state import Choice, Switch, Table, Text, put_released
from ui.typed import last_valid, typed
from ui.untold import note_untold

LINE = "line"
MIN_ROWS = 3
_STARTED_ON = "_line_started_on"  # the data for which the line was begun

LINEAR = Table(
    Switch(
        key="standardise",
        label="Standardise x",
        default=False,
        help="Measures x from its mean, in standard deviations. The loss then curves "
        "alike in all directions.",
    ),
    Text(
        key=LINE,
        label="The line as text",
        default=line_to_text(*next(iter(PRESETS.values())).start),
        help="φ0 and φ1: where the line is at x = 0, and its slope.",
    ),
    Choice(
        key="speed",
        label="Learning rate × λ",
        options=RATES,
        default=0.2,
        look="slider",
        help="How far each step goes along the negative gradient, in units of 1/λ: λ "
        "is how much the loss curves in its steepest direction.",
    ),
    Choice(
        key="steps",
        label="Steps",
        options=(5, 10, 20, 50, 100, 200),
        default=50,
        look="slider",
    ),
    ASK,
)

_DATA = Table(SOURCE_OF_LINE, *DATA.values())
LINEAR_BAR = PresetBar(
    "descent",
    {
        name: Preset(preset.look_for, {"speed": preset.rate})
        for name, preset in PRESETS.items()
    },
    LINEAR,
    also={_STARTED_ON: None},
    kept=(*_DATA, *COLUMN_DEFAULTS),
)


def show_linear() -> None:
    """Show the data, a line, its loss, and the way that gradient descent takes."""
    table = LINEAR_BAR.choose()
    controls, view = st.columns((2, 5), gap="medium")
    with controls:
        chosen = _choose_data(table)
    if chosen is None:
        with view:
            LINEAR_BAR.show_history()
    else:
        data, start, identity = chosen
        _start_on_other_data(start, identity)
        with view:
            st.fragment(_show_view)(data, table.under({LINE: start}), identity)


def _choose_data(table: Table) -> tuple[LineData, str, Hashable] | None:
    """Let the reader choose data; give them, the preset's line, and what they are."""
    picked = pick_data(_DATA, MIN_ROWS, source_key=SOURCE_OF_LINE.key)
    standardised = table.draw("standardise")
    if picked is None:
        return None
    data = line_data(
        picked.x,
        picked.y,
        picked.names,
        picked.code,
        max_points=MAX_POINTS,
        standardised=standardised,
    )
    if data.note:
        st.caption(data.note)
    try:
        start = start_on(data, PRESETS[st.session_state[LINEAR_BAR.control.key]])
        return data, line_to_text(*start), (picked.identity, standardised)
    except ValueError as error:
        st.error(str(error))
        return None


def _show_view(data: LineData, table: Table, identity: Hashable) -> None:
    buttons = st.container(horizontal=True)
    question, instrument = st.container(), st.container()
    text, left, right = st.columns((2, 2, 2), vertical_alignment="bottom")
    line = typed(table, LINE, line_from_text, text, "is the line")
    rate, n_steps = table.draw("speed", left), table.draw("steps", right)
    asked = table.draw(ASK.key)
    path = descent(data.x, data.y, line, rate, n_steps)
    with question:
        revealed = not asked or ask_first(
            _question(data, path, rate, n_steps, identity), "linear"
        )
    with instrument:
        linear_instrument(
            data.x,
            data.y,
            line,
            path if revealed else path[:1],
            names=data.names,
            locked=is_locked(LINE),
            key="linear_instrument",
            on_release=_take_released,
        )
        if is_locked(LINE):
            st.caption("A lesson has locked the line, from which descent starts.")
    let_paint()
    with buttons:
        LINEAR_BAR.show_history()
    if revealed:
        _show_numbers(data, line, path, rate)
    snippet = folded("Copy as Python", "show_linear_snippet")
    if snippet.open:
        code = linear_snippet(data, line, rate, len(path) - 1)
        snippet.code(code, language="python")
    show_downloads("linear", columns=(data.names, (data.x, data.y)))


def _question(
    data: LineData, path: NDArray, rate: float, n_steps: int, identity: Hashable
) -> Question:
    return Question(
        f"Gradient descent takes up to {n_steps} steps with a rate of {rate:g}/λ. What "
        "becomes of the **loss**?",
        (identity, rate, n_steps),
        WAYS,
        lambda: (way_down(data.x, data.y, path, rate), verdict(data.x, rate)),
    )


def _show_numbers(data: LineData, line: Line, path: NDArray, rate: float) -> None:
    x, y = data.x, data.y
    st.markdown(f"{verdict(x, rate)} {valley(x, rate)}")
    best = least_squares(x, y)
    st.table(
        {
            "": ["start", f"after {len(path) - 1} steps", "least squares"],
            "φ0": [f"{phi:.5g}" for phi in (line[0], path[-1][0], best[0])],
            "φ1": [f"{phi:.5g}" for phi in (line[1], path[-1][1], best[1])],
            "summed loss": [
                f"{summed_loss(x, y, each):.5g}" for each in (line, path[-1], best)
            ],
        }
    )


def _start_on_other_data(start: str, identity: Hashable) -> None:
    """Begin with the preset's line; one that a link brought or a lesson locks stays."""
    if st.session_state.setdefault(_STARTED_ON, identity) == identity:
        return
    st.session_state[_STARTED_ON] = identity
    if not is_locked(LINE):
        note_untold({LINE: start})
        st.session_state.update({last_valid(LINE): start, LINE: start})


def _take_released(phi_0: float, phi_1: float) -> None:
    put_released(LINE, line_to_text(phi_0, phi_1))
