"""Forward and backward passes of a ReLU network over one block of rows.

The layers of a pass are blocks [Ω_k | β_k]: beside activations stands a column of ones,
which makes the bias one more weight, so that one product does all that is affine.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

# With so few multiplications OpenBLAS does not pack matrices first and is up to a
# quarter faster. Of fewer rows than this, calls would take longer than that gains.
SMALL_PRODUCT, FEWEST_ROWS = 1_000_000, 160
# Activations of wide and of narrow networks stay in the processor's cache.
MOST_ROWS_IF_WIDE, MOST_ROWS = 500, 1024


class Workspace:
    """Arrays for one block of rows, used for all blocks.

    Memory that is asked for anew each time costs as much as the elementwise work.
    """

    def __init__(self, sizes: Sequence[int], dtype: np.dtype) -> None:
        hidden, n_rows = sizes[1:-1], rows_at_a_time(sizes)
        self.n_rows, self.dtype = n_rows, dtype
        self.inputs = np.ones((n_rows, sizes[0] + 1), dtype)
        self.activations = [np.ones((n_rows, width + 1), dtype) for width in hidden]
        # NumPy is several times as fast with these as with the number zero.
        self.zeros = {w: np.zeros((n_rows, w + 1), dtype) for w in set(hidden)}
        self.masks = {w: np.empty((n_rows, w + 1), bool) for w in set(hidden)}
        self.outputs = empty_outputs(n_rows, sizes[-1], dtype)

    def blocks(self, n_rows: int) -> list[slice]:
        """Divide rows into such as there is space for."""
        starts = range(0, n_rows, self.n_rows)
        return [slice(start, min(start + self.n_rows, n_rows)) for start in starts]


def rows_at_a_time(sizes: Sequence[int]) -> int:
    """Return the number of rows of a block that suits a processor best.

    All products of a pass are to be small or, of a wide network, those of its last
    layer: a thin one, which gains most.
    """
    products = [(fan_in + 1) * fan_out for fan_in, fan_out in pairwise(sizes)]
    n_rows = SMALL_PRODUCT // max(products)
    if n_rows >= FEWEST_ROWS:
        return min(n_rows, MOST_ROWS)
    return int(np.clip(SMALL_PRODUCT // products[-1], FEWEST_ROWS, MOST_ROWS_IF_WIDE))


def empty_outputs(n_rows: int, n_outputs: int, dtype: np.dtype) -> Array:
    """Return an array for outputs: by columns, as losses compare the few of a row."""
    return np.empty((n_outputs, n_rows), dtype).T


def transposed(layers: list[Array]) -> list[Array]:
    """Copy layers for forward passes, whose products are faster with such copies."""
    return [layer.T.copy() for layer in layers]


def forward(
    transposed_layers: list[Array], X: Array, workspace: Workspace, outputs: Array
) -> list[Array]:
    """Write the network's outputs for some rows.

    Returns
    -------
    activations : list of ndarray
        What goes into each layer, x, h_1, …, h_K, all with a column of ones; the
        workspace's.
    """
    n_rows = len(X)
    h = workspace.inputs[:n_rows]
    h[:, :-1] = X
    activations = [h]
    *hidden, last = transposed_layers
    for k, layer in enumerate(hidden):
        z = workspace.activations[k][:n_rows]
        np.matmul(h, layer, out=z[:, :-1])
        h = np.maximum(z, workspace.zeros[layer.shape[1]][:n_rows], out=z)
        activations.append(h)
    np.matmul(h, last, out=outputs)
    return activations


def backward(
    layers: list[Array],
    gradient_layers: list[Array],
    activations: list[Array],
    delta: Array,
    workspace: Workspace,
    add: bool,
) -> None:
    """Write, or add, the gradients of one block to `gradient_layers`.

    What is no longer needed of `activations` is overwritten.
    """
    for k in reversed(range(len(layers))):
        h, weight = activations[k], layers[k][:, :-1]
        if add:
            gradient_layers[k] += delta.T @ h
        else:
            np.matmul(delta.T, h, out=gradient_layers[k])
        if k:
            active = workspace.masks[weight.shape[1]][: len(h)]
            np.greater(h, 0, out=active)
            before = product(delta, weight, out=h[:, :-1])
            np.multiply(h, active, out=h)
            delta = before


def product(delta: Array, weight: Array, out: Array) -> Array:
    """Return ``delta @ weight``; for one column, which BLAS is slow with, directly."""
    if delta.shape[1] == 1:
        return np.multiply(delta, weight, out=out)
    return np.matmul(delta, weight, out=out)
