"""Data to try networks on: seeded toy targets, the lecture's points, a real table."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.utils import check_random_state

if TYPE_CHECKING:  # the library itself does without pandas
    import pandas as pd


class Toy(NamedTuple):
    """A sample of a known function of one variable.

    Attributes
    ----------
    x : ndarray of shape (n_samples,)
        Inputs, sorted; no unit.
    y : ndarray of shape (n_samples,)
        Noisy values of the target at ``x``; no unit.
    target : callable
        The noise-free function, from an array to an array of the same shape.
    low, high : float
        The interval from which the inputs are drawn.
    kinks : tuple of float
        Where the target is not smooth; the two sides of a jump are neighbouring
        numbers.
    """

    x: np.ndarray
    y: np.ndarray
    target: Callable[[np.ndarray], np.ndarray]
    low: float
    high: float
    kinks: tuple[float, ...]


class Mnist1d(NamedTuple):
    """MNIST-1D: digits as curves of one variable, 4000 to train on and 1000 to test.

    Attributes
    ----------
    X, X_test : ndarray of shape (n_samples, 40), dtype float32
        Values of the curves at 40 places; mean 0 and standard deviation 1 in all.
    y, y_test : ndarray of shape (n_samples,)
        The digits that they show.
    """

    X: np.ndarray
    y: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray


class Points(NamedTuple):
    """Given points of one variable: ``x`` and ``y`` of shape (n_samples,)."""

    x: np.ndarray
    y: np.ndarray


def _zigzag(x: np.ndarray) -> np.ndarray:
    """Go straight through (0, 0), (1, 1), (2, -0.5), (3, 1), (4, 0)."""
    return np.interp(x, [0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, -0.5, 1.0, 0.0])


def _step(x: np.ndarray) -> np.ndarray:
    """Jump from -1 to 1 at zero."""
    return np.where(np.asarray(x) < 0.0, -1.0, 1.0)


def _bumps(x: np.ndarray) -> np.ndarray:
    """Add a wide bump at 0.3 and one ten times as narrow at 0.8."""
    x = np.asarray(x)
    return np.exp(-(((x - 0.3) / 0.2) ** 2)) + np.exp(-(((x - 0.8) / 0.02) ** 2))


def _chirp(x: np.ndarray) -> np.ndarray:
    """Swing faster and faster: 1 period per unit of x at 0, 7 periods per unit at 1."""
    x = np.asarray(x)
    return np.sin(2.0 * np.pi * x * (1.0 + 3.0 * x))


def _line(x: np.ndarray) -> np.ndarray:
    """Rise by a half per unit of x: no joint at all."""
    return 0.5 * np.asarray(x)


_TOYS: dict[str, tuple[Callable[[np.ndarray], np.ndarray], float, float]] = {
    "sine": (np.sin, 0.0, 2.0 * np.pi),
    "zigzag": (_zigzag, 0.0, 4.0),
    "step": (_step, -1.0, 1.0),
    "bumps": (_bumps, 0.0, 1.0),
    "chirp": (_chirp, 0.0, 1.0),
    "line": (_line, -2.0, 2.0),
}

_KINKS = {"zigzag": (1.0, 2.0, 3.0), "step": (float(np.nextafter(0.0, -1.0)), 0.0)}

TOY_NAMES: tuple[str, ...] = tuple(_TOYS)


def toy(
    name: str,
    n_samples: int = 200,
    noise: float = 0.1,
    random_state: int | np.random.RandomState | None = 0,
) -> Toy:
    """Sample a function of one variable, chosen for what it shows about ReLU networks.

    Parameters
    ----------
    name : {"sine", "zigzag", "step", "bumps", "chirp", "line"}
        * "sine": one smooth period; more units follow it more closely.
        * "zigzag": four straight pieces, which four hidden units represent exactly.
        * "step": a jump, which no continuous function represents exactly.
        * "bumps": two scales, so joints are needed densely in one place only.
        * "chirp": ever faster swings.
        * "line": no joint needed; every joint found is fitted noise.
    n_samples : int, default=200
        Number of points, at least 1.
    noise : float, default=0.1
        Standard deviation of the Gaussian noise added to the target, in units of y;
        the targets other than "line" span about -1 to 1.
    random_state : int, RandomState or None, default=0
        Seed of the inputs and of the noise.

    Returns
    -------
    Toy
        ``x`` and ``y`` of shape (n_samples,), sorted by x, which is drawn uniformly
        from ``low`` to ``high``; and the noise-free function ``target``.

    Examples
    --------
    >>> data = toy("zigzag", n_samples=50, noise=0.0)
    >>> data.x.shape, bool((data.y == data.target(data.x)).all())
    ((50,), True)
    """
    if name not in _TOYS:
        raise ValueError(f"name must be one of {', '.join(_TOYS)}; got {name!r}.")
    if n_samples < 1:
        raise ValueError(f"n_samples must be at least 1; got {n_samples}.")
    if not 0.0 <= noise < np.inf:
        raise ValueError(f"noise must be finite and not negative; got {noise}.")
    target, low, high = _TOYS[name]
    rng = check_random_state(random_state)
    x = np.sort(rng.uniform(low, high, n_samples))
    y = target(x) + noise * rng.standard_normal(n_samples)
    return Toy(x, y, target, low, high, _KINKS.get(name, ()))


def lecture_line() -> Points:
    """Return the twelve points on which the lecture fits a straight line.

    Returns
    -------
    Points
        ``x`` and ``y`` of shape (12,); no units. The least-squares line is
        0.82595 + 0.52223 x, with a sum of squared residuals of 0.19987.

    References
    ----------
    S. J. D. Prince, "Understanding Deep Learning", MIT Press 2023, chapter 2.

    Examples
    --------
    >>> x, y = lecture_line()
    >>> print(round(float(((y - 0.4 - 0.2 * x) ** 2).sum()), 3))
    7.068
    """
    x = [0.03, 0.19, 0.34, 0.46, 0.78, 0.81, 1.08, 1.18, 1.39, 1.60, 1.65, 1.90]
    y = [0.67, 0.85, 1.05, 1.00, 1.40, 1.50, 1.30, 1.54, 1.55, 1.68, 1.73, 1.60]
    return Points(np.array(x), np.array(y))


def diabetes() -> pd.DataFrame:
    """Load scikit-learn's diabetes table in its original units.

    Returns
    -------
    DataFrame of shape (442, 11)
        One patient a row: ``age`` (years), ``sex`` (1 or 2), ``bmi`` (body mass index,
        kg/m²), ``bp`` (mean blood pressure, mmHg), ``s1`` to ``s6`` (blood serum:
        total cholesterol, LDL, HDL, total/HDL, log of triglycerides, blood sugar) and
        ``target``, a score of the disease's progress one year later.

    References
    ----------
    B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, "Least angle regression", Annals
    of Statistics 32 (2004), 407-499.

    Examples
    --------
    >>> diabetes()[["bmi", "target"]].shape
    (442, 2)
    """
    return load_diabetes(scaled=False, as_frame=True).frame


@cache
def mnist1d() -> Mnist1d:
    """Load MNIST-1D, made by the package ``mnist1d`` with its defaults.

    Returns
    -------
    Mnist1d
        ``X``, ``y`` (4000 examples) and ``X_test``, ``y_test`` (1000).

    References
    ----------
    S. Greydanus, D. Kobak, "Scaling down deep learning with MNIST-1D", ICML 2024.
    Version 0.0.2.post1 of their package, seed 42; Apache License 2.0.

    Examples
    --------
    >>> mnist1d().X.shape, mnist1d().y_test.shape
    ((4000, 40), (1000,))
    """
    with np.load(Path(__file__).parent / "data" / "mnist1d.npz") as stored:
        X, y = stored["inputs"], stored["digits"].astype(np.intp)
    for array in (X, y):
        array.flags.writeable = False  # everyone is given the same
    return Mnist1d(X[:4000], y[:4000], X[4000:], y[4000:])
