"""The step of two inputs: a surface, a network over it, and the error as a map."""

from functools import lru_cache

import streamlit as st

from ui.approximation.surface_fit import (
    MOST_UNITS,
    SurfaceMark,
    iter_surface_fit,
    iter_surface_marks,
)
from ui.approximation.surface_view import (
    show_maps,
    show_surface_laws,
    show_surface_rest,
    surface_question,
)
from ui.approximation.surfaces import typed_surface
from ui.approximation.target_controls import TYPED, choose_function
from ui.pace import let_paint, rerun_only
from ui.presets import Preset, PresetBar
from ui.questions import ASK, ask_first
from ui.shared_controls import seed_control
from ui.state import Choice, Number, Table, Text
from ui.surfaces import SURFACES, Surface
from ui.ticking import TickingPart
from ui.workbench import Workbench

_FIRST_SLICE = 0.1  # s; then the reader sees something
_TIME_LIMIT = 60.0  # s
_BY_LABEL = {surface.label: surface for surface in SURFACES.values()}
_CHOSEN_BY = ("surface", "surface_formula", "side_low", "side_high")

FITS = Workbench("surface", 64)
MARKS: Workbench[SurfaceMark | None] = Workbench("surface_laws", 32, _TIME_LIMIT)
# The network looked at, then the others.
VIEW = TickingPart("surface_view", 0.4, FITS, MARKS)

SURFACE = Table(
    Choice(
        key="surface",
        label="Surface",
        options=(*_BY_LABEL, TYPED),
        default=SURFACES["franke"].label,
        look="menu",
    ),
    Text(
        key="surface_formula",
        label="f(x, y) =",
        default="sin(3x) cos(2y)",
        help="As for one input, with x and y.",
    ),
    Number(
        key="side_low",
        label="x and y from",
        low=-1e6,
        high=1e6,
        default=-1.0,
        look="field",
    ),
    Number(
        key="side_high",
        label="x and y to",
        low=-1e6,
        high=1e6,
        default=1.0,
        look="field",
    ),
    Number(
        key="surface_units",
        label="Hidden units D",
        low=1,
        high=MOST_UNITS,
        default=20,
        help="Each is a crease across the square.",
    ),
    seed_control("surface_seed", "Seed of training"),
    ASK,
)
SURFACE_BAR = PresetBar(
    "surfaces",
    {
        "Two hills and a dip": Preset(
            "Twenty creases for Franke's function. Look at the map of errors: what is "
            "left over is cut into flat facets by straight creases.",
            {},
        ),
        "A smooth hill": Preset(
            "Look how creases go on to the rim, where the hill is flat and nobody "
            "needs them: with two inputs a unit cannot be put at one place.",
            {"surface": SURFACES["hill"].label, "surface_units": 12},
        ),
        "Four units are enough": Preset(
            "|x| + |y| is a network of four units. Look whether training finds them: "
            "try D = 4, other seeds, then more units.",
            {"surface": SURFACES["pyramid"].label, "surface_units": 4},
        ),
        "A jump along a circle": Preset(
            "Look at the ring of errors: half the jump stays, in a band that gets "
            "narrower with D.",
            {"surface": SURFACES["disc"].label, "surface_units": 30},
        ),
        "Hills next to dips": Preset(
            "Look how many more units this takes than a curve of the same wiggles.",
            {"surface": SURFACES["peaks"].label, "surface_units": 40},
        ),
        "A formula of yours": Preset(
            "Type a function of x and y. Look where its errors stay.",
            {"surface": TYPED},
        ),
    },
    SURFACE,
)


def show_surface() -> None:
    """Let the reader choose a surface and D, and show what comes of them."""
    table = SURFACE_BAR.choose()
    controls, view = st.columns((2, 7), gap="large")
    with controls:
        surface = _choose_surface(table)
        redraw = rerun_only(VIEW.key)
        table.draw("surface_units", on_change=redraw)
        table.draw("surface_seed", on_change=redraw)
        table.draw(ASK.key)
    with view:
        VIEW.draw(_show, surface)


def _show(surface: Surface) -> None:
    """Show what has been trained so far."""
    units, seed = SURFACE.value("surface_units"), SURFACE.value("surface_seed")
    subject = (surface.code, surface.low, surface.high, seed)
    bar = st.container(horizontal=True, vertical_alignment="center")
    fit = FITS.job_for(
        st.session_state,
        (*subject, units),
        lambda: iter_surface_fit(surface, units, seed),
        _FIRST_SLICE,
    )
    marks = MARKS.job_for(
        st.session_state,
        subject,
        lambda: iter_surface_marks(surface, seed=seed),
        _FIRST_SLICE,
        keep=lambda mark: mark,
    )
    if SURFACE.value(ASK.key) and not ask_first(
        surface_question(marks, subject), "surface"
    ):
        shown = False
    else:
        shown = True
        show_maps(fit, surface)
        show_surface_laws(marks, units)
    let_paint()
    with bar:
        SURFACE_BAR.show_history()
    if shown:
        show_surface_rest(fit, surface, marks, units, seed)


def _choose_surface(table: Table) -> Surface:
    """Show the choice of a surface; of what is typed in error, the one before stays."""
    return choose_function(table, _BY_LABEL, _CHOSEN_BY, SURFACE.defaults, _typed)


@lru_cache(64)
def _typed(text: str, low: float, high: float) -> Surface:
    return typed_surface(text, low, high)
