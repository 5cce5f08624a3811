"""Five functions of one variable: smooth, wiggly, with a singular end, and rough."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

WIDTHS = (3, 10, 30, 100)


def weierstrass(x: np.ndarray) -> np.ndarray:
    """Sum cosines whose frequencies grow faster than their amplitudes fall."""
    return sum(0.5**k * np.cos(3**k * np.pi * x) for k in range(8))


Curve = tuple[Callable[[np.ndarray], np.ndarray], float, float]

CURVES: dict[str, Curve] = {
    "sine": (lambda x: np.sin(8 * np.pi * x), 0, 1),
    "exp": (lambda x: np.exp(3 * x), 0, 1),
    "root": (np.sqrt, 0, 1),
    "Runge": (lambda x: 1 / (1 + 25 * x * x), -1, 1),
    "Weierstrass": (weierstrass, 0, 1),
}
