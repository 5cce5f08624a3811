"""The law that toy data are drawn from, and a network's exact error under it."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.datasets import toy
from estimators.geometry.line import joints
from ui.data_picker import PickedData

Array = NDArray[np.floating]

_PIECES = 64  # so many that the targets are nearly polynomials on each
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)


class Universe(NamedTuple):
    """Uniform inputs, and outputs that are normal about a target.

    Attributes
    ----------
    target : callable
        The mean of y, from an array to an array of the same shape.
    kinks : tuple of float
        Where it is not smooth.
    low, high : float
        The interval of the inputs.
    noise : float
        Standard deviation of y about the target.
    """

    target: Callable[[Array], Array]
    kinks: tuple[float, ...]
    low: float
    high: float
    noise: float


def universe_of(data: PickedData) -> Universe | None:
    """Return the law behind toy data, None for data that somebody measured."""
    if data.target is None:
        return None
    _, name, _, noise, _ = data.identity
    law = toy(name, 1)
    return Universe(law.target, law.kinks, law.low, law.high, noise)


def true_error(network: ReLUNetwork, universe: Universe) -> float:
    """Compute the expected squared error of a network on new data.

    Parameters
    ----------
    network : ReLUNetwork
        One input, one output.
    universe : Universe

    Returns
    -------
    float
        E[(network − target)²] + σ², in squared units of y. Gauss-Legendre quadrature
        between the joints of the network and the kinks of the target, where the
        integrand is smooth, so exact up to rounding for the toy targets.
    """
    low, high = universe.low, universe.high
    inside = [kink for kink in universe.kinks if low < kink < high]
    cuts = np.unique(
        [*np.linspace(low, high, _PIECES + 1), *joints(network, low, high), *inside]
    )
    middle, half = (cuts[1:] + cuts[:-1]) / 2, np.diff(cuts) / 2
    x = middle[:, np.newaxis] + half[:, np.newaxis] * _NODES
    gap = network(x.reshape(-1, 1))[:, 0].reshape(x.shape) - universe.target(x)
    return float(half @ (gap**2 @ _WEIGHTS) / (high - low) + universe.noise**2)
