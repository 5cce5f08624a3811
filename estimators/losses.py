"""What training minimises, with its gradient, for any number of outputs.

A loss takes the network's outputs for some rows and returns the weighted *sum* over
rows together with its gradient. Row weights that sum to one make it the mean, so value
and gradient always belong together (scikit-learn's ``MLPRegressor`` mixes two
normalisations when there are several outputs, issue #8349).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax

Array = NDArray[np.floating]


def squared_error(
    outputs: Array, targets: Array, weights: Array
) -> tuple[float, Array]:
    """Weighted sum over rows of the squared error, averaged over outputs.

    Parameters
    ----------
    outputs, targets : ndarray of shape (n_rows, n_outputs)
        What the network says and what it should say.
    weights : ndarray of shape (n_rows,)
        Weight of each row.

    Returns
    -------
    value : float
        Σ_i w_i · mean_o (f_io − y_io)².
    gradient : ndarray of shape (n_rows, n_outputs)
        Derivative of `value` with respect to `outputs`.
    """
    residuals = outputs - targets
    gradient = residuals * (weights * (2 / targets.shape[1]))[:, np.newaxis]
    return float(np.vdot(residuals, gradient)) / 2, gradient


def cross_entropy(
    outputs: Array, targets: Array, weights: Array
) -> tuple[float, Array]:
    """Weighted sum over rows of the cross-entropy of the softmax.

    Parameters
    ----------
    outputs : ndarray of shape (n_rows, n_classes) or (n_rows, 1)
        Logits. One column stands for two classes with the first one's logit fixed
        at zero.
    targets : ndarray of the same shape
        One-hot rows; with one column, 1 for the second class.
    weights : ndarray of shape (n_rows,)
        Weight of each row.

    Returns
    -------
    value : float
        Σ_i w_i · −log p(class of row i).
    gradient : ndarray of the shape of `outputs`
        Derivative of `value` with respect to `outputs`.
    """
    if outputs.shape[1] == 1:
        surprise = (np.logaddexp(0, outputs) - outputs * targets)[:, 0]
        gradient = expit(outputs)
    else:
        shifted = outputs - outputs.max(axis=1, keepdims=True)
        gradient = np.exp(shifted)
        normaliser = gradient.sum(axis=1, keepdims=True)
        gradient /= normaliser
        surprise = np.log(normaliser[:, 0]) - np.einsum("io,io->i", shifted, targets)
    gradient -= targets
    gradient *= weights[:, np.newaxis]
    return float(np.vdot(surprise, weights)), gradient


def class_probabilities(outputs: Array) -> Array:
    """Turn logits into class probabilities.

    Parameters
    ----------
    outputs : ndarray of shape (n_rows, n_classes) or (n_rows, 1)
        Logits, as in `cross_entropy`.

    Returns
    -------
    probabilities : ndarray of shape (n_rows, max(n_classes, 2))
        Rows sum to one.
    """
    if outputs.shape[1] == 1:
        return np.hstack([expit(-outputs), expit(outputs)])
    return softmax(outputs, axis=1)
