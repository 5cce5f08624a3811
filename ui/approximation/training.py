"""What gradients find: networks for a target, trained as anybody would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from estimators import ReLUNetwork, ShallowReLURegressor
from ui.approximation.samples import values_between
from ui.approximation.targets import Target

Trainer = Literal["lbfgs", "adam"]

N_POINTS = 1000
# Enough that more changes little at the widths that the page trains.
MOST_ITERATIONS = {"lbfgs": 500, "adam": 300}


def iter_training(
    target: Target, n_units: int, trainer: Trainer = "lbfgs", seed: int = 0
) -> Iterator[ReLUNetwork]:
    """Train a network of one hidden layer on evenly spread points of a target.

    Parameters
    ----------
    target : Target
    n_units : int
        Number of hidden units.
    trainer : {"lbfgs", "adam"}, default="lbfgs"
        Both minimise the mean square; nothing is known to minimise the maximum by
        gradients as well.
    seed : int, default=0
        Of the random start.

    Yields
    ------
    network : ReLUNetwork
        After each iteration; the last one is the best of all.
    """
    edges = np.linspace(target.low, target.high, N_POINTS + 1)
    x = edges[:-1] / 2 + edges[1:] / 2
    model = ShallowReLURegressor(
        n_units,
        solver=trainer,
        alpha=0,
        max_iter=MOST_ITERATIONS[trainer],
        random_state=seed,
    )
    y = values_between(target, x, edges[:-1], edges[1:])
    for state in model.iter_fit(x[:, np.newaxis], y):
        yield state.network
    yield model.network_
