"""Noisy sines, n = 200: distance from the sine itself (RMSE on a fine grid).

Our estimators at their defaults; every setting of `MLPRegressor` runs to its own end,
PyTorch for two seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

import numpy as np
from sklearn.neural_network import MLPRegressor

from benchmarks.rows.contest import Contest
from benchmarks.rows.ours import at_times
from benchmarks.rows.peers import HAS_TORCH, torch_adam
from benchmarks.rows.report import Goal, Line, compared, geometric_mean, medians
from benchmarks.rows.tasks import WARM_UP, Moment, Task, least, with_standard_data

N_SAMPLES, NOISE, WIDTHS, PERIODS = 200, 0.1, (3, 10, 30), (1, 2)
SECONDS = 2.0


def mlp(task: Task, solver: str, alpha: float) -> list[Moment]:
    """Train `MLPRegressor` until it stops."""
    task = with_standard_data(task)
    model = MLPRegressor(
        hidden_layer_sizes=task.widths,
        solver=solver,
        alpha=alpha,
        max_iter=2000,
        random_state=task.seed,
    ).fit(task.X, task.y)
    return [Moment(0.0, task.error(model.predict))]


def torch_end(task: Task) -> list[Moment]:
    """Train with PyTorch until the time is over; the last state counts."""
    return torch_adam(task, 1e-2)[-1:]


CONTENDERS = {
    "ours": at_times,
    **{
        f"MLP {solver} alpha {alpha:g}": partial(mlp, solver=solver, alpha=alpha)
        for solver in ("lbfgs", "adam")
        for alpha in (1e-4, 1e-2, 1.0)
    },
    **({"torch adam 1e-2": torch_end} if HAS_TORCH else {}),
}


def task_of(periods: int, width: int, seed: int) -> Task:
    """Draw a sample."""
    rng = np.random.default_rng(seed)

    def sine(x: np.ndarray) -> np.ndarray:
        return np.sin(2 * np.pi * periods * x)

    x, grid = np.sort(rng.uniform(size=N_SAMPLES)), np.linspace(0, 1, 2000)
    y = sine(x) + NOISE * rng.normal(size=N_SAMPLES)
    X, X_test = x[:, np.newaxis], grid[:, np.newaxis]
    return Task(X, y, (width,), seed, (SECONDS,), X_test, sine(grid))


def measure(seeds: Sequence[int], quick: bool) -> Iterator[Line | Goal | str]:
    """Yield a line for each number of periods and width, then the goal."""
    ratios = []
    with Contest(CONTENDERS, WARM_UP) as contest:
        for periods, width in product(PERIODS, WIDTHS):
            errors = []
            for seed in seeds:
                results = contest.results(task_of(periods, width, seed))
                errors.append({who: least(m).error for who, m in results.items()})
            line = compared(f"{periods} period(s), D = {width}", medians(errors))
            ratios.append(line.ratio)
            yield line
        yield contest.memory()
    yield Goal("test RMSE ÷ best peer's, worst", max(ratios), 1.0)
    yield f"  geometric mean {geometric_mean(ratios):.3f}"
