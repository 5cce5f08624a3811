"""The deep network as a scikit-learn classifier."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_softmax
from sklearn.base import ClassifierMixin
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets

from estimators.deep import DeepArchitecture
from estimators.losses import class_probabilities, cross_entropy
from estimators.network import ReLUNetwork
from estimators.objective import Penalty
from estimators.scaling import Scaling

Array = NDArray[np.floating]


class DeepReLUClassifier(ClassifierMixin, DeepArchitecture):
    """Classification with several hidden layers of ReLU units.

    The outputs of the network are the logits of a softmax, trained on the mean
    cross-entropy plus the penalty. Two classes need one output only, the logit of the
    second class against zero. Training and all parameters but the first two are as in
    `ShallowReLURegressor`, except that only the inputs are standardised, that
    ``alpha="auto"`` means 1e-3 and that solvers of the squared error are missing.

    Parameters
    ----------
    depth : int, default=2
        Number of hidden layers, K.
    width : int or sequence of `depth` ints, default=10
        Number of hidden units per layer, D_k.
    solver, alpha, learning_rate_init, max_iter, tol, batch_size, n_restarts, \
early_stopping, validation_fraction, n_iter_no_change, warm_start, random_state, verbose
        See `ShallowReLURegressor`.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        Class labels, sorted.
    network_, coefs_, intercepts_, joints_, loss_, loss_curve_, \
validation_loss_curve_, validation_scores_, n_iter_, solver_, n_features_in_, \
feature_names_in_
        See `ShallowReLURegressor`; losses are cross-entropies in nats, scores are
        accuracies.

    See Also
    --------
    DeepReLURegressor : The same network for numbers.

    References
    ----------
    Prince, *Understanding Deep Learning*, chapter 4 and section 5.5.

    Examples
    --------
    >>> from sklearn.datasets import make_moons
    >>> from estimators import DeepReLUClassifier
    >>> X, y = make_moons(200, noise=0.1, random_state=0)
    >>> DeepReLUClassifier(random_state=0).fit(X, y).score(X, y) > 0.95
    True
    """

    _loss_function = staticmethod(cross_entropy)

    def predict(self, X: ArrayLike) -> NDArray:
        """Predict the most probable class.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Inputs.

        Returns
        -------
        y : ndarray of shape (n_samples,)
            Class labels.
        """
        winners = _winners(self._outputs(X))
        return self.classes_[winners]

    def predict_proba(self, X: ArrayLike) -> Array:
        """Predict the probability of each class.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Inputs.

        Returns
        -------
        probabilities : ndarray of shape (n_samples, n_classes)
            In the order of `classes_`.
        """
        return class_probabilities(self._outputs(X))

    def predict_log_proba(self, X: ArrayLike) -> Array:
        """Predict the logarithm of the probability of each class; see above."""
        outputs = self._outputs(X)
        if outputs.shape[1] == 1:
            outputs = np.hstack([np.zeros_like(outputs), outputs])
        return log_softmax(outputs, axis=1)

    def partial_fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        classes: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Take one pass of gradient steps over the given rows.

        Parameters
        ----------
        X, y, sample_weight
            As in `fit`.
        classes : array-like of shape (n_classes,), default=None
            All classes that will ever occur; needed in the first call unless its `y`
            has them all.

        Returns
        -------
        self : estimator
            The estimator, fitted so far.
        """
        if classes is not None:
            classes = np.unique(classes)
            if hasattr(self, "network_") and not np.array_equal(classes, self.classes_):
                raise ValueError(
                    f"classes={classes} differ from those of earlier calls, "
                    f"{self.classes_}."
                )
        self._announced_classes = classes
        try:
            return super().partial_fit(X, y, sample_weight)
        finally:
            del self._announced_classes

    @classmethod
    def from_network(
        cls, network: ReLUNetwork, classes: ArrayLike | None = None
    ) -> Self:
        """Return a fitted estimator that predicts with given parameters.

        Parameters
        ----------
        network : ReLUNetwork
            A network of at least one hidden layer whose outputs are logits.
        classes : array-like of shape (n_classes,), default=None
            Class labels in the order of the outputs; 0, 1, … by default.

        Returns
        -------
        estimator : DeepReLUClassifier
            Fitted, with ``depth`` and ``width`` as in the network.
        """
        n_classes = max(network.n_outputs, 2)
        labels = np.arange(n_classes) if classes is None else np.asarray(classes)
        if labels.shape != (n_classes,) or len(np.unique(labels)) != n_classes:
            raise ValueError(
                f"classes must be {n_classes} different labels, got {labels!r}."
            )
        estimator = cls._of_architecture(network)._with_network(network)
        estimator.classes_ = labels
        return estimator

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.estimator_type = "classifier"  # and a transformer beside it
        return tags

    @property
    def _y_checks(self) -> dict[str, Any]:
        return {}

    def _encoded(self, y: Array, *, reset: bool) -> Array:
        check_classification_targets(y)
        if reset:
            announced = getattr(self, "_announced_classes", None)
            self.classes_ = np.unique(y) if announced is None else announced
            if len(self.classes_) < 2:
                raise ValueError(
                    "a classifier needs at least two classes; y has only one class, "
                    f"{self.classes_[0]!r}."
                )
        unknown = np.setdiff1d(y, self.classes_)
        if unknown.size:
            raise ValueError(
                f"y holds classes that training does not know: {unknown}; known are "
                f"{self.classes_}."
            )
        codes = np.searchsorted(self.classes_, y)
        if len(self.classes_) == 2:
            return codes[:, np.newaxis].astype(float)
        return np.eye(len(self.classes_))[codes]

    def _scaling_of(self, X: Array, targets: Array, sample_weight: Array) -> Scaling:
        return Scaling.of_inputs(X, sample_weight, targets.shape[1])

    def _automatic_penalty(self) -> Penalty:
        # A relative penalty would vanish together with the loss on separable classes,
        # where weights must be kept from growing for ever.
        return Penalty(1e-3)

    def _strata(self, targets: Array) -> Array:
        return _winners(targets)

    @staticmethod
    def _score_outputs(outputs: Array, targets: Array, sample_weight: Array) -> float:
        """Return the accuracy."""
        # Targets are one-hot, or 0 and 1, where logits change sign at zero.
        hits = _winners(outputs) == _winners(targets - 0.5)
        return float(sample_weight @ hits)


def _winners(logits: Array) -> NDArray[np.intp]:
    """Return the index of the most probable class; one column means two classes."""
    if logits.shape[1] == 1:
        return (logits[:, 0] > 0).astype(np.intp)
    return logits.argmax(axis=1)
