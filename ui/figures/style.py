"""What all figures share: one colour for each role, and numbers as they are sent."""

from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Okabe and Ito's palette; these stand out (3 : 1 or nearly) on white and on black.
ROLE = MappingProxyType(
    {
        "fit": "#D55E00",
        "train": "#0072B2",
        "test": "#009E73",
        "target": "#8A8A8A",
    }
)

MAX_POINTS = 1000
SIDE = 0.03  # margin left and right of the data, as a part of their range

_LARGEST = 1e300  # JSON has no infinity


def wire(points: tuple[ArrayLike, ArrayLike]) -> list[list[float]]:
    """Write points as they travel to the browser: pairs, in twelve digits.

    Parameters
    ----------
    points : (x, y), each array-like of shape (n,)

    Returns
    -------
    list of n lists of two floats
        Enough digits for seconds since 1970, in fewer bytes than all.
    """
    pairs = np.clip(np.stack(points, axis=1), -_LARGEST, _LARGEST).tolist()
    return [[float(f"{x:.12g}"), float(f"{y:.12g}")] for x, y in pairs]


def thin(n: int, limit: int = MAX_POINTS) -> NDArray[np.intp]:
    """Choose at most `limit` of n positions, evenly, the first and last among them.

    Examples
    --------
    >>> thin(9, 3)
    array([0, 4, 8])
    """
    return np.unique(np.linspace(0, max(n - 1, 0), min(n, limit)).round().astype(int))


def padded(low: float, high: float, part: float = 0.15) -> list[float]:
    """Put a margin around limits, wide enough also when all values are equal."""
    margin = part * (high - low) or max(abs(high), 1.0)
    return [float(low - margin), float(high + margin)]
