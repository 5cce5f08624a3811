"""The instrument "Build": a shallow network of one input, made by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from estimators import ReLUNetwork
from ui.instruments.bundle import bundle
from ui.instruments.releases import Releases
from ui.network_text import LIMIT, MAX_UNITS

_BUILD = st.components.v2.component(
    "unfold_build",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=bundle("relu", "axes", "drag", "parameters", "stages", "build"),
)


def build_instrument(
    network: ReLUNetwork,
    domain: tuple[float, float],
    *,
    key: str,
    on_release: Callable[[ReLUNetwork], None] | None = None,
) -> ReLUNetwork | None:
    """Show a shallow network whose parameters can be moved, and hear what became of it.

    Parameters
    ----------
    network : ReLUNetwork
        What to show: one input, 1 to 10 hidden units in one layer, one output. When
        it differs from the one passed in the run before and from the one released
        since, the instrument drops its own and shows this. Passing the same one again,
        or the one that was released, leaves the reader's work alone.
    domain : (float, float)
        The inputs in view, from low to high.
    key : str
        A name of its own for this instrument.
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
        If the network has another shape, or the domain is empty or not finite.
    """
    low, high = map(float, domain)
    if not (low < high and np.isfinite(high - low)):
        raise ValueError(f"domain must be finite with low < high, got {domain}.")
    if (network.n_inputs, network.n_outputs, network.depth) != (1, 1, 1):
        raise ValueError("The network must be shallow, with one input and one output.")
    if network.widths[0] > MAX_UNITS:
        raise ValueError(f"At most {MAX_UNITS} units fit, got {network.widths[0]}.")

    releases = Releases(
        key,
        "network",
        read=lambda value: released_network(value, network.widths[0]),
        write=_parameters,
    )
    released = releases.show(network)
    _BUILD(
        key=key,
        data={
            **_parameters(released or network),
            "domain": [low, high],
            "revision": releases.revision,
        },
        on_network_change=releases.reporter(on_release),
    )
    return released


def released_network(value: Any, n_units: int) -> ReLUNetwork | None:
    """Check what a browser sent.

    Parameters
    ----------
    value : object
        Anything; a network comes as ``{"weights": …, "biases": …}``.
    n_units : int
        Number of hidden units that it must have.

    Returns
    -------
    network : ReLUNetwork or None
        None if it is no shallow network of that width with one input and one output,
        or has a number that is not finite or beyond ±10⁶.
    """
    shapes = {"weights": [(n_units, 1), (1, n_units)], "biases": [(n_units,), (1,)]}
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


def _parameters(network: ReLUNetwork) -> dict[str, list]:
    """Write a network as it travels to the browser."""
    return {
        "weights": [W.tolist() for W in network.weights],
        "biases": [b.tolist() for b in network.biases],
    }
