"""Two shallow networks of one input, one applied to the other: presets, counts."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from estimators import ReLUNetwork
from estimators.constructions import lecture, maximal_network
from estimators.geometry import linear_regions
from ui.regression.building import Counts, counted


class Pair(NamedTuple):
    """A first network and a second that is applied to what the first gives.

    Attributes
    ----------
    first, second : ReLUNetwork
        One input, one hidden layer, one output each.
    low, high : float
        The inputs in view.
    """

    first: ReLUNetwork
    second: ReLUNetwork
    low: float
    high: float

    @property
    def composed(self) -> ReLUNetwork:
        """The second applied to the first, as one network of two hidden layers."""
        return self.second @ self.first


def through_handles(x: ArrayLike, y: ArrayLike) -> ReLUNetwork:
    """Build the shallow network that goes straight from handle to handle.

    Each unit starts at a handle: φ is the sign of the change of slope there, θ_1 its
    size, and φ_0 the height of the first handle (UDL figure 4.1).

    Parameters
    ----------
    x, y : array-like of shape (n_handles,)
        Ascending positions, and heights.

    Returns
    -------
    network : ReLUNetwork
        One unit fewer than handles.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    changes = np.diff(np.diff(y) / np.diff(x), prepend=0)
    size = np.abs(changes)
    return ReLUNetwork(
        [size[:, np.newaxis], np.sign(changes)[np.newaxis]], [-x[:-1] * size, y[:1]]
    )


_NINE = (
    through_handles([-1, 0, 0.6, 1], [-1, 1, -1, 1]),
    through_handles([-1, -0.2, 0.3, 1], [0.6, -0.8, 0.3, -0.2]),
)
_ZIGZAG = maximal_network([4])
_RISING = through_handles([-1, -0.4, 0.4, 1], [-1, -0.6, 0.7, 1])
_LOW = through_handles([-1, -0.3, 0.3, 1], [-0.9, -0.3, -0.9, -0.3])

PAIRS = {
    "nine": Pair(*_NINE, -1, 1),
    "fold": Pair(lecture("fold"), lecture("fold"), 0, 1),
    "zigzag": Pair(_ZIGZAG, _ZIGZAG, 0, 1),
    "identity": Pair(through_handles([-1, 1], [-1, 1]), _NINE[1], -1, 1),
    "rising": Pair(_RISING, _NINE[1], -1, 1),
    "low": Pair(_LOW, _NINE[1], -1, 1),
}


def bound(widths: Sequence[int]) -> str:
    """Say what the largest possible number of regions of one input follows from."""
    if len(widths) == 1:
        return "one layer, one input: D + 1"
    product = " · ".join(f"({width} + 1)" for width in widths)
    if min(widths) >= 3:
        return f"Serra et al. 2018, Theorem 5: {product}, and it is reached"
    return f"Serra et al. 2018, Theorem 1: {product}; so narrow it may be out of reach"


def composed_counts(pair: Pair) -> Counts:
    """Count the linear regions of the composed network, exactly."""
    return counted(pair.composed, pair.low, pair.high)


def piece_table(pair: Pair) -> pd.DataFrame:
    """List the regions in view, with the pieces of both networks that made them.

    Returns
    -------
    table : DataFrame
        One row a region, from left to right; slopes multiply (chain rule).
    """
    regions = linear_regions(pair.composed, (pair.low, pair.high))
    inside = (regions.edges[:-1] + regions.edges[1:]) / 2
    y = pair.first(inside)
    line = (-np.inf, np.inf)
    pieces = [
        linear_regions(network, line).locate(points) + 1
        for network, points in ((pair.first, inside[:, np.newaxis]), (pair.second, y))
    ]
    slopes = [
        network.local_linear_model(points)[0][:, 0, 0]
        for network, points in ((pair.first, inside[:, np.newaxis]), (pair.second, y))
    ]
    return pd.DataFrame(
        {
            "x from": regions.edges[:-1],
            "x to": regions.edges[1:],
            "piece of the first": pieces[0],
            "piece of the second": pieces[1],
            "slope of the first": slopes[0],
            "slope of the second": slopes[1],
            "slope of both": regions.slopes[:, 0, 0],
        }
    )


def pair_snippet(pair: Pair) -> str:
    """Write the program that composes both networks and lists the regions.

    It prints the number of regions and of parameters, and the joints.
    """
    return f"""\
from estimators import ReLUNetwork
from estimators.geometry import linear_regions

{network_code("first", pair.first)}{network_code("second", pair.second)}\
composed = second @ first
regions = linear_regions(composed, ({pair.low!r}, {pair.high!r}))
print(regions.n_regions, first.n_parameters + second.n_parameters)
print(regions.breakpoints)
"""


def network_code(name: str, network: ReLUNetwork) -> str:
    """Write the lines that define a network of this name."""
    weights = ", ".join(str(W.tolist()) for W in network.weights)
    biases = ", ".join(str(b.tolist()) for b in network.biases)
    return f"{name} = ReLUNetwork(\n    [{weights}],\n    [{biases}],\n)\n"
