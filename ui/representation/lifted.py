"""The input plane as a sheet in the space of a layer of three units or more."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.representation import decision_regions, truncated
from ui.representation.warped import Projection, box_around, projection_of

Array = NDArray[np.float64]

N_SHOWN = 3


class Lifted(NamedTuple):
    """What is drawn in space, all of it exact.

    Attributes
    ----------
    points : ndarray of shape (n_samples, 3)
        Where the layer puts the data.
    vertices : ndarray of shape (n_corners, 3)
        Of the flat facets that the input plane becomes, one facet after the other.
    offsets : ndarray of shape (n_facets + 1,)
        Facet ``i`` has ``vertices[offsets[i]:offsets[i + 1]]``.
    cut : ndarray of shape (n_segments, 2, 3)
        Where the answer changes.
    plane : ndarray of shape (4, 3) or None
        The corners of a piece of the plane that the cut lies in, if the layer is the
        last and has three units that one output is made of.
    names : (str, str, str)
        Of the axes.
    share : float or None
        Of the variance of the data, how much is in the picture; None if all is.
    """

    points: Array
    vertices: Array
    offsets: NDArray[np.intp]
    cut: Array
    plane: Array | None
    names: tuple[str, str, str]
    share: float | None


def lifted(network: ReLUNetwork, X: Array, layer: int) -> Lifted:
    """Follow the input plane into a hidden layer of three units or more.

    Parameters
    ----------
    network : ReLUNetwork
        Of two inputs; its outputs are logits.
    X : ndarray of shape (n_samples, 2)
    layer : int
        Number of the hidden layer, from 1.

    Returns
    -------
    Lifted
        The layer's units as they are if there are three, their three principal
        components if there are more.

    Raises
    ------
    ValueError
        If the layer has fewer than three units.
    """
    ending = truncated(network, layer)
    if ending.n_outputs < N_SHOWN:
        raise ValueError(
            f"layer {layer} has {ending.n_outputs} unit(s); space takes three."
        )
    decided = decision_regions(network, box_around(X))
    H = ending(X)
    exact = ending.n_outputs == N_SHOWN
    unturned = Projection(np.zeros(N_SHOWN), np.eye(N_SHOWN), None)
    project = unturned if exact else projection_of(H, N_SHOWN)
    last = layer == network.depth and network.n_outputs == 1
    points = project(H)
    plane = None
    if exact and last:
        plane = plane_piece(network.weights[-1][0], network.biases[-1][0], points)
    return Lifted(
        points,
        project(ending(decided.vertices)),
        decided.offsets,
        project(ending(decided.boundary.reshape(-1, 2))).reshape(-1, 2, N_SHOWN),
        plane,
        ("h1", "h2", "h3") if exact else ("PC 1", "PC 2", "PC 3"),
        project.share,
    )


def plane_piece(normal: Array, bias: float, points: Array) -> Array | None:
    """Return a square of the plane ``normal · h + bias = 0`` that is as wide as points.

    Parameters
    ----------
    normal : ndarray of shape (3,)
    bias : float
    points : ndarray of shape (n, 3)

    Returns
    -------
    corners : ndarray of shape (4, 3) or None
        Around the foot of the points' middle; None if there is no such plane, or it is
        far from them.
    """
    length = float(np.linalg.norm(normal))
    if length == 0:
        return None
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    reach = float(np.ptp(points, axis=0).max()) / 2
    distance = (float(normal @ middle) + bias) / length
    if reach == 0 or abs(distance) > 2 * reach:
        return None
    foot = middle - distance * normal / length
    _, _, directions = np.linalg.svd(normal[np.newaxis])
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * reach
    return foot + corners @ directions[1:]
