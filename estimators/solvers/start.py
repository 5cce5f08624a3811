"""Where training starts: He weights, and biases that put joints among the data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from estimators.objective import layer_views, n_parameters

Array = NDArray[np.floating]

# Quantiles of more rows than this say nothing more about where the data are.
ENOUGH_ROWS = 2048


def he_start(
    sizes: Sequence[int],
    X: Array,
    sample_weight: Array,
    random_state: np.random.RandomState,
) -> Array:
    """Draw He-normal weights, and biases so that every unit bends inside the data.

    A unit whose joint lies outside the data is linear or dead there and never gets a
    gradient that would bring it back. So the bias of each hidden unit is chosen such
    that its pre-activation is zero at a quantile of the data; the quantiles of one
    layer's units are spread evenly over (0, 1).

    Parameters
    ----------
    sizes : sequence of int
        Layer sizes (D_0, D_1, …, D_{K+1}).
    X : ndarray of shape (n_samples, D_0)
        Standardised inputs.
    sample_weight : ndarray of shape (n_samples,)
        Weights. Quantiles are weighted and do not depend on the order of the rows,
        so a weight of two equals a repeated row.
    random_state : RandomState
        Source of randomness.

    Returns
    -------
    params : ndarray of shape (n_parameters,), dtype float64
        Flat parameters.

    References
    ----------
    He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015, equation 10.
    """
    params = np.zeros(n_parameters(sizes))
    rows = np.linspace(0, len(X) - 1, min(len(X), ENOUGH_ROWS)).astype(np.intp)
    h, sample_weight = X[rows].astype(np.float64), sample_weight[rows]
    layers = layer_views(params, sizes)
    for weight, bias in layers:
        fan_out, fan_in = weight.shape
        weight[:] = random_state.normal(0, np.sqrt(2 / fan_in), weight.shape)
        if bias is layers[-1][1]:
            break
        strata = random_state.permutation(fan_out) + random_state.uniform(size=fan_out)
        z = h @ weight.T
        for unit, level in enumerate(strata / fan_out):
            bias[unit] = -_weighted_quantile(z[:, unit], sample_weight, level)
        h = np.maximum(z + bias, 0)
    return params


def _weighted_quantile(values: Array, weights: Array, level: float) -> float:
    order = np.argsort(values)
    cumulative = np.cumsum(weights[order], dtype=np.float64)
    position = np.searchsorted(cumulative, level * cumulative[-1])
    return values[order[position]]
