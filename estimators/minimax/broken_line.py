"""A continuous function that consists of straight pieces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class BrokenLine:
    """A broken line through data, with what is known about its error.

    Its first and its last piece go on beyond the data.

    Attributes
    ----------
    x : ndarray of shape (n_joints + 2,)
        Strictly increasing: the least x of the data, the joints, the largest x; or
        one number if all data have the same x.
    y : ndarray of the shape of `x`
        The values there.
    max_error : float
        Largest distance, in y, from a point of the data.
    lower_bound : float
        No broken line with as many joints as were allowed has a smaller error.
    """

    x: Floats
    y: Floats
    max_error: float
    lower_bound: float

    @property
    def joints(self) -> Floats:
        """Where the pieces meet."""
        return self.x[1:-1]

    @property
    def slopes(self) -> Floats:
        """Slope of each piece; infinite if it is beyond all numbers."""
        if self.x.size == 1:
            return np.zeros(1)
        with np.errstate(over="ignore"):
            return np.diff(self.y) / np.diff(self.x)

    def __call__(self, x: ArrayLike) -> Floats:
        """Evaluate the broken line."""
        x = np.asarray(x, dtype=np.float64)
        slopes = self.slopes
        before, after = np.minimum(x - self.x[0], 0), np.maximum(x - self.x[-1], 0)
        inside = np.interp(x, self.x, self.y)
        return inside + slopes[0] * before + slopes[-1] * after
