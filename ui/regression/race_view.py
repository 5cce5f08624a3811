"""The comparison of solvers as the reader sees it."""

import streamlit as st

from ui.figures.training import race_alt, race_chart
from ui.names import display_name
from ui.numbers import as_text, short
from ui.picked_data import PickedData
from ui.regression.fitting import FitSettings
from ui.regression.solver_race import Race, leave_race, race_for

_TIMES = {"Iteration": "iterations", "Seconds of work": "seconds"}


def race_if(wanted: bool, data: PickedData, settings: FitSettings) -> Race | None:
    """Return the race if it is wanted, and else leave it.

    Parameters
    ----------
    wanted : bool
    data : PickedData
    settings : FitSettings
        Accepted by the estimator.
    """
    if wanted:
        return race_for(st.session_state, data, settings)
    leave_race(st.session_state)
    return None


def show_race(race: Race, settings: FitSettings, data: PickedData) -> None:
    """Draw how the loss fell with each solver, and say what they reached.

    Parameters
    ----------
    race : Race
    settings, data
        What it was asked for with.
    """
    st.subheader("Solvers compared", anchor=False)
    left, right = st.columns((3, 1), vertical_alignment="bottom")
    unit = left.segmented_control(
        "Training loss against",
        _TIMES,
        default="Iteration",
        required=True,
        key="race_time",
    )
    right.button(
        "Stop comparing",
        icon=":material/stop:",
        disabled=not race.running,
        on_click=race.stop,
        width="stretch",
    )
    curves = race.curves(_TIMES[unit])
    if not curves:
        return
    chart, alt = race_chart(curves, unit), race_alt(curves, unit)
    st.echarts_chart(chart, height=320, alt=alt, key="race_chart", renderer="svg")
    st.table(as_text(race.table()))
    st.caption(_conditions(race, settings, data))


def _conditions(race: Race, settings: FitSettings, data: PickedData) -> str:
    start = (
        "All start from the same network, to the last bit"
        if race.same_start
        else "They do not start from the same network"
    )
    penalty = (
        "With α = auto, adam and lbfgs have a penalty in proportion to the loss and gd "
        "has none; the loss shown leaves it out."
        if settings.alpha == "auto"
        else f"All have the penalty α = {short(settings.alpha)}, which the loss shown "
        "leaves out."
    )
    return (
        f"{start}, and see the same rows; the table has the network that each keeps, "
        "the best by loss and penalty together. gd "
        f"and adam have the learning rate "
        f"{short(settings.learning_rate_init)}. {penalty} Seconds are those of work on "
        "this server, in turns; an iteration of adam is a pass over all rows. RMSE is "
        f"in units of {display_name(data.names[1])}, the loss in their square."
    )
