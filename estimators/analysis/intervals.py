"""What the units of a network can be in a box, bounded without enumeration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from estimators.geometry.regions import ROUNDING, Floats


class BoundedLayer(NamedTuple):
    """A hidden layer and what its pre-activations can be.

    Attributes
    ----------
    weight, bias : ndarray of shape (D_{k+1}, D_k) and (D_{k+1},)
        The layer's parameters.
    low, high : ndarray of shape (D_{k+1},)
        Bounds of the pre-activations.
    """

    weight: Floats
    bias: Floats
    low: Floats
    high: Floats


def affine_bounds(
    layers: Sequence[BoundedLayer], box: Floats, W: Floats, b: Floats
) -> tuple[Floats, Floats]:
    """Bound ``W @ h + b`` over a box, where h leaves the last of the layers.

    The tighter of interval arithmetic and `linear_bound`.

    Parameters
    ----------
    layers : sequence of BoundedLayer
        The hidden layers before; without any, h is the input.
    box : ndarray of shape (n_inputs, 2)
        Validated, finite limits.
    W, b : ndarray of shape (n, D_k) and (n,)
        The affine functions.

    Returns
    -------
    low, high : ndarray of shape (n,)
        Bounds, with an allowance for rounding.
    """
    ends = np.maximum([layers[-1].low, layers[-1].high], 0) if layers else box.T
    middle, half = ends.mean(axis=0), np.ptp(ends, axis=0) / 2
    centre, radius = W @ middle + b, np.abs(W) @ half
    radius += ROUNDING * (np.abs(W) @ (np.abs(middle) + half) + np.abs(b))
    above, _ = linear_bound(layers, box, W, b)
    below, _ = linear_bound(layers, box, -W, -b)
    return np.maximum(centre - radius, -below), np.minimum(centre + radius, above)


def linear_bound(
    layers: Sequence[BoundedLayer], box: Floats, W: Floats, b: Floats
) -> tuple[Floats, Floats]:
    """Bound ``W @ h + b`` from above by an affine function of the input.

    Every ReLU is replaced by a line above or below it, back to the inputs. Where
    every unit is always on or always off, the bound is attained.

    Parameters
    ----------
    layers, box, W, b
        As in `affine_bounds`.

    Returns
    -------
    bound : ndarray of shape (n,)
        Upper bounds, with an allowance for rounding.
    location : ndarray of shape (n, n_inputs)
        The corner of the box where the affine function is largest.

    Notes
    -----
    Source: Zhang et al., "Efficient Neural Network Robustness Certification with
    General Activation Functions", NeurIPS 2018 (CROWN).
    """
    size = np.abs(b)
    for layer in reversed(layers):
        on = layer.low >= 0
        crossing = ~on & (layer.high > 0)
        # The chord lies above the ReLU; below it lies 0 or the identity.
        chord = np.divide(
            layer.high, layer.high - layer.low, out=on.astype(float), where=crossing
        )
        below = np.where(crossing, layer.high > -layer.low, on)
        rises, falls = np.maximum(W, 0), np.minimum(W, 0)
        lift = rises @ (-chord * layer.low * crossing)
        W = rises * chord + falls * below
        size = size + lift + np.abs(W) @ np.abs(layer.bias)
        b = b + lift + W @ layer.bias
        W = W @ layer.weight
    location = np.where(W > 0, box[:, 1], box[:, 0])
    size = size + (np.abs(W) * np.abs(location)).sum(axis=1)
    return b + (W * location).sum(axis=1) + ROUNDING * size, location
