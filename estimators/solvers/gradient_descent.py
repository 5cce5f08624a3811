"""Full-batch gradient descent with a constant rate, as in the lectures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from estimators.objective import Objective
from estimators.solvers.protocol import SolverOptions, Step


def gradient_descent(
    objective: Objective, params: NDArray[np.floating], options: SolverOptions
) -> Iterator[Step]:
    """Step against the gradient of the loss over all rows, over and over.

    ::

        params ← params − learning_rate · ∂L/∂params

    Yields the start, then one state per step. Source: the lectures' "Gradient
    descent"; UDL section 6.1. See `estimators.solvers.protocol` for the parameters.
    """
    while True:
        total, gradient = objective(params)
        yield Step(params, total)
        params = params - options.learning_rate * gradient
