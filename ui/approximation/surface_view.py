"""Show a surface, the network over it and its error; and errors against D."""

import math
from collections.abc import Hashable

import numpy as np
import streamlit as st

from estimators import ReLUNetwork
from ui.approximation.snippet import surface_snippet
from ui.approximation.surface_fit import SIZES, SurfaceMark, surface_errors
from ui.counters import regions_sentence
from ui.downloads import show_downloads
from ui.figures.approximation import Law, law_alt, law_chart
from ui.figures.maps import map_chart
from ui.jobs import SlicedJob
from ui.pace import folded
from ui.questions import Question
from ui.square_counts import counted_on_square
from ui.surfaces import Surface

_EACH = 3  # so many points of the grid a cell of the maps has on each side
_FEW, _MANY = 8, 34  # widths that are tried always
_FACTORS = (1, 2, 4, 8, 16, 32)


def show_maps(fit: SlicedJob[ReLUNetwork, None], surface: Surface) -> None:
    """Show the network that has been trained so far, beside its surface."""
    if fit.error:
        st.error(fit.error)
    network = fit.latest
    errors = surface_errors(network, surface)
    (n_units,) = network.widths
    x, y = errors.where
    sentences = [
        f"Largest error on the grid **{errors.max_error:.4g}**, at ({x:.3g}, {y:.3g}); "
        f"root mean square **{errors.rms:.4g}**."
    ]
    if fit.running:
        sentences.append("Training…")
    else:
        theorem = f"Zaslavsky, {n_units} units, two inputs"
        counts = counted_on_square(network, surface.low, surface.high)
        sentences.append(regions_sentence(*counts, theorem))
    st.markdown(" ".join(sentences))
    axis, error = errors.axis[::_EACH], errors.error[::_EACH, ::_EACH]
    target = surface.function(*np.meshgrid(axis, axis))
    heights = (float(target.min()), float(target.max()))
    reach = errors.max_error or 1.0
    panels = {
        "Target": (target, heights, False),
        f"Network, D = {n_units}": (target + error, heights, False),
        "Network − target": (error, (-reach, reach), True),
    }
    for place, (name, panel) in zip(st.columns(3), panels.items(), strict=True):
        values, limits, signed = panel
        place.markdown(f"**{name}**")
        place.echarts_chart(
            map_chart(axis, axis, values, limits=limits, signed=signed),
            height=330,
            alt=f"{name} over x and y from {surface.low:g} to {surface.high:g}: from "
            f"{values.min():.4g} to {values.max():.4g}.",
            key=f"map_{'signed' if signed else name[:6]}",
        )


def show_surface_laws(
    marks: SlicedJob[SurfaceMark | None, SurfaceMark | None], units: int
) -> None:
    """Draw the errors of the widths that have been trained so far."""
    found = _found(marks)
    if not found:
        st.caption("Widths from 1 to 89 are being trained, to be compared…")
        return
    sizes = [mark.n_units for mark in found]
    laws = [
        Law("Largest error", sizes, [mark.max_error for mark in found], "fit"),
        Law("Root mean square", sizes, [mark.rms for mark in found], "train"),
    ]
    guide = [found[0].rms / size for size in SIZES]
    laws.append(Law("∝ 1/D", SIZES, guide, "target", "dotted", False))
    chart = law_chart(laws, "Error", widest=max(*SIZES, units), shown=units)
    alt = law_alt(laws, "Error")
    st.echarts_chart(
        chart, height=380, alt=alt, key="surface_law_chart", renderer="svg"
    )
    st.caption(
        f"{len(found)} of {len(SIZES)} widths trained"
        f"{' so far' if marks.running else ''}. With n inputs, D units cannot in "
        "general do better than an error of order D^(−2/n) on twice differentiable "
        "functions: "
        "D^(−2) with one input, 1/D with two (DeVore, Howard, Micchelli 1989, for "
        "parameters that depend continuously on the function)."
    )


def show_surface_rest(
    fit: SlicedJob[ReLUNetwork, None],
    surface: Surface,
    marks: SlicedJob[SurfaceMark | None, SurfaceMark | None],
    units: int,
    seed: int,
) -> None:
    """Offer the program and the files."""
    with folded("Copy as Python", "show_surface_snippet") as body:
        if body.open:
            st.code(surface_snippet(surface, units, seed), language="python")
    rows = np.array(_found(marks) or np.empty((0, 3)))
    names = ("D", "largest error", "root mean square")
    show_downloads("surface", columns=(names, rows.T), network=fit.latest)


def surface_question(
    marks: SlicedJob[SurfaceMark | None, SurfaceMark | None], subject: Hashable
) -> Question:
    """Ask what four times as many units are good for."""

    def truth() -> tuple[int, str] | None:
        known = {mark.n_units: mark.rms for mark in _found(marks)}
        if _MANY not in known:
            return None if marks.running else (_FACTORS[0], "The work has ended.")
        ratio = min(known[_FEW] / max(known[_MANY], 1e-12), 1e3)
        nearest = min(_FACTORS, key=lambda f: abs(math.log(ratio / f)))
        return nearest, (
            f"It is {known[_FEW]:.3g} with {_FEW} units and {known[_MANY]:.3g} with "
            f"{_MANY}: {ratio:.3g} times smaller."
        )

    return Question(
        f"D grows from {_FEW} to {_MANY}, some four times. About how many **times "
        "smaller** does the root mean square error become?",
        subject,
        _FACTORS,
        truth,
    )


def _found(
    marks: SlicedJob[SurfaceMark | None, SurfaceMark | None],
) -> list[SurfaceMark]:
    return [mark for mark in marks.history if mark is not None]
