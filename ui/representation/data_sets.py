"""Two inputs and a class: the data sets whose space a network is to warp."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import make_blobs, make_circles, make_moons

Array = NDArray[np.floating]
Ints = NDArray[np.intp]

HALF = 3.0  # about how far the data reach from the origin


class Labelled(NamedTuple):
    """Points of the plane and their classes.

    Attributes
    ----------
    X : ndarray of shape (n, 2)
    labels : ndarray of int of shape (n,)
        0, 1, …
    """

    X: Array
    labels: Ints


class DataSet(NamedTuple):
    """How to draw a data set, and what it is good for.

    Attributes
    ----------
    draw : callable
        From the number of points, the noise and a random generator to `Labelled`.
    sentence : str
        What to look for.
    """

    draw: Callable[[int, float, np.random.RandomState], Labelled]
    sentence: str


def _moons(n: int, noise: float, random: np.random.RandomState) -> Labelled:
    X, labels = make_moons(n, noise=noise, random_state=random)
    return Labelled((X - [0.5, 0.25]) * 1.8, labels)


def _circles(n: int, noise: float, random: np.random.RandomState) -> Labelled:
    X, labels = make_circles(n, noise=noise, factor=0.3, random_state=random)
    return Labelled(2.5 * X, labels)


def _xor(n: int, noise: float, random: np.random.RandomState) -> Labelled:
    corner = np.arange(n) % 4
    middles = 1.5 * np.array([[-1, -1], [1, 1], [-1, 1], [1, -1]])
    X = middles[corner] + (0.1 + 2 * noise) * random.standard_normal((n, 2))
    return Labelled(X, corner // 2)


def _spirals(n: int, noise: float, random: np.random.RandomState) -> Labelled:
    arm = np.arange(n) % 2
    # Points evenly along the arm, which grows longer with every turn.
    part = np.sqrt(random.uniform(0.03, 1, n))
    angle = 3 * np.pi * part + np.pi * arm
    X = 2.8 * part[:, np.newaxis] * np.column_stack([np.cos(angle), np.sin(angle)])
    return Labelled(X + noise * random.standard_normal((n, 2)), arm)


def _blobs(n: int, noise: float, random: np.random.RandomState) -> Labelled:
    middles = 1.8 * np.array([[0, 1], [-0.87, -0.5], [0.87, -0.5]])
    X, labels = make_blobs(
        n, centers=middles, cluster_std=0.3 + noise, random_state=random
    )
    return Labelled(X, labels)


DATA_SETS: dict[str, DataSet] = {
    "Two moons": DataSet(
        _moons,
        "Each moon reaches into the hollow of the other.",
    ),
    "Circles": DataSet(
        _circles,
        "One class is enclosed by the other.",
    ),
    "XOR": DataSet(
        _xor,
        "Opposite corners belong together: no straight line will do, two hidden units "
        "will.",
    ),
    "Spirals": DataSet(
        _spirals,
        "Two arms, wound around each other one and a half times.",
    ),
    "Three blobs": DataSet(
        _blobs,
        "Three classes, each in a heap of its own: three outputs, and the largest "
        "wins.",
    ),
}


def data_set(name: str, n: int, noise: float, seed: int) -> Labelled:
    """Draw a data set.

    Parameters
    ----------
    name : str
        One of `DATA_SETS`.
    n : int
        Number of points, at least 10.
    noise : float
        Roughly the standard deviation of what is added to the points.
    seed : int
        The same seed draws the same points.

    Returns
    -------
    Labelled
    """
    if name not in DATA_SETS:
        raise ValueError(f"name must be one of {', '.join(DATA_SETS)}; got {name!r}.")
    if n < 10 or not 0 <= noise <= 1:
        raise ValueError("n must be at least 10 and the noise between 0 and 1.")
    return DATA_SETS[name].draw(n, noise, np.random.RandomState(seed))
