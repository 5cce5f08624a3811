"""The control with which a reader chooses data of two inputs."""

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from ui.bundled import BUNDLED
from ui.csv_text import TableError
from ui.names import display_name
from ui.shared_controls import (
    noise_control,
    points_control,
    sample_control,
    table_control,
)
from ui.state import Choice, Table
from ui.table_picker import Columns, bundled_columns, forget_upload, uploaded_columns
from ui.two_inputs.building import Box
from ui.two_inputs.surfaces import SURFACES, sample_code, sampled

_AXES = {"x₁": "x₁ (input)", "x₂": "x₂ (input)", "y": "y (output)"}
_SECOND = {"Diabetes": "s5", "Life expectancy": "pop"}
_SOURCES = ("Surface", "Real table", "Your file")  # as they are in the link

PLANE_DATA = Table(
    Choice(key="plane_data", label="Data", options=_SOURCES, default="Surface"),
    Choice(
        key="plane_surface",
        label="Surface",
        options=tuple(SURFACES),
        default="Franke",
        look="menu",
    ),
    points_control("plane_points", (50, 100, 300, 1000, 3000), 1000),
    noise_control(
        "plane_noise",
        1.0,
        0.0,
        "Standard deviation of the noise, in parts of that of y.",
    ),
    sample_control("plane_sample", "from the same surface"),
    table_control("plane_table"),
)
# Offered by the table chosen, as `ui.data_controls.COLUMN_DEFAULTS`.
PLANE_COLUMNS = {
    f"p{place}{axis}": display_name(column, "text")
    for place, (title, table) in enumerate(BUNDLED.items())
    for axis, column in zip(_AXES, (table.x, _SECOND[title], table.y), strict=True)
}


class PlaneData(NamedTuple):
    """Data of two inputs, ready to fit.

    Attributes
    ----------
    X : ndarray of shape (n_samples, 2)
    y : ndarray of shape (n_samples,)
        Finite float64, no column constant.
    names : (str, str, str)
        What x₁, x₂ and y are called; any text, so show it with `display_name`.
    box : ((float, float), (float, float))
        Limits of the inputs.
    code : str
        Python lines that define ``X`` and ``y``.
    identity : hashable
        Equal for equal data.
    public : bool
        Whether other readers may be shown what was computed from it.
    """

    X: np.ndarray
    y: np.ndarray
    names: tuple[str, str, str]
    box: Box
    code: str
    identity: Hashable
    public: bool


def pick_plane_data(table: Table, min_rows: int) -> PlaneData | None:
    """Show the control and return the data chosen.

    Parameters
    ----------
    table : Table
        The controls of `PLANE_DATA` with the defaults they are to have.
    min_rows : int
        How many rows the page needs.

    Returns
    -------
    PlaneData or None
        None if there is nothing to fit yet; what is missing or wrong has been shown.
    """
    source = table.draw("plane_data", width="stretch")
    if source != "Your file":
        forget_upload()
    try:
        if source == "Surface":
            return _surface(table)
        if source == "Your file":
            columns = uploaded_columns(
                _AXES,
                min_rows,
                _example(),
                key="plane_up",
                file_key="plane_file",
                drop_key="plane_drop",
            )
            return columns and _picked(columns)
        title = table.draw("plane_table")
        # Keys of their own for each table: a choice in one is none in the other.
        key = f"p{list(BUNDLED).index(title)}"
        firsts = (BUNDLED[title].x, _SECOND[title], BUNDLED[title].y)
        return _picked(bundled_columns(title, _AXES, firsts, key, min_rows))
    except TableError as error:
        st.error(str(error), icon=":material/table_view:")
        return None


def surface_data(name: str, n_samples: int, noise: float, seed: int) -> PlaneData:
    """Sample a surface.

    Parameters
    ----------
    name, n_samples, noise, seed
        As `ui.two_inputs.surfaces.sampled` takes them.
    """
    X, y = sampled(name, n_samples, noise, seed)
    code = sample_code(name, n_samples, noise, seed)
    identity = ("surface", name, n_samples, noise, seed)
    return PlaneData(X, y, ("x₁", "x₂", "y"), SURFACES[name].box, code, identity, True)


def _surface(table: Table) -> PlaneData:
    name = table.draw("plane_surface")
    st.caption(SURFACES[name].look_for)
    left, right = st.columns(2, wrap=False)
    n_samples = table.draw("plane_points", left)
    noise = table.draw("plane_noise", right)
    return surface_data(name, n_samples, noise, table.draw("plane_sample"))


def _picked(columns: Columns) -> PlaneData:
    X, y = columns.values[:, :2], columns.values[:, 2]
    box = tuple(map(tuple, np.stack([X.min(axis=0), X.max(axis=0)], axis=1).tolist()))
    split = "X, y = table[:, :2], table[:, 2]"
    code = f"{columns.code}\ntable = {columns.expression}\n{split}"
    return PlaneData(X, y, columns.names, box, code, columns.identity, columns.public)


def _example() -> pd.DataFrame:
    X, y = sampled("Pyramid", 200, 0.05, 0)
    columns = zip(("x1", "x2", "y"), (*X.T, y), strict=True)
    return pd.DataFrame({name: values.round(3) for name, values in columns})
