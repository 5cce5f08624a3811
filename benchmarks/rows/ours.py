"""Our estimators as contenders, on raw data, through their public interface."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.rows.tasks import Moment, Task
from estimators import DeepReLURegressor, ReLUNetwork, ShallowReLURegressor
from estimators.training import FitState

# On data without noise: no penalty, and on until no step brings anything.
TO_THE_END = {"alpha": 0, "tol": 0, "max_iter": 10**6, "n_iter_no_change": 10**6}

SPACING = 1.02


def estimator(task: Task, **settings: Any) -> ShallowReLURegressor | DeepReLURegressor:
    """Return the estimator of the task's architecture."""
    settings = {"random_state": task.seed, **settings}
    if len(task.widths) == 1:
        return ShallowReLURegressor(task.widths[0], **settings)
    return DeepReLURegressor(len(task.widths), task.widths, **settings)


def along(
    task: Task, start: ReLUNetwork | None = None, **settings: Any
) -> list[Moment]:
    """Return what is reached on the way.

    Evaluating it is not timed, but takes longer than an iteration of a small network;
    so a moment is at least `SPACING` later than the one before.
    """
    model = estimator(task, **settings)
    if start is not None:
        settings = model.set_params(warm_start=True).get_params()
        model = model.from_network(start).set_params(**settings)
    spent, moments, seen = 0.0, [], None

    def look(state: FitState) -> Moment:
        return Moment(spent, task.error(lambda X: state.network(X)[:, 0]))

    began = time.process_time()
    for state in model.iter_fit(task.X, task.y):
        spent += time.process_time() - began
        if not moments or spent >= SPACING * moments[-1].seconds:
            moments.append(look(state))
            seen = state
        if spent > task.times[-1] or moments[-1].error <= task.goal:
            break
        began = time.process_time()
    if state is not seen:
        moments.append(look(state))
    return moments


def at_times(task: Task, **settings: Any) -> list[Moment]:
    """Return what ``fit`` has when it is ended at each of the times.

    A fit that ends of its own accord stands from then on.
    """
    moments = []
    for limit in task.times:
        model = estimator(task, **settings)
        began = time.process_time()
        states = model.iter_fit(task.X, task.y)
        ended = True
        for _ in states:
            if time.process_time() - began > limit:
                ended = False
                break
        states.close()
        seconds = time.process_time() - began
        moments.append(Moment(min(seconds, limit), task.error(model.predict)))
        if ended:
            break
    return moments
