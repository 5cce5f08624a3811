"""Surfaces over a square, for networks of two inputs to be trained on."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Surface(NamedTuple):
    """A function of two inputs on a square.

    Attributes
    ----------
    function : callable
        From two arrays to an array, all of one shape.
    low, high : float
        Limits of both inputs.
    code : str
        The function as an expression of ``np``, ``u`` and ``v``.
    look_for : str
        A sentence.
    """

    function: Callable[[Array, Array], Array]
    low: float
    high: float
    code: str
    look_for: str

    @property
    def box(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The square, limits of one input after the other."""
        return ((self.low, self.high),) * 2


def _franke(u: Array, v: Array) -> Array:
    """R. Franke, "A critical comparison of some methods for interpolation", 1979."""
    return (
        0.75 * np.exp(-((9 * u - 2) ** 2 + (9 * v - 2) ** 2) / 4)
        + 0.75 * np.exp(-((9 * u + 1) ** 2) / 49 - (9 * v + 1) / 10)
        + 0.5 * np.exp(-((9 * u - 7) ** 2 + (9 * v - 3) ** 2) / 4)
        - 0.2 * np.exp(-((9 * u - 4) ** 2) - (9 * v - 7) ** 2)
    )


def _peaks(u: Array, v: Array) -> Array:
    return (
        3 * (1 - u) ** 2 * np.exp(-(u**2) - (v + 1) ** 2)
        - 10 * (u / 5 - u**3 - v**5) * np.exp(-(u**2) - v**2)
        - np.exp(-((u + 1) ** 2) - v**2) / 3
    )


def _pyramid(u: Array, v: Array) -> Array:
    return 1 - np.abs(u) - np.abs(v)


def _disc(u: Array, v: Array) -> Array:
    return np.where(u**2 + v**2 < 0.36, 1.0, 0.0)


def _saddle(u: Array, v: Array) -> Array:
    return u * v


def _ripple(u: Array, v: Array) -> Array:
    return np.cos(3 * np.pi * np.hypot(u, v))


SURFACES = {
    "Franke": Surface(
        _franke,
        0.0,
        1.0,
        "(\n"
        "    0.75 * np.exp(-((9 * u - 2) ** 2 + (9 * v - 2) ** 2) / 4)\n"
        "    + 0.75 * np.exp(-((9 * u + 1) ** 2) / 49 - (9 * v + 1) / 10)\n"
        "    + 0.5 * np.exp(-((9 * u - 7) ** 2 + (9 * v - 3) ** 2) / 4)\n"
        "    - 0.2 * np.exp(-((9 * u - 4) ** 2) - (9 * v - 7) ** 2)\n"
        ")",
        "Two hills and a dip, the standard test since 1979: small polygons gather "
        "where it bends.",
    ),
    "Peaks": Surface(
        _peaks,
        -3.0,
        3.0,
        "(\n"
        "    3 * (1 - u) ** 2 * np.exp(-(u**2) - (v + 1) ** 2)\n"
        "    - 10 * (u / 5 - u**3 - v**5) * np.exp(-(u**2) - v**2)\n"
        "    - np.exp(-((u + 1) ** 2) - v**2) / 3\n"
        ")",
        "Three hills and three dips on flat ground: creases are needed in the middle "
        "only.",
    ),
    "Pyramid": Surface(
        _pyramid,
        -1.0,
        1.0,
        "1 - np.abs(u) - np.abs(v)",
        "Four units represent it without error: does training find its two lines?",
    ),
    "Disc": Surface(
        _disc,
        -1.0,
        1.0,
        "np.where(u**2 + v**2 < 0.36, 1.0, 0.0)",
        "A jump along a circle, which becomes a steep ring of narrow polygons.",
    ),
    "Saddle": Surface(
        _saddle,
        -1.0,
        1.0,
        "u * v",
        "u·v, up along one diagonal and down along the other.",
    ),
    "Ripple": Surface(
        _ripple,
        -1.0,
        1.0,
        "np.cos(3 * np.pi * np.hypot(u, v))",
        "Rings around the middle: one layer has lines that cross all of the picture, "
        "several layers have creases that bend.",
    ),
}


def sampled(name: str, n_samples: int, noise: float, seed: int) -> tuple[Array, Array]:
    """Draw points of a surface.

    Parameters
    ----------
    name : str
        One of `SURFACES`.
    n_samples : int
    noise : float
        Standard deviation of the noise, in parts of the standard deviation of y.
    seed : int

    Returns
    -------
    X : ndarray of shape (n_samples, 2)
        Uniform in the square.
    y : ndarray of shape (n_samples,)
    """
    surface = SURFACES[name]
    rng = np.random.default_rng(seed)
    X = rng.uniform(surface.low, surface.high, (n_samples, 2))
    y = surface.function(*X.T)
    return X, y + noise * y.std() * rng.standard_normal(n_samples)


def sample_code(name: str, n_samples: int, noise: float, seed: int) -> str:
    """Write the Python lines that define the same ``X`` and ``y``."""
    surface = SURFACES[name]
    limits = f"{surface.low:g}, {surface.high:g}"
    lines = [
        "import numpy as np\n",
        f"rng = np.random.default_rng({seed})",
        f"X = rng.uniform({limits}, ({n_samples}, 2))",
        "u, v = X.T",
        f"y = {surface.code}",
    ]
    if noise:
        lines.append(f"y += {noise:g} * y.std() * rng.standard_normal({n_samples})")
    return "\n".join(lines)
