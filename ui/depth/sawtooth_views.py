"""The sawtooth built in both ways, and what one layer of fewer units makes of it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from estimators.constructions import sawtooth
from ui.counters import regions_sentence
from ui.depth.sawtooth_snippets import built_snippet, fewer_snippet
from ui.depth.sawtooth_words import (
    FEWER_PROOF,
    PROOF,
    fewer_sentence,
    needed_question,
    same_sentence,
)
from ui.depth.teeth import (
    Found,
    best_found,
    corners,
    least_maximum,
    rms_limits,
    sizes_of,
)
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.figures.composition import Line, lines_alt
from ui.figures.depth_sawtooth import (
    Growth,
    Limits,
    growth_alt,
    growth_chart,
    limits_alt,
    limits_chart,
    teeth_chart,
)
from ui.figures.style import ROLE
from ui.pace import folded, let_paint
from ui.presets import PresetBar
from ui.questions import ASK, ask_first
from ui.regression.building import counted
from ui.regression.readings import exact_line
from ui.state import Choice, Number, Table

FOLDS = Number(
    key="sawtooth_folds",
    label="Folds k",
    low=1,
    high=12,
    default=5,
    help="Each fold is a layer of two units, and doubles the number of pieces.",
)
FEWER = Number(
    key="sawtooth_fewer",
    label="Folds k",
    low=1,
    high=7,
    default=4,
    help="The sawtooth has 2ᵏ pieces.",
)
UNITS = Number(
    key="sawtooth_units",
    label="Hidden units D of one layer",
    low=1,
    high=2**FEWER.high,
    default=8,
    help="More than 2ᵏ make no difference.",
)
MAXIMUM, MEAN = "Largest", "Root mean square"
NORM = Choice(
    key="sawtooth_norm",
    label="Error that is to be small",
    options=(MAXIMUM, MEAN),
    default=MEAN,
)
_MOST_DRAWN = 64  # pieces; of more, a phone shows a block of colour
_MOST_WRITTEN = 3  # layers whose equations can be read
_HEIGHT = 380


def asked(table: Table, n_folds: int) -> bool:
    """Draw the switch, ask if it is on; return whether to go on."""
    wanted = table.draw(ASK.key)
    return not wanted or ask_first(needed_question(sizes_of(n_folds)), "sawtooth")


def show_built(table: Table, bar: PresetBar) -> None:
    """Show the sawtooth, what both networks take, and that they are the same."""
    history = st.container()
    n_folds = table.draw(FOLDS.key)
    sizes, network = sizes_of(n_folds), sawtooth(n_folds)
    _show_teeth(n_folds)
    if not asked(table, n_folds):
        with history:
            bar.show_history()
        return
    let_paint()
    with history:
        bar.show_history()
    st.markdown(same_sentence(sizes))
    _show_growth(n_folds)
    counts = counted(network, 0, 1)
    theorem = "Serra et al. 2018, Theorem 1: (2 + 1)ᵏ"
    if counts[1] < counts[2]:
        theorem += "; so narrow it may be out of reach"
    st.markdown(f"The deep network. {regions_sentence(*counts, theorem)}")
    with folded("Why exactly 2ᵏ: the proof", "sawtooth_proof") as body:
        if body.open:
            st.markdown(PROOF)
    with folded("Equations", "sawtooth_equations") as body:
        if body.open:
            st.latex(
                r"T(x) = 2\,\mathrm{a}[x] - 4\,\mathrm{a}[x - \tfrac12]"
                r"\qquad S_k = \underbrace{T \circ \dots \circ T}_{k}"
            )
            if n_folds <= _MOST_WRITTEN:
                show_equations(network)
            else:
                st.caption(f"Up to k = {_MOST_WRITTEN} all layers are written out.")
    with folded("Copy as Python", "sawtooth_built_snippet") as body:
        if body.open:
            st.code(built_snippet(n_folds), language="python")
    show_downloads("sawtooth", columns=(("x", "y"), corners(n_folds)), network=network)


def _show_teeth(n_folds: int) -> None:
    """Draw as many pieces as can be seen, corner by corner."""
    x, y = corners(n_folds)
    x, y = x[: _MOST_DRAWN + 1], y[: _MOST_DRAWN + 1]
    line = Line("Sawtooth", (x, y), ROLE["train"])
    st.echarts_chart(
        teeth_chart([line]),
        height=_HEIGHT,
        alt=lines_alt([line]),
        key="sawtooth_teeth",
        renderer="svg",
    )
    if 2**n_folds > _MOST_DRAWN:
        st.caption(
            f"The first {_MOST_DRAWN} of {2**n_folds:,} pieces are drawn, from 0 to "
            f"{x[-1]:g}: all are equally long, and more than these could hardly be "
            "told apart."
        )


def _show_growth(n_folds: int) -> None:
    table = [sizes_of(k) for k in range(1, FOLDS.high + 1)]
    growths = [
        Growth(
            "Units, 2k in k layers", [s.deep_units for s in table], "train", "solid"
        ),
        Growth("Units, one layer", [s.shallow_units for s in table], "fit", "solid"),
        Growth(
            "Parameters, k layers",
            [s.deep_parameters for s in table],
            "train",
            "dashed",
        ),
        Growth(
            "Parameters, one layer",
            [s.shallow_parameters for s in table],
            "fit",
            "dashed",
        ),
    ]
    st.echarts_chart(
        growth_chart(growths, n_folds),
        height=_HEIGHT,
        alt=growth_alt(growths, n_folds),
        key="sawtooth_growth",
        renderer="svg",
    )


def show_fewer(table: Table, bar: PresetBar) -> None:
    """Show the best one layer of fewer units, and errors against their number."""
    history = st.container()
    row = st.columns(2)
    n_folds = table.draw(FEWER.key, row[0])
    n_units = table.draw(UNITS.key, row[1])
    norm = "max" if table.draw(NORM.key) == MAXIMUM else "rms"
    n_pieces = 2**n_folds
    revealed = asked(table, n_folds)
    with history:
        bar.show_history()
    if not revealed:
        return
    if n_units > n_pieces:
        st.caption(
            f"D = {n_units} is more than it takes: D = {n_pieces} is shown, which has "
            "the sawtooth exactly."
        )
        n_units = n_pieces
    found = best_found(n_folds, n_units, norm)
    _show_beside(n_folds, n_units, found)
    st.markdown(fewer_sentence(n_folds, n_units, found))
    let_paint()
    limits = _limits(n_pieces)
    pair = (found.errors["max"], found.errors["rms"])
    st.echarts_chart(
        limits_chart(limits, n_units, pair, n_pieces),
        height=_HEIGHT + 40,
        alt=limits_alt(limits, n_units, pair),
        key="sawtooth_limits",
        renderer="svg",
    )
    with folded("What is proven, and how", "sawtooth_limits_proof") as body:
        if body.open:
            st.markdown(FEWER_PROOF)
    with folded("Copy as Python", "sawtooth_fewer_snippet") as body:
        if body.open:
            st.code(fewer_snippet(n_folds, n_units, norm), language="python")
    names = ("D", "largest error, least", "RMS, none below", "RMS, built")
    largest = [np.nan if each is None else each for each in limits.largest]
    columns = (limits.units, np.array(largest), *limits.rms)
    show_downloads("sawtooth_fewer", columns=(names, columns), network=found.network)


def _limits(n_pieces: int) -> Limits:
    units = np.arange(1, n_pieces + 1)
    return Limits(
        units,
        [least_maximum(n_pieces, int(n)) for n in units],
        np.transpose([rms_limits(n_pieces, int(n)) for n in units]),
    )


def _show_beside(n_folds: int, n_units: int, found: Found) -> None:
    lines = [
        Line("Sawtooth", corners(n_folds), ROLE["train"]),
        Line(f"One layer, D = {n_units}", exact_line(found.network, 0, 1), ROLE["fit"]),
    ]
    st.echarts_chart(
        teeth_chart(lines),
        height=_HEIGHT,
        alt=lines_alt(lines),
        key="sawtooth_beside",
        renderer="svg",
    )
