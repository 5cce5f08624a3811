"""A network's exact error under the law that toy data are drawn from."""

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.geometry.line import joints
from ui.picked_data import Law

Array = NDArray[np.floating]

_PIECES = 64  # so many that the targets are nearly polynomials on each
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)


def true_error(network: ReLUNetwork, universe: Law) -> float:
    """Compute the expected squared error of a network on new data.

    Parameters
    ----------
    network : ReLUNetwork
        One input, one output.
    universe : Law

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
