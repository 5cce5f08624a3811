"""Networks that are built, not trained: their every number is known beforehand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from estimators.network import ReLUNetwork
from estimators.zigzags import maximal_network, sawtooth, triangle_wave

__all__ = [
    "LECTURES",
    "interpolant",
    "lecture",
    "maximal_network",
    "sawtooth",
    "triangle_wave",
]


def interpolant(x: ArrayLike, y: ArrayLike) -> ReLUNetwork:
    """Build the shallow network that goes straight from point to point.

    One unit ``a[x − x_i]`` at every point but the last, weighted by the change of slope
    there. Left of all points the network is constant; right of them the last slope
    continues.

    Parameters
    ----------
    x : array-like of shape (n_points,)
        At least two distinct positions, in any order.
    y : array-like of shape (n_points,) or (n_points, n_outputs)
        The values there.

    Returns
    -------
    network : ReLUNetwork
        One input, ``n_points − 1`` hidden units, as many outputs as `y` has columns.
        Its values at the points are `y` but for the rounding of its sum, and exactly
        `y` where coordinates and slopes are dyadic numbers of few digits.

    Raises
    ------
    ValueError
        If the arrays do not match, hold other than finite numbers or fewer than two
        distinct positions, or two points are too close for a finite slope.

    Notes
    -----
    With more and more points on a continuous curve this is the construction behind the
    universal approximation theorem in one dimension (UDL section 3.2, lecture 1).

    Examples
    --------
    >>> hat = interpolant([0, 1, 2], [0, 1, 0])
    >>> hat([-1, 0, 0.5, 1, 2]).ravel()
    array([0. , 0. , 0.5, 1. , 0. ])
    >>> hat.n_parameters
    7
    """
    x, y = _numbers(x, "x"), _numbers(y, "y")
    if x.ndim != 1 or x.size < 2:
        raise ValueError(
            f"x must have shape (n_points,) with at least two points, got {x.shape}."
        )
    if y.ndim not in (1, 2) or len(y) != x.size or not y.size:
        raise ValueError(
            f"y must have shape ({x.size},) or ({x.size}, n_outputs), one value or row "
            f"for each x, got {y.shape}."
        )
    order = np.argsort(x)
    x, y = x[order], y.reshape(x.size, -1)[order]
    repeated = x[1:][x[1:] == x[:-1]]
    if repeated.size:
        raise ValueError(
            f"x must be distinct, but {repeated[0]:g} comes more than once; a function "
            f"has one value there."
        )
    with np.errstate(over="ignore", invalid="ignore"):
        slopes = np.diff(y, axis=0) / np.diff(x)[:, np.newaxis]
        changes = np.diff(slopes, axis=0, prepend=0)
    if not np.isfinite(changes).all():
        raise ValueError(
            "x and y: a slope between neighbouring points is beyond the range of "
            "float64; move the points apart or rescale y."
        )
    return ReLUNetwork([np.ones((x.size - 1, 1)), changes.T], [-x[:-1], y[0]])


def _ten_parameters() -> ReLUNetwork:
    return ReLUNetwork(
        [[[0.4], [0.9], [-0.7]], [[-1.3, 1.3, 0.66]]], [[-0.2, -0.9, 1.1], [-0.23]]
    )


def _one_input_two_outputs() -> ReLUNetwork:
    y_1, y_2 = (
        [0.146, -0.274, -0.034, 0.329, 0.41],
        [-0.438, 0.36, 0.168, -0.417, -0.16],
    )
    return interpolant([0.356, 1.095, 1.487, 1.779, 2], np.transpose([y_1, y_2]))


def _two_inputs() -> ReLUNetwork:
    return ReLUNetwork(
        [[[0.5, 0.5], [0.9, -0.1], [0.2, -0.7]], [[-1, 1.8, -0.5]]],
        [[0.2, -0.3, 0.2], [0.4]],
    )


def _composition_first() -> ReLUNetwork:
    return ReLUNetwork([[[1]] * 3, [[2, -16 / 3, 25 / 3]]], [[1, 0, -0.6], [-1]])


def _composition_second() -> ReLUNetwork:
    return ReLUNetwork([[[1]] * 3, [[-1.75, 3.95, -102 / 35]]], [[1, 0.2, -0.3], [0.6]])


def _composed() -> ReLUNetwork:
    return _composition_second() @ _composition_first()


def _fold() -> ReLUNetwork:
    return ReLUNetwork(
        [[[1], [1], [-1]], [[-12, 9, -6]]], [[-1 / 6, -2 / 6, 4 / 6], [4]]
    )


def _clip_and_recombine() -> ReLUNetwork:
    lines = [
        [-0.75, 0.8, -0.8, 0.8],
        [-0.18, 0.5, -0.2, 0.8],
        [0.48, -0.25, 0.93, -0.2],
    ]
    recombine = ReLUNetwork([np.eye(3), [[-1, 1.6, 0.7]]], [np.zeros(3), [-0.36]])
    return recombine @ interpolant([0, 1, 1.6, 2], np.transpose(lines))


_LECTURES: dict[str, Callable[[], ReLUNetwork]] = {
    "ten_parameters": _ten_parameters,
    "one_input_two_outputs": _one_input_two_outputs,
    "two_inputs": _two_inputs,
    "composition_first": _composition_first,
    "composition_second": _composition_second,
    "composed": _composed,
    "fold": _fold,
    "clip_and_recombine": _clip_and_recombine,
}
LECTURES = tuple(_LECTURES)


def lecture(name: str) -> ReLUNetwork:
    """Build a network of the lectures.

    Parameters
    ----------
    name : str
        One of `LECTURES`:

        * ``"ten_parameters"``: UDL figure 3.3; one input in [0, 2], three units.
        * ``"one_input_two_outputs"``: figure 3.6; [0, 2], four units; read off ±0.01.
        * ``"two_inputs"``: figure 3.8; [−1, 1]², three units, seven regions.
        * ``"composition_first"``, ``"composition_second"`` and ``"composed"``: figure
          4.1; [−1, 1], three units each; the second applied to the first has nine
          regions there.
        * ``"fold"``: three units that run 0-1-0-1-0 on [0, 1], the best fold.
        * ``"clip_and_recombine"``: figure 4.5; [0, 2], two layers of three units; read
          off ±0.01.

    Returns
    -------
    network : ReLUNetwork
        The network.

    Raises
    ------
    ValueError
        If there is no network of that name.

    Examples
    --------
    >>> lecture("ten_parameters").n_parameters
    10
    >>> fold = lecture("fold")
    >>> (fold @ fold).widths
    (3, 3)
    """
    if name not in LECTURES:
        raise ValueError(f"name must be one of {', '.join(LECTURES)}; got {name!r}.")
    return _LECTURES[name]()


def _numbers(values: ArrayLike, name: str) -> NDArray[np.float64]:
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must hold real numbers, got {values!r}.") from None
    if not np.isfinite(array).all():
        raise ValueError(f"{name} contains NaN or infinity; remove those points first.")
    return array
