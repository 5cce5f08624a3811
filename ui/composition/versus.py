"""Two composed networks against one shallow network of as many parameters."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from estimators import ReLUNetwork, ShallowReLURegressor
from estimators.bounds import count_parameters, max_regions
from estimators.geometry import joints, linear_regions
from ui.composition.pairs import Pair

_GRID = 201  # places besides the joints


class Rival(NamedTuple):
    """A shallow network that imitates two composed ones.

    Attributes
    ----------
    network : ReLUNetwork
        With no more parameters than both together.
    difference : float
        The largest in view, exactly.
    """

    network: ReLUNetwork
    difference: float


def rival_width(pair: Pair) -> int:
    """Return how many units a shallow network may have for the pair's parameters."""
    budget = pair.first.n_parameters + pair.second.n_parameters
    width = 1
    while count_parameters(1, [width + 1]) <= budget:
        width += 1
    return width


def rival(pair: Pair) -> Rival:
    """Find the shallow network whose largest difference in view is smallest.

    Among the values at the joints and at 201 places between the limits it is; the
    difference returned is that of the two functions everywhere in view.
    """
    networks = (pair.first, pair.second)
    return _rival(*networks, pair.low, pair.high)


@lru_cache(maxsize=64)
def _rival(first: ReLUNetwork, second: ReLUNetwork, low: float, high: float) -> Rival:
    pair = Pair(first, second, low, high)
    composed = pair.composed
    x = np.union1d(np.linspace(low, high, _GRID), joints(composed, low, high))
    model = ShallowReLURegressor(rival_width(pair), loss="max_error", random_state=0)
    network = model.fit(x[:, np.newaxis], composed(x)[:, 0]).network_
    # Both are straight between the joints of either: the ends of pieces are enough.
    ends = np.union1d(x, joints(network, low, high))
    return Rival(network, float(np.abs(network(ends) - composed(ends)).max()))


def versus_table(pair: Pair, other: Rival) -> pd.DataFrame:
    """Compare hidden units, parameters and linear regions.

    Returns
    -------
    table : DataFrame of shape (3, 4)
        Both networks composed; the same with a free Ω₁; the shallow one.
    """
    widths, limits = pair.composed.widths, (pair.low, pair.high)
    composed = linear_regions(pair.composed, limits).n_regions
    shallow = linear_regions(other.network, limits).n_regions
    (width,) = other.network.widths
    rows = {
        "Two networks, composed": (
            sum(widths),
            pair.first.n_parameters + pair.second.n_parameters,
            f"{composed}",
            max_regions(1, widths),
        ),
        "Two layers, Ω₁ free": (
            sum(widths),
            count_parameters(1, widths),
            "",
            max_regions(1, widths),
        ),
        "One layer, the closest": (
            width,
            other.network.n_parameters,
            f"{shallow}",
            max_regions(1, [width]),
        ),
    }
    return pd.DataFrame.from_dict(
        rows,
        orient="index",
        columns=["hidden units", "parameters", "regions in view", "regions at most"],
    )
