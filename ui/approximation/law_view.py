"""Show errors against D: two charts, what they say, and the numbers."""

import math
from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from ui.approximation.error_curves import BEST, BOUND, EQUAL
from ui.approximation.law_study import LOOKS, Point, error_at, laws_of, sizes_to
from ui.approximation.one_words import formula_of_law, jump_sentence
from ui.approximation.snippet import law_snippet
from ui.approximation.targets import Target
from ui.downloads import show_downloads
from ui.figures.approximation import law_alt, law_chart
from ui.jobs import SlicedJob
from ui.numbers import as_text
from ui.pace import folded
from ui.questions import Question

_AXES = {"max": "Largest error", "rms": "Root mean square error"}
_FROM, _TO = 3, 13  # widths that are always tried
_FACTORS = (1, 2, 4, 8, 16, 32)


def show_laws(job: SlicedJob[Point, Point], target: Target, widest: int) -> None:
    """Draw both norms, and say how far the work has come and what it found."""
    points = job.history
    if job.error:
        st.error(job.error)
    st.markdown(
        f"{job.standing('Measuring')}: {len(points)} numbers in {job.seconds:.1f} s. "
        f"{_finding(points, target)} {jump_sentence(target)}"
    )
    for place, (norm, what) in zip(st.columns(2), _AXES.items(), strict=True):
        laws = laws_of(points, target, norm, widest)
        chart = law_chart(laws, what, widest=max(sizes_to(widest)))
        place.echarts_chart(
            chart,
            height=440,
            alt=law_alt(laws, what),
            key=f"law_chart_{norm}",
            renderer="svg",
        )
    st.caption(
        "**Best known**: the best network found, of all that have at most D units. "
        "**Proven**: no network of D units is below. **Construction**: straight from "
        "point to point of the target, nothing is searched for. **Trained**: gradient "
        "training on squared errors from one random start, up to D = 89."
    )
    with folded("The law, with these numbers", "show_formulas") as body:
        if body.open:
            for norm in _AXES:
                st.markdown(formula_of_law(target, norm, widest))


def show_table(points: Sequence[Point], target: Target) -> None:
    """List the numbers, and offer them and the program to take away."""
    rows = [
        (_AXES[norm], mark.n_units, LOOKS[mark.series][0], mark.error)
        for norm, mark in points
    ]
    table = pd.DataFrame(rows, columns=["error", "D", "network", "value"])
    with folded("All numbers", "show_numbers") as body:
        if body.open:
            wide = table.pivot_table(
                index=["error", "D"], columns="network", values="value", sort=True
            )
            st.dataframe(as_text(wide).replace("nan", ""), width="stretch")
    with folded("Copy as Python", "show_law_snippet") as body:
        if body.open:
            st.code(law_snippet(target), language="python")
    names = ("D", *(f"{s} ({n})" for n in _AXES for s in _series(points)))
    show_downloads("error_against_d", columns=(names, _columns(points)))


def _series(points: Sequence[Point]) -> list[str]:
    return list(dict.fromkeys(point.mark.series for point in points))


def _columns(points: Sequence[Point]) -> np.ndarray:
    """Give D and every series in both norms, NaN where nothing is known."""
    sizes = sorted({point.mark.n_units for point in points})
    columns = [
        [_or_nan(error_at(points, norm, series, size)) for size in sizes]
        for norm in _AXES
        for series in _series(points)
    ]
    return np.array([sizes, *columns], dtype=float)


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value


def _finding(points: Sequence[Point], target: Target) -> str:
    """Compare at the largest D for which all is known."""
    sizes = [
        p.mark.n_units for p in points if p.mark.series == "lbfgs" and p.norm == "max"
    ]
    for size in reversed(sizes):
        values = [
            error_at(points, "max", s, size) for s in (BEST, BOUND, EQUAL, "lbfgs")
        ]
        if None not in values and values[0] > 0:
            best, bound, equal, trained = values
            proven = f", proven to be above {bound:.3g}" if bound > 0 else ""
            return (
                f"At **D = {size}** the best largest error known is **{best:.3g}**"
                f"{proven}. Equal joints have {equal / best:.3g} times that, training "
                f"with L-BFGS {trained / best:.3g} times."
            )
    return ""


def law_question(
    job: SlicedJob[Point, Point], subject: Hashable, target: Target
) -> Question:
    """Ask how fast the best error falls."""

    def truth() -> tuple[int, str] | None:
        first, last = (error_at(job.history, "max", BEST, d) for d in (_FROM, _TO))
        if first is None or last is None:
            if job.running:
                return None
            return _FACTORS[0], "The work ended before it was known."
        ratio = first / last if last else math.inf
        nearest = min(_FACTORS, key=lambda f: abs(math.log(min(ratio, 1e3) / f)))
        return nearest, (
            f"It is {first:.3g} with {_FROM} and {last:.3g} with {_TO}: "
            f"{ratio:.3g} times smaller."
        )

    return Question(
        f"D grows from {_FROM} to {_TO}, some four times. About how many "
        "**times smaller** does the best largest error become?",
        subject,
        _FACTORS,
        truth,
    )
