"""Read a reader's CSV file as a table: the rules, once, for every page.

Nothing here knows of Streamlit. A file is bytes from a stranger: its cells become
numbers or stay text, and nothing in it is evaluated. Work and memory are linear in the
size of the file, which is bounded. Whatever is wrong is raised as `TableError`, whose
message is written for the person who made the file and is safe to show as Markdown.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ui.csv_text import (
    MISSING,
    TableError,
    decode,
    detect_delimiter,
    records,
    split_header,
    to_numbers,
    unique_names,
)
from ui.names import display_name

__all__ = [
    "TableError",
    "numeric_columns",
    "preview",
    "read_csv",
    "rows_with_missing",
    "take_columns",
]

MAX_BYTES = 5_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_MAGNITUDE = 1e30  # fits float32, and its square fits float64


def read_csv(
    content: bytes,
    *,
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
    max_columns: int = MAX_COLUMNS,
) -> pd.DataFrame:
    r"""Read the bytes of a CSV file.

    The encoding (UTF-8; UTF-16 and UTF-32 with a byte-order mark; Windows-1252), the
    delimiter (comma, semicolon, tab or bar) and decimal commas are detected.

    Parameters
    ----------
    content : bytes
        The whole file.
    max_bytes, max_rows, max_columns : int
        Limits beyond which the file is refused.

    Returns
    -------
    DataFrame of shape (n_rows, n_columns)
        Numeric columns as float64 with NaN where a value is missing, all others as
        text; rows are numbered from 1. ``frame.attrs["notes"]`` is a list of sentences
        (Markdown) on what was assumed and what cannot be used;
        ``frame.attrs["pandas"]`` are keywords with which `pandas.read_csv` reads the
        file, and ``frame.attrs["positions"]`` where in it each column is.

    Raises
    ------
    TableError
        If the file cannot be read as a table with numbers, or exceeds a limit.

    Examples
    --------
    >>> read_csv(b"dose;effect\n0,5;1\n1,5;4\n")
       dose  effect
    1   0.5     1.0
    2   1.5     4.0
    """
    if len(content) > max_bytes:
        raise TableError(
            f"The file has {len(content) / 1e6:.1f} MB; at most "
            f"{max_bytes / 1e6:g} MB can be read. Keep fewer rows or columns."
        )
    text, encoding = decode(content)
    delimiter = detect_delimiter(text)
    names, rows, has_header, notes = split_header(
        records(text, delimiter, max_columns), max_rows, delimiter != ","
    )
    columns, positions, decimal = {}, {}, "."
    for i, (name, cells) in enumerate(zip(names, zip(*rows, strict=True), strict=True)):
        if not any(cells) and name.startswith("column "):
            continue  # a delimiter at the end of every line
        positions[name] = i
        columns[name], note = _convert(name, cells, delimiter != ",")
        notes += [note] if note else []
        if columns[name].dtype == float and any("," in cell for cell in cells):
            decimal = ","
    frame = pd.DataFrame(columns, index=pd.RangeIndex(1, len(rows) + 1))
    if not numeric_columns(frame):
        raise TableError(_no_numbers_message(rows, notes))
    frame.attrs["notes"] = notes
    frame.attrs["positions"] = positions
    frame.attrs["pandas"] = {
        "sep": delimiter,
        "decimal": decimal,
        "encoding": encoding,
        "header": 0 if has_header else None,
    }
    return frame


def numeric_columns(frame: pd.DataFrame) -> list[str]:
    """Names of the columns that hold numbers, at least one of them not missing."""
    return [
        name
        for name in frame.columns
        if pd.api.types.is_numeric_dtype(frame[name]) and frame[name].notna().any()
    ]


def rows_with_missing(frame: pd.DataFrame, names: Sequence[str]) -> int:
    """Count the rows in which at least one of the named columns has no value."""
    return int(frame[list(names)].isna().any(axis=1).sum())


def take_columns(
    frame: pd.DataFrame,
    names: Sequence[str],
    *,
    drop_missing: bool = False,
    min_rows: int = 2,
) -> np.ndarray:
    """Take columns as numbers that can be computed with.

    Parameters
    ----------
    frame : DataFrame of shape (n_rows, n_columns)
    names : sequence of str
        The columns wanted, in this order.
    drop_missing : bool, default=False
        Leave out the rows in which one of these columns has no value; otherwise such
        rows are an error.
    min_rows : int, default=2
        How many rows must remain.

    Returns
    -------
    ndarray of shape (n_complete_rows, len(names))
        Float64, finite, at most `MAX_MAGNITUDE` in size, no column constant.

    Raises
    ------
    TableError
        If a column is absent, not numeric, constant or holds a value too large; if
        values are missing; or if too few rows remain.
    """
    for name in names:
        _require_numeric(frame, name)
    table = frame[list(names)].to_numpy(dtype=float)
    complete = ~np.isnan(table).any(axis=1)
    listed = " and ".join(display_name(name) for name in names)
    if not drop_missing and not complete.all():
        raise TableError(
            f"{int((~complete).sum()):,} of {len(table):,} rows have no value in "
            f"{listed}. Leave these rows out, or fill them in and upload again."
        )
    for name, column in zip(names, table.T, strict=True):
        too_large = np.flatnonzero(complete & (np.abs(column) > MAX_MAGNITUDE))
        if too_large.size:
            raise TableError(
                f"Column {display_name(name)} has {too_large.size:,} value(s) too "
                f"large to compute with, the first in row {too_large[0] + 1:,}: "
                f"{column[too_large[0]]:g}. Correct them, or change the unit so that "
                f"all stay below {MAX_MAGNITUDE:g}."
            )
    table = table[complete]
    if len(table) < min_rows:
        raise TableError(
            f"Rows with a value in {listed}: {len(table):,}. At least {min_rows} are "
            "needed; choose other columns or a longer table."
        )
    for name, column in zip(names, table.T, strict=True):
        if np.ptp(column) == 0:
            raise TableError(
                f"Column {display_name(name)} is {column[0]:g} in every row, so there "
                "is nothing to learn from it. Choose another column."
            )
    return table


def preview(
    frame: pd.DataFrame, *, rows: int = 5, columns: int = 12, characters: int = 40
) -> pd.DataFrame:
    """Cut a table down to its upper left corner, to show it before it is used.

    Parameters
    ----------
    frame : DataFrame of shape (n_rows, n_columns)
    rows, columns : int
        How many to keep at most.
    characters : int
        Length to which column names and text cells are cut.

    Returns
    -------
    DataFrame of shape (<= rows, <= columns)
    """
    corner = frame.iloc[:rows, :columns]
    short = unique_names([display_name(n, "text", characters) for n in corner.columns])
    cells = {
        new: corner[old]
        if pd.api.types.is_numeric_dtype(corner[old])
        else [
            "" if pd.isna(cell) else display_name(cell, "text", characters)
            for cell in corner[old]
        ]
        for new, old in zip(short, corner.columns, strict=True)
    }
    return pd.DataFrame(cells, index=corner.index)


def _convert(name: str, cells: Sequence[str], comma: bool) -> tuple[np.ndarray, str]:
    """Numbers if every cell is one or missing; else text, and a note if most are."""
    values, wrong = to_numbers(cells, comma)
    if not wrong:
        return values, ""
    text = np.array([c if c.lower() not in MISSING else None for c in cells], object)
    n_numbers = int(np.count_nonzero(~np.isnan(values)))
    if n_numbers < len(wrong):
        return text, ""
    return text, _not_numbers_message(name, len(wrong), cells[wrong[0]], wrong[0] + 1)


def _require_numeric(frame: pd.DataFrame, name: str) -> None:
    """Raise the TableError that says why a column cannot be used, if it cannot."""
    if name not in frame.columns:
        raise TableError(f"The table has no column {display_name(name)}. Choose one.")
    column = frame[name]
    if pd.api.types.is_numeric_dtype(column):
        return
    cells = ["" if pd.isna(cell) else str(cell) for cell in column]
    _, wrong = to_numbers(cells, False)
    at = wrong[0] if wrong else 0
    raise TableError(_not_numbers_message(name, len(wrong), cells[at], at + 1))


def _not_numbers_message(name: str, n_wrong: int, example: str, row: int) -> str:
    """Which column has how many cells that are no numbers, with the first of them."""
    return (
        f"Column {display_name(name)} has {n_wrong:,} value(s) that are not numbers, "
        f"the first in row {row:,}: {display_name(example)}. Correct them, or leave "
        "the cells empty."
    )


def _no_numbers_message(rows: list[list[str]], notes: list[str]) -> str:
    """No column can be used: say so, with the likeliest reason."""
    words = rows[0][0].split()
    if len(rows[0]) == 1 and len(words) > 1 and not to_numbers(words, True)[1]:
        return (
            "The columns seem to be separated by spaces. Save the table with commas, "
            "semicolons or tabs between them."
        )
    reason = next((note for note in notes if "not numbers" in note), "")
    return "No column of the file holds only numbers. " + (
        reason or "Choose a table with at least two columns of numbers."
    )
