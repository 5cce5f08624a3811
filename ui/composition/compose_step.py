"""The step of the Composition page in which one network is applied to another."""

import streamlit as st

from ui.composition import pairs
from ui.composition.fold_step import FOLD_PAIR
from ui.composition.fuse_step import FUSE_PAIR
from ui.composition.pair_controls import PairControls
from ui.composition.pairs import PAIRS, Pair
from ui.composition.versus import rival, rival_width, versus_table
from ui.counters import regions_sentence
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.figures.composition import Line, lines_alt, lines_chart
from ui.figures.style import ROLE
from ui.instruments.composition import composition_instrument
from ui.lesson import is_locked
from ui.numbers import as_text
from ui.pace import folded, let_paint
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.regression.readings import exact_line
from ui.state import Switch, Table

_PAIR = PairControls("pair", PAIRS["nine"])
VERSUS = Switch(
    key="versus",
    label="Against one layer",
    default=False,
    help="The shallow network with as many parameters that comes closest.",
)
COMPOSE_BAR = PresetBar(
    "composed",
    {
        "The lecture's nine regions": Preset(
            "The first network runs up, down and up again, and each time it carries x "
            "through the second one's joints. Look how the second appears three times "
            "below, once backwards: 9 regions from 3 + 3 units.",
            _PAIR.values(PAIRS["nine"]),
        ),
        "The best fold, twice": Preset(
            "Three units that run up and down twice between 0 and 1, applied to "
            "themselves. Each of the four pieces crosses all joints: (3 + 1)² = 16 "
            "regions, the most there can be.",
            _PAIR.values(PAIRS["fold"]),
        ),
        "20 parameters against 19": Preset(
            "The lecture's two networks have 20 parameters together. Six shallow units "
            "have 19 and at most 7 regions: look how far the closest of all such "
            "networks stays away.",
            _PAIR.values(PAIRS["nine"]) | {VERSUS.key: True},
        ),
        "Four units each": Preset(
            "Two zigzags of four units. Five times through five pieces: 25 regions "
            "from eight units.",
            _PAIR.values(PAIRS["zigzag"]),
        ),
        "The identity first": Preset(
            "The first network changes nothing, so what comes out is the second. "
            "Bend the first a little and see the copy stretch.",
            _PAIR.values(PAIRS["identity"]),
        ),
        "Always rising: regions only add": Preset(
            "The first network never turns back, so each y comes from one x. Its "
            "joints and those of the second are all there is: they add, nothing is "
            "multiplied.",
            _PAIR.values(PAIRS["rising"]),
        ),
        "Past the joints": Preset(
            "The first network turns, but its values stay below the second one's "
            "inner joints. What it does not reach does not bend: few regions.",
            _PAIR.values(PAIRS["low"]),
        ),
    },
    Table(*_PAIR.controls, VERSUS, ASK),
)


def show_compose() -> None:
    """Let the reader bend two networks, and show what they make together."""
    st.fragment(_show)(COMPOSE_BAR.choose())


def _show(table: Table) -> None:
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    question, instrument, below = st.container(), st.container(), st.container()
    with below:
        pair = _PAIR.choose(table)
    switches = below.container(horizontal=True, vertical_alignment="center")
    asked = table.draw(ASK.key, switches)
    compared = table.draw(VERSUS.key, switches)
    with switches:
        FOLD_PAIR.show_taking(pair, "Fold")
        FUSE_PAIR.show_taking(pair, "Fuse")
    with question:
        revealed = not asked or ask_first(_question(pair), "compose")
    with instrument:
        composition_instrument(
            pair.first,
            pair.second,
            key="composition_instrument",
            domain=(pair.low, pair.high),
            veiled=not revealed,
            locked=is_locked(_PAIR.first) or is_locked(_PAIR.second),
            on_release=_PAIR.take,
        )
    let_paint()
    with bar:
        COMPOSE_BAR.show_history()
    if revealed:
        _show_numbers(pair)
        if compared:
            _show_versus(pair)
    show_equations(pair.composed)
    snippet = folded("Copy as Python", "show_compose_snippet")
    if snippet.open:
        snippet.code(pairs.pair_snippet(pair), language="python")
    if revealed:
        x, y = exact_line(pair.composed, pair.low, pair.high)
        columns = (("x", "second(first(x))"), (x, y))
        show_downloads("compose", columns=columns, network=pair.composed)


def _question(pair: Pair) -> Question:
    counts = pairs.composed_counts(pair)

    def truth() -> tuple[int, str]:
        return counts.in_view, (
            "A joint of the first network is one of both; and so is every x that the "
            "first maps to a joint of the second."
        )

    return Question(
        "Both networks are shown, the second of the first is not. How many **linear "
        f"regions** will it have between {pair.low:g} and {pair.high:g}?",
        (pair.first, pair.second, pair.low, pair.high),
        tuple(range(1, counts.maximum + 1)),
        truth,
    )


def _show_numbers(pair: Pair) -> None:
    counts = pairs.composed_counts(pair)
    n_parameters = pair.first.n_parameters + pair.second.n_parameters
    sentence = regions_sentence(*counts, pairs.bound(pair.composed.widths))
    width = rival_width(pair)
    st.markdown(
        f"{sentence} Parameters of both: **{n_parameters}**. One hidden layer of no "
        f"more parameters has {width} unit{'s' * (width > 1)}, and so at most "
        f"{width + 1} regions."
    )
    with folded("Regions: which pieces meet, and how slopes multiply", "meet") as body:
        if body.open:
            st.dataframe(as_text(pairs.piece_table(pair)), hide_index=True)


def _show_versus(pair: Pair) -> None:
    other = rival(pair)
    lines = (
        Line(
            "Second of first",
            exact_line(pair.composed, pair.low, pair.high),
            ROLE["train"],
        ),
        Line(
            f"{rival_width(pair)} shallow units",
            exact_line(other.network, pair.low, pair.high),
            ROLE["fit"],
            "dashed",
        ),
    )
    st.echarts_chart(
        lines_chart(lines),
        height=320,
        alt=f"{lines_alt(lines)} They differ by up to {other.difference:.4g}.",
        key="versus_chart",
        renderer="svg",
    )
    st.markdown(
        "Of all shallow networks with no more parameters this one comes closest at "
        "the joints and at 201 places. It still differs by up to "
        f"**{other.difference:.3g}**, of all x in view."
    )
    st.table(versus_table(pair, other))
