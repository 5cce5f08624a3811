"""A network set by hand, as the Build step shows it: presets, regions, counts."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from estimators import ReLUNetwork
from estimators.bounds import max_regions
from estimators.geometry import linear_regions


class Preset(NamedTuple):
    """A network that makes a point, and where to look.

    Attributes
    ----------
    text : str
        The network, for `ui.network_text.network_from_text`.
    low, high : float
        The inputs in view.
    look_for : str
        A sentence or two.
    challenge : bool
        Whether the lecture's points are there to be fitted by hand.
    """

    text: str
    low: float
    high: float
    look_for: str
    challenge: bool = False


PRESETS = {
    "The lecture's ten parameters": Preset(
        "-0.23~-0.2,0.4,-1.3~-0.9,0.9,1.3~1.1,-0.7,0.66",
        0,
        2,
        "Each line crosses zero at a joint. In each region the slope is the sum of "
        "θ·φ over the units that are on there.",
    ),
    "Swapped and rescaled: the same function": Preset(
        "-0.23~2.2,-1.4,0.33~-0.9,0.9,1.3~-0.1,0.2,-2.6",
        0,
        2,
        "The ten parameters again: units 1 and 3 have changed places, and one has "
        "θ·2 and φ/2, the other θ/2 and φ·2. Not a point of the sum has moved.",
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
    # Read off UDL figure 3.6 to about 0.01.
    "Two outputs, the same joints": Preset(
        "0.147,-0.438~-0.356,1,-0.57,1.08~-1.095,1,1.18,-1.57~-1.487,1,0.63,-1.51~"
        "-1.779,1,-0.88,3.17",
        0,
        2,
        "Both outputs are weighted sums of the same hidden units: they bend at the "
        "same four joints, each with slopes of its own. Drag a joint and both follow.",
    ),
    "By hand: twelve points": Preset(
        "0.5~0,1,1~-0.7,1,0~-1.4,1,0",
        0,
        2,
        "A straight line and two units that add nothing yet. Set joints and weights "
        "so that the line runs among the points: the sum of the squared residuals is "
        "the loss. More units can come closer.",
        challenge=True,
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
        One input, one hidden layer, one or two outputs.
    low, high : float
        What is in view.

    Returns
    -------
    table : DataFrame
        One row a region, from left to right; the last three columns for each output.
    """
    regions = linear_regions(network, (low, high))
    theta = network.weights[0][:, 0]
    units_on = [np.flatnonzero(pattern) for pattern in regions.patterns]
    table = {
        "from": regions.edges[:-1],
        "to": regions.edges[1:],
        "units on": [", ".join(str(d + 1) for d in on) or "none" for on in units_on],
    }
    of_output = [""] if network.n_outputs == 1 else [" of y₁", " of y₂"]
    for output, (of, phi) in enumerate(zip(of_output, network.weights[1])):
        table[f"slope{of}"] = regions.slopes[:, output, 0]
        table[f"sum of θ·φ{of}"] = [
            " + ".join(f"({theta[d]:.4g})·({phi[d]:.4g})" for d in on) or "0"
            for on in units_on
        ]
        table[f"value{of} at x = 0"] = regions.intercepts[:, output]
    return pd.DataFrame(table)


def build_snippet(network: ReLUNetwork, low: float, high: float) -> str:
    """Write the Python program that rebuilds the network and lists its regions.

    It prints the joints, then for each output the slopes from left to right.
    """
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    slopes = "".join(
        f"print(regions.slopes[:, {output}, 0])\n"
        for output in range(network.n_outputs)
    )
    return f"""\
from estimators import ReLUNetwork
from estimators.geometry import linear_regions

network = ReLUNetwork(
    weights=[{theta.tolist()}, {phi.tolist()}],
    biases=[{theta_0.tolist()}, {phi_0.tolist()}],
)
regions = linear_regions(network, ({low!r}, {high!r}))
print(regions.breakpoints)
{slopes}"""


def with_units(network: ReLUNetwork, n_units: int) -> ReLUNetwork:
    """Return the network with units taken from its end, or new ones that add nothing.

    New units have weight φ = 0, so that the function stays as it is.
    """
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    n_new = max(0, n_units - theta_0.size)
    return ReLUNetwork(
        [
            np.vstack([theta, np.ones((n_new, 1))])[:n_units],
            np.hstack([phi, np.zeros((phi_0.size, n_new))])[:, :n_units],
        ],
        [np.concatenate([theta_0, -np.arange(n_new) / 10])[:n_units], phi_0],
    )


def with_outputs(network: ReLUNetwork, n_outputs: int) -> ReLUNetwork:
    """Return the network with its first output only, or with a second one.

    The second output begins as y₂ = −y₁: the same hidden units and so the same
    joints, but other φ and so other slopes. The first output stays as it is.

    Parameters
    ----------
    network : ReLUNetwork
        One hidden layer, one or two outputs.
    n_outputs : int
        1 or 2.

    Returns
    -------
    network : ReLUNetwork
        The same one if it has that many outputs.

    Raises
    ------
    ValueError
        If `n_outputs` is neither 1 nor 2.
    """
    if n_outputs not in (1, 2):
        raise ValueError(f"A network shown here has 1 or 2 outputs, not {n_outputs}.")
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    return ReLUNetwork(
        [theta, np.vstack([phi, 0 - phi])[:n_outputs]],
        [theta_0, np.concatenate([phi_0, 0 - phi_0])[:n_outputs]],
    )
