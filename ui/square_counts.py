"""How many linear regions a network of two inputs has: in view, in all, at most."""

import numpy as np

from estimators import ReLUNetwork
from estimators.bounds import max_regions
from estimators.geometry import linear_regions

# Creases that are as good as parallel meet beyond anything that can be computed.
_PARALLEL = 1e-9


def counted_on_square(
    network: ReLUNetwork, low: float, high: float
) -> tuple[int, int, int]:
    """Count the regions on a square, on the plane, and at most for so many units.

    Parameters
    ----------
    network : ReLUNetwork
        Two inputs, one hidden layer.
    low, high : float
        Limits of both inputs.

    Returns
    -------
    in_view, in_total, maximum : int
        The plane is looked at as far as any two creases meet.
    """
    maximum = max_regions(2, network.widths)
    in_view = linear_regions(network, ((low, high), (low, high))).n_regions
    reach = 2 * _farthest_meeting(network, max(abs(low), abs(high)))
    in_total = linear_regions(network, ((-reach, reach), (-reach, reach))).n_regions
    return in_view, max(in_view, in_total), maximum


def _farthest_meeting(network: ReLUNetwork, least: float) -> float:
    """Give the largest coordinate at which two creases meet."""
    weights, biases = network.weights[0], network.biases[0]
    lengths = np.hypot(*weights.T)
    a, b = (weights[lengths > 0] / lengths[lengths > 0, np.newaxis]).T
    c = (biases / np.where(lengths > 0, lengths, 1))[lengths > 0]
    first, second = np.triu_indices(len(c), 1)
    turned = a[first] * b[second] - a[second] * b[first]
    meet = np.abs(turned) > _PARALLEL
    first, second, turned = first[meet], second[meet], turned[meet]
    x = (b[first] * c[second] - b[second] * c[first]) / turned
    y = (a[second] * c[first] - a[first] * c[second]) / turned
    return float(max(least, np.abs(c).max(initial=0), np.abs([x, y]).max(initial=0)))
