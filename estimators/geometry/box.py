"""Boxes of inputs, and the cube that stands for them in computations."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from estimators.geometry.regions import overflow
from estimators.network import ReLUNetwork

Floats = NDArray[np.float64]


def validated_box(network: ReLUNetwork, box: ArrayLike) -> Floats:
    """Return the box as float64 limits, or say what is wrong with it.

    Parameters
    ----------
    network : ReLUNetwork
        The network whose inputs the box limits.
    box : array-like of shape (n_inputs, 2)
        Lower and upper limits. One-input networks also take ``(low, high)``, and may
        have infinite limits.

    Raises
    ------
    ValueError
        If the shape is wrong or a lower limit is not below the upper one.
    """
    try:
        limits = np.array(box, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"box must hold numbers, got {box!r}.") from None
    n = network.n_inputs
    if n == 1 and limits.shape == (2,):
        limits = limits[np.newaxis]
    if limits.shape != (n, 2):
        raise ValueError(
            f"box must have shape ({n}, 2), the lower and upper limit of each of the "
            f"network's {n} input(s), got {limits.shape}."
        )
    if np.isnan(limits).any() or (n > 1 and not np.isfinite(limits).all()):
        raise ValueError(
            f"box must be finite (infinite limits are for one input), got "
            f"{limits.tolist()}."
        )
    for i, (low, high) in enumerate(limits):
        if not low < high:
            raise ValueError(
                f"box: the lower limit of input {i} must be below the upper one, got "
                f"({low:g}, {high:g})."
            )
    return limits


def on_cube(network: ReLUNetwork, box: Floats) -> ReLUNetwork:
    """Return the network whose inputs in [−1, 1]ⁿ stand for those in the box.

    There, sizes and distances are relative to the box.

    Raises
    ------
    ValueError
        If the first layer overflows in the box.
    """
    half = box[:, 1] / 2 - box[:, 0] / 2
    middle = box[:, 0] / 2 + box[:, 1] / 2
    with np.errstate(over="ignore", invalid="ignore"):
        weight, bias = network.weights[0], network.biases[0]
        weight, bias = weight * half, bias + weight @ middle
    if not (np.isfinite(weight).all() and np.isfinite(bias).all()):
        raise overflow()
    return ReLUNetwork([weight, *network.weights[1:]], [bias, *network.biases[1:]])


def from_cube(points: Floats, box: Floats) -> Floats:
    """Return the inputs that points of the cube stand for; sides stay exact."""
    low, high = box.T
    return (1 - points) / 2 * low + (1 + points) / 2 * high
