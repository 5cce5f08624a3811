"""From parameters and raw data to a training problem."""

from __future__ import annotations

from abc import abstractmethod
from numbers import Integral, Real
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator
from sklearn.utils._param_validation import Interval, Options, StrOptions
from sklearn.utils.validation import _check_sample_weight, validate_data

from estimators.objective import Criterion, Loss, Objective, Penalty
from estimators.problem import Problem, Validation, merged_rows
from estimators.scaling import Scaling
from estimators.solvers import GRADIENT_SOLVERS, choose_solver
from estimators.solvers.adam import Moments
from estimators.solvers.protocol import SolverOptions

Array = NDArray[np.floating]
Rows = tuple[Array, Array, Array]


class PreparesTraining(BaseEstimator):
    """Parameters of all estimators, and how they and the data make a `Problem`.

    A subclass says which hidden widths its parameters mean, how targets are encoded,
    and what the loss and the score are.
    """

    _parameter_constraints: ClassVar[dict] = {
        "solver": [StrOptions({"auto", *GRADIENT_SOLVERS})],
        "alpha": [StrOptions({"auto"}), Interval(Real, 0, None, closed="left")],
        "learning_rate_init": [Interval(Real, 0, None, closed="neither")],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "tol": [Interval(Real, 0, None, closed="left")],
        "batch_size": [
            StrOptions({"auto"}),
            Interval(Integral, 1, None, closed="left"),
        ],
        "n_restarts": [Interval(Integral, 1, None, closed="left")],
        "early_stopping": ["boolean"],
        "validation_fraction": [Interval(Real, 0, 1, closed="neither")],
        "n_iter_no_change": [
            Interval(Integral, 1, None, closed="left"),
            Options(Real, {np.inf}),
        ],
        "warm_start": ["boolean"],
        "random_state": ["random_state"],
        "verbose": ["verbose"],
    }

    def __init__(
        self,
        *,
        solver: str,
        alpha: float | str,
        learning_rate_init: float,
        max_iter: int,
        tol: float,
        batch_size: int | str,
        n_restarts: int,
        early_stopping: bool,
        validation_fraction: float,
        n_iter_no_change: float,
        warm_start: bool,
        random_state: int | np.random.RandomState | None,
        verbose: bool | int,
    ) -> None:
        self.solver = solver
        self.alpha = alpha
        self.learning_rate_init = learning_rate_init
        self.max_iter = max_iter
        self.tol = tol
        self.batch_size = batch_size
        self.n_restarts = n_restarts
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.warm_start = warm_start
        self.random_state = random_state
        self.verbose = verbose

    # -- what a subclass says -------------------------------------------------------

    _loss_function: ClassVar[Loss]

    @abstractmethod
    def _hidden_widths(self) -> tuple[int, ...]:
        """Return the widths of the hidden layers that the parameters ask for."""

    @abstractmethod
    def _encoded(self, y: Array, *, reset: bool) -> Array:
        """Return targets of shape (n_samples, n_outputs); `reset` learns their form."""

    @abstractmethod
    def _scaling_of(self, X: Array, targets: Array, sample_weight: Array) -> Scaling:
        """Return how raw inputs and targets are standardised."""

    @abstractmethod
    def _automatic_penalty(self) -> Penalty:
        """Return what ``alpha="auto"`` stands for, other than for "gd"."""

    @staticmethod
    @abstractmethod
    def _score_outputs(outputs: Array, targets: Array, sample_weight: Array) -> float:
        """Return the score of standardised outputs, the higher the better."""

    @property
    @abstractmethod
    def _y_checks(self) -> dict[str, Any]:
        """Keyword arguments for the validation of y."""

    # -- fitting, in pieces ---------------------------------------------------------

    def _checked(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None,
        *,
        reset: bool,
    ) -> tuple[Array, Array, Array]:
        """Validate rows, and drop those whose weight is zero."""
        X, y = validate_data(
            self, X, y, reset=reset, dtype=(np.float64, np.float32), **self._y_checks
        )
        sample_weight = _check_sample_weight(
            sample_weight, X, dtype=X.dtype, ensure_non_negative=True
        )
        if sample_weight.all():
            return X, y, sample_weight
        used = sample_weight > 0
        return X[used], y[used], sample_weight[used]

    def _strata(self, targets: Array) -> Array | None:
        """Return classes whose proportions the random validation split keeps."""
        return None

    def _problem(
        self,
        X: Array,
        targets: Array,
        sample_weight: Array,
        widths: tuple[int, ...],
        held_out: tuple[Array, Array, Array] | None = None,
        scaling: Scaling | None = None,
    ) -> Problem:
        """Standardise everything."""
        X, targets, sample_weight = merged_rows(X, targets, sample_weight)
        sizes = (X.shape[1], *widths, targets.shape[1])
        scaling = scaling or self._scaling_of(X, targets, sample_weight)
        objective = self._objective(
            sizes,
            scaling.inputs(X, X.dtype),
            scaling.targets(targets, X.dtype),
            sample_weight,
        )
        validation = None
        if held_out is not None:
            X_val, targets_val, weight_val = held_out
            validation = Validation(
                scaling.inputs(X_val, X.dtype),
                scaling.targets(targets_val, X.dtype),
                weight_val / weight_val.sum(),
                self._score_outputs,
            )
        return Problem(objective, scaling, self._loss_unit(scaling), validation)

    def _objective(
        self, sizes: tuple[int, ...], X: Array, targets: Array, sample_weight: Array
    ) -> Criterion:
        """Return what training on standardised data minimises."""
        facts = (sizes, X, targets, sample_weight)
        return Objective(*facts, type(self)._loss_function, self._penalty())

    def _loss_unit(self, scaling: Scaling) -> float:
        """Return one unit of standardised loss in units of the raw data."""
        with np.errstate(over="ignore"):
            unit = float(np.mean(scaling.y_scale**2))
        if not np.isfinite(unit):
            raise ValueError(
                f"y varies by {scaling.y_scale.max():.3g}, so its squared error is no "
                "finite number; divide y by a constant."
            )
        return unit

    def _solver_for(self, X: Array, targets: Array, widths: tuple[int, ...]) -> str:
        if self.solver != "auto":
            return self.solver
        sizes = (X.shape[1], *widths, targets.shape[1])
        return choose_solver(type(self)._loss_function, sizes, len(X))

    def _penalty(self) -> Penalty:
        if self.alpha != "auto":
            return Penalty(self.alpha)
        # The lectures' gradient descent knows no penalty; free knots are chosen so that
        # none is needed; for variable projection one is chosen from the data.
        if self.solver_ in ("gd", "free_knots", "variable_projection"):
            return Penalty(0)
        return self._automatic_penalty()

    def _penalty_is_chosen(self) -> bool:
        return self.alpha == "auto" and self.solver_ == "variable_projection"

    def _refuse_other_architecture(self, sizes: tuple[int, ...]) -> None:
        network = self.network_
        old = (network.n_inputs, *network.widths, network.n_outputs)
        if old != tuple(sizes):
            raise ValueError(
                f"cannot continue training: the fitted network has layer sizes {old} "
                f"but the parameters and data now ask for {tuple(sizes)}. Set "
                "warm_start=False (or clone the estimator) to start afresh."
            )

    def _options(
        self, random_state: np.random.RandomState, moments: Moments | None = None
    ) -> SolverOptions:
        batch_size = 200 if self.batch_size == "auto" else self.batch_size
        return SolverOptions(
            self.learning_rate_init,
            batch_size,
            random_state,
            moments,
            choose_joints=self.alpha == "auto",
        )
