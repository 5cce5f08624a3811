"""Functions of two variables over a square, by their formulas."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.formula import parse

Array = NDArray[np.float64]

INPUTS = ("x", "y")


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


def surface_of(
    key: str, name: str, label: str, text: str, low: float, high: float, teaches: str
) -> Surface:
    """Make a surface of a formula in x and y."""
    formula = parse(text, INPUTS)
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
    surface_of(
        "hill",
        "Hill",
        "Hill: smooth",
        "exp(-x^2 - y^2)",
        -2,
        2,
        "Flat facets cover the hill, and creases cross all of the square, needed there "
        "or not.",
    ),
    surface_of(
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
    surface_of(
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
    surface_of(
        "pyramid",
        "Pyramid",
        "Pyramid: four units",
        "|x| + |y|",
        -1,
        1,
        "Creases along the axes, two units for each: four units represent it without "
        "any error.",
    ),
    surface_of(
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
