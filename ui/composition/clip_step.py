"""The step of the Composition page that looks at two layers as clipping and adding."""

from functools import partial

import streamlit as st

from estimators import ReLUNetwork
from estimators.geometry import joints
from ui.composition import clipping
from ui.composition.clipping import PRESETS, STAGES, unit_network, with_output
from ui.composition.deep_text import deep_from_text, deep_to_text
from ui.composition.pairs import bound
from ui.composition.typed import limits
from ui.counters import regions_sentence
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.figures.composition import Line, lines_alt, lines_chart, unit_colour
from ui.figures.style import ROLE
from ui.lesson import is_locked
from ui.network_text import LIMIT
from ui.pace import folded
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.regression.building import counted
from ui.regression.readings import exact_line
from ui.state import Choice, Table, Text, put
from ui.typed import typed, typed_limits

_NET, _LOW, _HIGH = "clip_net", "clip_from", "clip_to"
_STAGE = Choice(
    key="clip_stage",
    label="Shown up to",
    options=tuple(STAGES),
    default="Summed",
    help="One stage after the other, as the slide goes.",
)
CLIP_BAR = PresetBar(
    "clipped",
    {
        name: Preset(
            preset.look_for,
            {_NET: preset.text, _LOW: float(preset.low), _HIGH: float(preset.high)},
        )
        for name, preset in PRESETS.items()
    },
    Table(
        Text(
            key=_NET,
            label="The network as text",
            default=next(iter(PRESETS.values())).text,
            help="Three layers separated by `|`, units by `~`; a unit is its bias and "
            "its weights: `β,Ω1,Ω2,…`. The last layer is φ′₀ and the φ′.",
        ),
        *limits(_LOW, _HIGH),
        _STAGE,
        ASK,
    ),
)


def show_clip() -> None:
    """Show what the second layer does to the lines that enter it."""
    st.fragment(_show)(CLIP_BAR.choose())


def _show(table: Table) -> None:
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    question, view, below = st.container(), st.container(), st.container()
    with bar:
        stage = tuple(STAGES).index(table.draw(_STAGE.key))
    with below:
        weights = st.container(horizontal=True)
        network = typed(table, _NET, partial(deep_from_text, n_inputs=1, depth=2))
        row = st.container(horizontal=True)
        places = tuple(row.container(width=130) for _ in range(2))
        low, high = typed_limits(table, _LOW, _HIGH, places)
        asked = table.draw(ASK.key)
    with weights:
        _choose_weights(network)
    with question:
        revealed = not asked or ask_first(_question(network, low, high), "clip")
    with view:
        _show_stages(network, low, high, stage if revealed else min(stage, 0))
    with bar:
        CLIP_BAR.show_history()
    if revealed:
        counts = counted(network, low, high)
        shared = joints(_first_layer(network), low, high).size
        st.markdown(
            f"{regions_sentence(*counts, bound(network.widths))} Joints in view: "
            f"**{shared}** shared by all lines, **{counts.in_view - 1 - shared}** made "
            f"by clipping. Parameters: **{network.n_parameters}**."
        )
    show_equations(network)
    snippet = folded("Copy as Python", "show_clip_snippet")
    if snippet.open:
        snippet.code(clipping.deep_snippet(network, low, high), language="python")
    if revealed:
        columns = (("x", "y"), exact_line(network, low, high))
        show_downloads("clip", columns=columns, network=network)


def _choose_weights(network: ReLUNetwork) -> None:
    """Let φ′ and φ′₀ be changed without the text."""
    numbers = [*network.weights[-1][0].tolist(), float(network.biases[-1][0])]
    # Keys of their own for each number, as the network may also change otherwise.
    keys = [f"clip_weight_{k}_{number!r}" for k, number in enumerate(numbers)]

    def take() -> None:
        wanted = [st.session_state.get(key, n) for key, n in zip(keys, numbers)]
        if wanted != numbers:
            put({_NET: deep_to_text(with_output(network, wanted[:-1], wanted[-1]))})

    names = [f"φ′{'₁₂₃₄₅₆₇₈₉'[k]}" for k in range(len(numbers) - 1)] + ["φ′₀"]
    for key, name, number in zip(keys, names, numbers):
        st.number_input(
            name,
            -LIMIT,
            LIMIT,
            number,
            0.1,
            key=key,
            width=110,
            on_change=take,
            disabled=is_locked(_NET),
        )


def _first_layer(network: ReLUNetwork) -> ReLUNetwork:
    """Cut off what follows the lines that enter the second layer."""
    return ReLUNetwork(network.weights[:2], network.biases[:2])


def _show_stages(network: ReLUNetwork, low: float, high: float, last: int) -> None:
    shared = joints(_first_layer(network), low, high).tolist()
    places = [place for _ in range(2) for place in st.columns(2)]
    for stage, (name, said) in enumerate(STAGES.items()):
        with places[stage]:
            st.markdown(f"**({'abcd'[stage]}) {name}.** {said}")
            if stage > last:
                st.caption("Not shown yet.")
                continue
            lines = _lines(network, low, high, stage)
            st.echarts_chart(
                lines_chart(lines, joints=shared),
                height=260,
                alt=f"{name}. {lines_alt(lines)}",
                key=f"clip_chart_{stage}",
                renderer="svg",
            )


def _lines(network: ReLUNetwork, low: float, high: float, stage: int) -> list[Line]:
    if stage == len(STAGES) - 1:
        return [Line("y′", exact_line(network, low, high), ROLE["fit"])]
    names = ("entering h′", "h′", "φ′h′")
    return [
        Line(
            f"{names[stage]}{'₁₂₃₄₅₆₇₈₉'[d] if d < 9 else '₁₀'}",
            exact_line(unit_network(network, 1, d, stage), low, high),
            unit_colour(d),
        )
        for d in range(network.widths[1])
    ]


def _question(network: ReLUNetwork, low: float, high: float) -> Question:
    counts = counted(network, low, high)
    shared = joints(_first_layer(network), low, high).size

    def truth() -> tuple[int, str]:
        made = counts.in_view - 1 - shared
        return made, f"{made} crossings of zero, beside {shared} shared joints."

    return Question(
        "The lines that enter the second layer are shown. How many **new joints** will "
        f"clipping make between {low:g} and {high:g}?",
        (network, low, high),
        tuple(range((shared + 1) * network.widths[1] + 1)),
        truth,
    )
