"""Standardisation that folds into the weights, so that networks work on raw inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from estimators.network import ReLUNetwork
from estimators.objective import flat_parameters, layer_views

Array = NDArray[np.floating]


@dataclass(frozen=True)
class Scaling:
    """The affine maps between raw data and the standardised data of training.

    Attributes
    ----------
    x_mean, x_scale : ndarray of shape (n_inputs,)
        Weighted mean and standard deviation of the inputs. A column that never varies
        has an infinite scale: it becomes zero, and the folded network ignores it.
    y_mean, y_scale : ndarray of shape (n_outputs,)
        The same for the targets. A target that never varies has scale zero: the folded
        network gives its value exactly.
    """

    x_mean: Array
    x_scale: Array
    y_mean: Array
    y_scale: Array

    @classmethod
    def of_data(cls, X: Array, targets: Array, sample_weight: Array) -> Scaling:
        """Standardise inputs and targets by their weighted mean and deviation."""
        x_mean, x_scale = _weighted_moments(X, sample_weight)
        y_mean, y_scale = _weighted_moments(targets, sample_weight)
        return cls(x_mean, np.where(x_scale > 0, x_scale, np.inf), y_mean, y_scale)

    @classmethod
    def of_inputs(cls, X: Array, sample_weight: Array, n_outputs: int) -> Scaling:
        """Standardise the inputs alone, for outputs that are logits."""
        x_mean, x_scale = _weighted_moments(X, sample_weight)
        x_scale = np.where(x_scale > 0, x_scale, np.inf)
        return cls(x_mean, x_scale, np.zeros(n_outputs), np.ones(n_outputs))

    @classmethod
    def identity(cls, n_inputs: int, n_outputs: int) -> Scaling:
        """Leave inputs and outputs as they are."""
        ones = np.ones
        return cls(
            np.zeros(n_inputs), ones(n_inputs), np.zeros(n_outputs), ones(n_outputs)
        )

    def without_rounding(self) -> Scaling:
        """Return similar maps that a network folds and unfolds to the last bit.

        They stretch by powers of two and shift nothing but a target that never varies.
        """
        x_scale, y_scale = (_power_of_two(s) for s in (self.x_scale, self.y_scale))
        y_mean = np.where(y_scale > 0, 0, self.y_mean)
        return Scaling(np.zeros_like(self.x_mean), x_scale, y_mean, y_scale)

    def inputs(self, X: Array, dtype: DTypeLike) -> Array:
        """Standardise raw inputs; the difference is taken before rounding to dtype."""
        return ((X - self.x_mean) / self.x_scale).astype(dtype)

    def targets(self, targets: Array, dtype: DTypeLike) -> Array:
        """Standardise raw targets."""
        scale = np.where(self.y_scale > 0, self.y_scale, 1)
        return ((targets - self.y_mean) / scale).astype(dtype)

    def fold(
        self, params: Array, sizes: Sequence[int], dtype: DTypeLike
    ) -> ReLUNetwork:
        """Turn trained flat parameters into a network on raw inputs and outputs.

        Parameters
        ----------
        params : ndarray of shape (n_parameters,)
            Parameters of a network between standardised inputs and outputs.
        sizes : sequence of int
            Layer sizes (D_0, D_1, …, D_{K+1}).
        dtype : dtype
            Floating type of the result.

        Returns
        -------
        network : ReLUNetwork
            The same function with the standardisation inside its weights.
        """
        layers = layer_views(params.astype(np.float64), sizes)
        weights = [weight for weight, _ in layers]
        biases = [bias for _, bias in layers]
        weights[0] = weights[0] / self.x_scale
        biases[0] = biases[0] - weights[0] @ self.x_mean
        weights[-1] = self.y_scale[:, np.newaxis] * weights[-1]
        biases[-1] = self.y_scale * biases[-1] + self.y_mean
        return ReLUNetwork(
            [weight.astype(dtype) for weight in weights],
            [bias.astype(dtype) for bias in biases],
        )

    def unfold(self, network: ReLUNetwork) -> Array:
        """Turn a network on raw data into flat parameters: the inverse of `fold`."""
        weights = [weight.astype(np.float64) for weight in network.weights]
        biases = [bias.astype(np.float64) for bias in network.biases]
        y_scale = np.where(self.y_scale > 0, self.y_scale, 1)
        weights[-1] = weights[-1] / y_scale[:, np.newaxis]
        biases[-1] = (biases[-1] - self.y_mean) / y_scale
        biases[0] = biases[0] + weights[0] @ self.x_mean
        x_scale = np.where(np.isfinite(self.x_scale), self.x_scale, 0)
        weights[0] = weights[0] * x_scale
        return flat_parameters(zip(weights, biases))


def _power_of_two(scale: Array) -> Array:
    """Return the next lower power of two; zero and infinity are what they are."""
    power = np.ldexp(1.0, np.frexp(scale)[1] - 1)
    return np.where((scale > 0) & np.isfinite(scale), power, scale)


def _weighted_moments(values: Array, weights: Array) -> tuple[Array, Array]:
    """Mean and standard deviation of each column; a constant column has deviation 0."""
    values = values.astype(np.float64)
    weights = (weights / weights.sum(dtype=np.float64)).astype(np.float64)
    # Scaled by powers of two first: squares of 1e±200 neither overflow nor vanish,
    # and the result has the bits it would have had without.
    largest = np.abs(values).max(axis=0)
    unit = np.ldexp(1.0, np.frexp(largest)[1] - 1)
    unit[largest == 0] = 1
    scaled = values / unit
    mean = weights @ scaled
    centred = scaled - mean
    deviation = np.sqrt(weights @ centred**2)
    # What rounding alone makes of a constant column is not a deviation.
    deviation[deviation <= 4 * np.finfo(float).eps * np.abs(mean)] = 0
    mean = np.where(np.ptp(scaled, axis=0) == 0, scaled[0], mean)
    return mean * unit, deviation * unit
