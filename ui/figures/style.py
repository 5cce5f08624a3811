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

MAX_POINTS = 2000
SIDE = 0.03  # margin left and right of the data, as a part of their range

_LARGEST = float(np.finfo(np.float32).max)


def wire(values: ArrayLike) -> NDArray[np.floating]:
    """Make numbers as small as the eye allows before they travel to the browser.

    Parameters
    ----------
    values : array-like of shape (n,)

    Returns
    -------
    ndarray of shape (n,)
        Float32; float64 where seven digits would not resolve the spread, as with
        seconds since 1970.
    """
    values = np.asarray(values, dtype=np.float64)
    if values.size and np.abs(values).max() > 1e4 * max(np.ptp(values), 1e-300):
        return values
    return np.clip(values, -_LARGEST, _LARGEST).astype(np.float32)


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
