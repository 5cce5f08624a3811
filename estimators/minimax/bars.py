"""What a curve has to pass through to be within a tolerance of data."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class Bars(NamedTuple):
    """Data points, those with the same x taken together.

    Within ``tolerance`` of them is a curve that passes, at each of `x`, between
    ``high - tolerance`` and ``low + tolerance``.

    Attributes
    ----------
    x : ndarray of shape (n_bars,)
        Where the points are: strictly increasing.
    low, high : ndarray of shape (n_bars,)
        The least and the largest y there.
    """

    x: Floats
    low: Floats
    high: Floats

    def __getitem__(self, chosen: NDArray[np.integer]) -> Bars:
        """Return some of the bars, given in increasing order."""
        return Bars(self.x[chosen], self.low[chosen], self.high[chosen])

    def errors(self, values: Floats) -> Floats:
        """Return how far a curve with `values` at `x` is from the farthest points."""
        return np.maximum(self.high - values, values - self.low)


def bars_of(x: ArrayLike, y: ArrayLike) -> Bars:
    """Take together the points with the same x.

    Parameters
    ----------
    x, y : array-like of shape (n_points,)
        At least one point, all finite, in any order.

    Returns
    -------
    bars : Bars
        In double precision.

    Raises
    ------
    ValueError
        If the points are none, not finite, out of range or not pairs of numbers.
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape or not x.size:
        raise ValueError(
            "x and y must be one-dimensional, of the same length and not empty, got "
            f"shapes {x.shape} and {y.shape}."
        )
    with np.errstate(over="ignore", invalid="ignore"):
        ranges = [np.ptp(x), np.ptp(y)]
    if not np.isfinite(ranges).all():
        raise ValueError("x and y must be finite, and so must their ranges.")
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    first = np.flatnonzero(np.append(True, x[1:] > x[:-1]))
    return Bars(x[first], np.minimum.reduceat(y, first), np.maximum.reduceat(y, first))
