"""From the bytes of a CSV file to names, rows of cells, and numbers.

`ui.tables` builds the table from what this module yields.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ui.names import display_name

MAX_CELL = 10_000  # characters

# In this order: one that comes earlier wins when two fit, since "1,5;2,5" is two
# numbers with a decimal comma.
_DELIMITERS = (";", "\t", "|", ",")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
MISSING = frozenset(
    ("", "-", "?", ".", "na", "n/a", "#n/a", "nan", "<na>", "null", "none", "missing")
)
_DECIMAL_COMMA = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]*)(?:,[0-9]+)?(?:[eE][+-]?[0-9]+)?"
)
_DECIMAL_POINT = re.compile(r"[+-]?[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?")
_BINARY_KINDS = {
    b"PK\x03\x04": "an Excel workbook (.xlsx) or another zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"%PDF": "a PDF document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x1f\x8b": "a gzip-compressed file",
    b"\x93NUMPY": "a NumPy array file",
}
_SAVE_AS = "Save the table as “CSV UTF-8” and upload that file."


class TableError(ValueError):
    """Something is wrong with a table; the message says what and what to do."""


def decode(content: bytes) -> tuple[str, str]:
    """Bytes to text and its encoding, or say what else it is."""
    for magic, kind in _BINARY_KINDS.items():
        if content.startswith(magic):
            raise TableError(f"This is {kind}, not a CSV file. {_SAVE_AS}")
    encodings = ("utf-8-sig", "cp1252")  # what spreadsheets write today, and used to
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        encodings = ("utf-32",)
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise TableError(f"The file is not text in a known encoding. {_SAVE_AS}")
    if "\0" in text or len(_CONTROL.findall(text)) > len(text) / 1000:
        raise TableError(
            "The file contains characters that no text has (NUL or control "
            f"characters): it is binary, damaged, or UTF-16 without a mark. {_SAVE_AS}"
        )
    return text, encoding


def detect_delimiter(text: str) -> str:
    """Choose the delimiter that gives most of the first lines as many fields."""
    sample = text[:65_536]
    if len(sample) < len(text):
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        counts = []
        try:
            for record in reader:
                counts += [len(record)] if any(map(str.strip, record)) else []
                if len(counts) == 20:
                    break
        except csv.Error:
            continue
        width = max(set(counts), key=counts.count, default=1)
        score = counts.count(width) if width > 1 else 0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def records(
    text: str, delimiter: str, max_columns: int
) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the first line, stripped cells) of each record with content."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        strict=True,
        skipinitialspace=True,
    )
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise TableError(_quote_message(line, str(error))) from None
        if len(record) > max_columns and any(map(str.strip, record[max_columns:])):
            raise TableError(
                f"Line {line} has {len(record)} columns; at most {max_columns} can be "
                "read. Keep the columns that you need."
            )
        if any(len(cell) > MAX_CELL for cell in record):
            raise TableError(_quote_message(line, "field larger"))
        cells = [cell.strip() for cell in record[:max_columns]]
        if any(cells):
            yield line, cells


class Cells(NamedTuple):
    """A table of text: names and rows of equal length, and how names were found."""

    names: list[str]
    rows: list[list[str]]
    has_header: bool
    notes: list[str]


def split_header(
    lines: Iterator[tuple[int, list[str]]], max_rows: int, comma: bool
) -> Cells:
    """Tell names from rows, or invent names, and refuse rows of another length."""
    _, header = next(lines, (0, []))
    if not header:
        raise TableError("The file is empty. Choose a CSV file with a header line.")
    notes, rows = [], []
    values, wrong = to_numbers([cell for cell in header if cell], comma)
    has_header = bool(wrong) or np.isnan(values).all()
    if not has_header:
        notes.append(
            "The first line holds numbers, not names: it is read as data, and the "
            "columns are called column 1, column 2, …"
        )
        rows = [header]
        header = [f"column {i}" if c else "" for i, c in enumerate(header, start=1)]
    for line, cells in lines:
        if any(cells[len(header) :]) or any(header[len(cells) :]):
            raise TableError(
                f"Line {line:,} has {len(cells)} field(s) where the first line has "
                f"{len(header)}. Give every line the same number of fields, and quote "
                "text that contains the delimiter."
            )
        if len(rows) == max_rows:
            raise TableError(
                f"The table has more than {max_rows:,} rows. Keep a sample of them."
            )
        rows.append((cells + [""] * len(header))[: len(header)])
    if not rows:
        raise TableError(
            "The file has a header line but no rows below it. Add at least two rows."
        )
    names = [cell or f"column {i}" for i, cell in enumerate(header, start=1)]
    unique = unique_names(names)
    if unique != names:
        twice = next(name for name in names if names.count(name) > 1)
        notes.append(f"Several columns are called {display_name(twice)}: now numbered.")
    return Cells(unique, rows, has_header, notes)


def unique_names(names: list[str]) -> list[str]:
    """Make repeated names differ by a number: x, x (2), x (3)."""
    taken, result = set(names), []
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = count = seen.get(name, 0) + 1
        new = name
        while count > 1 and new in taken:
            new = f"{name} ({count})"
            count += 1
        taken.add(new)
        result.append(new)
    return result


def to_numbers(cells: Sequence[str], comma: bool) -> tuple[np.ndarray, list[int]]:
    """Values (NaN where missing or no number) and the positions of the non-numbers."""
    if comma and any("," in cell for cell in cells):
        both = any(
            _DECIMAL_POINT.fullmatch(cell) and not _DECIMAL_COMMA.fullmatch(cell)
            for cell in cells
        )
        if not both:  # else neither convention is assumed
            cells = [
                cell.replace(".", "").replace(",", ".")
                if _DECIMAL_COMMA.fullmatch(cell)
                else cell
                for cell in cells
            ]
    values, wrong = np.full(len(cells), np.nan), []
    for i, cell in enumerate(cells):
        try:
            values[i] = float(cell)
            if "_" in cell:  # Python's 1_000 is no number elsewhere
                values[i] = np.nan
                wrong.append(i)
        except ValueError:
            if cell.lower() not in MISSING:
                wrong.append(i)
    return values, wrong


def _quote_message(line: int, error: str) -> str:
    """Say in words what the csv reader, or the limit on one field, complained about."""
    if "end of data" in error:
        return (
            f"A quotation mark opened in or after line {line} is never closed. Close "
            "it, or delete it."
        )
    if "larger" in error:
        return (
            f"Line {line} has a field of more than {MAX_CELL:,} characters. Perhaps a "
            "quotation mark is not closed there."
        )
    return (
        f"The quotation marks in line {line} do not match. Inside a quoted field, "
        "write a quotation mark twice."
    )
