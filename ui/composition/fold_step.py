"""The step of the Composition page in which the first network folds the line."""

import streamlit as st

from ui.composition.folding import (
    MAX_FOLDS,
    fold_snippet,
    fold_table,
    folded_times,
)
from ui.composition.pair_controls import PairControls
from ui.composition.pairs import PAIRS, Pair, bound
from ui.counters import regions_sentence
from ui.downloads import show_downloads
from ui.instruments.folding import folding_instrument
from ui.pace import folded, let_paint
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.regression.building import counted
from ui.regression.readings import exact_line
from ui.state import Choice, Table

FOLD_PAIR = PairControls("fold", PAIRS["fold"])
TIMES = Choice(
    key="times",
    label="Folds",
    options=tuple(range(1, MAX_FOLDS + 1)),
    default=1,
    help="How often the first network folds the line before the second is painted.",
)
FOLD_BAR = PresetBar(
    "folding",
    {
        "The best fold": Preset(
            "Three units lay the line from 0 to 1 in four layers over each other; what "
            "is painted on them once appears four times when they are unfolded. Fold "
            "again and there are 16, 64, 256, 1,024 layers.",
            FOLD_PAIR.values(PAIRS["fold"]),
        ),
        "Three folds: 64 layers": Preset(
            "Nine units, 64 layers, 256 regions. A network of one hidden layer needs a "
            "unit for every joint.",
            FOLD_PAIR.values(PAIRS["fold"]) | {TIMES.key: 3},
        ),
        "The lecture's two networks": Preset(
            "The first network lays its line in three layers. The second is painted on "
            "all of them at once: unfold, and it appears three times.",
            FOLD_PAIR.values(PAIRS["nine"]),
        ),
        "Nothing is folded": Preset(
            "A network that always rises only stretches the line. One layer, so what "
            "is painted appears once, however often this is done.",
            FOLD_PAIR.values(PAIRS["rising"]) | {TIMES.key: 2},
        ),
        "Four units, five layers": Preset(
            "One unit more is one layer more: 5, 25, 125 with each fold.",
            FOLD_PAIR.values(PAIRS["zigzag"]),
        ),
    },
    Table(*FOLD_PAIR.controls, TIMES, ASK),
)


def show_fold() -> None:
    """Show how the first network folds the line, and what comes of the second."""
    st.fragment(_show)(FOLD_BAR.choose())


def _show(table: Table) -> None:
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    question, instrument, below = st.container(), st.container(), st.container()
    with bar:
        times = table.draw(TIMES.key)
    with below:
        pair = FOLD_PAIR.choose(table)
        asked = table.draw(ASK.key)
    with question:
        revealed = not asked or ask_first(_question(pair, times), "fold")
    if revealed:
        with instrument:
            folding_instrument(
                pair.first,
                pair.second,
                key="folding_instrument",
                times=times,
                domain=(pair.low, pair.high),
            )
    let_paint()
    with bar:
        FOLD_BAR.show_history()
    if revealed:
        _show_numbers(pair, times)
    snippet = folded("Copy as Python", "show_fold_snippet")
    if snippet.open:
        snippet.code(fold_snippet(pair, times), language="python")
    if revealed:
        network = folded_times(pair, times)
        columns = (("x", "y"), exact_line(network, pair.low, pair.high))
        show_downloads("fold", columns=columns, network=network)


def _question(pair: Pair, times: int) -> Question:
    network = folded_times(pair, times)
    counts = counted(network, pair.low, pair.high)
    answers = sorted({counts.in_view, sum(network.widths) + 1, counts.maximum, 2})

    def truth() -> tuple[int, str]:
        return counts.in_view, (
            "Each layer that is painted gives the pieces of the second network that it "
            "reaches."
        )

    return Question(
        f"The line is folded {_times(times)}, then the second network is painted on "
        "it. How many **linear regions** are there once it is unfolded?",
        (pair.first, pair.second, pair.low, pair.high, times),
        tuple(answers),
        truth,
    )


def _show_numbers(pair: Pair, times: int) -> None:
    network = folded_times(pair, times)
    counts = counted(network, pair.low, pair.high)
    st.markdown(
        f"{regions_sentence(*counts, bound(network.widths))} Hidden units: "
        f"**{sum(network.widths)}**."
    )
    st.markdown("The first network **composed with itself**, counted exactly:")
    st.dataframe(
        fold_table(pair).style.format(thousands=",", precision=0), hide_index=True
    )
    st.caption(
        "“Fused” counts the parameters of the one network that is left when the affine "
        "maps between two hidden layers have been multiplied out."
    )


def _times(times: int) -> str:
    return "once" if times == 1 else f"{times} times"
