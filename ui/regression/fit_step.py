"""The step of the Regression page in which training finds the network."""

import time

import streamlit as st

from ui.data_picker import PickedData, pick_data
from ui.names import display_name
from ui.numbers import as_text
from ui.regression import fitting
from ui.regression.fit_charts import show_fit, show_loss
from ui.regression.fit_controls import choose_settings, chosen_settings
from ui.regression.fit_snippet import fit_snippet
from ui.regression.training import is_training, training_for

VIEW = "view"  # what the network's controls run anew; nothing else depends on them
TICK = 0.2  # s
PAINT = 0.05  # s; the browser draws the chart before it hears of the rest
FIRST_SLICE = 0.02  # s; then the reader sees something


def show_fit_step() -> None:
    """Let training find the network, step by step."""
    st.markdown(
        "A shallow network of one input is a broken line. Look where training puts "
        "its **joints**: at most one for each hidden unit, most of them where the data "
        "bend."
    )
    controls, view = st.columns((2, 5), gap="large")
    with controls:
        data = pick_data(fitting.MIN_ROWS)
        choose_settings(VIEW)
    with view:
        ticking = is_training(st.session_state)
        show_view = st.fragment(_show, key=VIEW, run_every=TICK if ticking else None)
        show_view(ticking, data)


def _show(ticking: bool, data: PickedData | None) -> None:
    """Train the network that the controls ask for by a slice, and show it."""
    if data is None:
        return
    try:
        training = training_for(st.session_state, data, chosen_settings(), FIRST_SLICE)
    except ValueError as error:
        st.error(str(error))
        return
    if ticking:
        training.tick(TICK)
    fit = training.fit
    # The chart is what the reader waits for, so it is filled first.
    buttons = st.container(horizontal=True, vertical_alignment="center")
    standing, chart = st.container(), st.container()
    with chart:
        show_fit(fit, data)
    with standing:
        if fit.job.error:
            st.error(fit.job.error, icon=":material/trending_up:")
        st.markdown(fitting.progress_sentence(fit))
    with buttons:
        stop = st.button(
            "Stop training", icon=":material/stop:", disabled=not fit.job.running
        )
        again = st.button("Watch again", icon=":material/replay:")
    if stop:
        fit.job.stop()
    if again:
        training.watch_again()
    time.sleep(PAINT)
    if stop or again or fit.job.running != ticking:
        if not (ticking or again):
            training.tick(TICK)
        st.rerun()  # with ticks from now on, or without
    show_loss(fit)
    if not fit.job.running:
        _show_details(fit, data)


def _show_details(fit: fitting.Fit, data: PickedData) -> None:
    """Show the numbers of a network that has been trained."""
    st.table(as_text(fitting.scores(fit)))
    unit = display_name(data.names[1])
    st.caption(
        "R²: 1 is perfect, 0 no better than the mean. RMSE: root-mean-square error, in "
        f"units of {unit}. {len(fit.train[0]):,} rows to train, {len(fit.test[0]):,} "
        "to test. The loss is the mean squared error; the penalty is not counted."
    )
    joints = st.expander(
        "The joints in view, with the slopes on either side",
        key="show_joints",
        on_change="rerun",
    )
    if joints.open:
        table = as_text(fitting.joint_table(fit), digits=6)
        joints.dataframe(table, width="stretch")
    snippet = st.expander("Copy as Python", key="show_snippet", on_change="rerun")
    if snippet.open:
        snippet.code(fit_snippet(fit, data.code), language="python")
