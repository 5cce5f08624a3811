"""The control with which a page's reader chooses data: toy, real, or their own."""

import pandas as pd
import streamlit as st

from estimators import datasets
from ui import tables
from ui.bundled import BUNDLED
from ui.csv_text import unique_names
from ui.data_controls import TOY_SENTENCES
from ui.names import display_name
from ui.picked_data import Law, PickedData
from ui.state import Choice, Table, draw

_MAX_MB = 5
_UPLOAD = "_upload_read"  # session state: what the file that is uploaded contained


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
        st.session_state.pop(_UPLOAD, None)
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


@st.cache_data(max_entries=len(BUNDLED), show_spinner=False)
def _bundled(title: str) -> pd.DataFrame:
    return BUNDLED[title].load()


def _real(table: Table, min_rows: int) -> PickedData:
    title = table.draw("table")
    bundled = BUNDLED[title]
    frame = _bundled(title)
    st.caption(f"{bundled.sentence} Source: {bundled.source}")
    # Keys of their own for each table: a choice in one is none in the other.
    place = list(BUNDLED).index(title)
    names = _choose_columns(frame, (bundled.x, bundled.y), f"t{place}", bound=True)
    values = tables.take_columns(frame, names, drop_missing=True, min_rows=min_rows)
    code = (
        f"{bundled.code}\n"
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
    chosen = []
    labels = ("x (input)", "y (to predict)")
    places = st.columns(2, wrap=False)
    firsts = default or numeric[:2]
    for place, axis, label, first in zip(places, "xy", labels, firsts, strict=True):
        control = Choice(
            key=f"{key}{axis}",
            label=label,
            options=tuple(shown),
            default=label_of[first],
            look="menu",
        )
        chosen.append(draw(control, place, bound=bound))
    x, y = chosen
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
