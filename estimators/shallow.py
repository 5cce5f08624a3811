"""The shallow network of the lectures as a scikit-learn regressor."""

from __future__ import annotations

from numbers import Integral
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils._param_validation import Interval, StrOptions

from estimators._regression import ReLURegressor
from estimators.network import ReLUNetwork
from estimators.objective import Criterion, MaxError
from estimators.scaling import Scaling
from estimators.solvers import ALL_SOLVERS

Array = NDArray[np.floating]


class ShallowReLURegressor(ReLURegressor):
    """Regression with one hidden layer of ReLU units.

    The model is ``y = φ_0 + Σ_d φ_d a[θ_d0 + θ_d · x]`` with ``a[z] = max(z, 0)``: a
    continuous piecewise-linear function with at most one joint per hidden unit when x
    is a single number. Data need no scaling: X and y are standardised for training,
    and the standardisation is folded into ``network_``.

    Parameters
    ----------
    width : int, default=10
        Number of hidden units, D.
    solver : {"auto", "gd", "adam", "lbfgs", "variable_projection", "free_knots", \
"minimax"}, default="auto"
        How parameters are found: full-batch gradient descent with a constant rate,
        Adam on mini-batches, SciPy's L-BFGS; L-BFGS on the hidden layers with the
        output layer always optimal, from several starts; for one input, the broken
        line with the best joints, found by dynamic programming; the method for the
        maximum error, which is for nothing else. "auto" takes "minimax" where it
        applies, then "free_knots" for one input, and for more inputs
        "variable_projection" or, once a pass over the data is dear, "adam". `solver_`
        tells which.
    loss : {"squared_error", "max_error"}, default="squared_error"
        What training minimises: the mean squared error, or the largest
        ``|f(x_i) - y_i|`` over all rows, for one input and one output. But for
        rounding, no broken line with ``width - 1`` joints is then better, whatever the
        start, and often none with `width` joints; see `estimators.minimax.best_units`.
        Where one is, so may a network be: with `warm_start` it is kept. There is no
        penalty, and sample weights make no difference, except that rows of weight zero
        do not count.
    alpha : float or "auto", default="auto"
        Strength of the penalty on large weights. With ``L`` the mean squared error over
        samples and (standardised) outputs, and ``S`` the sum of the squared weights of
        the network between standardised data, a number means that training minimises
        ``L + alpha · S``; its effect does not depend on the number of samples, the
        batch size or the units of the data. "auto" keeps noise from being fitted:
        "free_knots" then bends as often as the data give reason for; for
        "variable_projection" the strength is chosen by cross-validation on at most
        1000 rows of the training data; "lbfgs" and "adam" minimise
        ``L · (1 + 0.01 · n_features · S)`` after some free iterations, a penalty in
        proportion to what the network leaves unexplained; "gd", as in the lectures, and
        "minimax" know no penalty. 0 turns all of it off.
    learning_rate_init : float, default=0.01
        Learning rate of "gd" and "adam".
    max_iter : int, default=1000
        Largest number of iterations of each start: steps of "gd" and "lbfgs", passes
        over the data of "adam", networks of "minimax" that are better than the last.
    tol : float, default=1e-4
        Training stops when the loss has not fallen by this fraction of itself within
        `n_iter_no_change` iterations.
    batch_size : int or "auto", default="auto"
        Rows of a mini-batch of "adam"; "auto" is 200, or all rows if fewer.
    n_restarts : int, default=1
        Number of random starts; the best result is kept. "minimax" needs one.
    early_stopping : bool, default=False
        Go by the loss on validation data instead of the training loss: stop when it
        stops falling, and keep the network at its minimum. The data are `X_val` and
        `y_val` of `fit`, or else a random part of the training data.
    validation_fraction : float, default=0.1
        Size of that part.
    n_iter_no_change : int or np.inf, default=10
        Patience; see `tol`.
    warm_start : bool, default=False
        Continue `fit` from the network of the last one. The architecture must be the
        same.
    random_state : int, RandomState or None, default=None
        Determines the start, the mini-batches and the validation part.
    verbose : bool or int, default=False
        Print every iteration.

    Attributes
    ----------
    network_ : ReLUNetwork
        The fitted network, on raw inputs and outputs.
    coefs_, intercepts_ : list of ndarray
        Its parameters in the shapes of `sklearn.neural_network.MLPRegressor`.
    joints_ : ndarray of shape (n_joints,)
        For one input: where the function bends, sorted.
    loss_ : float
        Mean squared error of `network_` on the training data, without the penalty, in
        squared units of y. With several outputs each error counts relative to the
        variance of its output, and the mean is multiplied by the mean variance.
        With ``loss="max_error"`` the largest absolute error, in units of y.
    loss_curve_ : list of float
        The same after each iteration.
    validation_loss_curve_, validation_scores_ : list of float
        The same and R² on the validation data; empty without any.
    n_iter_ : int
        Number of iterations, over all restarts.
    solver_ : str
        The solver used.
    alpha_ : float
        The strength of the penalty used: alpha where that is a number.
    n_features_in_ : int
        Number of inputs.
    feature_names_in_ : ndarray of shape (n_features_in_,)
        Their names, when X had names.

    See Also
    --------
    DeepReLURegressor : Several hidden layers.

    References
    ----------
    Prince, *Understanding Deep Learning*, chapter 3 (the lectures' "Shallow neural
    networks").

    Examples
    --------
    >>> import numpy as np
    >>> from estimators import ShallowReLURegressor
    >>> x = np.linspace(0, 2, 50)
    >>> y = 100 * np.abs(x - 0.7)
    >>> model = ShallowReLURegressor(width=10, random_state=0).fit(x[:, None], y)
    >>> round(model.score(x[:, None], y), 6)
    1.0
    """

    _parameter_constraints: ClassVar[dict] = {
        **ReLURegressor._parameter_constraints,
        "solver": [StrOptions({"auto", *ALL_SOLVERS})],
        "loss": [StrOptions({"squared_error", "max_error"})],
        "width": [Interval(Integral, 1, None, closed="left")],
    }

    def __init__(
        self,
        width: int = 10,
        *,
        solver: str = "auto",
        loss: str = "squared_error",
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
        self.width = width
        self.loss = loss

    @classmethod
    def from_network(cls, network: ReLUNetwork) -> Self:
        """Return a fitted estimator that predicts with given parameters.

        Parameters
        ----------
        network : ReLUNetwork
            A network of one hidden layer.

        Returns
        -------
        estimator : ShallowReLURegressor
            Fitted, with ``width`` as in the network.

        Raises
        ------
        ValueError
            If the network has another number of hidden layers.
        """
        if network.depth != 1:
            raise ValueError(
                f"a shallow network has one hidden layer; this one has {network.depth}."
                " Use DeepReLURegressor.from_network."
            )
        return cls(network.widths[0])._with_network(network)

    def _hidden_widths(self) -> tuple[int, ...]:
        return (self.width,)

    def partial_fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Take one pass of gradient steps, as `DeepReLURegressor.partial_fit` does.

        Parameters
        ----------
        X, y, sample_weight
            As in `fit`.

        Returns
        -------
        self : ShallowReLURegressor
            The estimator, fitted so far.

        Raises
        ------
        ValueError
            With ``loss="max_error"``, for which gradient steps are no method.
        """
        if self.loss == "max_error":
            raise ValueError(
                "partial_fit takes gradient steps, which minimise no maximum error; "
                "call fit on all rows, or set loss='squared_error'."
            )
        return super().partial_fit(X, y, sample_weight)

    def _checked(self, *data: Any, **options: Any) -> tuple[Array, Array, Array]:
        X, y, sample_weight = super()._checked(*data, **options)
        if self.solver == "free_knots" and X.shape[1] != 1:
            raise ValueError(
                f"solver='free_knots' needs one input, X has {X.shape[1]}; use "
                "solver='variable_projection'."
            )
        if self.loss == "max_error":
            self._refuse_beyond_maximum_error(X, y)
        elif self.solver == "minimax":
            raise ValueError(
                "solver='minimax' minimises the maximum error; set loss='max_error' "
                "too, or solver='auto'."
            )
        return X, y, sample_weight

    def _refuse_beyond_maximum_error(self, X: Array, y: Array) -> None:
        if self.solver not in ("auto", "minimax"):
            raise ValueError(
                "loss='max_error' is minimised by solver='minimax' alone, got "
                f"solver={self.solver!r}; set solver='auto'."
            )
        if self.alpha not in ("auto", 0):
            raise ValueError(
                f"loss='max_error' takes no penalty, got alpha={self.alpha:g}; set "
                "alpha='auto' or 0."
            )
        if X.shape[1] != 1:
            raise ValueError(
                f"loss='max_error' needs one input, X has {X.shape[1]}; set "
                "loss='squared_error'."
            )
        if y.ndim == 2 and y.shape[1] != 1:
            raise ValueError(
                f"loss='max_error' needs one output, y has {y.shape[1]}; fit one "
                "estimator to each, or set loss='squared_error'."
            )

    def _solver_for(self, X: Array, targets: Array, widths: tuple[int, ...]) -> str:
        if self.loss == "max_error":
            return "minimax"
        return super()._solver_for(X, targets, widths)

    def _scaling_of(self, X: Array, targets: Array, sample_weight: Array) -> Scaling:
        if self.loss != "max_error":
            return super()._scaling_of(X, targets, sample_weight)
        # Weights make no difference, and the error is that of the network on raw data:
        # a maximum would show how folding rounds a steep piece.
        equal = np.ones_like(sample_weight)
        return super()._scaling_of(X, targets, equal).without_rounding()

    def _objective(
        self, sizes: tuple[int, ...], X: Array, targets: Array, sample_weight: Array
    ) -> Criterion:
        if self.loss == "max_error":
            return MaxError(sizes, X, targets)
        return super()._objective(sizes, X, targets, sample_weight)

    def _loss_unit(self, scaling: Scaling) -> float:
        square = super()._loss_unit(scaling)  # refuses what R² could not square
        return float(scaling.y_scale[0]) if self.loss == "max_error" else square
