"""The sawtooth learned from data: by depth, and by one layer of as many parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import DeepReLURegressor, ReLUNetwork, ShallowReLURegressor
from estimators.bounds import count_parameters
from estimators.constructions import sawtooth
from ui.depth.teeth import SPREAD, errors_of

Array = NDArray[np.float64]

FOUND = 0.02  # of the spread: a smaller RMSE is the sawtooth for all that one can see

DEEP, ADAM, SHALLOW = "Deep, variable projection", "Deep, Adam", "One layer, free knots"
# Data without noise: no penalty. With less patience Adam ends on the first plateau.
SETTINGS: dict[str, dict[str, Any]] = {
    DEEP: {"solver": "variable_projection", "alpha": 0},
    ADAM: {"solver": "adam", "alpha": 0, "max_iter": 1000, "n_iter_no_change": 100},
    SHALLOW: {"solver": "free_knots", "alpha": 0},
}


class Study(NamedTuple):
    """What is to be learned, by whom.

    Attributes
    ----------
    n_folds : int
        k: of 2ᵏ pieces, and of k layers.
    width : int
        Of each layer of the deep network.
    n_rows : int
        Of a sample of the sawtooth, uniform on [0, 1], without noise.
    n_seeds : int
        Each for another sample and another start.
    """

    n_folds: int
    width: int
    n_rows: int
    n_seeds: int

    @property
    def deep_widths(self) -> tuple[int, ...]:
        """Number of units of each hidden layer of the deep network."""
        return (self.width,) * self.n_folds

    @property
    def shallow_units(self) -> int:
        """Number of units that one layer has for no more parameters: 3 D + 1."""
        return (count_parameters(1, self.deep_widths) - 1) // 3

    def units(self, method: str) -> int:
        """Return the number of hidden units."""
        return self.shallow_units if method == SHALLOW else sum(self.deep_widths)

    def parameters(self, method: str) -> int:
        """Return the number of parameters."""
        shallow = (self.shallow_units,)
        return count_parameters(1, shallow if method == SHALLOW else self.deep_widths)

    def sample(self, seed: int) -> tuple[Array, Array]:
        """Draw the rows, of shapes (n_rows, 1) and (n_rows,)."""
        X = np.random.default_rng(seed).uniform(size=(self.n_rows, 1))
        return X, sawtooth(self.n_folds)(X)[:, 0]

    def model(self, method: str, seed: int) -> DeepReLURegressor | ShallowReLURegressor:
        """Return the estimator, not fitted yet."""
        settings = {**SETTINGS[method], "random_state": seed}
        if method == SHALLOW:
            return ShallowReLURegressor(self.shallow_units, **settings)
        return DeepReLURegressor(self.n_folds, self.width, **settings)

    @property
    def n_runs(self) -> int:
        """How many networks are trained."""
        return self.n_seeds * len(SETTINGS)


class Run(NamedTuple):
    """A network that was trained.

    Attributes
    ----------
    method : str
    seed : int
    network : ReLUNetwork
    rmse : float
        On all of [0, 1], exactly, as a part of the sawtooth's spread.
    """

    method: str
    seed: int
    network: ReLUNetwork
    rmse: float

    @property
    def found(self) -> bool:
        """Whether it is the sawtooth for all that one can see."""
        return self.rmse < FOUND


class Progress(NamedTuple):
    """The runs that are finished."""

    runs: tuple[Run, ...] = ()

    @property
    def complete(self) -> Progress:
        """Those of seeds that every method has been given."""
        return Progress(self.runs[: len(self.runs) // len(SETTINGS) * len(SETTINGS)])

    def of(self, method: str) -> list[Run]:
        """Give those of one method, in the order of their seeds."""
        return [run for run in self.runs if run.method == method]

    def n_found(self, method: str) -> int:
        """Count those that found the sawtooth."""
        return sum(run.found for run in self.of(method))

    def best(self, method: str) -> Run | None:
        """Give the one of smallest error, if there is any."""
        return min(self.of(method), key=lambda run: run.rmse, default=None)


def iter_runs(study: Study) -> Iterator[Progress]:
    """Train all networks, one seed after the other.

    Parameters
    ----------
    study : Study

    Yields
    ------
    progress : Progress
        The very same again is a pause.
    """
    progress = Progress()
    yield progress
    for seed in range(study.n_seeds):
        X, y = study.sample(seed)
        for method in SETTINGS:
            model = study.model(method, seed)
            for _ in model.iter_fit(X, y):
                yield progress
            network = model.network_
            rmse = errors_of(network, study.n_folds)["rms"] / SPREAD
            progress = Progress((*progress.runs, Run(method, seed, network, rmse)))
            yield progress
