"""The step of the Regression page in which the reader builds a network by hand."""

import streamlit as st

from estimators import ReLUNetwork
from ui.counters import regions_sentence
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.instruments.build import build_instrument
from ui.lesson import is_locked
from ui.network_text import LIMIT, network_from_text, network_to_text
from ui.numbers import as_text
from ui.pace import folded, let_paint
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.regression import building
from ui.regression.build_actions import (
    NET,
    choose_shape,
    show_challenge,
    show_symmetries,
)
from ui.state import Number, Switch, Table, Text, put_released
from ui.typed import typed, typed_limits

BUILD = Table(
    Text(
        key=NET,
        label="The network as text",
        default=next(iter(building.PRESETS.values())).text,
        help="φ0 and, for each unit, θ_d0, θ_d1 and φ_d: `φ0~θ10,θ11,φ1~θ20,θ21,φ2`; "
        "for two outputs two numbers instead of each φ. Copy it, paste another, or "
        "type. The link in the address bar holds it.",
    ),
    Number(
        key="from", label="x from", low=-LIMIT, high=LIMIT, default=0.0, look="field"
    ),
    Number(key="to", label="x to", low=-LIMIT, high=LIMIT, default=2.0, look="field"),
    Switch(
        key="challenge",
        label="Fit points by hand",
        default=False,
        help="The lecture's twelve points, and the loss that the network has on them.",
    ),
    ASK,
)

BUILD_BAR = PresetBar(
    "preset",
    {
        name: Preset(
            preset.look_for,
            {
                NET: preset.text,
                "from": float(preset.low),
                "to": float(preset.high),
                "challenge": preset.challenge,
            },
        )
        for name, preset in building.PRESETS.items()
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
        network, low, high = _typed(table)
    switches = below.container(horizontal=True)
    asked = table.draw(ASK.key, switches)
    challenged = table.draw("challenge", switches, disabled=network.n_outputs > 1)
    with below:
        points, goal = show_challenge(network, challenged)
    with question:
        revealed = not asked or ask_first(_question(network, low, high), "build")
    with instrument:
        build_instrument(
            network,
            (low, high),
            key="build_instrument",
            points=points,
            goal=goal,
            veiled=not revealed,
            locked=is_locked(NET),
            on_release=_take_released,
        )
        if is_locked(NET):
            st.caption("A lesson has locked the network. The probe x can be moved.")
    let_paint()
    with bar:
        BUILD_BAR.show_history()
        choose_shape(network, NET, building.with_units)
    show_symmetries(network, low, high)
    if revealed:
        _show_numbers(network, low, high)
    show_equations(network)
    snippet = folded("Copy as Python", "show_build_snippet")
    if snippet.open:
        snippet.code(building.build_snippet(network, low, high), language="python")
    show_downloads("build", network=network)


def _typed(table: Table) -> tuple[ReLUNetwork, float, float]:
    """Show the network as text and the limits of the view; return what they say."""
    text, left, right = st.columns((6, 1, 1), vertical_alignment="bottom")
    network = typed(table, NET, network_from_text, text)
    return network, *typed_limits(table, "from", "to", (left, right))


def _take_released(network: ReLUNetwork) -> None:
    put_released(NET, network_to_text(network))


def _question(network: ReLUNetwork, low: float, high: float) -> Question:
    (n_units,) = network.widths

    def truth() -> tuple[int, str]:
        n_joints = building.counted(network, low, high).in_view - 1
        return n_joints + 1, (
            f"Joints in view: {n_joints}. A region ends where a unit switches."
        )

    return Question(
        "Stages (a) to (c) are shown, their sum (d) is not. How many **linear "
        f"regions** will it have between {low:g} and {high:g}?",
        (st.session_state[BUILD_BAR.control.key], n_units, low, high),
        tuple(range(1, n_units + 2)),
        truth,
    )


def _show_numbers(network: ReLUNetwork, low: float, high: float) -> None:
    (n_units,) = network.widths
    sentence = regions_sentence(
        *building.counted(network, low, high), f"{n_units} units and one input: D + 1"
    )
    st.markdown(f"{sentence} Parameters: **{network.n_parameters}**.")
    table = building.region_table(network, low, high)
    st.dataframe(as_text(table), hide_index=True)
