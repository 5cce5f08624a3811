"""The linear regions of a network of two inputs on the whole plane, exactly.

With one more coordinate t, a network without biases sees the plane x from the point
where t = 0: it is ``t · network(x)`` at ``(t·x, t)``. Its regions are cones, one for
each region of the plane, and every cone cuts the surface of a cube around its apex. So
what five faces of a cube show, which are bounded, is all that there is.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from estimators import ReLUNetwork
from estimators.geometry import linear_regions, slice_network

Array = NDArray[np.float64]

# Above, on t = 1, lies what is in view; the sides reach from there to infinity, t = 0.
_VIEW, _SIDE = ((-1, 1), (-1, 1)), ((-1, 1), (0, 1))
_FACES = (
    ((0, 0, 1), ((1, 0, 0), (0, 1, 0)), _VIEW),
    ((1, 0, 0), ((0, 1, 0), (0, 0, 1)), _SIDE),
    ((-1, 0, 0), ((0, 1, 0), (0, 0, 1)), _SIDE),
    ((0, 1, 0), ((1, 0, 0), (0, 0, 1)), _SIDE),
    ((0, -1, 0), ((1, 0, 0), (0, 0, 1)), _SIDE),
)


def patterns_everywhere(
    network: ReLUNetwork, box: ArrayLike, *, max_regions: int | None = None
) -> NDArray[np.bool_]:
    """Find the activation patterns of all linear regions of the plane.

    As a region is convex, it is the only one with its pattern.

    Parameters
    ----------
    network : ReLUNetwork
        Two inputs.
    box : array-like of shape (2, 2)
        Part of the plane; whatever it is, the result is the same but for rounding.
    max_regions : int, optional
        Refuse networks of which one face shows more.

    Returns
    -------
    patterns : ndarray of shape (n_regions, n_hidden_units), dtype bool

    Raises
    ------
    ValueError
        If there are too many regions.
    """
    cone, own = _cone(network.astype(np.float64), np.asarray(box, dtype=np.float64))
    seen = []
    for origin, directions, limits in _FACES:
        face = slice_network(cone, origin, directions)
        regions = linear_regions(face, limits, max_regions=max_regions)
        seen.append(np.packbits(regions.patterns[:, own], axis=1))
    once = np.unique(np.concatenate(seen), axis=0)
    return np.unpackbits(once, axis=1, count=int(own.sum())).astype(bool)


def _cone(network: ReLUNetwork, box: Array) -> tuple[ReLUNetwork, NDArray[np.bool_]]:
    """Make the network of three inputs, and tell which units are not there for t."""
    centre, half = box.mean(axis=1), np.diff(box, axis=1)[:, 0] / 2
    weights, own = [], []
    for k, (weight, bias) in enumerate(zip(network.weights, network.biases)):
        if k == 0:
            weight, bias = weight * half, weight @ centre + bias
        rows = np.column_stack([weight, bias])
        if k < network.depth:
            passed_on = np.zeros((1, rows.shape[1]))
            passed_on[0, -1] = 1  # a[t] = t
            rows = np.vstack([rows, passed_on])
            own += [True] * len(bias) + [False]
        weights.append(rows)
    biases = [np.zeros(len(weight)) for weight in weights]
    return ReLUNetwork(weights, biases), np.array(own)
