"""Broken lines as hidden units of a network with one input.

A unit that faces right adds κ·(x − t)₊ and one that faces left κ·(t − x)₊: both change
the slope by κ at their joint t. The units that face left are all that is on at the left
end, so there the slope is minus the sum of their bends. A broken line with D joints
therefore is a network of D units exactly if some of its bends sum to minus its first
slope, for every output; any broken line is one with one more unit for the slope.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from estimators.knots.hats import BrokenLine
from estimators.objective import layer_views, n_parameters

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

# How far left of the data the unit for the slope bends, in widths of the data.
MARGIN = 0.05
# The first weight of units that hardly bend: small, as it costs a penalty.
LEAST_WEIGHT = 0.01


def balance_of(facing_left: Mask) -> Array:
    """Return what must be balanced for these units to be the whole network.

    Parameters
    ----------
    facing_left : ndarray of bool of shape (..., n_joints)
        Which units face left.

    Returns
    -------
    balance : ndarray of shape (..., n_joints + 1)
        Coefficients of the slopes: their sum is the first slope plus the bends of the
        units that face left, which is to vanish.
    """
    ends = [(0, 0)] * (facing_left.ndim - 1)
    padded = np.pad(facing_left, [*ends, (1, 1)], constant_values=False).astype(float)
    padded[..., 0] = 1
    return -np.diff(padded, axis=-1)


def units_without_slope(line: BrokenLine, facing_left: Mask) -> Array:
    """Turn a balanced broken line into as many hidden units as it has joints.

    Parameters
    ----------
    line : BrokenLine
        With Σ_k balance_k · slope_k = 0 for ``balance_of(facing_left)``.
    facing_left : ndarray of bool of shape (n_joints,)
        Which units face left.

    Returns
    -------
    params : ndarray of shape (n_parameters,)
        Flat parameters for sizes (1, n_joints, n_outputs).
    """
    bends = np.diff(line.slopes, axis=0)
    return _network(line, line.nodes[1:-1], bends, facing_left)


def units_with_slope(line: BrokenLine, n_units: int) -> Array:
    """Turn any broken line into units: one for the slope, one for each joint.

    Parameters
    ----------
    line : BrokenLine
        With at most ``n_units - 1`` joints.
    n_units : int
        Units left over have no effect, and joints inside the data.

    Returns
    -------
    params : ndarray of shape (n_parameters,)
        Flat parameters for sizes (1, n_units, n_outputs).
    """
    start, end = line.nodes[0], line.nodes[-1]
    width = end - start or 1.0
    slopes = line.slopes if end > start else np.zeros((1, line.values.shape[1]))
    n_spare = n_units - len(slopes)
    spare = start + width * (np.arange(n_spare) + 0.5) / max(n_spare, 1)
    joints = np.concatenate([[start - MARGIN * width], line.nodes[1:-1], spare])
    bends = np.zeros((n_units, line.values.shape[1]))
    bends[0] = slopes[0]
    bends[1 : len(slopes)] = np.diff(slopes, axis=0)
    return _network(line, joints, bends, np.zeros(n_units, dtype=bool))


def _network(line: BrokenLine, joints: Array, bends: Array, facing_left: Mask) -> Array:
    sizes = (1, *bends.shape)
    params = np.empty(n_parameters(sizes))
    (weight, bias), (output_weight, output_bias) = layer_views(params, sizes)
    sharpness = np.linalg.norm(bends, axis=1)
    # Of all ways to share a bend between a unit's two weights the one with the least
    # squares, as long as that leaves a joint.
    scale = np.maximum(np.sqrt(sharpness), LEAST_WEIGHT)
    weight[:, 0] = np.where(facing_left, -scale, scale)
    bias[:] = -weight[:, 0] * joints
    output_weight[:] = (bends / scale[:, np.newaxis]).T
    hidden = np.maximum(weight[:, 0] * line.nodes[0] + bias, 0)
    output_bias[:] = line.values[0] - output_weight @ hidden
    return params
