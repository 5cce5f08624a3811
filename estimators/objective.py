"""What training minimises over one flat parameter vector, and its exact gradient."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike, NDArray

from estimators.passes import Workspace, backward, empty_outputs, forward, transposed

Array = NDArray[np.floating]
Loss = Callable[[Array, Array, Array], tuple[float, Array]]


def n_parameters(sizes: Sequence[int]) -> int:
    """Count weights and biases of layer sizes (D_0, D_1, …, D_{K+1})."""
    return sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(sizes))


def layer_blocks(params: Array, sizes: Sequence[int]) -> list[Array]:
    """View a flat vector as blocks [Ω_k | β_k], of shape (D_{k+1}, D_k + 1)."""
    blocks = []
    start = 0
    for fan_in, fan_out in pairwise(sizes):
        end = start + (fan_in + 1) * fan_out
        blocks.append(params[start:end].reshape(fan_out, fan_in + 1))
        start = end
    return blocks


def layer_views(params: Array, sizes: Sequence[int]) -> list[tuple[Array, Array]]:
    """View a flat vector as layers: weights Ω_k and biases β_k.

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
    return [(block[:, :-1], block[:, -1]) for block in layer_blocks(params, sizes)]


def flat_parameters(layers: Iterable[tuple[Array, Array]]) -> Array:
    """Copy weights and biases of layers to a flat vector: undoes `layer_views`."""
    return np.concatenate([np.column_stack(layer).ravel() for layer in layers])


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
        self.targets = np.asfortranarray(targets)  # as outputs are
        # A common factor of all weights must not change a single bit of the result.
        self.sample_weight = sample_weight / sample_weight.max()
        self.penalty = penalty
        self._workspace = Workspace(sizes, X.dtype)
        self._is_weight = np.ones(n_parameters(sizes), X.dtype)
        for _, bias in layer_views(self._is_weight, sizes):
            bias[:] = 0

    @abstractmethod
    def loss_of(self, outputs: Array, targets: Array, sample_weight: Array) -> float:
        """Return the loss of what a network says for some rows."""

    @property
    def n_samples(self) -> int:
        """Number of rows of the training data."""
        return len(self.X)

    def outputs(self, params: Array, X: Array) -> Array:
        """Evaluate the network with flat parameters `params` on standardised `X`."""
        layers = transposed(layer_blocks(params, self.sizes))
        workspace = self._workspace
        outputs = empty_outputs(len(X), self.sizes[-1], workspace.dtype)
        # Block by block memory does not grow with the number of samples.
        for block in workspace.blocks(len(X)):
            forward(layers, X[block], workspace, outputs[block])
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
        weights = params * self._is_weight
        return float(np.vdot(weights, weights))


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
        facts = (self.sizes, self.X, self.targets, self.sample_weight)
        return Objective(*facts, self.loss_function, penalty)

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
        shares = self.sample_weight[rows]
        shares = shares / shares.sum()
        gradient = np.empty_like(params)
        layers = layer_blocks(params, self.sizes)
        gradient_layers = layer_blocks(gradient, self.sizes)
        transposed_layers = transposed(layers)
        loss = 0.0
        workspace = self._workspace
        with np.errstate(over="ignore", invalid="ignore"):
            for block in workspace.blocks(len(X)):
                outputs = workspace.outputs[: len(X[block])]
                activations = forward(transposed_layers, X[block], workspace, outputs)
                block_loss, delta = self.loss_function(
                    outputs, targets[block], shares[block]
                )
                loss += block_loss
                backward(
                    layers,
                    gradient_layers,
                    activations,
                    delta,
                    workspace,
                    add=block.start > 0,
                )
            if not self.penalty.alpha:
                return loss, gradient
            weights = params * self._is_weight
            squares = float(np.vdot(weights, weights))
            by_loss, by_squares = self.penalty.partials(loss, squares)
            if by_loss != 1:
                gradient *= by_loss
            weights *= 2 * by_squares
            gradient += weights
            return self.penalty.total(loss, squares), gradient
