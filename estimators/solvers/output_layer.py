"""The output layer that is best for given last activations."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dpotrf, dpotrs

from estimators.objective import Penalty

Array = NDArray[np.float64]

MOST_REWEIGHTINGS = 30


class OutputLayer(NamedTuple):
    """Weights of shape (n_outputs, D_K) and biases of shape (n_outputs,)."""

    weight: Array
    bias: Array


def optimal_output_layer(
    gram: Array,
    n_outputs: int,
    ridge: float,
    penalty: Penalty,
    hidden_squares: float,
) -> OutputLayer | None:
    """Minimise the objective over the output layer, given sums over the data.

    A relative penalty is a sum of logarithms, each of which is below its tangent: so
    minimising with the tangents' weights, over and over, descends to the minimum.

    Parameters
    ----------
    gram : ndarray of shape (D_K + 1 + n_outputs, D_K + 1 + n_outputs)
        Weighted mean products of the columns (h, 1, targets).
    n_outputs : int
        Number of outputs.
    ridge : float
        Smallest ridge, relative to each unit's mean square.
    penalty : Penalty
        What large weights cost.
    hidden_squares : float
        Sum of squares of the hidden weights, which a relative penalty needs.

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
    target_squares = float(np.trace(gram[n_columns:, n_columns:]))
    # Where the search for a relative penalty's strength begins: no explanation yet.
    loss, squares = target_squares / n_outputs, hidden_squares
    strength = -1.0
    solution = np.zeros_like(right)
    for _ in range(MOST_REWEIGHTINGS if penalty.relative else 1):
        by_loss, by_squares = penalty.partials(loss, squares)
        if abs(by_squares / by_loss - strength) <= 1e-9 * strength:
            break
        strength = by_squares / by_loss
        extra = n_outputs * strength / scale**2
        extra[-1] = 0  # biases are free
        solution, ridge = _ridge_solution(table, right, extra, ridge)
        weight = solution[:-1] / scale[:-1, np.newaxis]
        squares = hidden_squares + float(np.vdot(weight, weight))
        explained = np.vdot(solution, 2 * right - table @ solution)
        stabilised = ridge * float(np.vdot(solution[:-1], solution[:-1]))
        loss = max(target_squares - float(explained) + stabilised, 0.0) / n_outputs
    solution /= scale[:, np.newaxis]
    return OutputLayer(solution[:-1].T, solution[-1])


def _ridge_solution(
    table: Array,
    right: Array,
    extra: Array,
    ridge: float,
) -> tuple[Array, float]:
    """Solve with `extra` and a ridge on the diagonal, as small as works."""
    while True:
        stabilised = table.copy()
        diagonal = np.einsum("ii->i", stabilised)
        diagonal += extra
        diagonal[:-1] += ridge
        factor, failed = dpotrf(stabilised, lower=1)
        if not failed:
            return dpotrs(factor, right, lower=1)[0], ridge
        ridge *= 10
