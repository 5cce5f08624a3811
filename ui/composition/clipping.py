"""The stages between two layers: lines that share joints, clipped, weighted, summed."""

from typing import NamedTuple

import numpy as np

from estimators import ReLUNetwork
from estimators.constructions import interpolant, lecture
from ui.composition.deep_text import deep_to_text
from ui.composition.pairs import network_code


class Preset(NamedTuple):
    """A network of two hidden layers, and what is in view."""

    network: ReLUNetwork
    low: float
    high: float
    look_for: str

    @property
    def text(self) -> str:
        """The network as the link has it."""
        return deep_to_text(self.network)


def recombined(
    x: list[float], lines: list[list[float]], weights: list[float], offset: float
) -> ReLUNetwork:
    """Build the network whose second layer clips broken lines and sums them.

    Parameters
    ----------
    x : list of float
        The joints that the lines share, and their ends.
    lines : list of lists of float
        The heights of each line there.
    weights : list of float
        φ′, one for each line.
    offset : float
        φ′_0.
    """
    n = len(lines)
    outer = ReLUNetwork([np.eye(n), [weights]], [np.zeros(n), [offset]])
    return outer @ interpolant(x, np.transpose(lines))


PRESETS = {
    "The lecture's figure": Preset(
        lecture("clip_and_recombine"),
        0,
        2,
        "What enters the second layer are three broken lines with the same joints, at "
        "1.0 and 1.6. Each is clipped at zero, and where it crosses zero is a new "
        "joint: 12 regions in the sum.",
    ),
    "One new joint a line": Preset(
        recombined(
            [0, 1, 2],
            [[-0.5, 0.5, 0.8], [0.8, 0.4, -0.4], [0.2, 0.6, 0.3]],
            [1, -1.2, 0.5],
            0.1,
        ),
        0,
        2,
        "The first two lines cross zero once, the third never: clipping makes two "
        "joints and adds them to the one that is shared.",
    ),
    "Nothing to clip": Preset(
        recombined(
            [0, 0.8, 1.4, 2],
            [[0.2, 0.9, 0.4, 0.8], [0.9, 0.3, 0.6, 0.2], [0.4, 0.6, 0.2, 0.7]],
            [1, -1, 0.8],
            0,
        ),
        0,
        2,
        "All lines stay above zero. The second layer is then just another affine map, "
        "and the joints are the first layer's only.",
    ),
    "Crossing on every piece": Preset(
        recombined(
            [0, 0.5, 1, 1.5, 2],
            [
                [-0.3, 0.9, -0.5, 0.7, -0.8],
                [0.5, -0.7, 0.8, -0.4, 0.6],
                [-0.8, 0.6, -0.3, 0.9, -0.4],
                [0.7, -0.4, 0.5, -0.8, 0.3],
            ],
            [1, -0.8, 0.7, 1.1],
            0,
        ),
        0,
        2,
        "Every line crosses zero on every piece: 4 pieces with 4 crossings each, "
        "20 regions from eight units.",
    ),
}
STAGES = {
    "Lines": "What enters the second layer: networks of one layer, which all have the "
    "first layer's joints.",
    "Clipped": "Each line where it is above zero. Where it crosses is a new joint.",
    "Weighted": "Each times its φ′.",
    "Summed": "The sum with φ′₀: joints of both kinds.",
}


def unit_network(
    network: ReLUNetwork, layer: int, unit: int, stage: int
) -> ReLUNetwork:
    """Cut one hidden unit out of a network of any depth, with all that leads to it.

    Parameters
    ----------
    network : ReLUNetwork
        One output.
    layer, unit : int
        Which one, from 0.
    stage : int
        0: what enters the unit; 1: what leaves it; 2, in the last layer: the same,
        weighted.
    """
    weights = [*network.weights[:layer], network.weights[layer][unit : unit + 1]]
    biases = [*network.biases[:layer], network.biases[layer][unit : unit + 1]]
    if stage > 0:
        weight = network.weights[-1][0, unit] if stage == 2 else 1.0
        weights.append(np.array([[weight]]))
        biases.append(np.zeros(1))
    return ReLUNetwork(weights, biases)


def with_output(
    network: ReLUNetwork, weights: list[float], offset: float
) -> ReLUNetwork:
    """Return the network with other φ′ and φ′_0."""
    return ReLUNetwork(
        [*network.weights[:-1], np.array([weights])],
        [*network.biases[:-1], np.array([offset])],
    )


def deep_snippet(network: ReLUNetwork, low: float, high: float) -> str:
    """Write the program that rebuilds a network and counts its regions.

    It prints the number of regions in view and the joints.
    """
    return f"""\
from estimators import ReLUNetwork
from estimators.geometry import linear_regions

{network_code("network", network)}\
regions = linear_regions(network, ({low!r}, {high!r}))
print(regions.n_regions)
print(regions.breakpoints)
"""
