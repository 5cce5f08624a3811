"""Which network learns which labels, and where it starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.preprocessing import StandardScaler

from estimators.bounds import count_parameters
from estimators.classifier import DeepReLUClassifier
from estimators.datasets import Mnist1d, mnist1d
from estimators.network import ReLUNetwork

Array = NDArray[np.floating]

# Hidden units per layer, by depth: of about as many parameters each.
WIDTHS = {1: 298, 2: 100, 3: 75, 4: 63}
N_INPUTS, N_CLASSES = 40, 10


@dataclass(frozen=True)
class Task:
    """A network and what it is to learn.

    Attributes
    ----------
    depth : int
        Number of hidden layers.
    width : int
        Hidden units in each.
    seed : int
        Of the random labels and of the start.
    labels : {"random", "true"}
        Digits drawn at random, or the digits that the examples show.
    n_examples : int
        How many of the 4000 training examples, from the first on.
    learning_rate : float
        Of gradient descent.
    """

    depth: int
    width: int
    seed: int = 0
    labels: Literal["random", "true"] = "random"
    n_examples: int = 4000
    learning_rate: float = 0.0025

    @property
    def n_parameters(self) -> int:
        """Number of weights and biases."""
        return count_parameters(N_INPUTS, [self.width] * self.depth, N_CLASSES)

    @property
    def name(self) -> str:
        """What files of this task are called."""
        return f"{self.labels}-{self.depth}x{self.width}-seed{self.seed}"

    @property
    def sizes(self) -> tuple[int, ...]:
        """Layer sizes, from inputs to outputs."""
        return (N_INPUTS, *[self.width] * self.depth, N_CLASSES)

    def start(self) -> ReLUNetwork:
        """Draw the start: He-normal weights, zero biases, in single precision."""
        rng = np.random.default_rng([self.seed, self.depth, self.width])
        weights = [
            rng.normal(0, np.sqrt(2 / fan_in), (fan_out, fan_in)).astype(np.float32)
            for fan_in, fan_out in zip(self.sizes, self.sizes[1:])
        ]
        return ReLUNetwork(weights, [np.zeros(len(w), np.float32) for w in weights])

    def examples(self) -> Mnist1d:
        """Return standardised inputs and the labels to learn, and the test set's."""
        data = mnist1d()
        scaler = StandardScaler().fit(data.X[: self.n_examples])
        labels = data.y[: self.n_examples]
        if self.labels == "random":
            rng = np.random.default_rng(self.seed)
            labels = rng.integers(N_CLASSES, size=self.n_examples)
        return Mnist1d(
            scaler.transform(data.X[: self.n_examples]),
            labels,
            scaler.transform(data.X_test),
            data.y_test,
        )

    def learner(self, network: ReLUNetwork) -> DeepReLUClassifier:
        """Return a classifier that continues with `network`, as the figure trained."""
        model = DeepReLUClassifier.from_network(network, np.arange(N_CLASSES))
        return model.set_params(
            solver="gd",
            learning_rate_init=self.learning_rate,
            alpha=0,
            max_iter=10**9,
            n_iter_no_change=np.inf,
            warm_start=True,
        )


def error_rate(network: ReLUNetwork, X: Array, labels: NDArray[np.integer]) -> float:
    """Return the share of rows that the largest output does not name."""
    return float(np.mean(network(X).argmax(axis=1) != labels))
