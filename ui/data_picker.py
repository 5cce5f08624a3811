"""The control with which a page's reader chooses data: toy, real, or their own."""

from collections.abc import Callable, Hashable
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from estimators import datasets
from ui import tables
from ui.bundled import BUNDLED
from ui.csv_text import unique_names
from ui.names import display_name

_TOY_SENTENCES = {
    "sine": "One smooth period: more units follow it more closely.",
    "zigzag": "Four straight pieces: three hidden units are enough.",
    "step": "A jump, which no continuous function represents exactly.",
    "bumps": "A wide bump and a narrow one: joints are needed in one place.",
    "chirp": "Faster and faster swings: what does the network give up first?",
    "line": "A straight line: every joint in view is fitted noise.",
}
_MAX_MB = 5
_UPLOAD = "_upload_read"  # session state: what the file that is uploaded contained


class PickedData(NamedTuple):
    """Data of one input and one output, ready to fit.

    Attributes
    ----------
    x, y : ndarray of shape (n_samples,)
        Finite float64, neither constant.
    names : (str, str)
        What x and y are called; any text, so show it with `display_name`.
    target : callable or None
        The noise-free function behind toy data.
    code : str
        Python lines that define ``x`` and ``y``.
    identity : hashable
        Equal for equal data.
    public : bool
        Whether other readers may be shown what was computed from it.
    kinks : tuple of float
        Where the target is not smooth.
    """

    x: np.ndarray
    y: np.ndarray
    names: tuple[str, str]
    target: Callable[[np.ndarray], np.ndarray] | None
    code: str
    identity: Hashable
    public: bool
    kinks: tuple[float, ...] = ()


def pick_data(min_rows: int) -> PickedData | None:
    """Show the control and return the data chosen.

    Parameters
    ----------
    min_rows : int
        How many rows the page needs.

    Returns
    -------
    PickedData or None
        None if there is nothing to fit yet; what is missing or wrong has been shown.
    """
    source = st.segmented_control(
        "Data",
        ("Toy", "Real table", "Your file"),  # as they will be in the URL
        default="Toy",
        required=True,
        key="data",
        bind="query-params",
        width="stretch",
    )
    if source != "Your file":
        st.session_state.pop(_UPLOAD, None)
    try:
        if source == "Your file":
            return _upload(min_rows)
        return _toy() if source == "Toy" else _real(min_rows)
    except tables.TableError as error:
        st.error(str(error), icon=":material/table_view:")
        return None


def _toy() -> PickedData:
    name = st.selectbox(
        "Function",
        datasets.TOY_NAMES,
        key="toy",
        bind="query-params",
    )
    st.caption(_TOY_SENTENCES[name])
    left, right = st.columns(2, wrap=False)
    n_samples = left.select_slider(
        "Points",
        (20, 50, 100, 200, 500, 1000),
        value=200,
        key="points",
        bind="query-params",
    )
    noise = right.slider(
        "Noise",
        0.0,
        1.0,
        0.1,
        0.05,
        help="Standard deviation of the noise, in units of y. The functions span "
        "about −1 to 1.",
        key="noise",
        bind="query-params",
    )
    seed = st.number_input(
        "Sample number",
        0,
        9999,
        0,
        help="Another number draws other points from the same function.",
        key="sample",
        bind="query-params",
    )
    data = datasets.toy(name, n_samples, noise, seed)
    code = (
        "from estimators.datasets import toy\n\n"
        f"data = toy({name!r}, n_samples={n_samples}, noise={noise:g}, "
        f"random_state={seed})\nx, y = data.x, data.y"
    )
    identity = ("toy", name, n_samples, noise, seed)
    names = ("x", "y")
    return PickedData(
        data.x, data.y, names, data.target, code, identity, True, data.kinks
    )


@st.cache_data(max_entries=len(BUNDLED), show_spinner=False)
def _bundled(title: str) -> pd.DataFrame:
    return BUNDLED[title].load()


def _real(min_rows: int) -> PickedData:
    title = st.selectbox("Table", BUNDLED, key="table", bind="query-params")
    table = BUNDLED[title]
    frame = _bundled(title)
    st.caption(f"{table.sentence} Source: {table.source}")
    # Keys of their own for each table: a choice in one is none in the other.
    place = list(BUNDLED).index(title)
    names = _choose_columns(frame, (table.x, table.y), f"t{place}", bound=True)
    values = tables.take_columns(frame, names, drop_missing=True, min_rows=min_rows)
    code = (
        f"{table.code}\n"
        f"x, y = frame[[{names[0]!r}, {names[1]!r}]].dropna().to_numpy(float).T"
    )
    return PickedData(*values.T, names, None, code, ("real", title, *names), True)


def _upload(min_rows: int) -> PickedData | None:
    file = st.file_uploader(
        f"CSV file, at most {_MAX_MB} MB",
        type=["csv", "tsv", "txt"],
        max_upload_size=_MAX_MB,
        help="A line of column names, then one line a row. Commas, semicolons and "
        "tabs are understood, decimal commas too. The file stays on this server only "
        "while this page is open.",
        key="file",
    )
    if file is None:
        st.session_state.pop(_UPLOAD, None)
        st.info("Choose a file with at least two columns of numbers.")
        st.download_button(
            "Example file",
            _example,
            file_name="example.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        return None
    frame = _read_once(file.file_id, file.getvalue())
    for note in frame.attrs["notes"][:5]:
        st.caption(note)
    names = _choose_columns(frame, None, "up", bound=False)
    n_missing = tables.rows_with_missing(frame, names)
    drop = n_missing > 0 and st.checkbox(
        f"Leave out {n_missing:,} of {len(frame):,} rows",
        value=True,
        help="In these rows one of the two columns has no value.",
        key="drop",
    )
    values = tables.take_columns(frame, names, drop_missing=drop, min_rows=min_rows)
    identity = ("upload", file.file_id, *names, drop)
    code = _upload_code(file.name, frame, names)
    return PickedData(*values.T, names, None, code, identity, False)


def _read_once(file_id: str, content: bytes) -> pd.DataFrame:
    """Read an upload once, not in every run; what is wrong with it is kept as well."""
    seen = st.session_state.get(_UPLOAD)
    if seen is None or seen[0] != file_id:
        try:
            seen = (file_id, tables.read_csv(content))
        except tables.TableError as error:
            seen = (file_id, error)
        st.session_state[_UPLOAD] = seen
    if isinstance(seen[1], tables.TableError):
        raise tables.TableError(*seen[1].args)
    return seen[1]


def _choose_columns(
    frame: pd.DataFrame, default: tuple[str, str] | None, key: str, *, bound: bool
) -> tuple[str, str]:
    """Show the upper left corner of a table and two menus of its numeric columns."""
    numeric = tables.numeric_columns(frame)
    if len(numeric) < 2:
        notes = [note for note in frame.attrs["notes"] if "not numbers" in note]
        raise tables.TableError(
            f"Only one column holds numbers, {display_name(numeric[0])}, and two are "
            f"needed. {notes[0] if notes else ''}"
        )
    with st.expander(f"Preview: {len(frame):,} rows, {frame.shape[1]:,} columns"):
        st.dataframe(tables.preview(frame), width="stretch")
    # A menu tells its options apart by what it shows, so that must not repeat.
    shown = unique_names([display_name(name, "text") for name in numeric])
    name_of = dict(zip(shown, numeric, strict=True))
    label_of = dict(zip(numeric, shown, strict=True))
    bind = "query-params" if bound else None
    columns = st.columns(2, wrap=False)
    first, second = default or (numeric[0], numeric[1])
    x = columns[0].selectbox(
        "x (input)", shown, shown.index(label_of[first]), key=f"{key}x", bind=bind
    )
    y = columns[1].selectbox(
        "y (to predict)", shown, shown.index(label_of[second]), key=f"{key}y", bind=bind
    )
    if x == y:
        raise tables.TableError("x and y are the same column. Choose two columns.")
    return name_of[x], name_of[y]


def _upload_code(file_name: str, frame: pd.DataFrame, names: tuple[str, str]) -> str:
    """Python lines that read the two columns from the reader's own copy."""
    keywords = ", ".join(f"{k}={v!r}" for k, v in frame.attrs["pandas"].items())
    places = [frame.attrs["positions"][name] for name in names]
    return (
        "import pandas as pd\n\n"
        f"frame = pd.read_csv(\n    {file_name!r}, {keywords},\n"
        "    na_values=['-', '?', '.', 'missing'],\n)"
        f"\nx, y = frame.iloc[:, {places}].dropna().to_numpy(float).T"
    )


def _example() -> bytes:
    """Make a small file that can be uploaded."""
    data = datasets.toy("zigzag", 60, 0.1)
    table = pd.DataFrame({"x": data.x.round(3), "y": data.y.round(3)})
    return table.to_csv(index=False).encode()
