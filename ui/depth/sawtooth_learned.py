"""The sawtooth learned from data, run by run, and what that says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from ui.depth.learning import (
    DEEP,
    FOUND,
    SETTINGS,
    Progress,
    Study,
    iter_runs,
)
from ui.depth.sawtooth_snippets import learned_snippet
from ui.depth.sawtooth_views import asked
from ui.depth.sawtooth_words import found_sentence, verdict
from ui.depth.teeth import corners
from ui.downloads import show_downloads
from ui.figures.composition import Line, lines_alt
from ui.figures.depth_sawtooth import Errors, runs_alt, runs_chart, teeth_chart
from ui.figures.style import ROLE
from ui.jobs import SlicedJob
from ui.numbers import as_text
from ui.pace import folded, let_paint
from ui.presets import PresetBar
from ui.regression.readings import exact_line
from ui.state import Choice, Table
from ui.ticking import TickingPart
from ui.workbench import Workbench

_FIRST_SLICE = 0.1  # s
_TIME_LIMIT = 180.0  # s

RUNS: Workbench[Progress] = Workbench("sawtooth", 16, _TIME_LIMIT)
VIEW = TickingPart("sawtooth_view", 0.5, RUNS)
FOLDS = Choice(
    key="sawtooth_learned",
    label="Folds k",
    options=(1, 2, 3, 4, 5, 6),
    default=3,
    help="The data have 2ᵏ pieces, the deep network k layers.",
)
WIDTH = Choice(
    key="sawtooth_width",
    label="Units of each layer",
    options=(2, 4, 8, 16),
    default=4,
    help="Two would be enough. The network of one layer has as many parameters, or up "
    "to two less.",
)
ROWS = Choice(
    key="sawtooth_rows", label="Data", options=(250, 1000, 4000), default=1000
)
SEEDS = Choice(
    key="sawtooth_seeds",
    label="Seeds",
    options=(1, 3, 5, 10),
    default=5,
    help="Each draws other data and starts elsewhere.",
)
SHOWN = Choice(
    key="sawtooth_shown",
    label="Draw the best of",
    options=tuple(SETTINGS),
    default=DEEP,
    look="menu",
)


def show_learned(table: Table, bar: PresetBar) -> None:
    """Show what has come of training so far."""
    history = st.container(horizontal=True, vertical_alignment="center")
    row = st.container(horizontal=True)
    n_folds, width, n_rows, n_seeds = (
        int(table.draw(control.key, row)) for control in (FOLDS, WIDTH, ROWS, SEEDS)
    )
    study = Study(n_folds, width, n_rows, n_seeds)
    revealed = asked(table, n_folds)
    job, stop = None, False
    if revealed:
        job = RUNS.job_for(
            st.session_state, study, lambda: iter_runs(study), _FIRST_SLICE
        )
        stop = history.button(
            "Stop",
            icon=":material/stop:",
            disabled=not job.running,
            key="stop_sawtooth",
        )
        if stop:
            job.stop()
        _show_runs(job, study)
        shown = table.draw(SHOWN.key)
        _show_best(job.latest, study, shown)
        _show_more(job.latest, study, shown)
    let_paint()
    with history:
        bar.show_history()


def _show_runs(job: SlicedJob[Progress, None], study: Study) -> None:
    progress = job.latest
    if job.error:
        st.error(job.error)
    st.markdown(
        f"{job.standing('Training')}: {len(progress.runs)} of {study.n_runs} networks "
        f"in {job.seconds:.1f} s. {found_sentence(progress)}"
    )
    if not job.running:
        st.markdown(verdict(progress.complete, study))
    methods = [
        Errors(
            method,
            [run.seed for run in progress.of(method)],
            [run.rmse for run in progress.of(method)],
        )
        for method in SETTINGS
    ]
    st.echarts_chart(
        runs_chart(methods, study.n_seeds, FOUND),
        height=360,
        alt=runs_alt(methods, FOUND),
        key="sawtooth_runs",
        renderer="svg",
    )
    st.caption(
        f"**Found**: the RMSE on all of [0, 1], measured exactly, is below {FOUND:g} "
        "of the sawtooth's own spread. Data have no noise. **Variable projection** "
        "starts from several places by itself and keeps the best; **Adam** from one; "
        "**free knots** searches for joints by dynamic programming, which exists for "
        "one layer only. What is below 10⁻⁵ is drawn there. The program below has "
        "all settings; a study ends after "
        f"{_TIME_LIMIT:.0f} s of work."
    )


def _show_best(progress: Progress, study: Study, method: str) -> None:
    lines = [Line("Sawtooth", corners(study.n_folds), ROLE["train"], "dotted")]
    if best := progress.best(method):
        points = exact_line(best.network, 0, 1)
        lines.append(Line(f"{method}, seed {best.seed}", points, ROLE["fit"]))
    st.echarts_chart(
        teeth_chart(lines),
        height=320,
        alt=lines_alt(lines),
        key="sawtooth_best",
        renderer="svg",
    )


def _show_more(progress: Progress, study: Study, shown: str) -> None:
    """List the numbers, and offer them, a network and the program to take away."""
    rows = {
        method: {
            "hidden units": study.units(method),
            "parameters": study.parameters(method),
            "found": f"{progress.n_found(method)} of {len(runs)}",
            "least RMSE": min(errors, default=np.nan),
            "median": np.median(errors) if errors else np.nan,
            "largest": max(errors, default=np.nan),
        }
        for method in SETTINGS
        for runs in [progress.of(method)]
        for errors in [[run.rmse for run in runs]]
    }
    table = pd.DataFrame.from_dict(rows, orient="index")
    with folded("All numbers", "sawtooth_numbers") as body:
        if body.open:
            st.caption("RMSE as a part of the spread.")
            st.dataframe(as_text(table, 3).replace("nan", ""), width="stretch")
    with folded("Copy as Python", "sawtooth_learned_snippet") as body:
        if body.open:
            st.code(learned_snippet(study), language="python")
    names = ("method", "seed", "RMSE / spread")
    columns = [np.array([run[at] for run in progress.runs]) for at in (0, 1, 3)]
    best = progress.best(shown)
    network = best.network if best else None
    show_downloads("sawtooth_learned", columns=(names, columns), network=network)
