"""Functions of two variables to be approximated: presets, or a typed formula."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.approximation.targets import check_range
from ui.formula import parse
from ui.names import display_name

Array = NDArray[np.float64]

_INPUTS = ("x", "y")
_CELLS = 200  # to a side of the grid on which a typed formula is checked


class Surface(NamedTuple):
    """A function of two variables on a square.

    Attributes
    ----------
    key : str
        For links.
    name : str
        What it is called.
    label : str
        Its name and what is special about it, for a list to choose from.
    low, high : float
        Ends of the range of both variables.
    function : callable
        From two arrays to an array, all of one shape.
    latex : str
        Its formula.
    code : str
        Its formula as an expression of ``np``, ``x`` and ``y``.
    teaches : str
        One sentence.
    """

    key: str
    name: str
    label: str
    low: float
    high: float
    function: Callable[[Array, Array], Array]
    latex: str
    code: str
    teaches: str


def _preset(
    key: str, name: str, label: str, text: str, low: float, high: float, teaches: str
) -> Surface:
    formula = parse(text, _INPUTS)
    return Surface(
        key,
        name,
        label,
        float(low),
        float(high),
        formula,
        formula.latex(),
        formula.python(),
        teaches,
    )


_PRESETS = (
    _preset(
        "hill",
        "Hill",
        "Hill: smooth",
        "exp(-x^2 - y^2)",
        -2,
        2,
        "Flat facets cover the hill, and creases cross all of the square, needed there "
        "or not.",
    ),
    _preset(
        "franke",
        "Franke's function",
        "Franke: two hills and a dip",
        "0.75 exp(-((9x - 2)^2 + (9y - 2)^2)/4)"
        " + 0.75 exp(-(9x + 1)^2/49 - (9y + 1)/10)"
        " + 0.5 exp(-((9x - 7)^2 + (9y - 3)^2)/4)"
        " - 0.2 exp(-(9x - 4)^2 - (9y - 7)^2)",
        0,
        1,
        "The standard test of scattered-data methods since 1979: features of several "
        "sizes.",
    ),
    _preset(
        "peaks",
        "Peaks",
        "Peaks: three hills, three dips",
        "3(1 - x)^2 exp(-x^2 - (y + 1)^2)"
        " - 10(x/5 - x^3 - y^5) exp(-x^2 - y^2)"
        " - exp(-(x + 1)^2 - y^2)/3",
        -3,
        3,
        "Hills next to dips: creases in many directions are needed at once.",
    ),
    _preset(
        "pyramid",
        "Pyramid",
        "Pyramid: four units",
        "|x| + |y|",
        -1,
        1,
        "Creases along the axes, two units for each: four units represent it without "
        "any error.",
    ),
    _preset(
        "disc",
        "Disc",
        "Disc: a jump along a circle",
        "step(0.36 - x^2 - y^2)",
        -1,
        1,
        "No continuous function comes closer than half the jump, and a circle made of "
        "straight creases needs many.",
    ),
)

SURFACES = {surface.key: surface for surface in _PRESETS}


def typed_surface(text: str, low: float, high: float) -> Surface:
    """Make a surface of a formula in x and y that somebody typed.

    Parameters
    ----------
    text : str
        The formula.
    low, high : float
        Ends of the range of both variables.

    Returns
    -------
    Surface

    Raises
    ------
    FormulaError
        If the formula cannot be read, or is not finite and at most 10^6 in size
        on a grid of 201 × 201 points, of which 0 is one if it is in the range.
    ValueError
        If the range is not one.
    """
    check_range(low, high)
    formula = parse(text, _INPUTS)
    side = np.linspace(low, high, _CELLS + 1)
    if low < 0 < high:  # where a formula fails most often
        side[np.abs(side).argmin()] = 0
    formula.values(*np.meshgrid(side, side))
    return Surface(
        key="typed",
        name="Your formula",
        label=display_name(text, "text"),
        low=float(low),
        high=float(high),
        function=formula,
        latex=formula.latex(),
        code=formula.python(),
        teaches="Your own formula: where does it need creases?",
    )
