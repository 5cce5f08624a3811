"""Show how many regions networks have as they are initialised and trained."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from estimators.bounds import max_regions
from ui.depth.counted_controls import (
    COUNTED,
    COUNTED_BAR,
    INPUTS,
    ITERATIONS,
    MEASURING,
    SHAPE,
    TASK,
    UNITS,
    VIEW,
    WHERE,
)
from ui.depth.measured import (
    DEPTHS,
    SEEDS,
    SERIES,
    TRAINED,
    Measured,
    Plan,
    counts_of,
    iter_measured,
)
from ui.depth.measured_words import (
    about,
    finding,
    measured_question,
    measured_snippet,
    measured_table,
)
from ui.downloads import show_downloads
from ui.figures.depth_counted import Dots, Reference, counts_alt, counts_chart
from ui.jobs import SlicedJob
from ui.pace import folded, let_paint, rerun_only
from ui.questions import ASK, ask_first
from ui.state import Table
from ui.ticking import TickingPart
from ui.workbench import Workbench

_FIRST_SLICE = 0.3  # s
_TIME_LIMIT = 60.0  # s
_LOOKS = (
    ("adam", "triangle"),
    ("test", "diamond"),
    ("train", "roundRect"),
    ("fit", "circle"),
)

STUDIES: Workbench[Measured] = Workbench("measured_regions", 16, _TIME_LIMIT)
PART = TickingPart("measured_view", 0.5, STUDIES)


def show_measured(table: Table) -> None:
    """Let the reader choose networks, and count the regions of random and trained ones.

    Parameters
    ----------
    table : Table
        The step's controls, with the preset's values for defaults.
    """
    controls, view = st.columns((2, 7), gap="large")
    redraw = rerun_only(PART.key)
    with controls:
        for key in MEASURING:
            one = key == WHERE.key and MEASURING.value(INPUTS.key) == 2
            table.draw(key, on_change=redraw, disabled=one)
        table.draw(ASK.key)
    with view:
        PART.draw(_show)


def plan_chosen() -> Plan:
    """Give what the controls ask for."""
    keys = (INPUTS, UNITS, SHAPE, TASK, ITERATIONS)
    return Plan(*(MEASURING.value(control.key) for control in keys))


def _show() -> None:
    """Draw what has been counted so far."""
    plan = plan_chosen()
    bar = st.container(horizontal=True, vertical_alignment="center")
    job = STUDIES.job_for(
        st.session_state,
        plan,
        lambda: iter_measured(plan),
        _FIRST_SLICE,
        keep=lambda point: point,
    )
    _show_job(job, plan, bar)
    let_paint()
    with bar:
        COUNTED_BAR.show_history()


def _show_job(job: SlicedJob, plan: Plan, bar: DeltaGenerator) -> None:
    """Show the counts, unless the reader is to answer first."""
    stop = bar.button(
        "Stop", icon=":material/stop:", disabled=not job.running, key="stop_measured"
    )
    if stop:
        job.stop()
    in_view = plan.n_inputs == 2 or MEASURING.value(WHERE.key) == VIEW
    question = measured_question(job, plan, in_view=in_view)
    if COUNTED.value(ASK.key) and not ask_first(question, "measured"):
        return
    points = job.history
    done = sum(point.series == TRAINED for point in points)
    st.markdown(
        f"{job.standing('Training')}: {done} of {SEEDS * len(DEPTHS)} networks "
        f"trained, {job.seconds:.1f} s. {finding(points, plan, in_view=in_view)}"
    )
    if job.error:
        st.error(job.error)
    kinds, references = _kinds(points, plan, in_view), _references(plan)
    st.echarts_chart(
        counts_chart(kinds, references),
        height=460,
        alt=counts_alt(kinds, references),
        key="measured_chart",
        renderer="svg",
    )
    st.caption(about(plan))
    st.dataframe(measured_table(points, plan, in_view=in_view), hide_index=True)
    with folded("Copy as Python", "show_measured_snippet") as body:
        if body.open:
            st.code(measured_snippet(plan), language="python")
    show_downloads("measured_regions", columns=_columns(points))


def _kinds(points: Sequence[Measured], plan: Plan, in_view: bool) -> list[Dots]:
    return [
        Dots(
            name,
            *look,
            [
                counts_of(points, series, widths, in_view=in_view)
                for widths in plan.widths
            ],
        )
        for (series, name), look in zip(SERIES.items(), _LOOKS, strict=True)
    ]


def _references(plan: Plan) -> list[Reference]:
    """Give the maximum, and what is expected of random networks."""
    units = [sum(widths) for widths in plan.widths]
    expected = Reference("Hidden units", units, "dotted")
    if plan.n_inputs == 2:
        halved = [n * n / 2 for n in units]
        expected = Reference("Hidden units, squared and halved", halved, "dotted")
    most = [max_regions(plan.n_inputs, widths) for widths in plan.widths]
    name = "Maximum" if plan.n_inputs == 1 else "Upper bound"
    return [Reference(name, most, "dashed"), expected]


def _columns(points: Sequence[Measured]) -> tuple[list[str], list[np.ndarray]]:
    names = ["network", "layers", "units", "seed", "in view", "in total", "error"]
    rows = [
        (SERIES[p.series], len(p.widths), p.widths[0], p.seed, *p[3:]) for p in points
    ]
    return names, [np.array(column, dtype=object) for column in zip(*rows)]
