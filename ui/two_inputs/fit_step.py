"""The step of the Two inputs page in which training moves the polygons."""

import numpy as np
import streamlit as st

from ui.in_training import training_for
from ui.pace import let_paint
from ui.questions import ASK, Question, ask_first
from ui.ticking import TickingPart, steer
from ui.two_inputs.building import counted
from ui.two_inputs.fit_controls import FIT, FIT_BAR, choose_settings, chosen_settings
from ui.two_inputs.fit_details import progress_sentence, show_details, show_loss
from ui.two_inputs.fitting import FITS, MIN_ROWS, Fit, start_fit
from ui.two_inputs.map_view import show_map
from ui.two_inputs.plane_data import PlaneData, pick_plane_data
from ui.two_inputs.words import COUNTS_TO_GUESS, count_answer
from ui.workbench import Work

VIEW = TickingPart("plane_view", 0.3, FITS)
FIRST_SLICE = 0.02  # s; then the reader sees something


def show_fit_step() -> None:
    """Let training find the network, step by step."""
    table = FIT_BAR.choose()
    controls, view = st.columns((2, 5), gap="large")
    with controls:
        data = pick_plane_data(table, MIN_ROWS)
        choose_settings(table, VIEW.key)
    with view:
        VIEW.draw(_show, data)


def _show(data: PlaneData | None) -> None:
    """Show the network that the controls ask for, as far as it is trained."""
    if data is None:
        FIT_BAR.show_history()
        return
    settings = chosen_settings()
    try:
        training = training_for(
            FITS,
            st.session_state,
            data,
            settings,
            lambda: start_fit(data, settings),
            FIRST_SLICE,
        )
    except ValueError as error:
        st.error(str(error))
        FIT_BAR.show_history()
        return
    fit = training.item
    revealed = not st.session_state[ASK.key] or ask_first(
        _question(training), "plane_fit"
    )
    # The map is what the reader waits for, so it is filled first.
    buttons = st.container(horizontal=True, vertical_alignment="center")
    standing, place = st.container(), st.container()
    if revealed:
        with place:
            drawn = show_map(
                fit.network,
                data.box,
                FIT.value("plane_colour"),
                "fit_map",
                names=data.names[:2],
                points=np.column_stack(fit.train) if FIT.value("plane_dots") else None,
            )
        with standing:
            if fit.job.error:
                st.error(fit.job.error, icon=":material/trending_up:")
            st.markdown(progress_sentence(fit))
    with buttons:
        steer(FITS, fit.job, "Stop training")
    let_paint()
    with buttons:
        FIT_BAR.show_history()
    if revealed:
        show_loss(fit)
        show_details(fit, drawn)


def _question(training: Work[Fit]) -> Question:
    fit = training.item
    depth, width = fit.settings.depth, fit.settings.width

    def truth() -> tuple[int, str] | None:
        if fit.job.running:
            return None
        return count_answer(counted(fit.network, fit.data.box))

    layers = "one layer" if depth == 1 else f"{depth} layers"
    return Question(
        f"A network of {layers} of {width} units is trained on this data. About how "
        "many **polygons** will it have among the data: which of these is nearest?",
        training.question,
        COUNTS_TO_GUESS,
        truth,
    )
