"""The deep network of the lectures as a scikit-learn regressor."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral
from typing import ClassVar, Self

import numpy as np
from sklearn.utils._param_validation import Interval

from estimators._base import ReLUEstimator
from estimators._regression import ReLURegressor
from estimators.network import ReLUNetwork


class DeepArchitecture(ReLUEstimator):
    """Several hidden layers: the parameters `depth` and `width`."""

    _parameter_constraints: ClassVar[dict] = {
        **ReLUEstimator._parameter_constraints,
        "depth": [Interval(Integral, 1, None, closed="left")],
        "width": [Interval(Integral, 1, None, closed="left"), "array-like"],
    }

    def __init__(
        self,
        depth: int = 2,
        width: int | Sequence[int] = 10,
        *,
        solver: str = "auto",
        alpha: float | str = "auto",
        learning_rate_init: float = 0.01,
        max_iter: int = 1000,
        tol: float = 1e-4,
        batch_size: int | str = "auto",
        n_restarts: int = 1,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: float = 10,
        warm_start: bool = False,
        random_state: int | np.random.RandomState | None = None,
        verbose: bool | int = False,
    ) -> None:
        super().__init__(
            solver=solver,
            alpha=alpha,
            learning_rate_init=learning_rate_init,
            max_iter=max_iter,
            tol=tol,
            batch_size=batch_size,
            n_restarts=n_restarts,
            early_stopping=early_stopping,
            validation_fraction=validation_fraction,
            n_iter_no_change=n_iter_no_change,
            warm_start=warm_start,
            random_state=random_state,
            verbose=verbose,
        )
        self.depth = depth
        self.width = width

    def _hidden_widths(self) -> tuple[int, ...]:
        if isinstance(self.width, Integral):
            return (int(self.width),) * self.depth
        widths = list(self.width)
        if len(widths) != self.depth:
            raise ValueError(
                f"width gives {len(widths)} layer widths but depth={self.depth}; pass "
                "one width per hidden layer, or a single int for all of them."
            )
        if not all(isinstance(w, Integral) and w >= 1 for w in widths):
            raise ValueError(f"every width must be an int of at least 1, got {widths}.")
        return tuple(int(w) for w in widths)

    @classmethod
    def _of_architecture(cls, network: ReLUNetwork) -> Self:
        if network.depth < 1:
            raise ValueError(
                "the network has no hidden layer; an estimator needs at least one."
            )
        return cls(network.depth, list(network.widths))


class DeepReLURegressor(ReLURegressor, DeepArchitecture):
    """Regression with several hidden layers of ReLU units.

    The model is ``h_1 = a[β_0 + Ω_0 x]``, ``h_{k+1} = a[β_k + Ω_k h_k]``,
    ``y = β_K + Ω_K h_K``. Training, standardisation and all parameters but the first
    two are as in `ShallowReLURegressor`, except that there is no "free_knots" and the
    loss is always the squared error.

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
    network_, coefs_, intercepts_, joints_, loss_, loss_curve_, \
validation_loss_curve_, validation_scores_, n_iter_, solver_, n_features_in_, \
feature_names_in_
        See `ShallowReLURegressor`.

    See Also
    --------
    ShallowReLURegressor : One hidden layer.
    DeepReLUClassifier : The same network for classes.

    References
    ----------
    Prince, *Understanding Deep Learning*, chapter 4 (the lectures' "Deep neural
    networks").

    Examples
    --------
    >>> from sklearn.datasets import load_diabetes
    >>> from estimators import DeepReLURegressor
    >>> X, y = load_diabetes(return_X_y=True, scaled=False)
    >>> model = DeepReLURegressor(width=(8, 4), random_state=0).fit(X, y)
    >>> model.network_
    <ReLUNetwork 10-8-4-1, 129 parameters, float64>
    """

    _parameter_constraints: ClassVar[dict] = {
        **DeepArchitecture._parameter_constraints,
        **ReLURegressor._parameter_constraints,
    }

    @classmethod
    def from_network(cls, network: ReLUNetwork) -> Self:
        """Return a fitted estimator that predicts with given parameters.

        Parameters
        ----------
        network : ReLUNetwork
            A network of at least one hidden layer.

        Returns
        -------
        estimator : DeepReLURegressor
            Fitted, with ``depth`` and ``width`` as in the network.
        """
        return cls._of_architecture(network)._with_network(network)
