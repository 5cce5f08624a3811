"""The fit protocol: everything that trains goes through ``iter_fit``."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.callback import CallbackSupportMixin, with_callbacks
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state

from estimators._fitted import FittedNetworkMixin
from estimators._preparation import PreparesTraining
from estimators.network import ReLUNetwork
from estimators.problem import Problem, split_rows
from estimators.solvers.adam import Moments
from estimators.training import FitState, StoppingRule, choosing_penalty, train

Array = NDArray[np.floating]


class ReLUEstimator(CallbackSupportMixin, FittedNetworkMixin, PreparesTraining):
    """A ReLU network found by a solver."""

    @with_callbacks
    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        *,
        X_val: ArrayLike | None = None,
        y_val: ArrayLike | None = None,
    ) -> Self:
        """Train the network.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Inputs; no scaling needed.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            Targets; no scaling needed.
        sample_weight : array-like of shape (n_samples,), default=None
            Non-negative weights. A weight of two equals repeating the row.
        X_val, y_val : array-like, default=None
            Validation data: monitored, and what `early_stopping` goes by instead of
            a random part of the training data.

        Returns
        -------
        self : estimator
            The fitted estimator.

        Raises
        ------
        ValueError
            On unusable data, when training diverges, or when `warm_start` meets
            another architecture.
        """
        states = self.iter_fit(X, y, sample_weight, X_val=X_val, y_val=y_val)
        # What a scorer takes; validation data is not for scoring the training rows.
        metadata = None if sample_weight is None else {"sample_weight": sample_weight}
        context = self._init_callback_context(
            max_subtasks=self.max_iter * self.n_restarts
        ).call_on_fit_task_begin(estimator=self, X=X, y=y, metadata=metadata)
        done = 0
        for state in states:
            if state.iteration == done:  # a start is not an iteration
                continue
            done = state.iteration
            # Whether there will be a next iteration is known only after it: so both
            # ends of its task are announced here.
            task = context.subcontext(task_name="iteration")
            task.call_on_fit_task_begin(estimator=self, X=X, y=y, metadata=metadata)
            if task.call_on_fit_task_end(
                estimator=self,
                X=X,
                y=y,
                metadata=metadata,
                reconstruction_attributes=lambda: {"network_": state.network},  # noqa: B023
            ):
                self._converged = True  # as far as whoever stopped it is concerned
                break
        states.close()
        context.call_on_fit_task_end(
            estimator=self,
            X=X,
            y=y,
            metadata=metadata,
            reconstruction_attributes=lambda: {"network_": self.network_},
        )
        if not self._converged and self.solver_ != "gd":
            warnings.warn(
                f"{type(self).__name__} stopped at max_iter={self.max_iter} while the "
                "loss was still falling; raise max_iter, or tol to stop earlier.",
                ConvergenceWarning,
                stacklevel=3,
            )
        return self

    def iter_fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        *,
        X_val: ArrayLike | None = None,
        y_val: ArrayLike | None = None,
    ) -> Iterator[FitState]:
        """Train the network step by step.

        Data and parameters are checked at once; training happens as the result is
        iterated over. When the iterator ends, or is closed early, the estimator is
        fitted with the best state that was reached: the one of smallest loss, with
        `early_stopping` of smallest validation loss.

        Parameters
        ----------
        X, y, sample_weight, X_val, y_val
            As in `fit`.

        Returns
        -------
        states : iterator of FitState
            ``iteration``, ``loss``, ``validation_loss``, ``network`` of each moment;
            the first is the start, iteration 0.

        Examples
        --------
        >>> from estimators import ShallowReLURegressor
        >>> model = ShallowReLURegressor(3, solver="lbfgs", max_iter=5, random_state=0)
        >>> [s.iteration for s in model.iter_fit([[0], [1], [2], [3]], [0, 1, 0, 1])]
        [0, 1, 2, 3, 4, 5]
        """
        self._validate_params()
        widths = self._hidden_widths()
        continued = self.warm_start and hasattr(self, "network_")
        X, y, sample_weight = self._checked(X, y, sample_weight, reset=not continued)
        self._input_range = np.stack([X.min(axis=0), X.max(axis=0)], axis=1)
        if (X_val is None) != (y_val is None):
            raise ValueError("X_val and y_val must be given together.")
        if X_val is not None:
            X_val, y_val, validation_weight = self._checked(
                X_val, y_val, None, reset=False
            )
        targets = self._encoded(y, reset=not continued)
        if X_val is not None:
            held_out = (X_val, self._encoded(y_val, reset=False), validation_weight)
        elif self.early_stopping:
            rows, held_out_rows = split_rows(
                len(X),
                self.validation_fraction,
                self._strata(targets),
                check_random_state(self.random_state),
            )
            data = (X, targets, sample_weight)
            held_out = tuple(array[held_out_rows] for array in data)
            X, targets, sample_weight = (array[rows] for array in data)
        else:
            held_out = None
        self.solver_ = self._solver_for(X, targets, widths)
        problem = self._problem(X, targets, sample_weight, widths, held_out)
        if continued:
            self._refuse_other_architecture(problem.objective.sizes)
        return self._iterate(problem, self.network_ if continued else None)

    def _iterate(
        self, problem: Problem, network: ReLUNetwork | None
    ) -> Iterator[FitState]:
        random_state = check_random_state(self.random_state)
        self.n_iter_ = 0
        self.loss_curve_ = []
        self.validation_loss_curve_ = []
        self.validation_scores_ = []
        self._converged = False
        best = None
        rule = StoppingRule(
            self.max_iter, self.tol, self.n_iter_no_change, self.early_stopping
        )
        options = self._options(random_state)
        try:
            # What does not depend on the start would only find the same again.
            once = self.solver_ in ("free_knots", "minimax")
            for restart in range(1 if once else self.n_restarts):
                start = (
                    problem.random_start(random_state)
                    if network is None or restart
                    else problem.continued_start(network)
                )
                if not restart and self._penalty_is_chosen():
                    best = FitState.at_start(problem, start)
                    problem = yield from choosing_penalty(problem, best, random_state)
                    best = None  # its total was another one
                self.alpha_ = problem.objective.penalty.alpha
                before = self.n_iter_
                for state in train(problem, start, self.solver_, options, rule, before):
                    self._record(state)
                    if best is None or self._criterion(state) < self._criterion(best):
                        best = state
                    yield state
                self._converged |= self.n_iter_ - before < self.max_iter
        except GeneratorExit:  # closed early: what was learned so far is kept
            self._keep(best, problem)
            raise
        self._keep(best, problem)

    def _record(self, state: FitState) -> None:
        if state.iteration == self.n_iter_:  # a start is not an iteration
            return
        self.n_iter_ = state.iteration
        self.loss_curve_.append(state.loss)
        if state.validation_loss is not None:
            self.validation_loss_curve_.append(state.validation_loss)
            self.validation_scores_.append(state.validation_score)
        if self.verbose:
            print(state)

    def partial_fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Take one pass of gradient steps over the given rows.

        The first call fixes the standardisation and draws the start. Steps are Adam's,
        or one step of gradient descent with ``solver="gd"``; early stopping and
        restarts do not apply.

        Parameters
        ----------
        X, y, sample_weight
            As in `fit`.

        Returns
        -------
        self : estimator
            The estimator, fitted so far.
        """
        self._validate_params()
        first = not hasattr(self, "network_")
        X, y, sample_weight = self._checked(X, y, sample_weight, reset=first)
        known = X if first or self._input_range is None else [*X, *self._input_range.T]
        self._input_range = np.stack([np.min(known, axis=0), np.max(known, axis=0)], 1)
        targets = self._encoded(y, reset=first)
        widths = self._hidden_widths()
        scaling = None if first else self._scaling
        self.solver_ = "gd" if self.solver == "gd" else "adam"
        problem = self._problem(X, targets, sample_weight, widths, scaling=scaling)
        random_state = check_random_state(self.random_state)
        if first:
            start = problem.random_start(random_state)
            self.n_iter_ = 0
            self.loss_curve_ = []
        else:
            self._refuse_other_architecture(problem.objective.sizes)
            start = problem.continued_start(self.network_)
        self._moments = getattr(self, "_moments", None) or Moments.zeros_like(start)
        options = self._options(random_state, self._moments)
        *_, state = train(problem, start, self.solver_, options, StoppingRule(1))
        self.n_iter_ += 1
        self.loss_curve_.append(state.loss)
        self._keep(state, problem)
        return self

    def _criterion(self, state: FitState) -> float:
        return state.validation_loss if self.early_stopping else state.total

    def _keep(self, state: FitState, problem: Problem) -> None:
        """Become the fitted estimator of a state."""
        self.network_ = state.network
        self.loss_ = state.loss
        self._scaling = problem.scaling

    def __getstate__(self) -> dict[str, Any]:
        # Moments weigh twice the network and only matter to the next partial_fit,
        # which restarts them.
        state = super().__getstate__()
        state.pop("_moments", None)
        return state
