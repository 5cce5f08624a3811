"""The step of the Regression page in which a straight line is fitted."""

import streamlit as st

from estimators.datasets import lecture_line
from ui.history import History
from ui.instruments.linear import linear_instrument
from ui.preset_bar import choose_preset, show_history
from ui.regression.linear import (
    PRESETS,
    Line,
    descent,
    least_squares,
    line_from_text,
    line_to_text,
    linear_snippet,
    summed_loss,
    verdict,
)

LINE = "line"
_INSTRUMENT = "linear_instrument"
_VALID = "_line_valid"  # the last text that was a line
_RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.035, 0.038, 0.042, 0.05)
_STEPS = (5, 10, 20, 50, 100, 200)


def show_linear() -> None:
    """Show the data, a line, its loss, and the way that gradient descent takes."""
    x, y = lecture_line()
    history = History(st.session_state, LINE)
    name, bar = choose_preset(PRESETS, "descent", _take_preset)
    preset = PRESETS[name]
    instrument, below = st.container(), st.container()
    with below:
        text, left, right = st.columns((2, 2, 2), vertical_alignment="bottom")
        line = _typed(text, preset.text)
        rate = left.select_slider(
            "Learning rate",
            _RATES,
            preset.rate,
            format_func=str,
            help="How far each step goes along the negative gradient.",
            key="speed",
            bind="query-params",
        )
        n_steps = right.select_slider(
            "Steps", _STEPS, 50, format_func=str, key="steps", bind="query-params"
        )
    history.note(line_to_text(*line))
    path = descent(x, y, line, rate, n_steps)
    with instrument:
        linear_instrument(x, y, line, path, key=_INSTRUMENT, on_release=_take_released)
    with bar:
        show_history(history, _take_preset)
    st.markdown(verdict(x, rate))
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
    with st.expander("Copy as Python"):
        st.code(linear_snippet(line, rate, len(path) - 1), language="python")


def _typed(place: st.delta_generator.DeltaGenerator, start: str) -> Line:
    written = place.text_input(
        "The line as text",
        start,
        key=LINE,
        bind="query-params",
        help="φ0 and φ1: where the line is at x = 0, and its slope.",
    )
    valid = st.session_state.setdefault(_VALID, start)
    try:
        line = line_from_text(written)
    except ValueError as error:
        st.error(f"{error} Shown is the line before.")
        return line_from_text(valid)
    st.session_state[_VALID] = written
    return line


def _take_preset() -> None:
    preset = PRESETS[st.session_state["descent"]]
    History(st.session_state, LINE).set(preset.text)
    st.session_state["speed"] = preset.rate


def _take_released(phi_0: float, phi_1: float) -> None:
    History(st.session_state, LINE).set(line_to_text(phi_0, phi_1))
