"""The controls with which a reader takes columns of a table: bundled, or their own."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from ui import tables
from ui.bundled import BUNDLED
from ui.csv_text import unique_names
from ui.names import display_name
from ui.state import Choice, draw

_MAX_MB = 5
_UPLOAD = "_upload_read"  # session state: what the file that is uploaded contained
_COUNTED = {2: "two", 3: "three"}


class Columns(NamedTuple):
    """Columns that a reader has chosen.

    Attributes
    ----------
    values : ndarray of shape (n_rows, n_columns)
        Finite float64, none constant.
    names : tuple of str
        What they are called; any text, so show it with `display_name`.
    code : str
        Python lines that define ``frame``.
    expression : str
        Python for the values, given ``frame``.
    identity : hashable
        Equal for equal data.
    public : bool
        Whether other readers may be shown what was computed from it.
    """

    values: np.ndarray
    names: tuple[str, ...]
    code: str
    expression: str
    identity: Hashable
    public: bool


class Upload(NamedTuple):
    """A file that a reader has uploaded.

    Attributes
    ----------
    identity : str
        Equal for the same upload.
    name : str
        Of the file, any text.
    frame : DataFrame
        As `ui.tables.read_csv` gives it.
    """

    identity: str
    name: str
    frame: pd.DataFrame

    def code(self) -> str:
        """Write Python lines that define ``frame``, from the reader's own copy."""
        keywords = ", ".join(
            f"{k}={v!r}" for k, v in self.frame.attrs["pandas"].items()
        )
        return (
            "import pandas as pd\n\n"
            f"frame = pd.read_csv(\n    {self.name!r}, {keywords},\n"
            "    na_values=['-', '?', '.', 'missing'],\n)"
        )


def bundled_columns(
    title: str, axes: Mapping[str, str], firsts: Sequence[str], key: str, min_rows: int
) -> Columns:
    """Show the menus of a bundled table's columns and return what is chosen.

    Parameters
    ----------
    title : str
        One of `BUNDLED`.
    axes : mapping of str to str
        The label of each menu; with `key` before it, its key is the menu's.
    firsts : sequence of str
        The columns chosen at first.
    key : str
    min_rows : int
        How many rows the page needs.

    Raises
    ------
    TableError
        If what is chosen cannot be used.
    """
    bundled, frame = BUNDLED[title], _bundled(title)
    st.caption(f"{bundled.sentence} Source: {bundled.source}")
    names = _choose_columns(frame, firsts, axes, key, bound=True)
    values = tables.take_columns(frame, names, drop_missing=True, min_rows=min_rows)
    listed = ", ".join(map(repr, names))
    expression = f"frame[[{listed}]].dropna().to_numpy(float)"
    identity = ("real", title, *names)
    return Columns(values, names, bundled.code, expression, identity, True)


def uploaded_table(
    wanted: str, example: pd.DataFrame, *, file_key: str = "file"
) -> Upload | None:
    """Show the field for a file and give the table in it, None if there is none.

    Parameters
    ----------
    wanted : str
        What the reader is to choose, a sentence.
    example : DataFrame
        A small table that can be saved and uploaded.
    file_key : str
        Of the field.

    Raises
    ------
    TableError
        If the file cannot be read.
    """
    file = st.file_uploader(
        f"CSV file, at most {_MAX_MB} MB",
        type=["csv", "tsv", "txt"],
        max_upload_size=_MAX_MB,
        help="A line of column names, then one line a row. Commas, semicolons and "
        "tabs are understood, decimal commas too. The file stays on this server only "
        "while this page is open.",
        key=file_key,
    )
    if file is None:
        forget_upload()
        st.info(wanted)
        st.download_button(
            "Example file",
            lambda: example.to_csv(index=False).encode(),
            file_name="example.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        return None
    frame = _read_once(file.file_id, file.getvalue())
    for note in frame.attrs["notes"][:5]:
        st.caption(note)
    return Upload(file.file_id, file.name, frame)


def uploaded_columns(
    axes: Mapping[str, str],
    min_rows: int,
    example: pd.DataFrame,
    *,
    key: str = "up",
    file_key: str = "file",
    drop_key: str = "drop",
) -> Columns | None:
    """Show the field for a file and the menus of its columns.

    Parameters
    ----------
    axes, min_rows, key
        As in `bundled_columns`.
    example : DataFrame
        A small table that can be saved and uploaded.
    file_key, drop_key : str
        Of the field, and of the choice to leave out incomplete rows.

    Returns
    -------
    Columns or None
        None if there is no file yet; that one is wanted has been shown.

    Raises
    ------
    TableError
        If the file or what is chosen cannot be used.
    """
    counted = _COUNTED[len(axes)]
    wanted = f"Choose a file with at least {counted} columns of numbers."
    upload = uploaded_table(wanted, example, file_key=file_key)
    if upload is None:
        return None
    frame = upload.frame
    names = _choose_columns(frame, None, axes, key, bound=False)
    n_missing = tables.rows_with_missing(frame, names)
    drop = n_missing > 0 and st.checkbox(
        f"Leave out {n_missing:,} of {len(frame):,} rows",
        value=True,
        help=f"In these rows one of the {counted} columns has no value.",
        key=drop_key,
    )
    values = tables.take_columns(frame, names, drop_missing=drop, min_rows=min_rows)
    identity = ("upload", upload.identity, *names, drop)
    places = [frame.attrs["positions"][name] for name in names]
    expression = f"frame.iloc[:, {places}].dropna().to_numpy(float)"
    return Columns(values, names, upload.code(), expression, identity, False)


def forget_upload() -> None:
    """Drop what an uploaded file contained."""
    st.session_state.pop(_UPLOAD, None)


@st.cache_data(max_entries=len(BUNDLED), show_spinner=False)
def _bundled(title: str) -> pd.DataFrame:
    return BUNDLED[title].load()


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
    frame: pd.DataFrame,
    firsts: Sequence[str] | None,
    axes: Mapping[str, str],
    key: str,
    *,
    bound: bool,
) -> tuple[str, ...]:
    """Show the upper left corner of a table and menus of its numeric columns."""
    numeric, counted = tables.numeric_columns(frame), _COUNTED[len(axes)]
    if len(numeric) < len(axes):
        notes = [note for note in frame.attrs["notes"] if "not numbers" in note]
        have = {1: "one column holds", 2: "two columns hold"}[len(numeric)]
        listed = " and ".join(map(display_name, numeric))
        raise tables.TableError(
            f"Only {have} numbers, {listed}, and {counted} are needed. "
            f"{notes[0] if notes else ''}"
        )
    with st.expander(f"Preview: {len(frame):,} rows, {frame.shape[1]:,} columns"):
        st.dataframe(tables.preview(frame), width="stretch")
    # A menu tells its options apart by what it shows, so that must not repeat.
    shown = unique_names([display_name(name, "text") for name in numeric])
    name_of = dict(zip(shown, numeric, strict=True))
    label_of = dict(zip(numeric, shown, strict=True))
    chosen: dict[str, str] = {}
    places = st.columns(len(axes), wrap=False)
    for place, axis, first in zip(places, axes, firsts or numeric):
        control = Choice(
            key=f"{key}{axis}",
            label=axes[axis],
            options=tuple(shown),
            default=label_of[first],
            look="menu",
        )
        chosen[axis] = draw(control, place, bound=bound)
    for one, other in combinations(chosen, 2):
        if chosen[one] == chosen[other]:
            raise tables.TableError(
                f"{one} and {other} are the same column. Choose {counted} columns."
            )
    return tuple(name_of[label] for label in chosen.values())
