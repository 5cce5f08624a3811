"""The instrument "Warping": the input plane beside what each layer makes of it."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.instruments.mounting import Instrument
from ui.instruments.releases import Releases
from ui.network_text import LIMIT

MAX_OWN = 200
MAX_CLASSES = 10
OWN_CLASSES = 3
_DIGITS = 5  # more than a screen can show
_KIT = ("axes", "drag", "parameters", "picture", "warpplane", "player")
_WARPING = Instrument(
    (*_KIT, "samplecard", "ownpoints", "warping"),
    ("build", "linear", "picture", "planes"),
)

OwnPoint = tuple[float, float, int]


class WarpedLayer(NamedTuple):
    """Where a layer puts everything that is drawn; the same things in each layer.

    Attributes
    ----------
    name : str
    axes : (str, str)
        What is drawn across and up.
    points : ndarray of shape (n_samples, 2)
        The data.
    lines, sides : list of ndarray of shape (m, 2)
        The vertices of the grid's lines, and of polygons of one answer.
    cut : ndarray of shape (n_segments, 2, 2)
        Where the answer changes.
    view : (float, float, float, float)
        The middle of what is in view, x and y, and how far it reaches across and up.
    """

    name: str
    axes: tuple[str, str]
    points: NDArray
    lines: Sequence[NDArray]
    sides: Sequence[NDArray]
    cut: NDArray
    view: tuple[float, float, float, float]


class Warped(NamedTuple):
    """What the instrument shows.

    Attributes
    ----------
    layers : sequence of WarpedLayer
        The input plane first.
    labels : ndarray of int of shape (n_samples,)
        The class of each point.
    classes : sequence of str
        Names of the classes, at most 10.
    families : sequence of int
        Of each line of the grid: 0 if it is upright, 1 if level.
    kinds : sequence of int
        The class that each polygon is given.
    straight : ndarray of shape (2, 2) or None
        The ends of the line that the last layer's cut lies on, if it is one.
    alt : str
        The finding, for those who do not see it.
    samples : sequence of str
        A line of text on each point; none at all if nothing is to be said.
    pictures : ndarray of shape (n_samples, side, side) or None
        What each point stands for, from 0 (white) to 255.
    """

    layers: Sequence[WarpedLayer]
    labels: NDArray
    classes: Sequence[str]
    families: Sequence[int]
    kinds: Sequence[int]
    straight: NDArray | None
    alt: str
    samples: Sequence[str] = ()
    pictures: NDArray | None = None


class WarpingState(NamedTuple):
    """What the reader sets in the instrument.

    Attributes
    ----------
    time : float
        0 for the input, 1 for the first hidden layer and so on.
    own : tuple of (x, y, class) or None
        The reader's own points; None if the data are others.
    """

    time: float
    own: tuple[OwnPoint, ...] | None = None


def warping_instrument(
    warped: Warped,
    state: WarpingState,
    *,
    key: str,
    locked: tuple[bool, bool] = (False, False),
    on_release: Callable[[WarpingState], None] | None = None,
) -> None:
    """Show data, a grid and the answers in the input plane and in any layer.

    Parameters
    ----------
    warped : Warped
    state : WarpingState
        When it differs from the one passed in the run before and from the one
        released since, the instrument goes there.
    key : str
        A name of its own for this instrument.
    locked : (bool, bool)
        Whether time and the reader's points cannot be changed here.
    on_release : callable, optional
        Called with the state that the reader left, before the script runs.

    Raises
    ------
    ValueError
        If there is no layer, layers differ in what they hold, or a number is not
        finite.
    """
    layers = [_flat(layer) for layer in warped.layers]
    sizes = {tuple(len(layer[n]) for n in _LISTS) for layer in layers}
    if len(sizes) != 1 or len(warped.classes) > MAX_CLASSES:
        raise ValueError(
            "All layers must hold the same points, lines, polygons and cuts, of at "
            f"most {MAX_CLASSES} classes."
        )
    releases = Releases(key, "state", read=released_state, write=_written)
    released = releases.show(state) or state
    first = warped.layers[0]
    _WARPING(
        key=key,
        data={
            "layers": layers,
            "offsets": {"lines": _ends(first.lines), "sides": _ends(first.sides)},
            "labels": [int(label) for label in warped.labels],
            "classes": list(warped.classes),
            "families": list(warped.families),
            "kinds": [int(kind) for kind in warped.kinds],
            "straight": None if warped.straight is None else _numbers(warped.straight),
            "alt": warped.alt,
            "samples": list(warped.samples),
            "images": _images(warped.pictures),
            **_written(released),
            "locked": dict(zip(("time", "own"), map(bool, locked), strict=True)),
            "revision": releases.revision,
        },
        on_state_change=releases.reporter(on_release),
    )


def released_state(value: Any) -> WarpingState | None:
    """Check what a browser sent; None if it is no state."""
    if not isinstance(value, dict):
        return None
    time, own = value.get("time"), value.get("own")
    # A truth value counts as an integer in Python; a comparison with NaN is false.
    if type(time) not in (int, float) or not 0 <= time <= LIMIT:
        return None
    if own is None:
        return WarpingState(float(time))
    if not isinstance(own, list) or len(own) > MAX_OWN:
        return None
    if not all(isinstance(point, list) and len(point) == 3 for point in own):
        return None
    for *place, label in own:
        if not all(type(number) in (int, float) for number in place):
            return None
        if not all(abs(number) <= LIMIT for number in place):
            return None
        if type(label) is not int or not 0 <= label < OWN_CLASSES:
            return None
    points = tuple((float(x), float(y), label) for x, y, label in own)
    return WarpingState(float(time), points)


_LISTS = ("points", "lines", "sides", "cut")


def _flat(layer: WarpedLayer) -> dict[str, Any]:
    """Write a layer as it travels: names, and flat lists of x, y, x, y and so on."""
    joined = {
        name: np.concatenate(polygons) if len(polygons) else np.empty((0, 2))
        for name, polygons in (("lines", layer.lines), ("sides", layer.sides))
    }
    return {
        "name": layer.name,
        "axes": list(layer.axes),
        "points": _numbers(layer.points),
        "cut": _numbers(layer.cut),
        "view": _numbers(np.array(layer.view)),
        **{name: _numbers(values) for name, values in joined.items()},
    }


def _numbers(values: NDArray) -> list[float]:
    values = np.asarray(values, dtype=np.float64).ravel()
    if not np.isfinite(values).all():
        raise ValueError("What is drawn must be finite.")
    return [float(f"{value:.{_DIGITS}g}") for value in values.tolist()]


def _ends(lists: Sequence[NDArray]) -> list[int]:
    return np.cumsum([0, *map(len, lists)]).tolist()


def _images(pictures: NDArray | None) -> dict[str, Any] | None:
    if pictures is None:
        return None
    ink = np.clip(pictures, 0, 255).astype(np.uint8).tobytes()
    return {"side": pictures.shape[1], "bytes": b64encode(ink).decode()}


def _written(state: WarpingState) -> dict[str, Any]:
    own = None if state.own is None else [list(point) for point in state.own]
    return {"time": state.time, "own": own}
