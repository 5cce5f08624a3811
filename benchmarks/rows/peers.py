"""What a user would pick instead, each with the settings that serve it best.

All are given standardised data. Finding out how far they have come is not part of
their time.
"""

from __future__ import annotations

import time
from functools import partial
from importlib.util import find_spec

from sklearn.neural_network import MLPRegressor

from benchmarks.rows.contest import Contender
from benchmarks.rows.tasks import Moment, Task, with_standard_data


def mlp_adam(task: Task, rate: float) -> list[Moment]:
    """Train `MLPRegressor` by Adam; every pass over the data is a moment."""
    task = with_standard_data(task)
    model = MLPRegressor(
        hidden_layer_sizes=task.widths,
        learning_rate_init=rate,
        alpha=0,
        random_state=task.seed,
    )
    spent, moments = 0.0, []
    while spent < task.times[-1]:
        began = time.process_time()
        model.partial_fit(task.X, task.y)
        spent += time.process_time() - began
        moments.append(Moment(spent, task.error(model.predict)))
        if moments[-1].error <= task.goal:
            break
    return moments


def mlp_lbfgs(task: Task, alpha: float = 0.0) -> list[Moment]:
    """Train `MLPRegressor` by L-BFGS, anew for each of the times.

    It reports nothing on its way, so it gets as many iterations as fit in by the speed
    of the first ones, and counts as in time if they take longer after all.
    """
    task = with_standard_data(task)

    def trained(max_iter: int) -> tuple[MLPRegressor, float]:
        model = MLPRegressor(
            hidden_layer_sizes=task.widths,
            solver="lbfgs",
            alpha=alpha,
            tol=0,
            max_iter=max_iter,
            max_fun=10**9,
            random_state=task.seed,
        )
        began = time.process_time()
        model.fit(task.X, task.y)
        return model, time.process_time() - began

    probe, seconds = trained(20)
    moments = []
    for limit in task.times:
        max_iter = max(1, int(probe.n_iter_ * limit / seconds))
        model, spent = trained(max_iter)
        moments.append(Moment(min(spent, limit), task.error(model.predict)))
        if model.n_iter_ < max_iter or moments[-1].error <= task.goal:
            break
    return moments


def torch_adam(task: Task, rate: float) -> list[Moment]:
    """Train with PyTorch's Adam; every pass over the data is a moment."""
    from benchmarks.rows import torch_training  # only where PyTorch is installed

    return torch_training.adam(with_standard_data(task), rate)


def torch_one_cycle(task: Task, rate: float) -> list[Moment]:
    """Train with a learning rate that rises and falls, anew for each of the times."""
    from benchmarks.rows import torch_training

    return torch_training.one_cycle(with_standard_data(task), rate)


def torch_lbfgs(task: Task) -> list[Moment]:
    """Train with PyTorch's L-BFGS; every twenty iterations are a moment."""
    from benchmarks.rows import torch_training

    return torch_training.lbfgs(with_standard_data(task))


HAS_TORCH = find_spec("torch") is not None

PEERS: dict[str, Contender] = {
    "MLP adam 1e-3": partial(mlp_adam, rate=1e-3),
    "MLP adam 1e-2": partial(mlp_adam, rate=1e-2),
    "MLP lbfgs": mlp_lbfgs,
}
if HAS_TORCH:
    PEERS |= {
        "torch adam 1e-3": partial(torch_adam, rate=1e-3),
        "torch one-cycle 1e-2": partial(torch_one_cycle, rate=1e-2),
        "torch lbfgs": torch_lbfgs,
    }
