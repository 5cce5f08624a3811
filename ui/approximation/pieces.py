"""A network of one input as the broken line that it is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.geometry import joints

Array = NDArray[np.float64]


class Pieces(NamedTuple):
    """A broken line over a range.

    Attributes
    ----------
    x : ndarray of shape (n_joints + 2,)
        The ends of the range and between them the joints, in increasing order.
    y : ndarray of shape (n_joints + 2,)
        The values there.
    """

    x: Array
    y: Array

    def __call__(self, x: Array) -> Array:
        """Evaluate the line inside the range."""
        return np.interp(x, self.x, self.y)


def pieces_of(network: ReLUNetwork, low: float, high: float) -> Pieces:
    """Find the exact pieces of a network of one input and one output.

    Evaluating them takes the time of a search, however many units there are.
    """
    x = np.concatenate([[low], joints(network, low, high), [high]])
    return Pieces(x, network(x)[:, 0].astype(np.float64))
