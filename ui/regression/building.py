"""A network set by hand, as the Build step shows it: presets, regions, counts."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from estimators import ReLUNetwork
from estimators.bounds import max_regions
from estimators.geometry import linear_regions


class Preset(NamedTuple):
    """A network that makes a point, and where to look."""

    text: str
    low: float
    high: float
    look_for: str


PRESETS = {
    "The lecture's ten parameters": Preset(
        "-0.23~-0.2,0.4,-1.3~-0.9,0.9,1.3~1.1,-0.7,0.66",
        0,
        2,
        "Each line crosses zero at a joint. In each region the slope is the sum of "
        "θ·φ over the units that are on there.",
    ),
    "Swapped and rescaled: the same function": Preset(
        "-0.23~2.2,-1.4,0.33~-0.1,0.2,-2.6~-0.9,0.9,1.3",
        0,
        2,
        "The ten parameters again with two units swapped, one unit doubled and halved "
        "and another halved and doubled: not a point of the sum has moved.",
    ),
    "A bump from three units": Preset(
        "0~0,1,1~-1,1,-2~-2,1,1",
        -1,
        4,
        "Three units make a bump that is zero outside. Bumps side by side add up to "
        "any continuous function, as closely as you like.",
    ),
    "The best fold": Preset(
        "4~-0.16666666666666666,1,-12~-0.3333333333333333,1,9~0.6666666666666666,-1,-6",
        0,
        1,
        "Three units, four pieces, up and down between 0 and 1: applied to itself, "
        "this makes 16 pieces from six units.",
    ),
    "Two units that cancel": Preset(
        "0~0,1,1~0,-1,-1",
        -1,
        1,
        "Two units, two regions, but one straight line: the slopes on both sides of "
        "the joint are equal.",
    ),
    "A dead unit": Preset(
        "0.2~-0.5,1,1~-3,1,2",
        0,
        2,
        "The second unit's joint is at 3, out of view: here it is never on, and "
        "nothing you do to its φ shows.",
    ),
}


class Counts(NamedTuple):
    """Linear regions of a network of one input, three ways."""

    in_view: int
    in_total: int
    maximum: int


def counted(network: ReLUNetwork, low: float, high: float) -> Counts:
    """Count the regions in view, on the whole line, and at most for so many units."""
    return Counts(
        linear_regions(network, (low, high)).n_regions,
        linear_regions(network, (-np.inf, np.inf)).n_regions,
        max_regions(1, network.widths),
    )


def region_table(network: ReLUNetwork, low: float, high: float) -> pd.DataFrame:
    """List the regions in view with their units, slopes and how these add up.

    Parameters
    ----------
    network : ReLUNetwork
        One input, one hidden layer, one output.
    low, high : float
        What is in view.

    Returns
    -------
    table : DataFrame
        One row a region, from left to right.
    """
    regions = linear_regions(network, (low, high))
    theta, phi = network.weights[0][:, 0], network.weights[1][0]
    sums = [
        " + ".join(f"({theta[d]:.4g})·({phi[d]:.4g})" for d in np.flatnonzero(pattern))
        for pattern in regions.patterns
    ]
    units = [
        ", ".join(str(d + 1) for d in np.flatnonzero(pattern)) or "none"
        for pattern in regions.patterns
    ]
    return pd.DataFrame(
        {
            "from": regions.edges[:-1],
            "to": regions.edges[1:],
            "units on": units,
            "slope": regions.slopes[:, 0, 0],
            "sum of θ·φ": [text or "0" for text in sums],
            "value at x = 0": regions.intercepts[:, 0],
        }
    )


def build_snippet(network: ReLUNetwork, low: float, high: float) -> str:
    """Write the Python program that rebuilds the network and lists its regions."""
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    return f"""\
from estimators import ReLUNetwork
from estimators.geometry import linear_regions

network = ReLUNetwork(
    weights=[{theta.tolist()}, {phi.tolist()}],
    biases=[{theta_0.tolist()}, {phi_0.tolist()}],
)
regions = linear_regions(network, ({low!r}, {high!r}))
print(regions.breakpoints)
print(regions.slopes.ravel())
"""


def with_units(network: ReLUNetwork, n_units: int) -> ReLUNetwork:
    """Return the network with units taken from its end, or new ones that add nothing.

    New units have weight φ = 0, so that the function stays as it is.
    """
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    n_new = max(0, n_units - theta_0.size)
    return ReLUNetwork(
        [
            np.vstack([theta, np.ones((n_new, 1))])[:n_units],
            np.hstack([phi, np.zeros((1, n_new))])[:, :n_units],
        ],
        [np.concatenate([theta_0, -np.arange(n_new) / 10])[:n_units], phi_0],
    )
