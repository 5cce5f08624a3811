"""Time to reach a training loss: our estimators against `MLPRegressor`.

Run with ``python benchmarks/fit.py``. Processor seconds, one BLAS thread, contenders
interleaved seed by seed; figures are medians over seeds, and the ratio is the time of
the best of `MLPRegressor`'s settings divided by ours. `MLPRegressor` is given
standardised data, which it needs; our estimators get the raw data. Checking whether a
peer has arrived is not part of its time.
"""

import argparse
import time
import warnings
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from sklearn.datasets import make_friedman1
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor
from threadpoolctl import threadpool_limits

from estimators import DeepReLURegressor

BUDGET_SECONDS = 30


class Task(NamedTuple):
    """Data, an architecture, and the share of the variance that may remain."""

    name: str
    X: np.ndarray
    y: np.ndarray
    widths: tuple[int, ...]
    remaining: float


def tasks() -> Iterator[Task]:
    """Yield a curve, a surface and a table, all without noise."""
    rng = np.random.default_rng(0)
    x = rng.uniform(0, 10, (500, 1))
    yield Task("sine, n=500, (20)", x, 50 * np.sin(x[:, 0]), (20,), 1e-2)
    X = rng.uniform(0, 1, (5000, 2))
    yield Task("Franke, n=5000, (50, 50)", X, franke(*X.T), (50, 50), 1e-3)
    X, y = make_friedman1(5000, random_state=0)
    yield Task("friedman1, n=5000, (64, 64)", X, y, (64, 64), 1e-3)


def franke(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Franke's test surface on the unit square (two hills, a dip and a plain)."""
    u, v = 9 * u, 9 * v
    return (
        0.75 * np.exp(-((u - 2) ** 2 + (v - 2) ** 2) / 4)
        + 0.75 * np.exp(-((u + 1) ** 2) / 49 - (v + 1) / 10)
        + 0.5 * np.exp(-((u - 7) ** 2 + (v - 3) ** 2) / 4)
        - 0.2 * np.exp(-((u - 4) ** 2) - (v - 7) ** 2)
    )


def ours(task: Task, seed: int) -> float:
    """Seconds until the training loss of "auto" is at the target."""
    target = task.remaining * task.y.var()
    model = DeepReLURegressor(
        len(task.widths),
        task.widths,
        alpha=0,
        max_iter=10**6,
        n_iter_no_change=np.inf,
        random_state=seed,
    )
    began = time.process_time()
    states = model.iter_fit(task.X, task.y)
    for state in states:
        spent = time.process_time() - began
        if state.loss <= target:
            return spent
        if spent > BUDGET_SECONDS:
            break
    return np.inf


def mlp_adam(rate: float) -> Callable[[Task, int], float]:
    """Return the time of ``solver="adam"``: epochs until the target."""

    def seconds(task: Task, seed: int) -> float:
        X, y = standardised(task.X), standardised(task.y)
        model = MLPRegressor(
            hidden_layer_sizes=task.widths,
            learning_rate_init=rate,
            alpha=0,
            random_state=seed,
        )
        spent = 0.0
        while spent < BUDGET_SECONDS:
            began = time.process_time()
            model.partial_fit(X, y)
            spent += time.process_time() - began
            if np.mean((model.predict(X) - y) ** 2) <= task.remaining:
                return spent
        return np.inf

    return seconds


def mlp_lbfgs(task: Task, seed: int) -> float:
    """Time of ``solver="lbfgs"`` stopped at the first tenth where it has arrived.

    It reports nothing on its way, so it is run again and again with more iterations.
    """
    X, y = standardised(task.X), standardised(task.y)
    max_iter, spent = 20, 0.0
    while spent < BUDGET_SECONDS:
        model = MLPRegressor(
            hidden_layer_sizes=task.widths,
            solver="lbfgs",
            alpha=0,
            tol=0,
            max_iter=max_iter,
            max_fun=10**9,
            random_state=seed,
        )
        began = time.process_time()
        model.fit(X, y)
        spent = time.process_time() - began
        if np.mean((model.predict(X) - y) ** 2) <= task.remaining:
            return spent
        if model.n_iter_ < max_iter:  # it has stopped of its own accord
            break
        max_iter = max_iter * 11 // 10 + 1
    return np.inf


def standardised(values: np.ndarray) -> np.ndarray:
    """Shift and scale columns to mean 0 and variance 1."""
    return (values - values.mean(axis=0)) / values.std(axis=0)


CONTENDERS = {
    "ours, auto": ours,
    "MLP adam 1e-3": mlp_adam(1e-3),
    "MLP adam 1e-2": mlp_adam(1e-2),
    "MLP lbfgs": mlp_lbfgs,
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5)
    n_seeds = parser.parse_args().seeds
    warnings.simplefilter("ignore", ConvergenceWarning)
    print(f"seconds to the target, median of {n_seeds} seeds")
    print(f"{'task':30}", *(f"{name:>14}" for name in CONTENDERS), f"{'ratio':>8}")
    ratios = []
    for task in tasks():
        times = {name: [] for name in CONTENDERS}
        for seed in range(n_seeds):
            for name, contender in CONTENDERS.items():
                times[name].append(contender(task, seed))
        medians = [float(np.median(seconds)) for seconds in times.values()]
        ratios.append(min(medians[1:]) / medians[0])
        shown = (f"{median:14.3f}" for median in medians)
        print(f"{task.name:30}", *shown, f"{ratios[-1]:7.1f}×", flush=True)
    print(f"geometric mean of the ratios {np.exp(np.mean(np.log(ratios))):.1f}×")


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
