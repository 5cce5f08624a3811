"""The step in which a network warps the plane until a straight line will do."""

from collections.abc import Hashable

import numpy as np
import streamlit as st

from estimators.training import FitState
from ui.instruments.warping import OwnPoint, WarpingState
from ui.lesson import is_locked
from ui.pace import let_paint, rerun_only
from ui.questions import ASK, Question, ask_first
from ui.representation.clouds import (
    Cloud,
    drawn_cloud,
    own_cloud,
    points_from_text,
    points_to_text,
)
from ui.representation.data_sets import DATA_SETS
from ui.representation.network_controls import shape_of
from ui.representation.training import Shape, Trained, start_training
from ui.representation.warping_controls import (
    CLOUD,
    NETWORK,
    OWN,
    POINTS,
    TIME,
    WARPING,
    WARPING_BAR,
)
from ui.representation.warping_view import show_rest, show_warped
from ui.representation.warping_words import accuracy, obstacle, standing
from ui.state import Table, put_released
from ui.ticking import TickingPart, steer
from ui.typed import typed
from ui.workbench import Workbench

_PACE = 4
_ANSWERS = ("Yes, all of them", "No, not all")
TRAININGS: Workbench[FitState] = Workbench("warping", 48, pace=_PACE)
VIEW = TickingPart("warping_view", 0.25, TRAININGS)


def show_warping() -> None:
    """Let the reader choose data and a network, and watch it being trained."""
    table = WARPING_BAR.choose()
    controls, view = st.columns((2, 7), gap="large")
    with controls:
        own = _choose_cloud(table)
        redraw = rerun_only(VIEW.key)
        for key in NETWORK:
            table.draw(key, on_change=redraw)
        table.draw(ASK.key)
    with view:
        VIEW.draw(_show, table, own)


def _choose_cloud(table: Table) -> tuple[OwnPoint, ...] | None:
    """Show the choice of data; give the reader's own points, None if others."""
    name = table.draw("cloud")
    if name == OWN:
        return typed(table, POINTS, points_from_text, shown="are the points")
    st.caption(DATA_SETS[name].sentence)
    for key in ("cloud_points", "cloud_noise", "cloud_seed"):
        table.draw(key)
    return None


def _show(table: Table, own: tuple[OwnPoint, ...] | None) -> None:
    """Show the plane as the network now warps it."""
    shape = shape_of(WARPING, "")
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    body, below = st.container(), st.container()
    time = table.draw(TIME, below, width=160)
    state = WarpingState(min(time, len(shape.widths)), own)
    try:
        cloud, question = _cloud(own)
        trained = TRAININGS.work_for(
            st.session_state,
            (question, shape),
            lambda: start_training(cloud.X, cloud.labels, shape),
            0.0,
        ).item
    except ValueError as error:
        cloud = trained = None
        with body:
            st.info(str(error))
            show_warped(None, _lone(own), state, shape, _locks(), _take_released)
    revealed = trained is not None and _show_trained(body, cloud, trained, state, shape)
    let_paint()
    with bar:
        WARPING_BAR.show_history()
        steer(TRAININGS, None if trained is None else trained.job)
    if revealed:
        with below:
            show_rest(trained, cloud, shape)


def _show_trained(
    body: st.delta_generator.DeltaGenerator,
    cloud: Cloud,
    trained: Trained,
    state: WarpingState,
    shape: Shape,
) -> bool:
    """Show the network as it is now, unless the reader is to be asked first."""
    share = accuracy(trained.network, cloud.X, cloud.labels)
    with body:
        if WARPING.value(ASK.key):
            question = _question(cloud, trained, shape)
            if not ask_first(question, "warping"):
                return False
        st.markdown(standing(trained, share))
        if trained.job.error:
            st.error(trained.job.error)
        if proven := _obstacle(cloud, shape.widths):
            st.info(proven)
        show_warped(trained, cloud, state, shape, _locks(), _take_released)
    return True


def _cloud(own: tuple[OwnPoint, ...] | None) -> tuple[Cloud, Hashable]:
    """Give the points to train on, and what tells them from others."""
    if own is not None:
        return own_cloud(own), own
    values = tuple(CLOUD.value(key) for key in CLOUD if key != POINTS)
    return _drawn(*values), values


@st.cache_data(max_entries=64, show_spinner=False)
def _drawn(name: str, n_samples: int, noise: float, seed: int) -> Cloud:
    return drawn_cloud(name, n_samples, noise, seed)


@st.cache_data(max_entries=64, show_spinner=False)
def _obstacle(cloud: Cloud, widths: tuple[int, ...]) -> str:
    """Say why these units cannot separate the classes, if that is proven."""
    return obstacle(cloud.X, cloud.labels, widths)


def _lone(own: tuple[OwnPoint, ...]) -> Cloud:
    """Give points that are too few to be learned from."""
    X = np.array([place for *place, _ in own], dtype=float).reshape(-1, 2)
    return Cloud(X, np.array([label for *_, label in own], dtype=np.intp), "")


def _question(cloud: Cloud, trained: Trained, shape: Shape) -> Question:
    def truth() -> tuple[str, str] | None:
        if trained.job.running:
            return None
        share = accuracy(trained.network, cloud.X, cloud.labels)
        return _ANSWERS[share < 1], f"It is right about {100 * share:.1f} %."

    written = "-".join(map(str, (2, *shape.widths, max(1, _n_outputs(cloud)))))
    return Question(
        f"A {written} network is trained on these points ({_name()}). Will it get "
        "**all** of them right?",
        (cloud.code, shape),
        _ANSWERS,
        truth,
    )


def _n_outputs(cloud: Cloud) -> int:
    n_classes = len(np.unique(cloud.labels))
    return n_classes if n_classes > len(_ANSWERS) else 1


def _name() -> str:
    return WARPING.value("cloud")


def _locks() -> tuple[bool, bool]:
    return is_locked(TIME), is_locked(POINTS)


def _take_released(state: WarpingState) -> None:
    put_released(TIME, state.time)
    if state.own is None:
        return
    written = points_to_text(state.own)
    if written != st.session_state[POINTS]:
        put_released(POINTS, written)
        st.rerun()  # all of the page: the data are chosen outside of the fragment
