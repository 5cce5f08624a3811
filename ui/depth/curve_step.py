"""The step that shows figure 20.2: as it was trained for hours, and in small, live."""

from collections.abc import Hashable, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from estimators.experiments.random_labels import Curve, Task, recorded
from ui.depth.curve_controls import (
    AXIS,
    CURVE_BAR,
    EXAMPLES,
    LABELS,
    LIVE,
    RATE,
    RUN,
    SEED,
    SHOWN,
)
from ui.depth.curve_snippet import live_snippet, recorded_snippet
from ui.depth.curve_words import (
    columns_of,
    depth_question,
    order_sentence,
    results_table,
    trained_sentence,
)
from ui.depth.race import iter_race, small_tasks
from ui.downloads import show_downloads
from ui.figures.depth_curves import Shown, depth_alt, depth_chart
from ui.jobs import SlicedJob
from ui.pace import folded, let_paint, rerun_only
from ui.questions import ASK, ask_first
from ui.state import Table
from ui.ticking import TickingPart
from ui.workbench import Workbench

_FIRST_SLICE, _TIME_LIMIT = 0.3, 60.0  # s
_SHOWN: dict[str, Shown] = {
    "training errors": "train",
    "test errors": "test",
    "loss": "loss",
}
RACES: Workbench[tuple[Curve, ...]] = Workbench("races", 16, _TIME_LIMIT)
_VIEW = TickingPart("curve_view", 0.5, RACES)


def show_curves() -> None:
    """Let the reader choose, and show how training went."""
    table = CURVE_BAR.choose()
    controls, view = st.columns((2, 7), gap="large")
    with controls:
        live = table.draw(RUN.key) == LIVE
        table.draw(LABELS.key)
        redraw = rerun_only(_VIEW.key)
        for key in (SHOWN.key, AXIS.key):
            table.draw(key, on_change=redraw)
        if live:
            for key in (EXAMPLES.key, RATE.key, SEED.key):
                table.draw(key, on_change=redraw)
        table.draw(ASK.key)
    with view:
        if not live:
            st.fragment(_show_recorded, key=_VIEW.key)(table)
            return
        _VIEW.draw(_show_live, table)


def _show_recorded(table: Table) -> None:
    """Show the curves that come with the library."""
    bar = st.container(horizontal=True, vertical_alignment="center")
    labels = table.value(LABELS.key)
    curves = [curve for curve in recorded() if curve.task.labels == labels]
    with bar:
        CURVE_BAR.show_history()
    _show(table, curves, ("recorded", labels), running=False)
    made = curves[0].versions
    hours = sum(curve.seconds for curve in curves) / 3600
    st.caption(
        "MNIST-1D, 4,000 examples of 40 numbers, standardised; full-batch gradient "
        "descent with rate 0.0025 on the mean cross-entropy, He's start with zero "
        "biases, no momentum, no penalty, single precision; errors counted every ten "
        f"epochs. {hours:.1f} hours of one core in all, with NumPy {made['numpy']} on "
        f"{made['processor']}. To repeat it: `python -m "
        "estimators.experiments.random_labels`."
    )
    _show_program(recorded_snippet(labels))


def _show_live(table: Table) -> None:
    """Show how far training has come."""
    bar = st.container(horizontal=True, vertical_alignment="center")
    settings = [table.value(key) for key in (EXAMPLES.key, LABELS.key, RATE.key)]
    tasks = small_tasks(*settings, seed=table.value(SEED.key))
    job = _job_for(tasks)
    if job is None:
        return
    bar.markdown(
        f"{job.standing('Training')}: "
        f"{max(curve.epochs[-1] for curve in job.latest):,} epochs, "
        f"{job.seconds:.1f} s of {_TIME_LIMIT:.0f}"
    )
    stop = bar.button(
        "Stop", icon=":material/stop:", disabled=not job.running, key="stop_races"
    )
    if stop:
        job.stop()
    if job.error:
        st.error(f"{job.error} Choose a smaller learning rate.")
    _show(table, job.latest, tasks, running=job.running)
    let_paint()
    with bar:
        CURVE_BAR.show_history()
    _show_program(live_snippet(tasks))


def _job_for(tasks: tuple[Task, ...]) -> SlicedJob[tuple[Curve, ...], Any] | None:
    try:
        return RACES.job_for(
            st.session_state, tasks, lambda: iter_race(tasks), _FIRST_SLICE
        )
    except ValueError as error:
        st.error(str(error))
        return None


def _show(
    table: Table, curves: Sequence[Curve], subject: Hashable, *, running: bool
) -> None:
    """Show chart, sentences and numbers, unless the reader is to answer first."""
    if table.value(ASK.key):
        question = depth_question(curves, subject, running)
        if not ask_first(question, "curves"):
            return
    shown = _SHOWN[table.value(SHOWN.key)]
    st.echarts_chart(
        depth_chart(curves, shown, log=table.value(AXIS.key) == "logarithmic"),
        height=460,
        alt=depth_alt(curves, shown),
        key="curve_chart",
        renderer="svg",
    )
    st.markdown(
        "**“All models train successfully”**: "
        f"{trained_sentence(curves)}\n\n"
        f"**“Deeper models require fewer epochs”**: {order_sentence(curves)}"
    )
    st.dataframe(results_table(curves), hide_index=True)
    show_downloads("training_curves", columns=columns_of(curves))


def _show_program(code: str) -> None:
    snippet: DeltaGenerator = folded("Copy as Python", "show_curve_snippet")
    if snippet.open:
        snippet.code(code, language="python")
