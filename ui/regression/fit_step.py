"""The step of the Regression page in which training finds the network."""

import streamlit as st

from ui.data_picker import pick_data
from ui.in_training import training_for
from ui.pace import let_paint
from ui.picked_data import PickedData
from ui.questions import ASK, Question, ask_first
from ui.regression import fitting, solver_race
from ui.regression.fit_charts import show_fit, show_loss, show_tracks
from ui.regression.fit_controls import FIT_BAR, choose_settings, chosen_settings
from ui.regression.fit_details import show_details
from ui.regression.race_view import race_if, show_race
from ui.regression.readings import counted, progress_sentence
from ui.regression.units import dead_sentence
from ui.ticking import TickingPart, steer
from ui.workbench import Work

# What the network's controls run anew; nothing else depends on them.
VIEW = TickingPart("view", 0.2, fitting.FITS, solver_race)
FIRST_SLICE = 0.02  # s; then the reader sees something
NOW = "now"


def show_fit_step() -> None:
    """Let training find the network, step by step."""
    table = FIT_BAR.choose()
    controls, view = st.columns((2, 5), gap="large")
    with controls:
        data = pick_data(table, fitting.MIN_ROWS)
        choose_settings(table, VIEW.key)
    with view:
        VIEW.draw(_show, data)


def _show(data: PickedData | None) -> None:
    """Show the network that the controls ask for, as far as it is trained."""
    if data is None:
        FIT_BAR.show_history()
        return
    settings = chosen_settings()
    try:
        training = training_for(
            fitting.FITS,
            st.session_state,
            data,
            settings,
            lambda: fitting.start_fit(data.x, data.y, settings),
            FIRST_SLICE,
        )
    except ValueError as error:
        st.error(str(error))
        return
    fit = training.item
    revealed = not st.session_state[ASK.key] or ask_first(_question(training), "fit")
    # The chart is what the reader waits for, so it is filled first.
    buttons = st.container(horizontal=True, vertical_alignment="center")
    standing, chart, moment = st.container(), st.container(), st.container()
    if revealed:
        shown = fit.shown(_looked_at(training))
        with chart:
            drawn = show_fit(fit, data, shown)
        with standing:
            _show_standing(fit, shown)
    with buttons:
        steer(fitting.FITS, fit.job, "Stop training")
    race = race_if(st.session_state["compare"], data, settings)
    let_paint()
    with buttons:
        FIT_BAR.show_history()
    if not revealed:
        return
    with moment:
        _choose_moment(training)
        show_tracks(fit, drawn, shown)
    show_loss(fit, shown)
    if race is not None:
        show_race(race, settings, data)
    show_details(fit, data, shown)


def _looked_at(training: Work[fitting.Fit]) -> int | None:
    """Return the moment that the reader chose, before its control is drawn."""
    chosen = st.session_state.get(_moment_key(training), NOW)
    return None if chosen == NOW or training.item.job.running else chosen


def _moment_key(training: Work[fitting.Fit]) -> str:
    return f"moment_{training.run}"


def _choose_moment(training: Work[fitting.Fit]) -> None:
    """Let the reader choose a moment of a training that has ended."""
    frames = training.item.film.frames
    if training.item.job.running or len(frames) < 2:
        return
    moments = [frame.iteration for frame in frames]
    st.select_slider(
        "Look at iteration",
        [*moments, NOW],
        NOW,
        format_func=lambda moment: moment if moment == NOW else f"{moment:,}",
        help="What the network was like at that moment of this very training. At the "
        "end it is the best of all moments, which has been kept.",
        key=_moment_key(training),
    )


def _show_standing(fit: fitting.Fit, shown: fitting.Shown) -> None:
    if fit.job.error:
        st.error(fit.job.error, icon=":material/trending_up:")
    st.markdown(progress_sentence(fit, shown))
    if dead := dead_sentence(shown.network, fit.train[0]):
        st.markdown(dead)


def _question(training: Work[fitting.Fit]) -> Question:
    fit = training.item
    width = fit.settings.width

    def truth() -> tuple[int, str] | None:
        if fit.job.running:
            return None
        seen = counted(fit.network, fit.low, fit.high).in_view - 1
        return seen, f"Of {width} hidden units, {seen} bend the function in view."

    return Question(
        f"A network of {width} hidden units is trained on this data. How many "
        f"**joints** will it have between {fit.low:.4g} and {fit.high:.4g}?",
        training.question,
        tuple(range(width + 1)),
        truth,
    )
