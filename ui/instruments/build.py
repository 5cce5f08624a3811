"""The instrument "Build": a shallow network of one input, made by hand."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from estimators import ReLUNetwork
from ui.instruments.mounting import Instrument
from ui.instruments.releases import Releases
from ui.network_text import LIMIT, MAX_OUTPUTS, MAX_UNITS

MAX_POINTS = 200
_KIT = ("relu", "axes", "drag", "parameters", "picture")
_PARTS = ("shallow", "sumpanel", "stages", "diagram", "formulas")
_BUILD = Instrument((*_KIT, *_PARTS, "build"), ("build", "picture"))


def build_instrument(
    network: ReLUNetwork,
    domain: tuple[float, float],
    *,
    key: str,
    points: tuple[ArrayLike, ArrayLike] | None = None,
    goal: float | None = None,
    veiled: bool = False,
    locked: bool = False,
    on_release: Callable[[ReLUNetwork], None] | None = None,
) -> ReLUNetwork | None:
    """Show a shallow network whose parameters can be moved, and hear what became of it.

    Parameters
    ----------
    network : ReLUNetwork
        What to show: one input, 1 to 10 hidden units in one layer, one or two outputs.
        When it differs from the one passed in the run before and from the one released
        since, the instrument drops its own and shows this. Passing the same one again,
        or the one that was released, leaves the reader's work alone.
    domain : (float, float)
        The inputs in view, from low to high.
    key : str
        A name of its own for this instrument.
    points : (x, y), each array-like of shape (n_points,), optional
        To be fitted by hand, at most 200, with one output only: drawn with their
        residuals, and the sum of the squared residuals is counted live.
    goal : float, optional
        The least loss known for these points.
    veiled : bool, default=False
        Whether the sum, and all that tells of it, waits for the reader's answer.
    locked : bool, default=False
        Whether the network can be looked at but not changed.
    on_release : callable, optional
        Called with each network that is released, before the script runs. A page with
        undo keeps the network there, so that an older one counts as different.

    Returns
    -------
    released : ReLUNetwork or None
        What the reader last released, since `network` was shown; None if nothing.

    Raises
    ------
    ValueError
        If the network has another shape, the domain is empty or not finite, or points
        or goal are not as described.
    """
    low, high = map(float, domain)
    if not (low < high and np.isfinite(high - low)):
        raise ValueError(f"domain must be finite with low < high, got {domain}.")
    if (network.n_inputs, network.depth) != (1, 1):
        raise ValueError("The network must be shallow, with one input.")
    if network.n_outputs > MAX_OUTPUTS:
        raise ValueError(f"At most {MAX_OUTPUTS} outputs, got {network.n_outputs}.")
    if network.widths[0] > MAX_UNITS:
        raise ValueError(f"At most {MAX_UNITS} units fit, got {network.widths[0]}.")
    listed = None if points is None else _listed(points, network.n_outputs)
    if goal is not None and (listed is None or not 0 <= goal < np.inf):
        raise ValueError(f"goal must be a loss that the points can have, got {goal}.")

    releases = Releases(
        key,
        "network",
        read=lambda value: released_network(
            value, network.widths[0], network.n_outputs
        ),
        write=network_to_send,
    )
    released = releases.show(network)
    _BUILD(
        key=key,
        data={
            **network_to_send(released or network),
            "domain": [low, high],
            "points": listed,
            "goal": None if goal is None else float(goal),
            "veiled": bool(veiled),
            "locked": bool(locked),
            "revision": releases.revision,
        },
        on_network_change=releases.reporter(on_release),
    )
    return released


def released_network(
    value: Any, n_units: int, n_outputs: int = 1, n_inputs: int = 1
) -> ReLUNetwork | None:
    """Check what a browser sent.

    Parameters
    ----------
    value : object
        Anything; a network comes as ``{"weights": …, "biases": …}``.
    n_units : int
        Number of hidden units that it must have.
    n_outputs : int, default=1
        Number of outputs that it must have.
    n_inputs : int, default=1
        Number of inputs that it must have.

    Returns
    -------
    network : ReLUNetwork or None
        None if it is no shallow network with so many inputs, units and outputs, or
        has a number that is not finite or beyond ±10⁶.
    """
    shapes = {
        "weights": [(n_units, n_inputs), (n_outputs, n_units)],
        "biases": [(n_units,), (n_outputs,)],
    }
    if not isinstance(value, dict):
        return None
    layers = {}
    for name, expected in shapes.items():
        listed = value.get(name)
        if not (isinstance(listed, list) and len(listed) == 2):
            return None
        try:
            arrays = [np.array(layer) for layer in listed]
        except (ValueError, OverflowError):
            return None
        numbers = all(array.dtype.kind in "iuf" for array in arrays)
        if not numbers or [array.shape for array in arrays] != expected:
            return None
        # A comparison with NaN is false.
        if not all((np.abs(array) <= LIMIT).all() for array in arrays):
            return None
        layers[name] = [array.astype(np.float64) for array in arrays]
    return ReLUNetwork(layers["weights"], layers["biases"])


def _listed(
    points: tuple[ArrayLike, ArrayLike], n_outputs: int
) -> dict[str, list[float]]:
    """Check points and write them as they travel to the browser."""
    if n_outputs != 1:
        raise ValueError(f"Points are for one output, got {n_outputs} outputs.")
    x, y = (np.asarray(values, dtype=np.float64) for values in points)
    if x.ndim != 1 or x.shape != y.shape or not 1 <= x.size <= MAX_POINTS:
        raise ValueError(
            f"points must be x and y of one length, 1 to {MAX_POINTS}, "
            f"got shapes {x.shape} and {y.shape}."
        )
    # A comparison with NaN is false.
    if not (np.abs([x, y]) <= LIMIT).all():
        raise ValueError(f"points must be finite numbers up to {LIMIT:,.0f}.")
    return {"x": x.tolist(), "y": y.tolist()}


def network_to_send(network: ReLUNetwork) -> dict[str, list]:
    """Write a network as it travels to the browser."""
    return {
        "weights": [W.tolist() for W in network.weights],
        "biases": [b.tolist() for b in network.biases],
    }
