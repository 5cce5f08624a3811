"""Data of one input and one output that a reader has chosen."""

from collections.abc import Callable, Hashable
from typing import NamedTuple

import numpy as np


class Law(NamedTuple):
    """What toy data are drawn from: uniform inputs, outputs normal about a target.

    Attributes
    ----------
    target : callable
        The mean of y, from an array to an array of the same shape.
    kinks : tuple of float
        Where it is not smooth.
    low, high : float
        The interval of the inputs.
    noise : float
        Standard deviation of y about the target.
    """

    target: Callable[[np.ndarray], np.ndarray]
    kinks: tuple[float, ...]
    low: float
    high: float
    noise: float


class PickedData(NamedTuple):
    """Data ready to fit.

    Attributes
    ----------
    x, y : ndarray of shape (n_samples,)
        Finite float64, neither constant.
    names : (str, str)
        What x and y are called; any text, so show it with `display_name`.
    law : Law or None
        What toy data are drawn from.
    code : str
        Python lines that define ``x`` and ``y``.
    identity : hashable
        Equal for equal data.
    public : bool
        Whether other readers may be shown what was computed from it.
    """

    x: np.ndarray
    y: np.ndarray
    names: tuple[str, str]
    law: Law | None
    code: str
    identity: Hashable
    public: bool
