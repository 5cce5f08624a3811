"""Numbers as text."""

import pandas as pd


def short(value: float | str) -> str:
    """Write the value of a control, a number or a word, as short as it can be."""
    return value if isinstance(value, str) else f"{value:g}"


def as_text(table: pd.DataFrame, digits: int = 4) -> pd.DataFrame:
    """Write numbers with so many significant digits, whatever their unit."""
    return table.map(lambda v: v if isinstance(v, str) else f"{v:.{digits}g}")
