"""Train two composed networks, whose Ω₁ has rank 1, next to one whose Ω₁ is free.

Both start from the same function and see the same points, so that what the free one
gains it gains by the rank.
"""

from collections.abc import Generator, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import DeepReLURegressor, ReLUNetwork
from estimators.losses import squared_error
from estimators.objective import Objective, Penalty, flat_parameters, layer_views
from estimators.solvers.quasi_newton import descend

Array = NDArray[np.float64]


class Evaluation(NamedTuple):
    """The mean squared error and its gradient by the parameters of two networks."""

    value: float
    gradient: Array


class Race(NamedTuple):
    """Where both trainings are.

    Attributes
    ----------
    iteration : int
    tied, free : ReLUNetwork
        With Ω₁ = θ′φᵀ, and without a condition on it.
    tied_error, free_error : float
        Root-mean-square errors.
    """

    iteration: int
    tied: ReLUNetwork
    free: ReLUNetwork
    tied_error: float
    free_error: float


class ComposedObjective:
    """The mean squared error of second(first(x)), by the parameters of both.

    The parameters are those of the first network, then those of the second: each its
    θ, θ_0, φ and φ_0.

    Parameters
    ----------
    first, second : ReLUNetwork
        Networks of that shape.
    x, y : ndarray of shape (n_samples,)
    """

    def __init__(
        self, first: ReLUNetwork, second: ReLUNetwork, x: Array, y: Array
    ) -> None:
        widths = (*first.widths, *second.widths)
        self._sizes = [(1, width, 1) for width in widths]
        self._split = first.n_parameters
        self._fused = Objective(
            (1, *widths, 1),
            x[:, np.newaxis],
            y[:, np.newaxis],
            np.ones(len(x)),
            squared_error,
            Penalty(0.0),
        )

    def networks(self, point: Array) -> tuple[ReLUNetwork, ReLUNetwork]:
        """Read both networks off their parameters."""
        both = (point[: self._split], point[self._split :])
        first, second = (
            ReLUNetwork(*zip(*layer_views(part, sizes)))
            for part, sizes in zip(both, self._sizes)
        )
        return first, second

    def __call__(self, point: Array) -> Generator[None, None, Evaluation]:
        """Evaluate, never pausing: a generator since `descend` wants one."""
        both = (point[: self._split], point[self._split :])
        inner, outer = (
            layer_views(part, sizes) for part, sizes in zip(both, self._sizes)
        )
        (theta, theta_0), (phi, phi_0) = inner
        (theta_2, theta_20), (phi_2, phi_20) = outer
        with np.errstate(over="ignore", invalid="ignore"):
            layers = (
                (theta, theta_0),
                (theta_2 @ phi, theta_20 + theta_2 @ phi_0),
                (phi_2, phi_20),
            )
            value, by_fused = self._fused(flat_parameters(layers))
            below, between, above = layer_views(by_fused, self._fused.sizes)
            by_psi, by_psi_0 = between
            # The chain rule through ψ = θ′φᵀ and ψ_0 = θ′_0 + θ′φ_0.
            gradient = flat_parameters(
                (
                    below,
                    (theta_2.T @ by_psi, theta_2.T @ by_psi_0),
                    (by_psi @ phi.T + np.outer(by_psi_0, phi_0), by_psi_0),
                    above,
                )
            )
        return Evaluation(value, gradient)
        yield


def iter_race(
    first: ReLUNetwork,
    second: ReLUNetwork,
    x: Array,
    y: Array,
    max_iter: int,
) -> Iterator[Race]:
    """Train the composed and the free network side by side.

    Parameters
    ----------
    first, second : ReLUNetwork
        Where both begin.
    x, y : ndarray of shape (n_samples,)
        What they are fitted to, by the mean squared error.
    max_iter : int
        Iterations of L-BFGS for each.

    Yields
    ------
    Race
        The start, then one state an iteration, until both have ended.
    """
    tied_states = iter_tied(first, second, x, y)
    model = DeepReLURegressor.from_network(second @ first).set_params(
        warm_start=True, solver="lbfgs", alpha=0.0, tol=0.0, max_iter=max_iter
    )
    free_states = model.iter_fit(x[:, np.newaxis], y)
    tied, free = next(tied_states), next(free_states)
    free_best = free
    for iteration in range(max_iter + 1):
        yield Race(iteration, tied[0], free_best.network, tied[1], free_best.loss**0.5)
        following = next(tied_states, None), next(free_states, None)
        if following == (None, None):
            return
        tied = following[0] or tied
        free = following[1] or free
        free_best = free if free.loss <= free_best.loss else free_best


def iter_tied(
    first: ReLUNetwork, second: ReLUNetwork, x: Array, y: Array
) -> Iterator[tuple[ReLUNetwork, float]]:
    """Train two networks, one applied to the other, by L-BFGS.

    Yields
    ------
    fused : ReLUNetwork
        Both as one.
    error : float
        Its root-mean-square error; never larger than the one before.
    """
    objective = ComposedObjective(first, second, x, y)
    parts = [
        flat_parameters(zip(network.weights, network.biases))
        for network in (first, second)
    ]
    for state in descend(objective, np.concatenate(parts)):
        inner, outer = objective.networks(state.point)
        yield outer @ inner, state.evaluation.value**0.5
