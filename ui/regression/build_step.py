"""The step of the Regression page in which the reader builds a network by hand."""

import streamlit as st

from estimators import ReLUNetwork
from ui.history import History
from ui.instruments.build import build_instrument
from ui.network_text import LIMIT, MAX_UNITS, network_from_text, network_to_text
from ui.numbers import as_text
from ui.preset_bar import choose_preset, show_history
from ui.regression.building import (
    PRESETS,
    build_snippet,
    counted,
    region_table,
    with_units,
)

NET = "net"
_INSTRUMENT = "build_instrument"
_VALID = "_net_valid"  # the last text that was a network
_NOTATIONS = {"one line a unit": "scalar", "vectors": "vector", "β and Ω": "matrix"}


def show_build() -> None:
    """Show the instrument, what it says in numbers, and how to take it away."""
    history = History(st.session_state, NET)
    name, bar = choose_preset(PRESETS, "preset", _take_preset)
    instrument, below = st.container(), st.container()
    with below:
        network, low, high = _typed(name)
    history.note(network_to_text(network))
    with instrument:
        build_instrument(
            network, (low, high), key=_INSTRUMENT, on_release=_take_released
        )
    with bar:
        show_history(history, _take_preset)
        st.number_input(
            "Units",
            1,
            MAX_UNITS,
            network.widths[0],
            key=f"units_{network.widths[0]}",
            on_change=_take_units,
            args=(network,),
            width=130,
        )
    _show_numbers(network, low, high)


def _typed(preset: str) -> tuple[ReLUNetwork, float, float]:
    """Show the network as text and the limits of the view; return what they say."""
    start = PRESETS[preset]
    text, left, right = st.columns((6, 1, 1), vertical_alignment="bottom")
    written = text.text_input(
        "The network as text",
        start.text,
        key=NET,
        bind="query-params",
        help="φ0 and, for each unit, θ_d0, θ_d1 and φ_d: `φ0~θ10,θ11,φ1~θ20,θ21,φ2`. "
        "Copy it, paste another, or type. The link in the address bar holds it.",
    )
    low = left.number_input(
        "x from",
        -LIMIT,
        LIMIT,
        float(start.low),
        key="from",
        bind="query-params",
    )
    high = right.number_input(
        "x to",
        -LIMIT,
        LIMIT,
        float(start.high),
        key="to",
        bind="query-params",
    )
    valid = st.session_state.setdefault(_VALID, start.text)
    try:
        network = network_from_text(written)
        st.session_state[_VALID] = written
    except ValueError as error:
        st.error(f"{error} Shown is the network before.")
        network = network_from_text(valid)
    if not low < high:
        st.error("“x from” must be below “x to”. Shown is the preset's range.")
        low, high = start.low, start.high
    return network, low, high


def _take_preset() -> None:
    preset = PRESETS[st.session_state["preset"]]
    History(st.session_state, NET).set(preset.text)
    st.session_state["from"] = float(preset.low)
    st.session_state["to"] = float(preset.high)


def _take_released(network: ReLUNetwork) -> None:
    History(st.session_state, NET).set(network_to_text(network))


def _take_units(network: ReLUNetwork) -> None:
    n_units = st.session_state[f"units_{network.widths[0]}"]
    History(st.session_state, NET).set(network_to_text(with_units(network, n_units)))


def _show_numbers(network: ReLUNetwork, low: float, high: float) -> None:
    counts = counted(network, low, high)
    st.markdown(
        f"Linear regions: **{counts.in_view}** in view, **{counts.in_total}** in "
        f"total, **{counts.maximum}** at most for {network.widths[0]} hidden units "
        f"(one input: D + 1). Parameters: **{network.n_parameters}**."
    )
    st.dataframe(as_text(region_table(network, low, high)), hide_index=True)
    notation = st.segmented_control(
        "Equations", _NOTATIONS, default="one line a unit", required=True
    )
    st.latex(network.equations(_NOTATIONS[notation]))
    with st.expander("Copy as Python"):
        st.code(build_snippet(network, low, high), language="python")
