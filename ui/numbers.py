"""Numbers as text."""

import math

import pandas as pd

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def short(value: float | str) -> str:
    """Write the value of a control, a number or a word, as short as it can be."""
    return value if isinstance(value, str) else f"{value:g}"


def whole(number: float) -> int:
    """Round to the whole number that a browser's field shows: halves away from zero.

    Examples
    --------
    >>> whole(12.5), whole(12.4), whole(-0.5)
    (13, 12, -1)
    """
    return int(math.copysign(math.floor(abs(number) + 0.5), number))


def raised(exponent: int | str) -> str:
    """Write an exponent as it stands beside its base.

    Examples
    --------
    >>> f"10{raised(134)}, 10{raised(-7)}"
    '10¹³⁴, 10⁻⁷'
    """
    return str(exponent).translate(_RAISED)


def with_power(number: float, digits: int) -> str:
    """Write so many digits that count, and a power of ten as such where there is one.

    Examples
    --------
    >>> with_power(0.25, 3), with_power(2.8610e-6, 3)
    ('0.25', '2.86 · 10⁻⁶')
    """
    shown, _, power = f"{number:.{digits}g}".partition("e")
    return f"{shown} · 10{raised(int(power))}" if power else shown


def as_text(table: pd.DataFrame, digits: int = 4) -> pd.DataFrame:
    """Write numbers with so many significant digits, whatever their unit."""
    return table.map(lambda v: v if isinstance(v, str) else f"{v:.{digits}g}")
