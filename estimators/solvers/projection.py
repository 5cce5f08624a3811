"""The loss with the output layer eliminated: a function of the hidden layers only."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators.objective import Objective, layer_views, n_parameters
from estimators.passes import product
from estimators.solvers.output_layer import optimal_output_layer

Array = NDArray[np.floating]

# Rows handled at a time: activations of one block stay in the processor's cache.
BLOCK_ROWS = 1024
# Relative to each unit's own mean square, so that scaling a unit changes nothing.
RIDGES = {np.dtype(np.float64): 1e-11, np.dtype(np.float32): 1e-6}
# Activations of all rows are kept between the two passes if they need no more bytes.
MOST_KEPT_BYTES = 64_000_000
# Multiplications after which an evaluation pauses; some ten milliseconds.
WORK_BETWEEN_PAUSES = 100_000_000
# What calling NumPy for one block costs, in multiplications.
WORK_OF_CALLS = 200_000


class Projected(NamedTuple):
    """The projected function at some hidden layers.

    Attributes
    ----------
    value : float
        The objective at `params`, in the precision computed in; infinite on overflow.
    gradient : ndarray of shape (n_hidden,), dtype float64
        Its gradient by the hidden parameters.
    params : ndarray of shape (n_parameters,)
        All parameters, the output layer at its optimum.
    """

    value: float
    gradient: NDArray[np.float64]
    params: Array


class ProjectedObjective:
    """Minimum of an objective with squared error over the output layer.

    For hidden layers ``θ`` with last activations ``h``, this is::

        f(θ) = min over Ω, β of the objective at (θ, Ω, β), its loss increased by
               ridge · Σ_d mean(h_d²) · mean_o(Ω_od²)

    At the optimum the objective does not change with the output layer, so the
    gradient of ``f`` is the ordinary back-propagated one (envelope theorem).

    Parameters
    ----------
    objective : Objective
        With `estimators.losses.squared_error` and no relative penalty; computed in
        its floating type.

    References
    ----------
    Golub, Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares
    problems whose variables separate", SIAM Journal on Numerical Analysis 10 (1973).
    """

    def __init__(self, objective: Objective) -> None:
        self._objective = objective
        sizes, dtype = objective.sizes, objective.X.dtype
        self.n_hidden = n_parameters(sizes[:-1])
        self._alpha = objective.penalty.alpha
        self._ridge = RIDGES[dtype]
        share = objective.sample_weight.astype(np.float64)
        share /= share.sum()
        self._weights = share.astype(dtype)
        self._roots = np.sqrt(share).astype(dtype)[:, np.newaxis]
        starts = range(0, objective.n_samples, BLOCK_ROWS)
        self._blocks = [slice(start, start + BLOCK_ROWS) for start in starts]
        bytes_needed = objective.n_samples * sum(sizes[1:-1]) * dtype.itemsize
        self._keeps_all = bytes_needed <= MOST_KEPT_BYTES
        most_rows = objective.n_samples if self._keeps_all else BLOCK_ROWS
        block_rows = min(objective.n_samples, BLOCK_ROWS)
        n_columns = sizes[-2] + 1 + sizes[-1]
        # Fresh memory for large intermediate results costs more than computing them.
        self._activations = [
            np.empty((most_rows, width), dtype) for width in sizes[1:-1]
        ]
        self._deltas = [np.empty((block_rows, width), dtype) for width in sizes[1:-1]]
        self._rooted = np.empty((block_rows, n_columns), dtype)
        self._gram_work = n_columns**2 // 2
        self._work = 0

    def __call__(self, hidden: Array) -> Generator[None, None, Projected]:
        """Evaluate the function; pauses by yielding None when it has worked a while.

        Parameters
        ----------
        hidden : ndarray of shape (n_hidden,)
            Parameters of the hidden layers, in the order of `layer_views`.

        Returns
        -------
        projected : Projected
            By the generator's return.
        """
        sizes, dtype = self._objective.sizes, self._objective.X.dtype
        params = np.zeros(n_parameters(sizes), dtype)
        params[: self.n_hidden] = hidden
        *layers, (weight, bias) = layer_views(params, sizes)
        gram = yield from self._gram(layers)
        output = optimal_output_layer(gram, sizes[-1], self._ridge, self._alpha)
        if output is None:
            return Projected(np.inf, np.zeros(self.n_hidden), params)
        weight[:], bias[:] = output.weight, output.bias
        gradient = np.zeros_like(params[: self.n_hidden])
        loss = yield from self._backward(layers, (weight, bias), gradient)
        gradient = gradient.astype(np.float64)
        total = loss
        if self._alpha:
            views = layer_views(gradient, sizes[:-1])
            for (w, _), (weight_gradient, _) in zip(layers, views):
                weight_gradient += (2 * self._alpha) * w
                total += self._alpha * float(np.vdot(w, w))
            total += self._alpha * float(np.vdot(weight, weight))
        if not (np.isfinite(total) and np.isfinite(gradient).all()):
            return Projected(np.inf, np.zeros(self.n_hidden), params)
        return Projected(total, gradient, params)

    def _gram(
        self, layers: list[tuple[Array, Array]]
    ) -> Generator[None, None, NDArray[np.float64]]:
        """Return the weighted products of the columns (h, 1, targets)."""
        width = self._objective.sizes[-2]
        gram = np.zeros((self._rooted.shape[1],) * 2)
        for block in self._blocks:
            h = self._forward(layers, block)[-1]
            roots = self._roots[block]
            rooted = self._rooted[: len(h)]
            np.multiply(h, roots, out=rooted[:, :width])
            rooted[:, width : width + 1] = roots
            np.multiply(
                self._objective.targets[block], roots, out=rooted[:, width + 1 :]
            )
            gram += rooted.T @ rooted
            yield from self._pause(len(h) * (self.n_hidden + self._gram_work))
        return gram

    def _forward(self, layers: list[tuple[Array, Array]], block: slice) -> list[Array]:
        """Return [x, h_1, …, h_K] of a block, in buffers."""
        activations = [self._objective.X[block]]
        for (weight, bias), buffer in zip(layers, self._activations):
            z = self._part(buffer, block, len(activations[0]))
            np.matmul(activations[-1], weight.T, out=z)
            z += bias
            np.maximum(z, 0, out=z)
            activations.append(z)
        return activations

    def _part(self, buffer: Array, block: slice, n_rows: int) -> Array:
        return buffer[block] if self._keeps_all else buffer[:n_rows]

    def _backward(
        self,
        layers: list[tuple[Array, Array]],
        output: tuple[Array, Array],
        gradient: Array,
    ) -> Generator[None, None, float]:
        """Add the loss's gradient to `gradient`, and return the loss."""
        views = layer_views(gradient, self._objective.sizes[:-1])
        objective, loss = self._objective, 0.0
        for block in self._blocks:
            X = objective.X[block]
            if self._keeps_all:
                kept = [buffer[block] for buffer in self._activations]
                activations = [X, *kept]
            else:
                activations = self._forward(layers, block)
            outputs = activations[-1] @ output[0].T
            outputs += output[1]
            weights = self._weights[block]
            block_loss, delta = objective.loss_function(
                outputs, objective.targets[block], weights
            )
            loss += block_loss
            following = output[0]
            for k in reversed(range(len(layers))):
                delta = product(delta, following, self._deltas[k][: len(X)])
                delta *= activations[k + 1] > 0
                weight_gradient, bias_gradient = views[k]
                weight_gradient += delta.T @ activations[k]
                bias_gradient += delta.sum(axis=0)
                following = layers[k][0]
            yield from self._pause(2 * len(X) * self.n_hidden)
        return loss

    def _pause(self, work: int) -> Generator[None, None, None]:
        self._work += work + WORK_OF_CALLS
        if self._work > WORK_BETWEEN_PAUSES:
            self._work = 0
            yield
