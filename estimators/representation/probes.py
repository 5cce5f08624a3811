"""How well a straight cut through a layer separates the classes."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_X_y

from estimators.network import ReLUNetwork
from estimators.representation.layers import embeddings
from estimators.solvers.threads import one_blas_thread

# Weak, so that classes a straight cut can separate are separated.
INVERSE_PENALTY = 1e3
MAX_ITER = 500


class Probe(NamedTuple):
    """A linear classifier of what a layer knows.

    Attributes
    ----------
    accuracy : float
        The share of the given rows that it gets right.
    model : Pipeline
        The fitted classifier, standardisation included.
    """

    accuracy: float
    model: Pipeline


@one_blas_thread()
def linear_probe(H: ArrayLike, labels: ArrayLike) -> Probe:
    """Fit a linear classifier to the values of a layer.

    Parameters
    ----------
    H : array-like of shape (n_samples, D_k)
        The values, one row a sample.
    labels : array-like of shape (n_samples,)
        Two classes or more.

    Returns
    -------
    probe : Probe
        ``accuracy`` on these rows and the fitted ``model``; nothing in it is random.

    Raises
    ------
    ValueError
        If shapes do not match, a value is not finite, or there is only one class.

    References
    ----------
    Alain and Bengio, "Understanding intermediate layers using linear classifier
    probes", ICLR workshop 2017.

    Examples
    --------
    >>> from estimators.representation import linear_probe
    >>> linear_probe([[0.0], [1.0], [4.0], [5.0]], ["a", "a", "b", "b"]).accuracy
    1.0
    """
    H, labels = check_X_y(H, labels, dtype=np.float64)
    if len(np.unique(labels)) < 2:
        raise ValueError(
            f"a probe needs at least two classes; labels holds only {labels[0]!r}."
        )
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=INVERSE_PENALTY, max_iter=MAX_ITER)
    )
    with warnings.catch_warnings():
        # Where classes nearly touch, the last digits of the weights take for ever.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(H, labels)
    return Probe(float(model.score(H, labels)), model)


def layer_probes(network: ReLUNetwork, X: ArrayLike, labels: ArrayLike) -> list[Probe]:
    """Fit a linear probe to the inputs, to each hidden layer and to the outputs.

    Parameters
    ----------
    network : ReLUNetwork
        With K hidden layers.
    X : array-like of shape (n_samples, n_inputs)
        Inputs.
    labels : array-like of shape (n_samples,)
        Two classes or more.

    Returns
    -------
    probes : list of K + 2 Probe
        See `linear_probe`.
    """
    return [linear_probe(values, labels) for values in embeddings(network, X)]
