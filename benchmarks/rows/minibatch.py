"""Mini-batch Adam, (64, 64, 64), batches of 200: steps a second against MLPRegressor.

Both fit 4000 rows with 10 inputs for the same number of passes; everything that ``fit``
does is in the time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from sklearn.base import RegressorMixin
from sklearn.neural_network import MLPRegressor

from benchmarks.rows.contest import Contest
from benchmarks.rows.report import Goal, Line, compared, medians
from estimators import DeepReLURegressor

WIDTHS, N_ROWS, N_INPUTS, BATCH = (64, 64, 64), 4000, 10, 200
PASSES, QUICK_PASSES, TURNS = 100, 20, 3
SETTINGS = {"solver": "adam", "alpha": 1e-4, "tol": 0.0, "n_iter_no_change": 10**6}


class Sample(NamedTuple):
    """Data, and how often they are passed through."""

    X: np.ndarray
    y: np.ndarray
    passes: int


def sample(seed: int, dtype: type, passes: int) -> Sample:
    """Draw data; there is nothing in them to learn."""
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(N_ROWS, N_INPUTS)), rng.normal(size=N_ROWS)
    return Sample(X.astype(dtype), y.astype(dtype), passes)


def ours(data: Sample) -> float:
    """Return our milliseconds a step."""
    model = DeepReLURegressor(len(WIDTHS), WIDTHS, batch_size=BATCH, **SETTINGS)
    return milliseconds(model, data)


def theirs(data: Sample) -> float:
    """Return the milliseconds a step of `MLPRegressor`."""
    return milliseconds(
        MLPRegressor(hidden_layer_sizes=WIDTHS, batch_size=BATCH, **SETTINGS), data
    )


def milliseconds(model: RegressorMixin, data: Sample) -> float:
    """Time a fit."""
    model.set_params(max_iter=data.passes, random_state=0)
    began = time.process_time()
    model.fit(data.X, data.y)
    n_steps = data.passes * np.ceil(len(data.X) / BATCH)
    return 1000 * (time.process_time() - began) / n_steps


def measure(seeds: Sequence[int], quick: bool) -> Iterator[Line | Goal | str]:
    """Yield a line for each floating type, then the goal."""
    passes = QUICK_PASSES if quick else PASSES
    contenders = {"ours": ours, "MLPRegressor": theirs}
    faster = []
    with Contest(contenders, sample(0, np.float32, 1)) as contest:
        for dtype in (np.float32, np.float64):
            turns = [
                contest.results(sample(seed, dtype, passes))
                for seed in seeds
                for _ in range(TURNS)
            ]
            line = compared(f"{dtype.__name__}, ms a step", medians(turns))
            faster.append(1 / line.ratio)
            yield line._replace(ratio=faster[-1])
        yield contest.memory()
    yield Goal("our steps a second ÷ theirs, best type", max(faster), 3, at_least=True)
