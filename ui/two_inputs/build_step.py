"""The step of the Two inputs page in which the reader builds a network by hand."""

from functools import partial

import streamlit as st

from estimators import ReLUNetwork
from estimators.bounds import zaslavsky
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.instruments.plane import plane_instrument
from ui.lesson import is_locked
from ui.network_text import LIMIT, network_from_text, network_to_text
from ui.numbers import as_text
from ui.pace import folded, let_paint
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.regression.build_actions import choose_shape
from ui.state import Number, Table, Text, put_released
from ui.two_inputs.building import (
    Box,
    build_snippet,
    corner_columns,
    counted,
    patterns_in_total,
    region_table,
    regions_in,
    with_units,
)
from ui.two_inputs.examples import EXAMPLES
from ui.two_inputs.solid import show_solid
from ui.two_inputs.words import counts_sentence, pattern_words
from ui.typed import typed

NET = "plane_net"  # the network as text, in the session and in the link
_LIMITS = {
    "x1_from": ("x₁ from", -1.0),
    "x1_to": ("x₁ to", 1.0),
    "x2_from": ("x₂ from", -1.0),
    "x2_to": ("x₂ to", 1.0),
}
_THINNEST = 1e-6  # a view, in parts of how far it is from the origin

BUILD = Table(
    Text(
        key=NET,
        label="The network as text",
        default=next(iter(EXAMPLES.values())).text,
        help="φ0 and, for each unit, θ_d0, θ_d1, θ_d2 and φ_d: "
        "`φ0~θ10,θ11,θ12,φ1~θ20,θ21,θ22,φ2`; for two outputs two numbers instead of "
        "each φ. Copy it, paste another, or type. The link in the address bar holds "
        "it.",
    ),
    *(
        Number(
            key=key, label=label, low=-LIMIT, high=LIMIT, default=value, look="field"
        )
        for key, (label, value) in _LIMITS.items()
    ),
    ASK,
)

BUILD_BAR = PresetBar(
    "plane_preset",
    {
        name: Preset(example.look_for, {NET: example.text})
        for name, example in EXAMPLES.items()
    },
    BUILD,
)


def show_build() -> None:
    """Let the reader choose a preset and make a network of it."""
    st.fragment(_show_network)(BUILD_BAR.choose())


def _show_network(table: Table) -> None:
    """Show the instrument, what it says in numbers, and how to take it away."""
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    question, instrument, below = st.container(), st.container(), st.container()
    with below:
        network, box = _typed(table)
        asked = table.draw(ASK.key)
    with question:
        revealed = not asked or ask_first(_question(network, box), "plane_build")
    with instrument:
        plane_instrument(
            network,
            box,
            key="plane_instrument",
            veiled=not revealed,
            locked=is_locked(NET),
            on_release=_take_released,
        )
        if is_locked(NET):
            st.caption("A lesson has locked the network.")
    let_paint()
    with bar:
        BUILD_BAR.show_history()
        choose_shape(network, NET, with_units, "plane_")
    if revealed:
        _show_numbers(network, box)
        show_solid(network, box, "plane_build")
    show_equations(network)
    snippet = folded("Copy as Python", "show_plane_build_snippet")
    if snippet.open:
        snippet.code(build_snippet(network, box), language="python")
    columns = corner_columns(network, box) if revealed else None
    show_downloads("polygons", columns=columns, network=network)


def _typed(table: Table) -> tuple[ReLUNetwork, Box]:
    """Show the network as text and the limits of the view; return what they say."""
    text = st.container()
    places = [side for half in st.columns(2) for side in half.columns(2, wrap=False)]
    low_1, high_1, low_2, high_2 = (
        table.draw(key, place) for key, place in zip(_LIMITS, places, strict=True)
    )
    network = typed(table, NET, partial(network_from_text, n_inputs=2), text)
    box = ((low_1, high_1), (low_2, high_2))
    sides = [_side(*limits, name) for limits, name in zip(box, ("x₁", "x₂"))]
    if wrong := [message for message in sides if message]:
        st.error(f"{wrong[0]} Shown is the preset's view.")
        default = table.defaults
        box = tuple(
            (default[f"{axis}_from"], default[f"{axis}_to"]) for axis in ("x1", "x2")
        )
    return network, box


def _side(low: float, high: float, name: str) -> str:
    """Say what is wrong with the limits of one input, if anything is."""
    if not low < high:
        return f"“{name} from” must be below “{name} to”."
    if high - low < _THINNEST * max(abs(low), abs(high), _THINNEST):
        return f"{name} from {low:g} to {high:g} is too narrow to be seen."
    return ""


def _take_released(network: ReLUNetwork) -> None:
    put_released(NET, network_to_text(network))


def _question(network: ReLUNetwork, box: Box) -> Question:
    (n_units,) = network.widths

    def truth() -> tuple[int, str]:
        counts = counted(network, box)
        return counts.in_view, (
            f"In total there are {counts.in_total}, and {n_units} lines can make "
            f"{counts.maximum} at most."
        )

    lines = "One line makes" if n_units == 1 else f"{n_units} lines make"
    return Question(
        f"{lines} the creases of the sum. Into how many **linear regions** is the "
        "view cut?",
        (st.session_state[BUILD_BAR.control.key], n_units, box),
        tuple(range(1, zaslavsky(2, n_units) + 1)),
        truth,
    )


def _show_numbers(network: ReLUNetwork, box: Box) -> None:
    counts = counted(network, box)
    sentence = counts_sentence(counts, network.widths)
    everywhere = patterns_in_total(network, box)
    words = pattern_words(network, regions_in(network, box).patterns, everywhere)
    st.markdown(f"{sentence} Parameters: **{network.n_parameters}**.")
    st.markdown("\n".join(f"- {each}" for each in words))
    st.dataframe(as_text(region_table(network, box)), hide_index=True)
