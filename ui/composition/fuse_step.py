"""The step of the Composition page in which two networks become one of two layers."""

import numpy as np
import streamlit as st

from ui.composition.free_view import SEED, TARGET, show_freeing
from ui.composition.fusing import Fusion, fuse, fuse_snippet, fusion_latex, rank
from ui.composition.pair_controls import PairControls
from ui.composition.pairs import PAIRS, Pair
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.figures.composition import matrix_alt, matrix_chart
from ui.pace import folded
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.state import Table

FUSE_PAIR = PairControls("fuse", PAIRS["nine"])
FUSE_BAR = PresetBar(
    "fused",
    {
        "The lecture's two networks": Preset(
            "Between the hidden layers there are only affine maps, and these multiply "
            "out to one: ψ = θ′φᵀ. Look at ψ: every row is a multiple of one row. "
            "Below, freed of that, the same units fit what they could not.",
            FUSE_PAIR.values(PAIRS["nine"]),
        ),
        "The best fold, twice": Preset(
            "Sixteen regions from 20 numbers, with an Ω₁ of rank 1. Rank 1 does not "
            "mean few regions: it means that all layers of the folded line are divided "
            "at the same heights.",
            FUSE_PAIR.values(PAIRS["fold"]),
        ),
        "Four units each": Preset(
            "Ω₁ has 16 entries, and still one singular value that is not zero: 26 "
            "numbers where a free network has 33.",
            FUSE_PAIR.values(PAIRS["zigzag"]),
        ),
        "A target that rank 1 can fit": Preset(
            "Not everything needs the rank. On a sine both end about equally well, and "
            "which one is ahead is a matter of the start: try others.",
            FUSE_PAIR.values(PAIRS["nine"]) | {TARGET.key: "A sine"},
        ),
    },
    Table(*FUSE_PAIR.controls, TARGET, SEED, ASK),
)


def show_fuse() -> None:
    """Show the fused network, its Ω₁, and what is gained by freeing it."""
    table = FUSE_BAR.choose()
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    question, view = st.container(), st.container()
    pair = FUSE_PAIR.choose(table)
    asked = table.draw(ASK.key)
    with question:
        revealed = not asked or ask_first(_question(pair), "fuse")
    if revealed:
        with view:
            _show_fusion(pair, fuse(pair))
    if revealed:
        show_equations(pair.composed)
    snippet = folded("Copy as Python", "show_fuse_snippet")
    if snippet.open:
        snippet.code(fuse_snippet(pair), language="python")
    show_downloads("fuse", network=pair.composed)
    if revealed:
        show_freeing(table)
    else:  # their values stay in the link
        table.draw(TARGET.key)
        table.draw(SEED.key)
    with bar:
        FUSE_BAR.show_history()


def _question(pair: Pair) -> Question:
    rows, columns = pair.second.widths[0], pair.first.widths[0]

    def truth() -> tuple[int, str]:
        found = fuse(pair)
        return rank(found.singular_values, max(rows, columns)), (
            "It is a column times a row, θ′φᵀ: each row is a multiple of φᵀ."
        )

    return Question(
        f"Fused, Ω₁ is a matrix of {rows} × {columns} numbers between the hidden "
        "layers. What is its **rank**?",
        (pair.first, pair.second),
        tuple(range(min(rows, columns) + 1)),
        truth,
    )


def _show_fusion(pair: Pair, fusion: Fusion) -> None:
    st.latex(fusion_latex(pair))
    left, right = st.columns((3, 2), vertical_alignment="center")
    with left:
        st.caption("Ω₁ = ψ: from the units of the first layer to those of the second.")
        st.echarts_chart(
            matrix_chart(fusion.psi, "h′", "h"),
            height=60 + 56 * len(fusion.psi),
            alt=matrix_alt("Ω₁", fusion.psi),
            key="psi_chart",
            renderer="svg",
        )
    values = ", ".join(f"{value:.3g}" for value in fusion.singular_values)
    n_rank = rank(fusion.singular_values, max(fusion.psi.shape))
    n_tied = pair.first.n_parameters + pair.second.n_parameters
    right.markdown(
        f"Singular values of Ω₁: **{values}**. Its rank is **{n_rank}**.\n\n"
        f"Largest difference in view between the fused network and one network after "
        f"the other: **{fusion.difference:.2g}**, which is rounding"
        f"{_relative(pair, fusion)}.\n\n"
        f"Parameters: **{n_tied}** of both networks; the fused one is written with "
        f"{pair.composed.n_parameters}, of which no more than {n_tied} can be chosen."
    )


def _relative(pair: Pair, fusion: Fusion) -> str:
    size = float(np.abs(fusion.psi).max())
    return f" (entries of Ω₁ go up to {size:.3g})" if size > 0 else ""
