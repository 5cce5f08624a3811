"""The instrument "Built up": the best network of D units, for D after D."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.approximation.building import Frame
from ui.figures.style import ROLE, wire
from ui.instruments.mounting import Instrument
from ui.instruments.releases import Releases

MAX_FRAMES = 100
MAX_POINTS = 2000
_DIGITS = 7  # more than a screen can show
_MODULES = ("axes", "drag", "picture", "logpanel", "morph", "built_up")
_BUILT_UP = Instrument(_MODULES, ("build", "linear", "built_up", "picture"))


class Law(NamedTuple):
    """An error against D, from D = 1 on.

    Attributes
    ----------
    name : str
    values : sequence of float
        What is not above zero is left out.
    role : str
        Whose colour it has.
    dash : str, default="none"
        Of its line, as SVG writes it.
    dotted : bool, default=True
        Whether a dot marks the D on screen.
    """

    name: str
    values: Sequence[float]
    role: str
    dash: str = "none"
    dotted: bool = True


def built_up_instrument(
    target: tuple[NDArray, NDArray],
    frames: Sequence[Frame],
    laws: Sequence[Law],
    units: int,
    *,
    key: str,
    subject: str,
    playable: int,
    locked: bool = False,
    on_release: Callable[[int], None] | None = None,
) -> None:
    """Show how the best network changes with its number of hidden units.

    Parameters
    ----------
    target : (x, y), each ndarray of shape (n_points,)
        The target's graph, x ascending over what is in view; at most 2000 points.
    frames : sequence of Frame
        Of 1, 2, 3 and so on hidden units, one of them at least and at most 100; more
        may come in later runs.
    laws : sequence of Law
        Errors to draw against D.
    units : int
        The D to show. When it differs from the one passed in the run before and from
        the one released since, the instrument goes there.
    key : str
        A name of its own for this instrument.
    subject : str
        What the frames are of: of another subject the instrument begins anew.
    playable : int
        How many frames there will be.
    locked : bool, default=False
        Whether D cannot be changed here.
    on_release : callable, optional
        Called with the D at which the reader stopped, before the script runs.

    Raises
    ------
    ValueError
        If there is no frame, or there are too many of anything, or numbers that are
        not finite.
    """
    if not 1 <= len(frames) <= MAX_FRAMES:
        raise ValueError(f"1 to {MAX_FRAMES} frames can be shown, got {len(frames)}.")
    if len(target[0]) > MAX_POINTS:
        raise ValueError(f"At most {MAX_POINTS} points, got {len(target[0])}.")
    graphs = [target, *((frame.x, frame.y) for frame in frames)]
    if not all(np.isfinite(graph).all() for graph in graphs):
        raise ValueError("The target and all frames must be finite.")
    releases = Releases(key, "units", read=released_units, write=int)
    released = releases.show(units)
    _BUILT_UP(
        key=key,
        data={
            "target": _graph(target),
            "frames": [
                _graph((frame.x, frame.y))
                | {"max": float(frame.max_error), "rms": float(frame.rms)}
                for frame in frames
            ],
            "laws": [
                {
                    "name": law.name,
                    "values": [float(value) for value in law.values],
                    "color": ROLE[law.role],
                    "dash": law.dash,
                    "dotted": law.dotted,
                }
                for law in laws
            ],
            "colors": {"network": ROLE["fit"], "target": ROLE["target"]},
            "at": released or int(units),
            "subject": subject,
            "playable": int(playable),
            "locked": bool(locked),
            "revision": releases.revision,
        },
        on_units_change=releases.reporter(on_release),
    )


def released_units(value: Any) -> int | None:
    """Check what a browser sent: ``{"units": …}``; None if it is no number of units."""
    units = value.get("units") if isinstance(value, dict) else None
    # A truth value counts as an integer in Python.
    return units if type(units) is int and 1 <= units <= MAX_FRAMES else None


def _graph(points: tuple[NDArray, NDArray]) -> dict[str, list[float]]:
    """Write the vertices of a graph as they travel to the browser."""
    doubles = tuple(np.asarray(values, dtype=np.float64) for values in points)
    x, y = zip(*wire(doubles, _DIGITS), strict=True)
    return {"x": list(x), "y": list(y)}
