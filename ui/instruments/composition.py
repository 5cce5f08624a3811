"""The instrument "Composed": two shallow networks by hand, one after the other."""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from estimators import ReLUNetwork
from estimators.bounds import max_regions
from ui.instruments.build import network_to_send, released_network
from ui.instruments.mounting import Instrument
from ui.instruments.releases import Releases

MAX_UNITS = 4
Pair: TypeAlias = tuple[ReLUNetwork, ReLUNetwork]
_KIT = ("relu", "axes", "drag", "parameters", "picture", "shallow")
_PARTS = (
    "handles",
    "composing",
    "bentpanel",
    "tracing",
    "cornertable",
    "composedfigure",
)
_COMPOSED = Instrument((*_KIT, *_PARTS, "composed"), ("build", "picture", "composed"))


def composition_instrument(
    first: ReLUNetwork,
    second: ReLUNetwork,
    *,
    key: str,
    domain: tuple[float, float] = (-1.0, 1.0),
    probe: float | None = None,
    veiled: bool = False,
    locked: bool = False,
    on_release: Callable[[ReLUNetwork, ReLUNetwork], None] | None = None,
) -> Pair | None:
    """Show two networks with handles, what they compose to, and one x on its way.

    Both are seen as broken lines. Where a corner is dragged, its network gets the
    weights of the line through all corners: φ of each unit in view is the sign of the
    change of slope at its joint, |θ_1| the size, and units face the way they did. The
    other corners keep their places, except where no network of these units could be:
    there an end, or else other corners, follow.

    Parameters
    ----------
    first, second : ReLUNetwork
        The networks y = first(x) and y′ = second(y): one input, one hidden layer of 1
        to 4 units, one output. When they differ from those passed in the run before and
        from those released since, the instrument drops its own and shows these.
    key : str
        A name of its own for this instrument.
    domain : (float, float), default=(-1, 1)
        The inputs x in view, from low to high, and the least that is in view of y.
    probe : float, optional
        The x that is traced, until the reader moves it; another one than in the run
        before moves it there.
    veiled : bool, default=False
        Whether the composed function, and all that tells of it, waits for the reader's
        answer.
    locked : bool, default=False
        Whether the networks can be looked at but not changed.
    on_release : callable, optional
        Called with both networks when a handle is released, before the script runs. A
        page keeps them there, so that older ones count as different.

    Returns
    -------
    released : (ReLUNetwork, ReLUNetwork) or None
        What the reader last released, since these were shown; None if nothing.

    Raises
    ------
    ValueError
        If a network has another shape, the domain is empty or not finite, or the probe
        lies outside of it.

    Notes
    -----
    UDL section 4.1 and figure 4.1: each piece of the first network whose values run
    through the second one's joints is divided by them.
    """
    low, high = finite_domain(domain)
    for name, network in [("first", first), ("second", second)]:
        check_shallow(name, network)
    if probe is not None and not low <= probe <= high:
        raise ValueError(f"probe must be within the domain, got {probe}.")
    widths = (first.widths[0], second.widths[0])
    releases = Releases(
        key,
        "networks",
        read=lambda value: released_networks(value, *widths),
        write=lambda pair: [network_to_send(network) for network in pair],
    )
    released = releases.show((first, second))
    shown = released or (first, second)
    _COMPOSED(
        key=key,
        data={
            "first": network_to_send(shown[0]),
            "second": network_to_send(shown[1]),
            "domain": [low, high],
            "probe": None if probe is None else float(probe),
            "most": max_regions(1, list(widths)),
            "veiled": bool(veiled),
            "locked": bool(locked),
            "revision": releases.revision,
        },
        on_networks_change=releases.reporter(
            None if on_release is None else lambda pair: on_release(*pair)
        ),
    )
    return released


def released_networks(value: Any, n_first: int, n_second: int) -> Pair | None:
    """Check what a browser sent.

    Parameters
    ----------
    value : object
        Anything; networks come as ``{"first": …, "second": …}``, as `released_network`
        reads them.
    n_first, n_second : int
        Numbers of hidden units that they must have.

    Returns
    -------
    networks : (ReLUNetwork, ReLUNetwork) or None
        None if one of them is no such network.
    """
    if not isinstance(value, dict):
        return None
    first = released_network(value.get("first"), n_first)
    second = released_network(value.get("second"), n_second)
    return None if first is None or second is None else (first, second)


def check_shallow(name: str, network: ReLUNetwork) -> None:
    """Refuse a network that is not one of a few units from one input to one output."""
    if (network.n_inputs, network.depth, network.n_outputs) != (1, 1, 1):
        raise ValueError(f"{name} must be shallow, with one input and one output.")
    if not 1 <= network.widths[0] <= MAX_UNITS:
        raise ValueError(
            f"{name} may have 1 to {MAX_UNITS} units, got {network.widths[0]}."
        )


def finite_domain(domain: tuple[float, float]) -> tuple[float, float]:
    """Give the ends of a domain as floats, if it is one."""
    low, high = map(float, domain)
    if not (low < high and np.isfinite(high - low)):
        raise ValueError(f"domain must be finite with low < high, got {domain}.")
    return low, high
