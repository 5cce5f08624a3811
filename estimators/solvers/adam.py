"""Adam on mini-batches."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from estimators.objective import Objective
from estimators.solvers.protocol import SolverOptions, Step

DECAY_FIRST, DECAY_SECOND, EPSILON = 0.9, 0.999, 1e-8


@dataclass
class Moments:
    """Adam's running averages of the gradient and of its square."""

    first: NDArray[np.floating]
    second: NDArray[np.floating]
    count: int = 0

    @classmethod
    def zeros_like(cls, params: NDArray[np.floating]) -> Moments:
        """Start from nothing."""
        return cls(np.zeros_like(params), np.zeros_like(params))

    def update(
        self,
        params: NDArray[np.floating],
        gradient: NDArray[np.floating],
        learning_rate: float,
    ) -> None:
        """Take one step, in place; `gradient` is used as scratch space."""
        self.count += 1
        self.first *= DECAY_FIRST
        self.first += (1 - DECAY_FIRST) * gradient
        self.second *= DECAY_SECOND
        np.square(gradient, out=gradient)
        gradient *= 1 - DECAY_SECOND
        self.second += gradient
        # Both bias corrections in the rate, ε̂ form of the paper's section 2. A float64
        # scalar of NumPy would make it slow: float32 arrays are converted for such.
        correction = math.sqrt(1 - DECAY_SECOND**self.count)
        rate = learning_rate * correction / (1 - DECAY_FIRST**self.count)
        np.sqrt(self.second, out=gradient)
        gradient += EPSILON
        np.divide(self.first, gradient, out=gradient)
        gradient *= rate
        params -= gradient


def adam(
    objective: Objective, params: NDArray[np.floating], options: SolverOptions
) -> Iterator[Step]:
    """Take Adam steps on shuffled mini-batches; one state per pass over the data.

    A batch of all rows is not shuffled, so that full-batch training does not depend
    on their order. See `estimators.solvers.protocol` for the parameters.

    References
    ----------
    Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
    """
    n_samples = objective.n_samples
    batch_size = min(options.batch_size, n_samples)
    moments = options.moments or Moments.zeros_like(params)
    params = params.copy()
    while True:
        yield Step(params.copy(), objective.total(params))
        if batch_size == n_samples:
            _, gradient = objective(params)
            moments.update(params, gradient, options.learning_rate)
            continue
        order = options.random_state.permutation(n_samples)
        for start in range(0, n_samples, batch_size):
            _, gradient = objective(params, order[start : start + batch_size])
            moments.update(params, gradient, options.learning_rate)
