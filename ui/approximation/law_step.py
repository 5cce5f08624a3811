"""The step that measures how the error falls as D grows."""

from collections.abc import Hashable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.approximation.answers import identity_of
from ui.approximation.law_study import WIDEST, Point, iter_points
from ui.approximation.law_view import law_question, show_laws, show_table
from ui.approximation.target_controls import TARGET, choose_target
from ui.approximation.targets import TARGETS, Target
from ui.jobs import SlicedJob
from ui.pace import let_paint, rerun_only
from ui.presets import Preset, PresetBar
from ui.questions import ASK, ask_first
from ui.shared_controls import seed_control
from ui.state import Choice, Table
from ui.ticking import TickingPart
from ui.workbench import Workbench

_FIRST_SLICE = 0.3  # s; then the constructions are there
_TIME_LIMIT = 120.0  # s

STUDIES: Workbench[Point] = Workbench("laws", 32, _TIME_LIMIT)
VIEW = TickingPart("law_view", 0.5, STUDIES)
LAW = Table(
    *TARGET.values(),
    Choice(
        key="most_units",
        label="Largest D tried",
        options=WIDEST,
        default=89,
        look="slider",
    ),
    seed_control("law_seed", "Seed of training"),
    ASK,
)
LAW_BAR = PresetBar(
    "law",
    {
        "Smooth: four times smaller for twice the units": Preset(
            "Look at the slope: on these axes a power of D is a straight line, and the "
            "best error falls like 1/D². Constructions run along with it. What "
            "gradient training gets does not.",
            {},
        ),
        "A jump": Preset(
            "Look at the two charts: the largest error stays at half the jump for "
            "ever. The root mean square is small from two units on: as small as you "
            "like, if the piece between them is steep enough. Here it is at least a "
            "millionth of the range wide.",
            {"target": TARGETS["step"].label},
        ),
        "Steep at one end": Preset(
            "The root of x. Look how equal joints fall like 1/√D in the largest error, "
            "and joints by curvature like 1/D²: where joints are matters more than how "
            "many.",
            {"target": TARGETS["root"].label},
        ),
        "A rough function": Preset(
            "Weierstrass's sum of eight waves. Look how late the law sets in: before, "
            "every new unit finds a detail that it cannot follow.",
            {"target": TARGETS["weierstrass"].label, "most_units": 377},
        ),
        "Nothing happens, then it does": Preset(
            "Five waves. Look how little the first units help, until there is one for "
            "each crest and dip.",
            {"target": TARGETS["wiggly"].label},
        ),
        "The exponential": Preset(
            "Known numbers: with ten joints the best root mean square is 5.168e-4, "
            "with a hundred 6.097e-6. Look whether you find them in the table.",
            {"target": TARGETS["exp"].label},
        ),
    },
    LAW,
)


def show_law() -> None:
    """Let the reader choose a target, and draw errors against D."""
    table = LAW_BAR.choose()
    controls, view = st.columns((2, 7), gap="large")
    with controls:
        target = choose_target(table)
        redraw = rerun_only(VIEW.key)
        table.draw("most_units", on_change=redraw)
        table.draw("law_seed", on_change=redraw)
        table.draw(ASK.key)
    with view:
        VIEW.draw(_show, target)


def _show(target: Target) -> None:
    """Draw what has been measured so far."""
    widest, seed = LAW.value("most_units"), LAW.value("law_seed")
    question = (identity_of(target), widest, seed)
    bar = st.container(horizontal=True, vertical_alignment="center")
    try:
        job = STUDIES.job_for(
            st.session_state,
            question,
            lambda: iter_points(target, widest, seed),
            _FIRST_SLICE,
            keep=lambda point: point,
        )
    except ValueError as error:
        st.error(str(error))
        job = None
    if job is not None:
        _show_job(job, question, target, widest, bar)
    let_paint()
    with bar:
        LAW_BAR.show_history()


def _show_job(
    job: SlicedJob, question: Hashable, target: Target, widest: int, bar: DeltaGenerator
) -> None:
    """Show the charts, unless the reader is to answer first."""
    stop = bar.button(
        "Stop", icon=":material/stop:", disabled=not job.running, key="stop_laws"
    )
    if stop:
        job.stop()
    if LAW.value(ASK.key) and not ask_first(law_question(job, question, target), "law"):
        return
    show_laws(job, target, widest)
    show_table(job.history, target)
