"""Checking the weights and biases that make a network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def validated_layers(
    weights: Sequence[ArrayLike], biases: Sequence[ArrayLike]
) -> tuple[tuple[NDArray[np.floating], ...], tuple[NDArray[np.floating], ...]]:
    """Return read-only copies of weights and biases that fit together.

    Parameters
    ----------
    weights, biases : sequences of array-like
        Ω_k of shape (D_{k+1}, D_k) and β_k of shape (D_{k+1},).

    Returns
    -------
    weights, biases : tuples of ndarray
        All float32 if everything was, else float64.

    Raises
    ------
    ValueError
        Naming the array that is wrong.
    """
    weights, biases = list(weights), list(biases)
    if not weights or len(weights) != len(biases):
        raise ValueError(
            "weights and biases must be sequences of the same length, one entry per "
            f"layer and at least one; got {len(weights)} and {len(biases)}."
        )
    weights = [_real_array(W, f"weights[{k}]", ndim=2) for k, W in enumerate(weights)]
    biases = [_real_array(b, f"biases[{k}]", ndim=1) for k, b in enumerate(biases)]
    for k, (W, b) in enumerate(zip(weights, biases)):
        if 0 in W.shape:
            raise ValueError(f"weights[{k}] is empty (shape {W.shape}).")
        if b.size != W.shape[0]:
            raise ValueError(
                f"biases[{k}] has {b.size} entries but weights[{k}] has "
                f"{W.shape[0]} rows; they must agree."
            )
        if k and W.shape[1] != weights[k - 1].shape[0]:
            raise ValueError(
                f"weights[{k}] takes {W.shape[1]} values but layer {k - 1} gives "
                f"{weights[k - 1].shape[0]}; shapes must chain."
            )
    arrays = weights + biases
    single = all(array.dtype == np.float32 for array in arrays)
    dtype = np.float32 if single else np.float64
    locked = []
    for array in arrays:
        copy = np.array(array, dtype=dtype, order="C")
        copy.setflags(write=False)
        locked.append(copy)
    return tuple(locked[: len(weights)]), tuple(locked[len(weights) :])


def _real_array(values: ArrayLike, name: str, ndim: int) -> NDArray:
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} is ragged: rows differ in length.") from error
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{name} must hold real numbers, got dtype {array.dtype}.")
    if array.ndim != ndim:
        raise ValueError(f"{name} must be {ndim}-dimensional, got shape {array.shape}.")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} contains NaN or infinity.")
    return array
