"""Forward and backward passes of a ReLU network over one block of rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


class Workspace:
    """Arrays for one block of rows, used for all blocks.

    Memory that is asked for anew each time costs as much as the elementwise work.
    """

    def __init__(self, sizes: Sequence[int], n_rows: int, dtype: np.dtype) -> None:
        self.sizes, self.n_rows, self.dtype = sizes, n_rows, dtype
        hidden = sizes[1:-1]
        self.activations = [np.empty((n_rows, width), dtype) for width in sizes[1:]]
        self.deltas = [np.empty((n_rows, width), dtype) for width in hidden]
        self.masks = [np.empty((n_rows, width), bool) for width in hidden]
        self.ones = np.ones(n_rows, dtype)

    def of_rows(self, n_rows: int) -> Workspace:
        """Return one that is large enough."""
        if n_rows <= self.n_rows:
            return self
        return Workspace(self.sizes, n_rows, self.dtype)


def forward(
    layers: list[tuple[Array, Array]], X: Array, workspace: Workspace
) -> list[Array]:
    """Return [x, h_1, …, h_K, y]; all but x are the workspace's."""
    activations = [X]
    for k, (weight, bias) in enumerate(layers):
        z = workspace.activations[k][: len(X)]
        np.matmul(activations[-1], weight.T, out=z)
        z += bias
        if len(activations) < len(layers):
            np.maximum(z, 0, out=z)
        activations.append(z)
    return activations


def backward(
    layers: list[tuple[Array, Array]],
    gradient_layers: list[tuple[Array, Array]],
    activations: list[Array],
    delta: Array,
    workspace: Workspace,
    add: bool,
) -> None:
    """Write, or add, the gradients of one block to `gradient_layers`."""
    n_rows = len(delta)
    ones = workspace.ones[:n_rows]
    for k in reversed(range(len(layers))):
        weight_gradient, bias_gradient = gradient_layers[k]
        if add:
            weight_gradient += delta.T @ activations[k]
            bias_gradient += ones @ delta
        else:
            np.matmul(delta.T, activations[k], out=weight_gradient)
            np.matmul(ones, delta, out=bias_gradient)
        if k:
            before = workspace.deltas[k - 1][:n_rows]
            active = workspace.masks[k - 1][:n_rows]
            np.greater(activations[k], 0, out=active)
            np.matmul(delta, layers[k][0], out=before)
            delta = np.multiply(before, active, out=before)
