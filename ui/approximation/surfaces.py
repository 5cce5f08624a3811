"""A surface of a formula that somebody typed."""

import numpy as np

from ui.approximation.targets import check_range
from ui.names import display_name
from ui.surfaces import Surface, surface_of

_CELLS = 200  # to a side of the grid on which a formula is checked


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
    surface = surface_of(
        "typed",
        "Your formula",
        display_name(text, "text"),
        text,
        low,
        high,
        "Your own formula: where does it need creases?",
    )
    side = np.linspace(low, high, _CELLS + 1)
    if low < 0 < high:  # where a formula fails most often
        side[np.abs(side).argmin()] = 0
    surface.function.values(*np.meshgrid(side, side))
    return surface
