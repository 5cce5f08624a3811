"""Data for a straight line: few enough to draw, in units whose numbers can be read."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.figures.style import thin
from ui.names import display_name
from ui.numbers import raised

Array = NDArray[np.float64]

_READABLE = (0.01, 1e5)  # from where to where the largest number stays in its unit
_LARGEST = 1e4  # of the numbers in a unit that was chosen here


class LineData(NamedTuple):
    """Points among which a line is drawn.

    Attributes
    ----------
    x, y : ndarray of shape (n_points,)
        In the units that `names` say; x is not constant.
    names : (str, str)
        What x and y are called on the axes.
    code : str
        Python lines that define ``x`` and ``y``, these very numbers.
    note : str
        What was left out; empty if nothing was.
    """

    x: Array
    y: Array
    names: tuple[str, str]
    code: str
    note: str


def line_data(
    x: Array,
    y: Array,
    names: tuple[str, str],
    code: str,
    *,
    max_points: int,
    standardised: bool = False,
) -> LineData:
    """Take a table's two columns as they will be shown.

    Parameters
    ----------
    x, y : ndarray of shape (n_rows,)
        Finite, x not constant.
    names : (str, str)
        Any text, for instance of a stranger's table.
    code : str
        Python lines that define ``x`` and ``y``.
    max_points : int
        If there are more, so many are taken: at even ranks of x, first and last too.
    standardised : bool, default=False
        Whether to measure x from its mean, in standard deviations.

    Returns
    -------
    LineData
        Very large and very small numbers come in units of a power of a thousand.
    """
    lines, note = [code], ""
    if x.size > max_points:
        note = (
            f"Shown are {max_points:,} of {x.size:,} rows, evenly along x; "
            "the loss is summed over these."
        )
        kept = np.argsort(x, kind="stable")[thin(x.size, max_points)]
        x, y = x[kept], y[kept]
        lines.append(
            f"ranks = np.linspace(0, x.size - 1, {max_points}).round().astype(int)\n"
            'kept = np.argsort(x, kind="stable")[ranks]\n'
            "x, y = x[kept], y[kept]"
        )
    shown, scaled = [], []
    for letter, values, name in zip("xy", (x, y), names, strict=True):
        power = _power_of_unit(values)
        text = display_name(name, "text")
        if power:
            lines.append(f"{letter} = {letter} / 1e{power}")
            text += f" in 10{raised(power)}"
        shown.append(text)
        scaled.append(values / float(f"1e{power}"))
    x, y = scaled
    if standardised:
        x = (x - x.mean()) / x.std()
        lines.append("x = (x - x.mean()) / x.std()")
        shown[0] = f"{display_name(names[0], 'text')}, standardised"
    return LineData(x, y, (shown[0], shown[1]), "\n".join(lines), note)


def _power_of_unit(values: Array) -> int:
    """Choose the power of ten, a multiple of three, that makes numbers readable."""
    largest = float(np.abs(values).max())
    if largest == 0 or _READABLE[0] <= largest < _READABLE[1]:
        return 0
    power = 3 * math.ceil(math.log10(largest / _LARGEST) / 3)
    return max(power, -300)  # a smaller unit would be no ordinary number
