"""The instrument "Linear map": a 2 × 2 matrix, dragged, and its three stages."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ui.instruments.mounting import Instrument
from ui.instruments.releases import Releases
from ui.network_text import LIMIT

LAST = 3.0  # the moment at which all three stages are done
_MODULES = ("axes", "drag", "parameters", "picture", "warpplane", "svd", "player")
_LINEAR_MAP = Instrument(
    (*_MODULES, "linear_map"), ("build", "linear", "picture", "planes")
)


class ShownMap(NamedTuple):
    """What the instrument shows.

    Attributes
    ----------
    theta : tuple of two tuples of two floats
        The rows of Θ.
    moment : float
        From 0, nothing done yet, to 3, all of Θ.
    """

    theta: tuple[tuple[float, float], tuple[float, float]]
    moment: float


def linear_map_instrument(
    theta: ArrayLike,
    moment: float,
    *,
    key: str,
    locked: tuple[bool, bool] = (False, False),
    on_release: Callable[[ShownMap], None] | None = None,
) -> None:
    """Show what a matrix does to the plane, at once and in three stages.

    Parameters
    ----------
    theta : array-like of shape (2, 2)
        Finite numbers within ±10⁶.
    moment : float
        The stage to show, from 0 to 3.
    key : str
        A name of its own for this instrument.
    locked : (bool, bool)
        Whether the matrix and the stage cannot be changed here.
    on_release : callable, optional
        Called with what the reader released, before the script runs.

    Raises
    ------
    ValueError
        If a shape or a number is not as described.
    """
    matrix = np.asarray(theta, dtype=np.float64)
    # A comparison with NaN is false.
    if matrix.shape != (2, 2) or not (np.abs(matrix) <= LIMIT).all():
        raise ValueError("theta must be two rows of two numbers, none beyond ±10⁶.")
    if not 0 <= moment <= LAST:
        raise ValueError(f"moment must be from 0 to {LAST:g}, got {moment}.")
    releases = Releases(key, "map", read=released_map, write=_written)
    shown = ShownMap(tuple(map(tuple, matrix.tolist())), float(moment))
    released = releases.show(shown) or shown
    _LINEAR_MAP(
        key=key,
        data={
            **_written(released),
            "locked": dict(zip(("theta", "moment"), map(bool, locked), strict=True)),
            "revision": releases.revision,
        },
        on_map_change=releases.reporter(on_release),
    )


def released_map(value: Any) -> ShownMap | None:
    """Check what a browser sent; None if it is no matrix with a moment."""
    rows = value.get("theta") if isinstance(value, dict) else None
    if not (isinstance(rows, list) and len(rows) == 2):
        return None
    if not all(isinstance(row, list) and len(row) == 2 for row in rows):
        return None
    moment = value.get("moment")
    numbers = [*rows[0], *rows[1], moment]
    # A truth value counts as an integer in Python.
    if not all(type(number) in (int, float) for number in numbers):
        return None
    if not all(abs(number) <= LIMIT for number in numbers) or not 0 <= moment <= LAST:
        return None
    theta = tuple(tuple(float(number) for number in row) for row in rows)
    return ShownMap(theta, float(moment))


def _written(shown: ShownMap) -> dict[str, Any]:
    """Write what is shown as it travels to the browser."""
    return {"theta": [list(row) for row in shown.theta], "moment": shown.moment}
