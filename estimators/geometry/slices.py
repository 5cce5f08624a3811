"""Lines and planes through the inputs of a network, as networks of fewer inputs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from estimators.network import ReLUNetwork


def slice_network(
    network: ReLUNetwork, origin: ArrayLike, directions: ArrayLike
) -> ReLUNetwork:
    """Return the network on ``origin + t_1 · direction_1 + t_2 · direction_2 + …``.

    Its inputs are the t; its linear regions are the slices of the network's own.

    Parameters
    ----------
    network : ReLUNetwork
        The network to slice.
    origin : array-like of shape (n_inputs,)
        The point with all t = 0.
    directions : array-like of shape (n_directions, n_inputs)
        Linearly independent.

    Returns
    -------
    sliced : ReLUNetwork
        A network of ``n_directions`` inputs.

    Raises
    ------
    ValueError
        If a shape is wrong, a number not finite, or a direction depends on others.
    """
    point = np.array(origin, dtype=np.float64)
    axes = np.array(directions, dtype=np.float64)
    n = network.n_inputs
    if point.shape != (n,):
        raise ValueError(f"origin must have shape ({n},), got {point.shape}.")
    if axes.ndim != 2 or axes.shape[1] != n or not len(axes):
        raise ValueError(
            f"directions must have shape (n_directions, {n}), got {axes.shape}."
        )
    if not (np.isfinite(point).all() and np.isfinite(axes).all()):
        raise ValueError("origin and directions must be finite numbers.")
    if np.linalg.matrix_rank(axes) < len(axes):
        raise ValueError("directions must be linearly independent.")
    return network @ ReLUNetwork([axes.T], [point])


def segment_network(
    network: ReLUNetwork, start: ArrayLike, end: ArrayLike
) -> ReLUNetwork:
    """Return the network along the straight line between two inputs.

    Parameters
    ----------
    network : ReLUNetwork
        The network.
    start, end : array-like of shape (n_inputs,)
        The inputs where t = 0 and t = 1.

    Returns
    -------
    along : ReLUNetwork
        A network of one input, t.

    Raises
    ------
    ValueError
        If a shape is wrong, a number not finite, or both inputs are the same.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> from estimators.geometry import linear_regions, segment_network
    >>> cross = ReLUNetwork([[[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [0]])
    >>> diagonal = segment_network(cross, [-1, -2], [3, 2])
    >>> linear_regions(diagonal, (0, 1)).breakpoints
    array([0.25, 0.5 ])
    """
    start, end = np.array(start, dtype=np.float64), np.array(end, dtype=np.float64)
    if start.shape != end.shape:
        raise ValueError(
            f"start and end must have one shape, got {start.shape} and {end.shape}."
        )
    if (start == end).all():
        raise ValueError("start and end must be different inputs.")
    return slice_network(network, start, (end - start)[np.newaxis])
