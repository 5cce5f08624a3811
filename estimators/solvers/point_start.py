"""Starts whose joints pass through random data points."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

from estimators.objective import Objective, layer_views, n_parameters
from estimators.solvers.projection import WORK_BETWEEN_PAUSES

Array = NDArray[np.floating]

CANDIDATES_PER_UNIT = 8
# All pairs of candidates are multiplied: more of them, or of rows, cost more than the
# iterations that they save.
MOST_CANDIDATES = 1000
MOST_ROWS = 1000


def point_start(
    objective: Objective, random_state: np.random.RandomState
) -> Generator[None, None, NDArray[np.float64]]:
    """Draw hidden layers whose units bend at random data points.

    Directions are uniform, and every unit's joint passes through the activations of a
    randomly drawn row. With one hidden layer, several times as many units are drawn
    and those kept that together explain the targets best.

    Parameters
    ----------
    objective : Objective
        Network and data. Rows are drawn in proportion to their weights.
    random_state : RandomState
        Source of randomness.

    Yields
    ------
    None
        A pause, whenever some milliseconds of work are done.

    Returns
    -------
    hidden : ndarray of shape (n_hidden,)
        Parameters of the hidden layers, by the generator's return.
    """
    sizes = objective.sizes[:-1]
    hidden = np.zeros(n_parameters(sizes))
    cumulative = np.cumsum(objective.sample_weight, dtype=np.float64)
    levels = random_state.uniform(size=min(MOST_ROWS, objective.n_samples))
    rows = np.searchsorted(cumulative, levels * cumulative[-1])
    h = objective.X[rows].astype(np.float64)
    layers = layer_views(hidden, sizes)
    for weight, bias in layers:
        n_drawn = len(bias)
        if len(layers) == 1:
            n_candidates = min(CANDIDATES_PER_UNIT * n_drawn, MOST_CANDIDATES)
            n_drawn = max(n_drawn, n_candidates)
        weights, biases = _units_through_rows(h, n_drawn, random_state)
        if n_drawn > len(bias):
            activations = np.maximum(h @ weights.T + biases, 0)
            targets = objective.targets[rows].astype(np.float64)
            chosen = yield from _selected(activations, targets, len(bias))
            weights, biases = weights[chosen], biases[chosen]
        weight[:], bias[:] = weights, biases
        h = np.maximum(h @ weight.T + bias, 0)
        yield
    return hidden


def _units_through_rows(
    h: Array, n_units: int, random_state: np.random.RandomState
) -> tuple[Array, Array]:
    """Draw units, scaled such that their activations have a mean square of one."""
    weight = random_state.normal(size=(n_units, h.shape[1]))
    weight /= np.linalg.norm(weight, axis=1, keepdims=True)
    through = random_state.randint(len(h), size=n_units)
    bias = -np.einsum("uf,uf->u", weight, h[through])
    activations = np.maximum(h @ weight.T + bias, 0)
    size = np.sqrt(np.mean(np.square(activations), axis=0))
    # What is active by rounding errors only must not be blown up.
    size[size <= 1e-9 * np.abs(h).max()] = 1
    return weight / size[:, np.newaxis], bias / size


def _selected(
    activations: Array, targets: Array, n_selected: int
) -> Generator[None, None, NDArray[np.intp]]:
    """Choose columns one by one, each by what it explains beyond those before.

    Works on inner products only: a Cholesky decomposition that takes as pivot the
    column with the largest share of what is left of the targets.

    References
    ----------
    Chen, Cowan, Grant, "Orthogonal least squares learning algorithm for radial basis
    function networks", IEEE Trans. Neural Networks 2 (1991).
    """
    columns = activations - activations.mean(axis=0)
    left = targets - targets.mean(axis=0)
    products = np.zeros((columns.shape[1],) * 2)
    step = max(1, WORK_BETWEEN_PAUSES // columns.shape[1] ** 2)
    for start in range(0, len(columns), step):
        part = columns[start : start + step]
        products += part.T @ part
        yield
    by_targets = columns.T @ left
    squares = np.diag(products).copy()
    negligible = 1e-8 * squares
    factor = np.zeros((len(squares), n_selected))
    chosen = np.zeros(n_selected, dtype=np.intp)
    free = np.ones(len(squares), dtype=bool)
    for k in range(n_selected):
        useful = free & (squares > negligible)
        if not useful.any():  # the others explain nothing more
            chosen[k:] = np.flatnonzero(free)[: n_selected - k]
            break
        gains = np.full(len(squares), -1.0)
        gains[useful] = np.square(by_targets[useful]).sum(axis=1) / squares[useful]
        pivot = chosen[k] = np.argmax(gains)
        free[pivot] = False
        column = products[pivot] - factor[:, :k] @ factor[pivot, :k]
        column /= np.sqrt(squares[pivot])
        explained = by_targets[pivot] / np.sqrt(squares[pivot])
        factor[:, k] = column
        squares -= np.square(column)
        by_targets -= np.outer(column, explained)
        if k % 20 == 0:
            yield
    return chosen
