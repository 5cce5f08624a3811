"""The instrument "Activation": a function, and what it does to the plane."""

from collections.abc import Callable
from typing import Any, NamedTuple

from ui.instruments.mounting import Instrument
from ui.instruments.releases import Releases

LEAST_SCALE, LARGEST_SCALE = 0.1, 10.0
QUARTER = 90.0  # degrees
_MODULES = ("axes", "drag", "picture", "warpplane", "player", "svd", "activations")
_ACTIVATION = Instrument(
    (*_MODULES, "activation"), ("build", "linear", "picture", "planes")
)


class ActivationState(NamedTuple):
    """What the reader sets in the instrument.

    Attributes
    ----------
    scale : float
        S, from 0.1 to 10.
    turn : float
        Of the grid, in degrees, from 0 to 90.
    time : float
        From 0, the input, to 1, a(Sx).
    """

    scale: float
    turn: float
    time: float


_LIMITS = ActivationState((LEAST_SCALE, LARGEST_SCALE), (0.0, QUARTER), (0.0, 1.0))


def activation_instrument(
    activation: str,
    state: ActivationState,
    *,
    key: str,
    locked: tuple[bool, bool, bool] = (False, False, False),
    on_release: Callable[[ActivationState], None] | None = None,
) -> None:
    """Show an activation function as a curve, and as it moves a plane.

    Parameters
    ----------
    activation : str
        Its name, as in ``activations.js``.
    state : ActivationState
        When it differs from the one passed in the run before and from the one
        released since, the instrument goes there.
    key : str
        A name of its own for this instrument.
    locked : (bool, bool, bool)
        Whether scale, turn and time cannot be changed here.
    on_release : callable, optional
        Called with the state that the reader left, before the script runs.

    Raises
    ------
    ValueError
        If a number is beyond its limits.
    """
    if not _within(state):
        raise ValueError(f"scale, turn and time must be within {tuple(_LIMITS)}.")
    releases = Releases(key, "state", read=released_activation, write=_written)
    released = releases.show(state) or state
    names = ActivationState._fields
    _ACTIVATION(
        key=key,
        data={
            "activation": activation,
            **_written(released),
            "locked": dict(zip(names, map(bool, locked), strict=True)),
            "revision": releases.revision,
        },
        on_state_change=releases.reporter(on_release),
    )


def released_activation(value: Any) -> ActivationState | None:
    """Check what a browser sent; None if it is no state."""
    if not isinstance(value, dict):
        return None
    numbers = [value.get(name) for name in ActivationState._fields]
    # A truth value counts as an integer in Python.
    if not all(type(number) in (int, float) for number in numbers):
        return None
    state = ActivationState(*map(float, numbers))
    return state if _within(state) else None


def _within(state: ActivationState) -> bool:
    # A comparison with NaN is false.
    return all(
        low <= value <= high for value, (low, high) in zip(state, _LIMITS, strict=True)
    )


def _written(state: ActivationState) -> dict[str, float]:
    return {name: float(value) for name, value in state._asdict().items()}
