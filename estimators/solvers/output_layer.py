"""The output layer that is best for given last activations."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dpotrf, dpotrs

Array = NDArray[np.float64]


class OutputLayer(NamedTuple):
    """Weights of shape (n_outputs, D_K) and biases of shape (n_outputs,)."""

    weight: Array
    bias: Array


def optimal_output_layer(
    gram: Array, n_outputs: int, ridge: float, alpha: float
) -> OutputLayer | None:
    """Minimise the objective over the output layer, given sums over the data.

    Parameters
    ----------
    gram : ndarray of shape (D_K + 1 + n_outputs, D_K + 1 + n_outputs)
        Weighted mean products of the columns (h, 1, targets).
    n_outputs : int
        Number of outputs.
    ridge : float
        Smallest ridge, relative to each unit's mean square.
    alpha : float
        What the sum of the squared weights costs.

    Returns
    -------
    output : OutputLayer or None
        None if `gram` is not finite.
    """
    if not np.isfinite(gram).all():
        return None
    n_columns = len(gram) - n_outputs
    scale = np.sqrt(np.diag(gram)[:n_columns])
    scale[scale == 0] = 1  # a dead unit
    table = gram[:n_columns, :n_columns] / np.outer(scale, scale)
    right = gram[:n_columns, n_columns:] / scale[:, np.newaxis]
    if alpha:
        penalties = n_outputs * alpha / scale**2
        penalties[-1] = 0  # biases are free
        table.flat[:: n_columns + 1] += penalties
    solution = _ridge_solution(table, right, ridge) / scale[:, np.newaxis]
    return OutputLayer(solution[:-1].T, solution[-1])


def _ridge_solution(table: Array, right: Array, ridge: float) -> Array:
    """Solve with a ridge on the diagonal, as small as works."""
    while True:
        stabilised = table.copy()
        diagonal = np.einsum("ii->i", stabilised)
        diagonal[:-1] += ridge
        factor, failed = dpotrf(stabilised, lower=1)
        if not failed:
            return dpotrs(factor, right, lower=1)[0]
        ridge *= 10
