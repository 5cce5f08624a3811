"""The control with which a page's reader chooses data: toy, real, or their own."""

import pandas as pd
import streamlit as st

from estimators import datasets
from ui import tables
from ui.bundled import BUNDLED
from ui.data_controls import TOY_SENTENCES
from ui.picked_data import Law, PickedData
from ui.state import Table
from ui.table_picker import Columns, bundled_columns, forget_upload, uploaded_columns

_AXES = {"x": "x (input)", "y": "y (to predict)"}


def pick_data(
    table: Table, min_rows: int, *, source_key: str = "data"
) -> PickedData | None:
    """Show the control and return the data chosen.

    Parameters
    ----------
    table : Table
        The controls of `DATA` and the choice of a source, with the defaults they are
        to have. What is chosen within a source (function, table, columns, file) is
        shared by all steps that show it.
    min_rows : int
        How many rows the page needs.
    source_key : str, default="data"
        Of the choice of a source.

    Returns
    -------
    PickedData or None
        None if there is nothing to fit yet; what is missing or wrong has been shown.
    """
    source = table.draw(source_key, width="stretch")
    if source != "Your file":
        forget_upload()
    try:
        if source == "Your file":
            return _upload(min_rows)
        if source == "Lecture":
            return _lecture()
        # What hidden units do is no matter where a straight line is fitted.
        explained = "Lecture" not in table[source_key].options
        return _toy(table, explained) if source == "Toy" else _real(table, min_rows)
    except tables.TableError as error:
        st.error(str(error), icon=":material/table_view:")
        return None


def _lecture() -> PickedData:
    st.caption("The twelve points to which the lecture fits a straight line.")
    code = "from estimators.datasets import lecture_line\n\nx, y = lecture_line()"
    x, y = datasets.lecture_line()
    return PickedData(x, y, ("x", "y"), None, code, ("lecture",), True)


def _toy(table: Table, explained: bool) -> PickedData:
    name = table.draw("toy")
    if explained:
        st.caption(TOY_SENTENCES[name])
    left, right = st.columns(2, wrap=False)
    n_samples = table.draw("points", left)
    noise = table.draw("noise", right)
    seed = table.draw("sample")
    data = datasets.toy(name, n_samples, noise, seed)
    code = (
        "from estimators.datasets import toy\n\n"
        f"data = toy({name!r}, n_samples={n_samples}, noise={noise:g}, "
        f"random_state={seed})\nx, y = data.x, data.y"
    )
    identity = ("toy", name, n_samples, noise, seed)
    names = ("x", "y")
    law = Law(data.target, data.kinks, data.low, data.high, noise)
    return PickedData(data.x, data.y, names, law, code, identity, True)


def _real(table: Table, min_rows: int) -> PickedData:
    title = table.draw("table")
    bundled = BUNDLED[title]
    # Keys of their own for each table: a choice in one is none in the other.
    key = f"t{list(BUNDLED).index(title)}"
    firsts = (bundled.x, bundled.y)
    return _picked(bundled_columns(title, _AXES, firsts, key, min_rows))


def _upload(min_rows: int) -> PickedData | None:
    data = datasets.toy("zigzag", 60, 0.1)
    example = pd.DataFrame({"x": data.x.round(3), "y": data.y.round(3)})
    columns = uploaded_columns(_AXES, min_rows, example)
    return columns and _picked(columns)


def _picked(columns: Columns) -> PickedData:
    x, y = columns.values.T
    code = f"{columns.code}\nx, y = {columns.expression}.T"
    return PickedData(x, y, columns.names, None, code, columns.identity, columns.public)
