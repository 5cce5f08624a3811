"""The instrument "Linear": a line through points, its loss, and gradient descent."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ui.instruments.mounting import Instrument
from ui.instruments.releases import Releases
from ui.network_text import LIMIT

MAX_POINTS = 500
_MODULES = (
    "axes",
    "drag",
    "parameters",
    "linecell",
    "picture",
    "lossmap",
    "residuals",
    "linear",
)
_LINEAR = Instrument(_MODULES, ("build", "linear", "picture"))


def linear_instrument(
    x: ArrayLike,
    y: ArrayLike,
    line: tuple[float, float],
    path: NDArray,
    *,
    key: str,
    names: tuple[str, str] = ("x", "y"),
    locked: bool = False,
    on_release: Callable[[float, float], None] | None = None,
) -> None:
    """Show points and a line that can be moved, its squared residuals and its loss.

    Parameters
    ----------
    x, y : array-like of shape (n_points,)
        The points: at most 500, at two different x at least.
    line : (float, float)
        φ0 and φ1 of the line. When they differ from those passed in the run before
        and from those released since, the instrument drops its own and shows these.
    path : ndarray of shape (n_steps + 1, 2)
        φ0 and φ1 after each step of gradient descent, with `line` as step 0. It shows
        faded as long as it starts elsewhere than the line on screen.
    key : str
        A name of its own for this instrument.
    names : (str, str)
        Of the input and the output.
    locked : bool, default=False
        Whether the line can be looked at but not changed.
    on_release : callable, optional
        Called with φ0 and φ1 when they are released, before the script runs. A page
        keeps them there, to pass them with their own path.

    Raises
    ------
    ValueError
        If a shape does not fit, a number is not finite, or all x are the same.
    """
    x, y, start, path = (np.asarray(a, dtype=np.float64) for a in (x, y, line, path))
    if x.ndim != 1 or x.shape != y.shape or x.size > MAX_POINTS:
        raise ValueError(
            f"x and y must be as long as each other, {MAX_POINTS} at most."
        )
    if start.shape != (2,) or path.ndim != 2 or path.shape[1] != 2 or not len(path):
        raise ValueError("line must be φ0 and φ1, path one row of them for each step.")
    if not all(np.isfinite(a).all() for a in (x, y, start, path)):
        raise ValueError("The points, the line and the path must be finite.")
    if np.unique(x).size < 2:
        raise ValueError("A line needs points at two different x at least.")

    releases = Releases(key, "line", read=released_line, write=list)
    released = releases.show((float(line[0]), float(line[1])))
    report = None if on_release is None else lambda pair: on_release(*pair)
    _LINEAR(
        key=key,
        data={
            "x": x.tolist(),
            "y": y.tolist(),
            "line": list(released or start.tolist()),
            "path": path.tolist(),
            "names": list(names),
            "locked": bool(locked),
            "revision": releases.revision,
        },
        on_line_change=releases.reporter(report),
    )


def released_line(value: Any) -> tuple[float, float] | None:
    """Check what a browser sent.

    Parameters
    ----------
    value : object
        Anything; a line comes as ``{"phi0": …, "phi1": …}``.

    Returns
    -------
    line : (float, float) or None
        None if it is none, or has a number that is not finite or beyond ±10⁶.
    """
    if not isinstance(value, dict):
        return None
    numbers: Sequence[Any] = [value.get("phi0"), value.get("phi1")]
    # A truth value counts as an integer in Python; a comparison with NaN is false.
    if not all(type(number) in (int, float) for number in numbers):
        return None
    if not all(abs(number) <= LIMIT for number in numbers):
        return None
    return float(numbers[0]), float(numbers[1])
