"""What all figures share: one colour for each role, and numbers as they are sent."""

import itertools
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Okabe and Ito's palette as far as it goes; all stand out (3 : 1 or nearly) on white
# and on black.
ROLE = MappingProxyType(
    {
        "fit": "#D55E00",
        "train": "#0072B2",
        "test": "#009E73",
        "target": "#8A8A8A",
        "validation": "#CC79A7",
        "gd": "#CC79A7",
        "adam": "#B8860B",
        "lbfgs": "#785EF0",
        "dead": "#8A8A8A",
    }
)

MAX_POINTS = 1000
SIDE = 0.03  # margin left and right of the data, as a part of their range

_LARGEST = 1e300  # JSON has no infinity


def wire(points: tuple[ArrayLike, ArrayLike], digits: int = 12) -> list[list[float]]:
    """Write points as they travel to the browser: pairs, with so many digits.

    Parameters
    ----------
    points : (x, y), each array-like of shape (n,)
    digits : int, default=12
        Enough for seconds since 1970, in fewer bytes than all.

    Returns
    -------
    list of n lists of two floats
    """
    pairs = np.clip(np.stack(points, axis=1), -_LARGEST, _LARGEST).tolist()
    return [[float(f"{x:.{digits}g}"), float(f"{y:.{digits}g}")] for x, y in pairs]


def thin(n: int, limit: int = MAX_POINTS) -> NDArray[np.intp]:
    """Choose at most `limit` of n positions, evenly, the first and last among them.

    Examples
    --------
    >>> thin(9, 3)
    array([0, 4, 8])
    """
    return np.unique(np.linspace(0, max(n - 1, 0), min(n, limit)).round().astype(int))


def thin_log(n: int, limit: int = MAX_POINTS) -> NDArray[np.intp]:
    """Choose at most `limit` of n positions, evenly on a logarithmic axis.

    Examples
    --------
    >>> thin_log(1000, 4)
    array([  0,   9,  99, 999])
    """
    return np.unique(np.geomspace(1, max(n, 1), min(n, limit)).round().astype(int)) - 1


def thin_curve(values: ArrayLike, limit: int = MAX_POINTS) -> NDArray[np.intp]:
    """Choose positions of a curve so that its peaks and valleys stay.

    Parameters
    ----------
    values : array-like of shape (n,)
        Not NaN.
    limit : int
        How many positions at most, four or more.

    Returns
    -------
    kept : ndarray of int
        All positions if they are few; else the two ends, and the least and the
        greatest value of pieces of equal length.
    """
    values = np.asarray(values)
    if len(values) <= limit:
        return np.arange(len(values))
    starts = np.linspace(0, len(values), limit // 2).astype(int)
    kept = [0, len(values) - 1]
    for start, stop in itertools.pairwise(starts.tolist()):
        piece = values[start:stop]
        kept += [start + int(piece.argmin()), start + int(piece.argmax())]
    return np.unique(kept)


def padded(low: float, high: float, part: float = 0.15) -> list[float]:
    """Put a margin around limits, wide enough also when all values are equal."""
    margin = part * (high - low) or max(abs(high), 1.0)
    return [float(low - margin), float(high + margin)]
