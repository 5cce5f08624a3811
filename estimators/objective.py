"""What training minimises over one flat parameter vector, and its exact gradient."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike, NDArray

from estimators.passes import Workspace, backward, forward

Array = NDArray[np.floating]
Loss = Callable[[Array, Array, Array], tuple[float, Array]]

# Rows handled at a time: activations of one block stay in the processor's cache, and
# memory does not grow with the number of samples.
BLOCK_ROWS = 1024


def n_parameters(sizes: Sequence[int]) -> int:
    """Count weights and biases of layer sizes (D_0, D_1, …, D_{K+1})."""
    return sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(sizes))


def layer_views(params: Array, sizes: Sequence[int]) -> list[tuple[Array, Array]]:
    """View a flat vector as layers: weights Ω_k (row-major), then biases β_k.

    Parameters
    ----------
    params : ndarray of shape (n_parameters,)
        Flat parameters.
    sizes : sequence of int
        Layer sizes (D_0, D_1, …, D_{K+1}).

    Returns
    -------
    layers : list of (ndarray of shape (D_{k+1}, D_k), ndarray of shape (D_{k+1},))
        Views that share memory with `params`.
    """
    layers = []
    offset = 0
    for fan_in, fan_out in pairwise(sizes):
        middle = offset + fan_in * fan_out
        end = middle + fan_out
        weight = params[offset:middle].reshape(fan_out, fan_in)
        layers.append((weight, params[middle:end]))
        offset = end
    return layers


@dataclass(frozen=True)
class Penalty:
    """What large weights cost.

    With ``L`` the mean loss and ``S = Σ_k ‖Ω_k‖²`` (biases are free), training
    minimises ``L + alpha · S``, or with `relative` ``L · (1 + alpha · S)``. The latter
    acts like the former with a strength proportional to the loss itself: noise, which
    no network should follow, keeps it up; a target without noise makes it vanish. As
    `L` is a mean, neither depends on the number of samples or the mini-batch.
    """

    alpha: float
    relative: bool = False

    def total(self, loss: float, squares: float) -> float:
        """Return what training minimises."""
        if self.relative:
            return loss * (1 + self.alpha * squares)
        return loss + self.alpha * squares

    def partials(self, loss: float, squares: float) -> tuple[float, float]:
        """Return the derivatives of `total` by `loss` and by `squares`."""
        if self.relative:
            return 1 + self.alpha * squares, self.alpha * loss
        return 1.0, self.alpha

    def loss(self, total: float, squares: float) -> float:
        """Return the loss that `total` is made of."""
        if self.relative:
            return total / (1 + self.alpha * squares)
        return total - self.alpha * squares


class Criterion(ABC):
    """What training minimises: a loss of a ReLU network, and a penalty on its weights.

    Parameters
    ----------
    sizes : sequence of int
        Layer sizes (D_0, D_1, …, D_{K+1}).
    X : ndarray of shape (n_samples, D_0)
        Inputs.
    targets : ndarray of shape (n_samples, D_{K+1})
        Targets in the form that the loss takes.
    sample_weight : ndarray of shape (n_samples,)
        Positive weights.
    penalty : Penalty
        What large weights cost.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        X: Array,
        targets: Array,
        sample_weight: Array,
        penalty: Penalty,
    ) -> None:
        self.sizes = tuple(sizes)
        self.X = X
        self.targets = targets
        # A common factor of all weights must not change a single bit of the result.
        self.sample_weight = sample_weight / sample_weight.max()
        self.penalty = penalty
        self._workspace = Workspace(sizes, min(len(X), BLOCK_ROWS), X.dtype)

    @abstractmethod
    def loss_of(self, outputs: Array, targets: Array, sample_weight: Array) -> float:
        """Return the loss of what a network says for some rows."""

    @property
    def n_samples(self) -> int:
        """Number of rows of the training data."""
        return len(self.X)

    def outputs(self, params: Array, X: Array) -> Array:
        """Evaluate the network with flat parameters `params` on standardised `X`."""
        layers = layer_views(params, self.sizes)
        workspace = self._workspace.of_rows(min(len(X), BLOCK_ROWS))
        outputs = np.empty((len(X), self.sizes[-1]), workspace.dtype)
        for start in range(0, len(X), BLOCK_ROWS):
            block = slice(start, start + BLOCK_ROWS)
            outputs[block] = forward(layers, X[block], workspace)[-1]
        return outputs

    def total(self, params: Array) -> float:
        """Return what training minimises, on all rows."""
        with np.errstate(over="ignore", invalid="ignore"):
            outputs = self.outputs(params, self.X)
            loss = self.loss_of(outputs, self.targets, self.sample_weight)
            return self.penalised(loss, params)

    def penalised(self, loss: float, params: Array) -> float:
        """Add the penalty at `params` to a loss."""
        return self.penalty.total(loss, self._squares(params))

    def loss(self, params: Array, total: float) -> float:
        """Take the penalty at `params` off a total."""
        return self.penalty.loss(total, self._squares(params))

    def _squares(self, params: Array) -> float:
        # Without a penalty nobody asks, and weights may be so large that it overflows.
        if not self.penalty.alpha:
            return 0.0
        return _sum_of_squares(layer_views(params, self.sizes))


class MaxError(Criterion):
    """Largest error over rows of a network with one output.

    A maximum is no sum over rows: their weights make no difference to it, and its
    gradient is that of a single row. So `estimators.solvers.minimax` follows none.

    Parameters
    ----------
    sizes, X, targets
        As in `Criterion`.
    """

    def __init__(self, sizes: Sequence[int], X: Array, targets: Array) -> None:
        super().__init__(sizes, X, targets, np.ones(len(X), X.dtype), Penalty(0))

    def loss_of(self, outputs: Array, targets: Array, sample_weight: Array) -> float:
        """Return the largest error, whatever the weights."""
        return float(np.abs(outputs - targets).max())


class Objective(Criterion):
    """Weighted mean loss, with its gradient.

    Parameters
    ----------
    sizes, X, targets, sample_weight, penalty
        As in `Criterion`.
    loss : callable
        A function of `estimators.losses`.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        X: Array,
        targets: Array,
        sample_weight: Array,
        loss: Loss,
        penalty: Penalty,
    ) -> None:
        super().__init__(sizes, X, targets, sample_weight, penalty)
        self.loss_function = loss

    def loss_of(self, outputs: Array, targets: Array, sample_weight: Array) -> float:
        """Return the weighted mean over rows."""
        loss, _ = self.loss_function(outputs, targets, sample_weight)
        return loss / float(sample_weight.sum(dtype=np.float64))

    def astype(self, dtype: DTypeLike) -> Objective:
        """Return the objective computed in another floating type."""
        if self.X.dtype == dtype:
            return self
        arrays = (self.X, self.targets, self.sample_weight)
        X, targets, sample_weight = (array.astype(dtype) for array in arrays)
        return Objective(
            self.sizes, X, targets, sample_weight, self.loss_function, self.penalty
        )

    def with_penalty(self, penalty: Penalty) -> Objective:
        """Return the objective with another penalty."""
        return Objective(
            self.sizes,
            self.X,
            self.targets,
            self.sample_weight,
            self.loss_function,
            penalty,
        )

    def of_rows(self, rows: NDArray[np.integer]) -> Objective:
        """Return the objective on some of the rows."""
        arrays = (self.X[rows], self.targets[rows], self.sample_weight[rows])
        return Objective(self.sizes, *arrays, self.loss_function, self.penalty)

    def __call__(
        self, params: Array, rows: slice | NDArray[np.integer] = slice(None)
    ) -> tuple[float, Array]:
        """Return what training minimises on the chosen rows, and its gradient.

        Parameters
        ----------
        params : ndarray of shape (n_parameters,)
            Flat parameters.
        rows : slice or ndarray of int
            The mini-batch; all rows by default.

        Returns
        -------
        total : float
            Loss with penalty; not finite if the parameters have overflowed.
        gradient : ndarray of shape (n_parameters,)
            The gradient of `total`; at a joint, the one for the inactive side.
        """
        X, targets = self.X[rows], self.targets[rows]
        weights = self.sample_weight[rows]
        weights = weights / weights.sum()
        gradient = np.empty_like(params)
        layers = layer_views(params, self.sizes)
        gradient_layers = layer_views(gradient, self.sizes)
        loss = 0.0
        workspace = self._workspace.of_rows(min(len(X), BLOCK_ROWS))
        with np.errstate(over="ignore", invalid="ignore"):
            for start in range(0, len(X), BLOCK_ROWS):
                block = slice(start, start + BLOCK_ROWS)
                activations = forward(layers, X[block], workspace)
                block_loss, delta = self.loss_function(
                    activations[-1], targets[block], weights[block]
                )
                loss += block_loss
                backward(
                    layers,
                    gradient_layers,
                    activations,
                    delta,
                    workspace,
                    add=start > 0,
                )
            if not self.penalty.alpha:
                return loss, gradient
            squares = _sum_of_squares(layers)
            by_loss, by_squares = self.penalty.partials(loss, squares)
            if by_loss != 1:
                gradient *= by_loss
            for (weight, _), (weight_gradient, _) in zip(layers, gradient_layers):
                weight_gradient += (2 * by_squares) * weight
            return self.penalty.total(loss, squares), gradient


def _sum_of_squares(layers: list[tuple[Array, Array]]) -> float:
    return sum(float(np.vdot(weight, weight)) for weight, _ in layers)
