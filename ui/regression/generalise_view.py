"""Show how networks generalise: three panels, errors against width, residuals."""

import numpy as np
import streamlit as st

from estimators import ReLUNetwork
from ui.downloads import show_downloads
from ui.figures.error_chart import error_alt, error_chart
from ui.figures.generalise import (
    Frame,
    law_panel,
    panel_alt,
    residual_alt,
    residual_chart,
    rows_panel,
    sample_panel,
    wish_panel,
)
from ui.figures.options import XY, Options
from ui.names import display_name
from ui.numbers import as_text
from ui.pace import folded, let_paint
from ui.picked_data import PickedData
from ui.presets import PresetBar
from ui.questions import Question, ask_first
from ui.regression import generalise_study
from ui.regression.generalise_results import (
    error_curves,
    finding,
    score_columns,
)
from ui.regression.generalise_snippet import generalise_snippet
from ui.regression.generalise_study import Study, standing, study_for
from ui.regression.generalising import GeneraliseSettings, squared_error
from ui.regression.readings import exact_line, target_line
from ui.regression.scoring import score_table
from ui.ticking import TickingPart

VIEW = TickingPart("generalise_view", 0.3, generalise_study)
_FIRST_SLICE = 0.02  # s; then the reader sees a network


def show_generalise(
    data: PickedData,
    settings: GeneraliseSettings,
    bar: PresetBar,
    asked: bool,
) -> None:
    """Show the session's study as far as it has come; drawn in `VIEW`.

    Parameters
    ----------
    data : PickedData
    settings : GeneraliseSettings
    bar : PresetBar
        What undo takes back.
    asked : bool
        Whether the reader wants to predict what will be seen.
    """
    try:
        study = study_for(st.session_state, data, settings, _FIRST_SLICE)
    except ValueError as error:
        st.error(str(error))
        return
    buttons = st.container(horizontal=True, vertical_alignment="center")
    with buttons:
        stop = st.button(
            "Stop training",
            icon=":material/stop:",
            disabled=not study.running,
            key="stop_study",
        )
        again = st.button("Watch again", icon=":material/replay:", key="watch_study")
    if stop:
        study.stop()
    if again:
        study.watch_again()
        study.tick(_FIRST_SLICE)
    if stop or again:
        st.rerun()
    st.markdown(standing(study))
    for error in study.errors:
        st.error(error)
    revealed = not asked or ask_first(_question(study), "generalise")
    if revealed:
        _show_panels(study)
        _show_errors(study)
    let_paint()
    with buttons:
        bar.show_history()
    if not revealed:
        return
    _show_residuals(study)
    _show_table(study)
    columns = score_columns(study.scores)
    show_downloads("generalise", columns=columns, network=study.network)
    snippet = folded("Copy as Python", "show_generalise_snippet")
    if snippet.open:
        snippet.code(generalise_snippet(study), language="python")


def _question(study: Study) -> Question:
    settings = study.settings

    def truth() -> tuple[int, str] | None:
        if study.sweep_job.running or not study.scores:
            return None
        curves = error_curves(study.scores)
        return curves.best, finding(curves, study.cross_validation)

    return Question(
        f"Networks of {settings.widths[0]} to {settings.widths[-1]} hidden units are "
        f"trained on {settings.n_train} rows. At which **width** will the median error "
        "on test data be lowest?",
        (study.data.identity, settings.of_sweep),
        settings.widths,
        truth,
    )


def _show_panels(study: Study) -> None:
    universe, wish, sample = st.columns(3)
    frame = Frame.around(study.data.names, *study.rows)
    with sample:
        st.markdown("**What we get**")
        n_train, width = len(study.split.train[0]), study.settings.width
        errors = [squared_error(study.network, rows) for rows in study.split]
        text = (
            f"{n_train:,} rows, and the network with D = {width} trained on them: "
            "training error {:.4g}, test error {:.4g}.".format(*errors)
        )
        chart = sample_panel(frame, study.split.train, _vertices(study, study.network))
        _panel(chart, panel_alt(frame, text), "sample_panel")
        st.caption(text)
    with universe:
        st.markdown("**The universe we are interested in**")
        _show_universe(study, frame)
    with wish:
        st.markdown("**What we want**")
        _show_wish(study, frame)


def _show_universe(study: Study, frame: Frame) -> None:
    universe, n_rows = study.universe, len(study.rows[0])
    if universe:
        text = (
            f"x is uniform from {universe.low:.3g} to {universe.high:.3g}; y is normal "
            f"about the target, with standard deviation σ = {universe.noise:g}."
        )
        chart = law_panel(frame, _target(study), universe.noise)
    else:
        text = f"All {n_rows:,} rows: as near as a table comes to it."
        if n_rows < len(study.data.x):
            text = (
                f"{n_rows:,} of {len(study.data.x):,} rows, taken at random to bound "
                "the time: as near as a table comes to it."
            )
        chart = rows_panel(frame, study.rows)
    _panel(chart, panel_alt(frame, text), "universe_panel")
    st.caption(text)


def _show_wish(study: Study, frame: Frame) -> None:
    chosen = study.cross_validation
    line, name, role = None, "Best guess", "fit"
    text = "Nobody knows. Cross-validation, which will make a guess, has not ended."
    if study.universe:
        line, name, role = _target(study), "Target", "target"
        text = "The target: no prediction has a smaller expected squared error."
    elif chosen:
        line = _vertices(study, study.network_of(chosen.best))
        text = f"Nobody knows. The best guess of cross-validation: D = {chosen.best}."
    _panel(wish_panel(frame, name, line, role), panel_alt(frame, text), "wish_panel")
    st.caption(text)


def _show_errors(study: Study) -> None:
    if not study.scores:
        return
    errors, held_out = error_curves(study.scores), study.cross_validation
    noise = study.universe and study.universe.noise
    st.markdown(finding(errors, held_out))
    chart = error_chart(
        errors,
        held_out,
        shown=study.settings.width,
        widest=study.settings.max_width,
        noise=noise,
    )
    alt = error_alt(errors, held_out)
    st.echarts_chart(chart, height=420, alt=alt, key="error_chart", renderer="svg")
    splits = 1 + max(s.repeat for s in study.scores if s.repeat is not None)
    known = " Universe: the expected error on new data, exact."
    st.caption(
        f"Medians and quartiles over {splits} random "
        f"{'split' if splits == 1 else 'splits'}; cross-validation in "
        f"{study.settings.n_folds} folds of the first one's training rows, ± one "
        f"standard error.{known if study.universe else ''}"
    )


def _show_residuals(study: Study) -> None:
    train, test = (_residuals(study.network, rows) for rows in study.split)
    noise = study.universe and study.universe.noise
    st.markdown(f"**Residuals** of the network with D = {study.settings.width}")
    chart = residual_chart(train, test, names=study.data.names, noise=noise)
    alt = residual_alt(train, test)
    st.echarts_chart(chart, height=300, alt=alt, key="residuals", renderer="svg")


def _show_table(study: Study) -> None:
    st.table(as_text(score_table(study.predictors(), *study.split)))
    train, test = study.split
    st.caption(
        f"All on the first split: {len(train[0]):,} rows to train, {len(test[0]):,} to "
        "test. R²: 1 is perfect, 0 no better than the mean. RMSE: root-mean-square "
        f"error, in units of {display_name(study.data.names[1])}. MLPRegressor is "
        "scikit-learn's network, with x and y standardised for it and L-BFGS too."
    )


def _panel(chart: Options, alt: str, key: str) -> None:
    st.echarts_chart(chart, height=260, alt=alt, key=key, renderer="svg")


def _target(study: Study) -> XY:
    x, law = study.rows[0], study.universe
    return target_line(law.target, law.kinks, float(x.min()), float(x.max()))


def _vertices(study: Study, network: ReLUNetwork) -> XY:
    x = study.rows[0]
    return exact_line(network, float(x.min()), float(x.max()))


def _residuals(network: ReLUNetwork, rows: XY) -> XY:
    x, y = rows
    return x, y - network(x[:, np.newaxis])[:, 0]
