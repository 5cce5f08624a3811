"""Functions of one variable to be approximated: chosen for what they teach, or typed.

The lectures state the theorem with a drawn curve that has no formula; their own example
of a function is the network of ten parameters, which is among the targets.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.approximation.breaks import find_breaks
from ui.formula import parse
from ui.names import display_name

Array = NDArray[np.float64]

MOST_FROM_ZERO = 1e6
LEAST_WIDTH = 1e-6  # of the range, as a share of its end that is farther from zero


class Target(NamedTuple):
    """A function of one variable on a range.

    Attributes
    ----------
    key : str
        For links.
    name : str
        What it is called.
    label : str
        Its name and what is special about it, for a list to choose from.
    low, high : float
        Ends of the range.
    function : callable
        From an array to an array of the same shape.
    kinks : tuple of float
        Places inside the range where it bends sharply, or rises vertically.
    jumps : tuple of float
        Places where it is not continuous: the value there belongs to one of the sides
        or to none, so each side has to be looked at from a little distance.
    latex : str
        Its formula.
    code : str
        Its formula as an expression of ``np`` and ``x``.
    teaches : str
        One sentence.
    """

    key: str
    name: str
    label: str
    low: float
    high: float
    function: Callable[[Array], Array]
    kinks: tuple[float, ...]
    jumps: tuple[float, ...]
    latex: str
    code: str
    teaches: str


def _target_of(
    key: str,
    name: str,
    label: str,
    text: str,
    low: float,
    high: float,
    teaches: str,
    kinks: tuple[float, ...] = (),
    jumps: tuple[float, ...] = (),
) -> Target:
    formula = parse(text)
    return Target(
        key,
        name,
        label,
        float(low),
        float(high),
        formula,
        kinks,
        jumps,
        formula.latex(),
        formula.python(),
        teaches,
    )


_WEIERSTRASS = " + ".join(f"0.5^{k} cos(3^{k} pi x)" for k in range(8))

_PRESETS = (
    _target_of(
        "exp",
        "Exponential",
        "Exponential: smooth",
        "exp(x)",
        0,
        1,
        "Twice as many joints make the error of a smooth function four times smaller.",
    ),
    _target_of(
        "sine",
        "Sine",
        "Sine: one period",
        "sin(2 pi x)",
        0,
        1,
        "Joints gather at the crest and the dip, where the curve bends most.",
    ),
    _target_of(
        "runge",
        "Runge's function",
        "Runge: a bell",
        "1/(1 + 25x^2)",
        -1,
        1,
        "Polynomials through more and more equidistant points get worse here; broken "
        "lines get better.",
    ),
    _target_of(
        "wiggly",
        "Five waves",
        "Sine: five periods",
        "sin(10 pi x)",
        0,
        1,
        "Until there are joints for every crest and dip, more of them hardly help.",
    ),
    _target_of(
        "chirp",
        "Chirp",
        "Chirp: faster and faster",
        "sin(2 pi x (1 + 3x))",
        0,
        1,
        "Joints at equal distances waste units on the slow side and lack them on the "
        "fast one.",
    ),
    _target_of(
        "kink",
        "Curve with a kink",
        "Kink: a corner on a curve",
        "|x - 0.3| + 0.2 sin(2 pi x)",
        0,
        1,
        "A joint exactly at the corner removes its error for good.",
        kinks=(0.3,),
    ),
    _target_of(
        "lecture",
        "Lecture's network",
        "Lecture: three units",
        "-0.23 - 1.3 relu(-0.2 + 0.4x) + 1.3 relu(-0.9 + 0.9x) + 0.66 relu(1.1 - 0.7x)",
        0,
        2,
        "A broken line needs no limit: three units represent it without any error.",
        kinks=(0.5, 1.0, 11 / 7),
    ),
    _target_of(
        "root",
        "Square root",
        "Square root: vertical start",
        "sqrt(x)",
        0,
        1,
        "Joints crowd towards 0, where the root is infinitely steep; at equal "
        "distances they gain little.",
    ),
    _target_of(
        "step",
        "Step",
        "Step: a jump",
        "step(x - 1/3)",
        0,
        1,
        "No continuous function comes closer than half the jump everywhere, yet the "
        "mean error shrinks with the width of the steep piece.",
        jumps=(1 / 3,),
    ),
    _target_of(
        "sawtooth",
        "Sawtooth",
        "Sawtooth: three jumps",
        "3x + 0.5 - floor(3x + 0.5)",
        0,
        1,
        "Every jump costs two joints that are close together.",
        jumps=(1 / 6, 1 / 2, 5 / 6),
    ),
    _target_of(
        "weierstrass",
        "Weierstrass's sum",
        "Weierstrass: rough",
        _WEIERSTRASS,
        0,
        1,
        "The more joints, the more detail comes into sight, and the error falls much "
        "more slowly.",
    )._replace(latex=r"\sum_{k=0}^{7} 2^{-k} \cos\left(3^k \pi x\right)"),
)

TARGETS = {target.key: target for target in _PRESETS}


def typed_target(text: str, low: float, high: float) -> Target:
    """Make a target of a formula in x that somebody typed.

    Parameters
    ----------
    text : str
        The formula.
    low, high : float
        Ends of the range.

    Returns
    -------
    Target
        Its kinks and jumps are found numerically, see `find_breaks`.

    Raises
    ------
    FormulaError
        If the formula cannot be read, or is not finite and at most 10^6 in size at
        thousands of places of the range, or breaks or swings too often.
    ValueError
        If the range is not one.
    """
    check_range(low, high)
    target = _target_of(
        "typed",
        "Your formula",
        display_name(text, "text"),
        text,
        low,
        high,
        "Your own formula: where does it need joints?",
    )
    kinks, jumps = find_breaks(target.function, target.low, target.high)
    return target._replace(kinks=kinks, jumps=jumps)


def check_range(low: float, high: float) -> None:
    """Raise a ValueError in words if two numbers are not ends of a usable range."""
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("The ends of the range have to be finite numbers.")
    if not low < high:
        raise ValueError(
            f"The range has to go upwards: {low:g} is not less than {high:g}."
        )
    farther = max(abs(low), abs(high))
    if farther > MOST_FROM_ZERO:
        raise ValueError(
            f"The range has to stay between −{MOST_FROM_ZERO:,.0f} and "
            f"{MOST_FROM_ZERO:,.0f}."
        )
    if high - low < LEAST_WIDTH * farther:
        raise ValueError(
            f"The range from {low:.12g} to {high:.12g} is too narrow for its distance "
            f"from 0: take a wider one, or shift x in the formula."
        )
