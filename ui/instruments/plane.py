"""The instrument "Plane": a shallow network of two inputs, made by hand."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from estimators import ReLUNetwork
from estimators.geometry import linear_regions
from estimators.geometry.box import validated_box
from ui.instruments.build import network_to_send, released_network
from ui.instruments.mounting import Instrument
from ui.instruments.planemap import polygon_map
from ui.instruments.releases import Releases
from ui.network_text import MAX_OUTPUTS, MAX_UNITS

__all__ = ["plane_instrument", "polygon_map"]

NAMES = ("x₁", "x₂")
_KIT = ("relu", "axes", "drag", "parameters", "picture", "shallow", "polygons")
_PARTS = ("planewords", "planecolors", "planepanel", "planelines", "planefigure")
_PLANE = Instrument(
    (*_KIT, *_PARTS, "planetable", "plane"), ("build", "picture", "plane")
)


def plane_instrument(
    network: ReLUNetwork,
    box: ArrayLike,
    *,
    key: str,
    goal: str = "panels",
    output: int = 0,
    veiled: bool = False,
    locked: bool = False,
    names: Sequence[str] = NAMES,
    on_release: Callable[[ReLUNetwork], None] | None = None,
) -> None:
    """Show a network of two inputs as the convex polygons on which it is affine.

    Parameters
    ----------
    network : ReLUNetwork
        Two inputs. For panels one hidden layer of 1 to 10 units and one or two
        outputs: with up to four units each has its plane, its ReLU and its weighted
        ReLU shown (UDL Fig. 3.8), with more only the sum is. When it differs from the
        one passed in the run before and from the one released since, the instrument
        drops its own and shows this.
    box : array-like of shape (2, 2)
        The inputs in view, from low to high.
    key : str
        A name of its own for this instrument.
    goal : {"panels", "map"}, default="panels"
        Panels whose lines can be dragged, or one map of a network of any depth.
    output : int, default=0
        The output that a map shows; panels show all.
    veiled : bool, default=False
        Whether the sum, and all that tells of it, waits for the reader's answer.
    locked : bool, default=False
        Whether the network can be looked at but not changed.
    names : (str, str), default=("x₁", "x₂")
        What the inputs are called.
    on_release : callable, optional
        Called with each network that is released, before the script runs. A page with
        undo keeps the network there, so that an older one counts as different.

    Raises
    ------
    ValueError
        If the network has another shape, or the box is empty or not finite.
    """
    limits = validated_box(network, box)
    if network.n_inputs != 2:
        raise ValueError(f"The network must have two inputs, not {network.n_inputs}.")
    if goal == "map":
        regions = linear_regions(network, limits)
        polygon_map(regions, network, limits, key=key, output=output, names=names)
        return
    if goal != "panels":
        raise ValueError(f'goal must be "panels" or "map", got {goal!r}.')
    if network.depth != 1:
        raise ValueError("The network must be shallow: one hidden layer.")
    if network.n_outputs > MAX_OUTPUTS:
        raise ValueError(f"At most {MAX_OUTPUTS} outputs, got {network.n_outputs}.")
    if network.widths[0] > MAX_UNITS:
        raise ValueError(f"At most {MAX_UNITS} units fit, got {network.widths[0]}.")

    releases = Releases(
        key,
        "network",
        read=lambda value: released_network(
            value, network.widths[0], network.n_outputs, n_inputs=2
        ),
        write=network_to_send,
    )
    released = releases.show(network)
    _PLANE(
        key=key,
        data={
            **network_to_send(released or network),
            "box": np.asarray(limits).tolist(),
            "names": list(names),
            "veiled": bool(veiled),
            "locked": bool(locked),
            "revision": releases.revision,
        },
        on_network_change=releases.reporter(on_release),
    )
