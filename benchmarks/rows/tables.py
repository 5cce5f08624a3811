"""Five real tables as they are: R² of 5 folds, our defaults against tuned networks.

The peer is `MLPRegressor` with inputs and targets standardised, its penalty, solver and
widths chosen by cross-validation within the training part of each fold. Tables that
come with scikit-learn and Plotly; of the latter the numeric columns. Seeds shuffle the
folds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from plotly.data import gapminder, tips
from sklearn.base import RegressorMixin
from sklearn.compose import TransformedTargetRegressor
from sklearn.datasets import load_diabetes, load_linnerud, load_wine
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.rows.contest import Contest
from benchmarks.rows.report import Goal, medians
from estimators import DeepReLURegressor, ShallowReLURegressor

GRID = {
    "alpha": [1e-4, 1e-2, 1.0, 10.0],
    "solver": ["adam", "lbfgs"],
    "hidden_layer_sizes": [(10,), (100,), (50, 50)],
}
QUICK_GRID = {**GRID, "hidden_layer_sizes": [(10,)]}
INNER_FOLDS = 3


class Table(NamedTuple):
    """A table, and the seed of its folds."""

    X: np.ndarray
    y: np.ndarray
    seed: int


def wine() -> tuple[np.ndarray, np.ndarray]:
    """Return the alcohol of wines, and their other twelve properties."""
    values = load_wine().data
    return values[:, 1:], values[:, 0]


def of_plotly(
    load: Callable, inputs: list[str], target: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return columns of a table that comes with Plotly."""
    frame = load()
    return frame[inputs].to_numpy(float), frame[target].to_numpy(float)


TABLES = {
    "diabetes": partial(load_diabetes, return_X_y=True, scaled=False),
    "linnerud": partial(load_linnerud, return_X_y=True),
    "wine, alcohol": wine,
    "tips": partial(of_plotly, tips, ["total_bill", "size"], "tip"),
    "gapminder": partial(of_plotly, gapminder, ["year", "pop", "gdpPercap"], "lifeExp"),
}


def score(table: Table, model: Callable[[int], RegressorMixin]) -> float:
    """Return the mean R² over folds."""
    folds = KFold(5, shuffle=True, random_state=table.seed)
    return cross_val_score(model(table.seed), table.X, table.y, cv=folds).mean()


def shallow(seed: int) -> RegressorMixin:
    """Return the shallow estimator as it is."""
    return ShallowReLURegressor(random_state=seed)


def deep(seed: int) -> RegressorMixin:
    """Return the deep estimator as it is."""
    return DeepReLURegressor(random_state=seed)


def tuned(seed: int, grid: dict) -> RegressorMixin:
    """Return the peer, which chooses its settings as it is fitted."""
    network = make_pipeline(
        StandardScaler(), MLPRegressor(max_iter=1000, random_state=seed)
    )
    scaled = TransformedTargetRegressor(network, transformer=StandardScaler())
    names = {f"regressor__mlpregressor__{name}": grid[name] for name in grid}
    return GridSearchCV(scaled, names, cv=INNER_FOLDS)


def measure(seeds: Sequence[int], quick: bool) -> Iterator[Goal | str]:
    """Yield a line for each table, then the goals."""
    peer = partial(tuned, grid=QUICK_GRID if quick else GRID)
    models = {"shallow": shallow, "deep": deep, "tuned MLP": peer}
    contenders = {name: partial(score, model=model) for name, model in models.items()}
    rng = np.random.default_rng(0)
    warm_up = Table(rng.normal(size=(40, 2)), rng.normal(size=40), 0)
    missing: dict[str, list[float]] = {"shallow": [], "deep": []}
    with Contest(contenders, warm_up) as contest:
        for name, load in TABLES.items():
            X, y = load()
            values = medians([contest.results(Table(X, y, seed)) for seed in seeds])
            for ours, lacks in missing.items():
                lacks.append(values["tuned MLP"] - values[ours])
            shown = "  ".join(f"{who} {value:7.3f}" for who, value in values.items())
            yield f"  {name:34} {shown}"
        yield contest.memory()
    for ours, lacks in missing.items():
        yield Goal(f"R² that {ours} lacks, worst", max(lacks), 0.0)
