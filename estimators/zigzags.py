"""Networks that run up and down between 0 and 1: many pieces from few units."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from heapq import heapify, heappop, heappush
from math import prod
from operator import matmul

import numpy as np

from estimators.bounds import validated_integer, validated_widths
from estimators.network import ReLUNetwork


def triangle_wave(n_pieces: int) -> ReLUNetwork:
    """Build the shallow network that runs 0-1-0-1-… in equal pieces on [0, 1].

    Parameters
    ----------
    n_pieces : int
        Number of linear pieces on [0, 1], at least 1.

    Returns
    -------
    network : ReLUNetwork
        `n_pieces` hidden units with joints at ``k / n_pieces``; the weights are
        integers. Zero left of 0; right of 1 the last piece continues.

    Raises
    ------
    ValueError
        If `n_pieces` is not a positive integer.

    Notes
    -----
    One hidden layer makes at most one piece per unit and one more: the shallow rival of
    `sawtooth`, which needs ``2 log2(n_pieces)`` units for the same function.

    Examples
    --------
    >>> triangle_wave(3)([0, 1 / 3, 1 / 2, 2 / 3, 1]).ravel()
    array([0. , 1. , 0.5, 0. , 1. ])
    """
    n_pieces = validated_integer(n_pieces, "n_pieces", 1)
    k = np.arange(n_pieces)
    changes = np.where(k == 0, 1, 2) * (-1) ** k
    return ReLUNetwork(
        [np.full((n_pieces, 1), n_pieces), changes[np.newaxis]], [-k, [0]]
    )


def sawtooth(n_folds: int) -> ReLUNetwork:
    """Build Telgarsky's deep sawtooth: the triangle map, applied to itself.

    The map ``2 a[x] − 4 a[x − 1/2]`` folds [0, 1] onto itself. Applied `n_folds` times
    it runs 0-1-0-… in ``2**n_folds`` pieces, while a network with few layers needs
    exponentially many units to come near. float64 evaluates it on [0, 1] without any
    rounding.

    Parameters
    ----------
    n_folds : int
        Number of hidden layers, from 1 to 53, of two units each.

    Returns
    -------
    network : ReLUNetwork
        Has ``2**n_folds`` linear pieces on [0, 1], each between neighbouring multiples
        of ``2**-n_folds``.

    Raises
    ------
    ValueError
        If `n_folds` is not such an integer; with more folds not all joints are float64
        numbers.

    References
    ----------
    M. Telgarsky, "Benefits of depth in neural networks", COLT 2016 (the
    "mirror map").

    Examples
    --------
    >>> sawtooth(2)([0, 0.25, 0.5, 0.75, 1]).ravel()
    array([0., 1., 0., 1., 0.])
    >>> sawtooth(10).n_parameters, triangle_wave(2**10).n_parameters
    (61, 3073)
    """
    n_folds = validated_integer(n_folds, "n_folds", 1)
    if n_folds > 53:
        raise ValueError(
            f"n_folds must be at most 53, got {n_folds}: finer joints are not float64 "
            f"numbers."
        )
    fold = ReLUNetwork([[[1], [1]], [[2, -4]]], [[0, -0.5], [0]])
    return reduce(matmul, [fold] * n_folds)


def maximal_network(widths: Sequence[int]) -> ReLUNetwork:
    """Build a network of one input that has the most regions its widths allow.

    Every layer runs 0-1-0-1-… over [0, 1] in one piece more than it has units, so each
    piece of one layer is cut by every joint of the next. That makes ``Π (n_l + 1)``
    regions in [0, 1] and no more outside; from one end of a region to the other the
    network runs from 0 to 1 or back, so there are as many linear pieces as regions.

    Parameters
    ----------
    widths : sequence of int
        Number of units of each hidden layer, each at least 3.

    Returns
    -------
    network : ReLUNetwork
        One input, one output. Weights and biases are dyadic numbers of few digits.

    Raises
    ------
    ValueError
        If a width is below 3, or the regions are too small for exact evaluation in
        float64: ``Π q_l · max(q_l)**2`` must not exceed 2**51.

    Notes
    -----
    Let q_l be 6 for width 3 and otherwise the smallest power of two that is at least
    ``n_l + 3``. Every joint is a multiple of ``1 / Π q_l``, and the network is
    evaluated without any rounding at all multiples of 2**−B in [0, 1] with
    ``2**B ≤ Π q_l``. So with every width at least 4 this includes all joints.

    A layer needs left-facing units to start with a slope other than zero, and one
    suffices: if the third and fourth piece are both twice as long as the first, the
    change of slope between them is minus the first slope. The other lengths are powers
    of two, which makes slopes dyadic. With width 3 they cannot add up to a power of
    two; 1, 1, 2, 2 sixths do the same.

    References
    ----------
    T. Serra, C. Tjandraatmadja, S. Ramalingam, "Bounding and Counting Linear Regions
    of Deep Neural Networks", ICML 2018: Theorem 5. UDL section 4.5.

    Examples
    --------
    >>> maximal_network([4])([0, 1 / 8, 3 / 8, 5 / 8, 7 / 8, 1]).ravel()
    array([0., 1., 0., 1., 0., 1.])
    >>> maximal_network([10] * 5).n_parameters  # and 11**5 = 161,051 regions
    471
    """
    widths = validated_widths(widths)
    if min(widths, default=3) < 3:
        raise ValueError(
            f"widths must be at least 3 in every layer, got {widths}: narrower layers "
            f"cannot fold [0, 1] onto itself once more than they have units."
        )
    cells = [_n_cells(width) for width in widths]
    if prod(cells) * max(cells, default=1) ** 2 > 2**51:
        raise ValueError(
            f"widths {widths} make regions too small to evaluate exactly in float64; "
            f"take fewer or narrower layers."
        )
    layers = (_zigzag(_piece_lengths(width)) for width in widths)
    identity = ReLUNetwork([[[1]]], [[0]])
    return reduce(lambda inner, outer: outer @ inner, layers, identity)


def _n_cells(width: int) -> int:
    """Sum of the `_piece_lengths`."""
    return 6 if width == 3 else 1 << (width + 2).bit_length()


def _piece_lengths(width: int) -> list[int]:
    """Lengths of a layer's pieces: 1, any, 2, 2, any, … of powers of two."""
    free = _n_cells(width) - 5
    parts = [-(1 << bit) for bit in range(free.bit_length()) if free >> bit & 1]
    heapify(parts)  # of negative numbers, as the longest is to come first
    while len(parts) < width - 2:
        half = heappop(parts) // 2
        heappush(parts, half)
        heappush(parts, half)
    second, *rest = (-part for part in parts)
    return [1, second, 2, 2, *rest]


def _zigzag(lengths: list[int]) -> ReLUNetwork:
    """Run 0-1-0-1-… over [0, 1] in pieces whose lengths have these proportions."""
    total, joints = sum(lengths), np.cumsum(lengths)[:-1]
    slopes = (-1.0) ** np.arange(len(lengths)) / lengths
    changes = np.diff(slopes)
    facing = np.ones_like(changes)
    facing[2] = -1
    start = -changes[2] * joints[2]
    return ReLUNetwork(
        [total * facing[:, np.newaxis], changes[np.newaxis]],
        [-facing * joints, [start]],
    )
