"""The step of real tables: what each layer makes of rows of many numbers."""

from collections.abc import Hashable
from functools import lru_cache

import numpy as np
import pandas as pd
import streamlit as st

from estimators.training import FitState
from ui.instruments.warping import WarpingState
from ui.lesson import is_locked
from ui.names import display_name
from ui.pace import let_paint, rerun_only
from ui.questions import ASK, Question, ask_first
from ui.representation.network_controls import shape_of
from ui.representation.real_controls import (
    PREFIX,
    REAL,
    REAL_BAR,
    REAL_DATA,
    REAL_NETWORK,
    REAL_TIME,
    UPLOADED,
)
from ui.representation.real_data import (
    BUNDLED,
    RealData,
    Split,
    class_columns,
    labelled_table,
    split_rows,
)
from ui.representation.real_view import reports_of, show_real, show_real_rest
from ui.representation.training import Shape, Trained, start_training
from ui.state import Choice, Table, draw, put_released
from ui.table_picker import uploaded_table
from ui.tables import TableError, preview
from ui.ticking import TickingPart, steer
from ui.workbench import Workbench

_PACE = 2  # many rows take their time to be drawn
TRAININGS: Workbench[FitState] = Workbench("real_data", 16, pace=_PACE)
VIEW = TickingPart("real_view", 0.4, TRAININGS)
_bundled = lru_cache(len(BUNDLED))(lambda name: BUNDLED[name]())


def show_real_data() -> None:
    """Let the reader choose a table and a network, and see each layer."""
    table = REAL_BAR.choose()
    controls, view = st.columns((2, 7), gap="large")
    with controls:
        data = _choose_table(table)
        redraw = rerun_only(VIEW.key)
        for key in REAL_NETWORK:
            table.draw(key, on_change=redraw)
        table.draw(ASK.key)
    with view:
        VIEW.draw(_show, table, data)


def _choose_table(table: Table) -> RealData | None:
    """Show the choice of a table; what is missing or wrong is said."""
    name = table.draw(REAL)
    try:
        data = _bundled(name) if name != UPLOADED else _uploaded()
    except TableError as error:
        st.error(str(error), icon=":material/table_view:")
        return None
    if data is not None:
        st.caption(data.sentence)
    return data


def _uploaded() -> RealData | None:
    upload = uploaded_table(
        "Choose a file with columns of numbers and a column of classes.", _example()
    )
    if upload is None:
        return None
    with st.expander(f"Preview: {len(upload.frame):,} rows"):
        st.dataframe(preview(upload.frame), width="stretch")
    names = class_columns(upload.frame)
    if not names:
        raise TableError(
            "No column can hold classes: one is needed with 2 to 10 different values, "
            "each in at least 5 rows."
        )
    shown = tuple(display_name(name, "text") for name in names)
    control = Choice(
        key="class_column",
        label="Column of classes",
        options=tuple(dict.fromkeys(shown)),
        default=shown[-1],
        look="menu",
    )
    column = names[shown.index(draw(control, bound=False))]
    data = labelled_table(upload.frame, column, upload.identity)
    return data._replace(code=f"{upload.code()}\n{data.code}")


def _example() -> pd.DataFrame:
    """Make a small file that can be uploaded."""
    data = BUNDLED["Iris"]()
    frame = pd.DataFrame(data.X, columns=list(data.features))
    frame["species"] = np.array(data.classes)[data.labels]
    return frame


def _show(table: Table, data: RealData | None) -> None:
    """Show what each layer now makes of the rows."""
    shape = shape_of(REAL_DATA, PREFIX)
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    body, below = st.container(), st.container()
    time = table.draw(REAL_TIME, below, width=160)
    trained, split = None, None
    if data is not None:
        try:
            split = _split(data.identity, data.labels, shape.seed)
            rows = split.train
            trained = TRAININGS.work_for(
                st.session_state,
                (data.identity, shape),
                lambda: start_training(data.X[rows], data.labels[rows], shape),
                0.0,
                public=data.identity in {("digits",), ("iris",)},
            ).item
        except ValueError as error:
            body.error(str(error))
    revealed = False
    if trained is not None:
        state = WarpingState(min(time, len(shape.widths)))
        with body:
            revealed = _show_trained(trained, data, split, state, shape)
    let_paint()
    with bar:
        REAL_BAR.show_history()
        steer(TRAININGS, None if trained is None else trained.job)
    if revealed:
        with below:
            show_real_rest(trained, data, split, shape)


def _show_trained(
    trained: Trained, data: RealData, split: Split, state: WarpingState, shape: Shape
) -> bool:
    """Show the network as it is now, unless the reader is to be asked first."""
    if REAL_DATA.value(ASK.key):
        question = _question(trained, data, split, (data.identity, shape))
        if not ask_first(question, "real"):
            return False
    show_real(trained, data, split, state, is_locked(REAL_TIME), _take_released)
    return True


def _question(
    trained: Trained, data: RealData, split: Split, subject: Hashable
) -> Question:
    layers = ["the input", *(f"layer {k + 1}" for k in range(len(subject[1].widths)))]

    def truth() -> tuple[str, str] | None:
        if trained.job.running:
            return None
        reports = reports_of(trained.network, data, split)
        apart = [report.silhouette for report in reports]
        best = int(np.argmax(apart))
        listed = ", ".join(f"{value:.2f}" for value in apart)
        return layers[best], f"Silhouettes, from the input on: {listed}."

    return Question(
        "Where are the classes **best apart**, going by the silhouette?",
        subject,
        tuple(layers),
        truth,
    )


@st.cache_data(max_entries=8, show_spinner=False)
def _split(identity: Hashable, _labels: np.ndarray, seed: int) -> Split:
    return split_rows(_labels, seed)


def _take_released(state: WarpingState) -> None:
    put_released(REAL_TIME, state.time)
