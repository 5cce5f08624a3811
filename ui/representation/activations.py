"""The gallery of activation functions: formulas, curves, what they do to a plane."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf, expit

Array = NDArray[np.floating]

LEAK = 0.1  # slope of the leaky ReLU below zero
_NEAR_JUMP = 1e-9  # in units of x: where the lower side of a jump is drawn
N_SMOOTH = 129  # points of a curve that is not made of straight pieces


class Activation(NamedTuple):
    """A function applied to every coordinate by itself.

    Attributes
    ----------
    function : callable
        From an array to an array of the same shape.
    latex : str
        Its formula, a function of z.
    bends : tuple of float
        Where straight pieces meet; empty if the function is smooth.
    straight : bool
        Whether it is made of straight pieces.
    jumps : bool
        Whether it jumps at its bend.
    invertible : bool
        Whether two different inputs always have different outputs.
    sentence : str
        What it does to space.
    """

    function: Callable[[Array], Array]
    latex: str
    bends: tuple[float, ...]
    straight: bool
    jumps: bool
    invertible: bool
    sentence: str


def _relu(z: Array) -> Array:
    return np.maximum(z, 0)


def _leaky(z: Array) -> Array:
    return np.maximum(z, LEAK * z)


def _elu(z: Array) -> Array:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))


def _softplus(z: Array) -> Array:
    return np.logaddexp(0, z)


def _silu(z: Array) -> Array:
    return z * expit(z)


def _gelu(z: Array) -> Array:
    return z * (1 + erf(z / np.sqrt(2))) / 2


def _step(z: Array) -> Array:
    return (np.asarray(z) >= 0).astype(float)


ACTIVATIONS: dict[str, Activation] = {
    "ReLU": Activation(
        _relu,
        r"\max(z, 0)",
        (0.0,),
        True,
        False,
        False,
        "One quadrant stays as it is, two are pressed flat onto the axes, and the "
        "fourth collapses into the origin: nobody can tell its points apart any more.",
    ),
    "tanh": Activation(
        np.tanh,
        r"\tanh(z)",
        (),
        False,
        False,
        True,
        "The whole plane is squeezed into the square from −1 to 1. Nothing is lost: "
        "every point can be brought back, though in the corners only with many digits.",
    ),
    "sigmoid": Activation(
        expit,
        r"\frac{1}{1 + e^{-z}}",
        (),
        False,
        False,
        True,
        "tanh in other units, (1 + tanh(z/2))/2: the plane is squeezed into the square "
        "from 0 to 1.",
    ),
    "leaky ReLU": Activation(
        _leaky,
        rf"\max(z, {LEAK:g}z)",
        (0.0,),
        True,
        False,
        True,
        "The negative half is pressed together, but not flat: still straight pieces, "
        "and nothing is lost.",
    ),
    "ELU": Activation(
        _elu,
        r"z \text{ if } z > 0,\ e^z - 1 \text{ otherwise}",
        (),
        False,
        False,
        True,
        "The negative half is squeezed in between −1 and 0.",
    ),
    "softplus": Activation(
        _softplus,
        r"\log(1 + e^z)",
        (),
        False,
        False,
        True,
        "A ReLU with its corner rounded: no output is zero, so nothing is lost.",
    ),
    "SiLU": Activation(
        _silu,
        r"\frac{z}{1 + e^{-z}}",
        (),
        False,
        False,
        False,
        "It falls to −0.278 at z = −1.278 and rises again: part of the plane is folded "
        "over onto another, and where sheets overlap nobody can tell which.",
    ),
    "GELU": Activation(
        _gelu,
        r"z\,\Phi(z)",
        (),
        False,
        False,
        False,
        "Like SiLU: it falls to −0.170 at z = −0.752 and rises again, which folds the "
        "plane.",
    ),
    "step": Activation(
        _step,
        r"1 \text{ if } z \ge 0,\ 0 \text{ otherwise}",
        (0.0,),
        True,
        True,
        False,
        "Four points are all that is left, one for each quadrant; and as its slope is "
        "zero, gradient descent learns nothing.",
    ),
}


def activation_curve(name: str, scale: float, low: float, high: float) -> Array:
    """Return a[S x] as a broken line: exact where it is one.

    Parameters
    ----------
    name : str
        One of `ACTIVATIONS`.
    scale : float
        S, above zero.
    low, high : float
        Limits of x.

    Returns
    -------
    points : ndarray of shape (m, 2)
        x, ascending, and a[S x].
    """
    activation = ACTIVATIONS[name]
    x = np.linspace(low, high, N_SMOOTH)
    if activation.straight:
        bends = np.array(activation.bends) / scale
        if activation.jumps:
            bends = np.concatenate([bends, bends - _NEAR_JUMP])
        inner = bends[(bends > low) & (bends < high)]
        x = np.unique([low, *inner, high])
    return np.column_stack([x, activation.function(scale * x)])
