"""Networks of the smallest squared error, as broken lines to start from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from estimators.knots.networks import fitted_networks
from estimators.knots.points import Points
from estimators.minimax.balanced import Folded
from estimators.minimax.bars import Bars
from estimators.minimax.joining import measured
from estimators.objective import layer_views


def squared_error_lines(bars: Bars, n_units: int) -> Iterator[Folded | None]:
    """Fit networks for the squared error of the middles of bars.

    Parameters
    ----------
    bars : Bars
        The data.
    n_units : int
        Width of the hidden layer.

    Yields
    ------
    folded : Folded or None
        Those with a joint between the ends of the data for each unit; None is a pause.
    """
    middles = bars.low / 2 + bars.high / 2
    points = Points.of_rows(bars.x, middles[:, np.newaxis], np.ones(bars.x.size))
    for params in fitted_networks(points, n_units):
        yield None if params is None else _folded(bars, params, n_units)


def _folded(bars: Bars, params: NDArray[np.float64], n_units: int) -> Folded | None:
    (weight, bias), (output, offset) = layer_views(params, (1, n_units, 1))
    order = np.argsort(-bias / weight[:, 0], kind="stable")
    theta, beta, phi = weight[order, 0], bias[order], output[0, order]
    x = np.concatenate([bars.x[:1], -beta / theta, bars.x[-1:]])
    if not (np.diff(x) > 0).all():
        return None
    y = np.maximum(np.outer(x, theta) + beta, 0) @ phi + offset
    return Folded(measured(bars, x, y), theta < 0)
