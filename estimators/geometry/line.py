"""Networks of one input: where on the line they bend."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from estimators.network import ReLUNetwork

# Zeros of different units that agree to this (relative to their size) are one joint.
RELATIVE_TOLERANCE = 1e-12


def joints(
    network: ReLUNetwork, low: float = -np.inf, high: float = np.inf
) -> NDArray[np.float64]:
    """Find where the activation pattern of a one-input network changes.

    Works layer by layer: between the joints found so far every pre-activation of the
    next layer is affine in x, so each unit crosses zero at most once there, at
    −intercept / slope.

    Parameters
    ----------
    network : ReLUNetwork
        A network of one input.
    low, high : float, default=-inf, inf
        Only joints strictly between these.

    Returns
    -------
    joints : ndarray of shape (n_joints,)
        Sorted. Between two neighbours the network is affine.

    Raises
    ------
    ValueError
        If the network has more than one input, or ``low < high`` does not hold.
    """
    if network.n_inputs != 1:
        raise ValueError(
            f"joints are points only for one input; this network has "
            f"{network.n_inputs}."
        )
    if not low < high:
        raise ValueError(f"low must be below high, got low={low}, high={high}.")
    breaks = np.empty(0)
    slopes, intercepts = np.ones((1, 1)), np.zeros((1, 1))
    for W, b in zip(network.weights[:-1], network.biases[:-1]):
        W = W.astype(np.float64)
        z_slopes, z_intercepts = slopes @ W.T, intercepts @ W.T + b
        refined = _merged(breaks, _zeros_inside(breaks, z_slopes, z_intercepts))
        middles = _middles(refined)
        parents = np.searchsorted(breaks, middles)
        z_slopes, z_intercepts = z_slopes[parents], z_intercepts[parents]
        active = z_slopes * middles[:, np.newaxis] + z_intercepts > 0
        slopes, intercepts = z_slopes * active, z_intercepts * active
        breaks = refined
    patterns = network.activation_pattern(_middles(breaks))
    changed = (patterns[1:] != patterns[:-1]).any(axis=1)
    return breaks[changed & (breaks > low) & (breaks < high)]


def _zeros_inside(breaks: NDArray, slopes: NDArray, intercepts: NDArray) -> NDArray:
    """Zeros of each affine piece that lie inside the piece itself."""
    edges = np.concatenate([[-np.inf], breaks, [np.inf]])
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        zeros = -intercepts / slopes
        inside = (zeros > edges[:-1, np.newaxis]) & (zeros < edges[1:, np.newaxis])
    return zeros[inside & np.isfinite(zeros)]


def _merged(breaks: NDArray, zeros: NDArray) -> NDArray:
    """Union of both, one of each cluster that rounding alone keeps apart."""
    union = np.unique(np.concatenate([breaks, zeros]))
    if not union.size:
        return union
    distinct = np.diff(union) > RELATIVE_TOLERANCE * np.abs(union[1:])
    return union[np.concatenate([[True], distinct])]


def _middles(breaks: NDArray) -> NDArray:
    """One point inside each piece of the line that `breaks` cut."""
    if not breaks.size:
        return np.zeros(1)
    inner = breaks[:-1] / 2 + breaks[1:] / 2
    ends = 1 + np.abs(breaks[[0, -1]])
    return np.concatenate([[breaks[0] - ends[0]], inner, [breaks[-1] + ends[1]]])
