"""How many regions networks have as they are initialised and as they are trained."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import DeepReLURegressor, ReLUNetwork
from estimators.bounds import count_parameters
from estimators.geometry import linear_regions

Array = NDArray[np.floating]
Widths = tuple[int, ...]

SEEDS = 10
DEPTHS = (1, 2, 3, 4, 5)
BOX = (-1.0, 1.0)  # where the data are, in each input

WAVES, RANDOM = "Waves", "Random values"
DATA = (WAVES, RANDOM)
SAME_WIDTH, SAME_PARAMETERS = "Same width", "Same number of parameters"
SHAPES = (SAME_WIDTH, SAME_PARAMETERS)

ZERO, NORMAL, SPREAD, TRAINED = "zero", "normal", "spread", "trained"
SERIES = {
    ZERO: "Random, biases of zero",
    NORMAL: "Random, normal biases",
    SPREAD: "Random, joints in the data",
    TRAINED: "Trained, from there",
}


class Plan(NamedTuple):
    """What determines the counts.

    Attributes
    ----------
    n_inputs : int
        One or two.
    width : int
        Of each layer; with the same number of parameters, in the deepest network.
    shapes : str
        One of `SHAPES`.
    data : str
        One of `DATA`: what is learned.
    iterations : int
        Of L-BFGS, at most.
    """

    n_inputs: int
    width: int
    shapes: str
    data: str
    iterations: int

    @property
    def widths(self) -> list[Widths]:
        """The networks, one of each depth."""
        if self.shapes == SAME_WIDTH:
            return [(self.width,) * depth for depth in DEPTHS]
        budget = count_parameters(self.n_inputs, [self.width] * DEPTHS[-1])
        return [widest(self.n_inputs, depth, budget) for depth in DEPTHS]


class Measured(NamedTuple):
    """The regions of one network.

    Attributes
    ----------
    series : str
        How it was made, a key of `SERIES`.
    widths : tuple of int
    seed : int
    in_view : int
        Regions where the data are.
    in_total : int or None
        Regions for all inputs; of two inputs they are not counted.
    error : float
        Root mean square of what is left of the data, as a part of their standard
        deviation; NaN of networks that have not seen them.
    """

    series: str
    widths: Widths
    seed: int
    in_view: int
    in_total: int | None
    error: float = math.nan


def widest(n_inputs: int, depth: int, budget: int) -> Widths:
    """Find the widest layers, all of one width, within a number of parameters."""
    width = 1
    while count_parameters(n_inputs, [width + 1] * depth) <= budget:
        width += 1
    return (width,) * depth


def samples(n_inputs: int, data: str) -> tuple[Array, Array]:
    """Give the data that networks are trained on.

    Returns
    -------
    X : ndarray of shape (n_samples, n_inputs)
        Evenly spread over `BOX`; few, if they are to be learned by heart.
    y : ndarray of shape (n_samples,)
    """
    if n_inputs == 1:
        X = np.linspace(*BOX, 20 if data == RANDOM else 100)[:, np.newaxis]
        y = np.sin(3 * np.pi * X[:, 0]) + np.sin(7 * np.pi * X[:, 0]) / 2
    else:
        axis = np.linspace(*BOX, 6 if data == RANDOM else 20)
        X = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
        y = np.sin(2 * np.pi * X[:, 0]) * np.cos(2 * np.pi * X[:, 1])
    if data == RANDOM:
        y = np.random.default_rng(0).normal(size=len(X))
    return X, y


def he_network(
    n_inputs: int, widths: Widths, seed: int, *, scale: float
) -> ReLUNetwork:
    """Draw weights as He et al. do (ICCV 2015), and normal biases.

    Parameters
    ----------
    n_inputs : int
    widths : tuple of int
    seed : int
    scale : float
        Standard deviation of the biases. With zero the function is made of rays from
        the origin: one input has no more than two regions.
    """
    rng = np.random.default_rng(seed)
    sizes = (n_inputs, *widths, 1)
    weights = [
        rng.normal(0, math.sqrt(2 / before), (after, before))
        for before, after in pairwise(sizes)
    ]
    return ReLUNetwork(weights, [rng.normal(0, scale, after) for after in sizes[1:]])


def regressor(plan: Plan, widths: Widths, seed: int) -> DeepReLURegressor:
    """Make what is to be trained."""
    return DeepReLURegressor(
        len(widths),
        list(widths),
        solver="lbfgs",
        alpha=0,
        max_iter=plan.iterations,
        random_state=seed,
    )


def iter_measured(plan: Plan) -> Iterator[Measured]:
    """Count the regions of networks of all depths, several seeds each.

    Parameters
    ----------
    plan : Plan

    Yields
    ------
    measured : Measured
        The very same again is a pause. First come all that need no training.
    """
    X, y = samples(plan.n_inputs, plan.data)
    measured = None
    for seed in range(SEEDS):
        for widths in plan.widths:
            start = next(regressor(plan, widths, seed).iter_fit(X, y)).network
            for series, network in (
                (ZERO, he_network(plan.n_inputs, widths, seed, scale=0)),
                (NORMAL, he_network(plan.n_inputs, widths, seed, scale=1)),
                (SPREAD, start),
            ):
                measured = measure(series, seed, network)
                yield measured
    for seed in range(SEEDS):
        for widths in plan.widths:
            model = regressor(plan, widths, seed)
            for _ in model.iter_fit(X, y):
                yield measured
            error = math.sqrt(model.loss_) / y.std()
            measured = measure(TRAINED, seed, model.network_, error)
            yield measured


def measure(
    series: str, seed: int, network: ReLUNetwork, error: float = math.nan
) -> Measured:
    """Count the regions of a network exactly, where the data are and everywhere."""
    box = [BOX] * network.n_inputs
    total = None
    if network.n_inputs == 1:
        total = linear_regions(network, (-np.inf, np.inf)).n_regions
    regions = linear_regions(network, box).n_regions
    return Measured(series, network.widths, seed, regions, total, error)


def counts_of(
    points: Sequence[Measured], series: str, widths: Widths, *, in_view: bool
) -> list[int]:
    """Select the counts of one kind and shape, in the order of their seeds."""
    return [
        point.in_view if in_view else point.in_total
        for point in points
        if point.series == series and point.widths == widths
    ]
