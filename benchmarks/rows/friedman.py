"""Friedman's three functions, n = 20,000, (64, 64, 64): test RMSE at equal time.

Noise of standard deviation 1 on the first, none and a tenth of the spread on the
others. The error is measured on 5000 new points without noise, in units of the spread;
a contender has what it has after so many processor seconds. Our estimator is at its
defaults; a fit that ends of its own accord stands from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from sklearn.datasets import make_friedman1, make_friedman2, make_friedman3

from benchmarks.rows.contest import Contest
from benchmarks.rows.ours import at_times
from benchmarks.rows.peers import PEERS, mlp_lbfgs
from benchmarks.rows.report import Goal, Line, compared, medians
from benchmarks.rows.tasks import WARM_UP, Task, at_time

N_SAMPLES, N_TEST, WIDTHS = 20_000, 5000, (64, 64, 64)
TIMES, QUICK_TIMES = (1.0, 5.0, 30.0), (1.0, 5.0)
CONTENDERS = {
    "ours": at_times,
    **PEERS,
    "MLP lbfgs alpha 10": partial(mlp_lbfgs, alpha=10.0),
}


# The function, and the noise in units of its targets' spread, if it is not 1.
FUNCTIONS: dict[str, tuple[Callable, float | None]] = {
    "friedman1, noise 1": (make_friedman1, None),
    "friedman2": (make_friedman2, 0.0),
    "friedman2, noise 0.1": (make_friedman2, 0.1),
    "friedman3": (make_friedman3, 0.0),
    "friedman3, noise 0.1": (make_friedman3, 0.1),
}


def task_of(name: str, seed: int, times: tuple[float, ...]) -> Task:
    """Draw a sample, and test points without noise."""
    make, noise = FUNCTIONS[name]
    rng = np.random.RandomState(seed)
    X, y = make(N_SAMPLES + N_TEST, random_state=rng)
    spread = y.std()
    noisy = y + (1.0 if noise is None else noise * spread) * rng.normal(size=len(y))
    train, test = slice(N_SAMPLES), slice(N_SAMPLES, None)
    return Task(
        X[train],
        noisy[train] / spread,
        WIDTHS,
        seed,
        times,
        X[test],
        y[test] / spread,
    )


def measure(seeds: Sequence[int], quick: bool) -> Iterator[Line | Goal | str]:
    """Yield a line for each function and time, then the goals."""
    times = QUICK_TIMES if quick else TIMES
    ratios: dict[float, list[float]] = {seconds: [] for seconds in times}
    with Contest(CONTENDERS, WARM_UP) as contest:
        for name in FUNCTIONS:
            results = [contest.results(task_of(name, seed, times)) for seed in seeds]
            for seconds in times:
                errors = [
                    {who: at_time(m, seconds).error for who, m in each.items()}
                    for each in results
                ]
                line = compared(f"{name}, {seconds:g} s", medians(errors))
                ratios[seconds].append(line.ratio)
                yield line
        yield contest.memory()
    for seconds, of_functions in ratios.items():
        what = f"test RMSE ÷ best peer's after {seconds:g} s, worst"
        yield Goal(what, max(of_functions), 1.0)
