"""From a solver's steps to the states that ``iter_fit`` yields and ``fit`` keeps."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from estimators.network import ReLUNetwork
from estimators.objective import Penalty
from estimators.problem import Problem
from estimators.solvers import ALL_SOLVERS
from estimators.solvers.penalty_choice import chosen_penalty
from estimators.solvers.protocol import SolverOptions
from estimators.solvers.quiet import quietly
from estimators.solvers.threads import one_blas_thread

Array = NDArray[np.floating]
Item = TypeVar("Item")

# Of a standardised loss: below this only rounding is left to be fitted.
NEGLIGIBLE = 1e-14


@dataclass(frozen=True, eq=False)
class FitState:
    """A moment of training.

    Attributes
    ----------
    iteration : int
        Iterations done so far; 0 at the start.
    loss : float
        Training loss of exactly this state, without the penalty.
    total : float
        What training minimises: the loss with the penalty.
    validation_loss : float or None
        The loss on the validation rows, where there are any.
    validation_score : float or None
        R² or accuracy on them.
    network : ReLUNetwork
        The network of this state, on raw inputs and outputs.
    """

    iteration: int
    loss: float
    validation_loss: float | None
    validation_score: float | None
    total: float
    _params: Array
    _problem: Problem

    @classmethod
    def of_params(
        cls, iteration: int, params: Array, loss: float, problem: Problem
    ) -> FitState:
        """Find out what is to be known about parameters with a given loss."""
        validation, objective = problem.validation, problem.objective
        unit = problem.loss_unit
        validation_loss = score = None
        if validation is not None:
            outputs = objective.outputs(params, validation.X)
            facts = (outputs, validation.targets, validation.sample_weight)
            validation_loss = objective.loss_of(*facts) * unit
            score = validation.score(*facts)
        total = objective.penalised(loss, params)
        return cls(
            iteration,
            loss * unit,
            validation_loss,
            score,
            total * unit,
            params,
            problem,
        )

    @classmethod
    def at_start(cls, problem: Problem, params: Array) -> FitState:
        """Return the state before any training."""
        objective = problem.objective
        loss = objective.loss(params, objective.total(params))
        return cls.of_params(0, params, loss, problem)

    @cached_property
    def network(self) -> ReLUNetwork:
        """The network of this state; folded when first asked for."""
        return self._problem.fold(self._params)

    def __repr__(self) -> str:
        validation = (
            ""
            if self.validation_loss is None
            else f", validation_loss={self.validation_loss:.6g}"
        )
        return f"FitState(iteration={self.iteration}, loss={self.loss:.6g}{validation})"


@dataclass(frozen=True)
class StoppingRule:
    """When a solver has done enough.

    Attributes
    ----------
    max_iter : int
        After this many iterations at the latest.
    tol, n_iter_no_change : float
        As soon as the criterion has not fallen by ``tol`` times itself within
        `n_iter_no_change` iterations. Being relative, it means the same for all tasks.
    by_validation : bool
        The criterion: the validation loss, or else what training minimises.
    """

    max_iter: int
    tol: float = 0.0
    n_iter_no_change: float = np.inf
    by_validation: bool = False


class _Patience:
    """Watches a falling value for the moment when it stops falling."""

    def __init__(self, rule: StoppingRule) -> None:
        self._rule = rule
        self._reference = np.inf
        self._waited = 0

    def exhausted(self, value: float) -> bool:
        """Take the value after one more iteration."""
        if value < self._reference - self._rule.tol * abs(value):
            self._reference = value
            self._waited = 0
        else:
            self._waited += 1
        return self._waited >= self._rule.n_iter_no_change


def train(
    problem: Problem,
    start: Array,
    solver: str,
    options: SolverOptions,
    rule: StoppingRule,
    iterations_before: int = 0,
) -> Iterator[FitState]:
    """Run one solver from one start.

    A relative penalty is at its strongest at the start, when nothing is explained yet,
    and would trap training there; so it applies only after some free iterations.

    Yields
    ------
    state : FitState
        The start, numbered `iterations_before`, then the state after each iteration;
        within a long one the state before, again.

    Raises
    ------
    ValueError
        When the loss stops being a finite number.
    """
    objective, max_iter = problem.objective, rule.max_iter
    stages = [(objective, max_iter)]
    if objective.penalty.relative:
        free = objective.with_penalty(Penalty(0))
        free_iterations = min(_free_iterations(objective.sizes[0]), max_iter)
        stages.insert(0, (free, free_iterations))
    iteration, params, state = 0, start, None
    for stage, until in stages:
        if iteration == max_iter:
            break
        patience, before = _Patience(rule), None
        for step in _one_threaded(ALL_SOLVERS[solver](stage, params, options)):
            if step is before:  # in the middle of an iteration
                yield state
                continue
            at_start, before = before is None, step
            if iteration and at_start:  # a later stage starts where the last one ended
                continue
            iteration += not at_start
            if not np.isfinite(step.total):
                raise ValueError(_divergence(iteration, solver, options.learning_rate))
            params = step.params
            state = FitState.of_params(
                iterations_before + iteration,
                params,
                stage.loss(params, step.total),
                problem,
            )
            yield state
            value = state.validation_loss if rule.by_validation else step.total
            if (
                patience.exhausted(value)
                or step.total < NEGLIGIBLE
                or iteration == until
            ):
                break


def choosing_penalty(
    problem: Problem, state: FitState, random_state: np.random.RandomState
) -> Generator[FitState, None, Problem]:
    """Yield a state, again and again, while the strength of the penalty is chosen.

    Returns
    -------
    problem : Problem
        The problem with the penalty chosen, by the generator's return.
    """
    # Not from where training may continue: that network has seen all rows.
    start = problem.random_start(random_state)
    choices = quietly(chosen_penalty(problem.objective, start, random_state))
    for choice in _one_threaded(choices):
        problem = problem.with_penalty(choice)
        yield state
    return problem


def _one_threaded(steps: Iterator[Item]) -> Iterator[Item]:
    while True:
        with one_blas_thread():
            step = next(steps, None)
        if step is None:
            return
        yield step


def _free_iterations(n_inputs: int) -> int:
    """Return for how long a relative penalty is held back.

    Long enough to find the shape of a target in few dimensions, short enough not to
    fit the noise of a table with many columns and few rows.
    """
    return max(20, 200 // n_inputs)


def _divergence(iteration: int, solver: str, rate: float) -> str:
    when = f"Training diverged: the loss is no longer finite at iteration {iteration}."
    if solver == "lbfgs":
        return (
            f"{when} Check the data for extreme values, or use a larger alpha "
            "(solver='lbfgs' uses no learning_rate_init)."
        )
    if solver not in ("gd", "adam"):
        return f"{when} Check the data for extreme values, or set warm_start=False."
    return (
        f"{when} learning_rate_init={rate:g} is too large for solver={solver!r} here; "
        f"try learning_rate_init={rate / 10:g}, or solver='lbfgs', which needs none."
    )
