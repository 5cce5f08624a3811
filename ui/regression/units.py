"""What each hidden unit does on the training data, now and over a training."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.training import FitState
from ui.figures.training import Tracks

Array = NDArray[np.floating]
Bools = NDArray[np.bool_]

BENDS = "bends within the data"
ALWAYS_ON = "on for all data: acts as a straight line"
DEAD = "dead: off for all training data"

_ROUNDING = 8 * np.finfo(np.float64).eps  # of a pre-activation, relative to its terms


class Activity(NamedTuple):
    """Which units are off, or on, for all training data; each as the thetas' shape."""

    dead: Bools
    always_on: Bools


def activity(theta_0: Array, theta_1: Array, low: float, high: float) -> Activity:
    """Tell which units are off, and which on, for every x between two limits.

    What a unit takes in, ``θ_d0 + θ_d1·x``, is a straight line, so its ends decide. An
    end that is zero but for rounding is neither on nor off.

    Parameters
    ----------
    theta_0, theta_1 : ndarray
        Biases and slopes, of equal shape.
    low, high : float
        The least and the greatest x of the training data.
    """
    ends = []
    for x in (low, high):
        z = theta_0 + theta_1 * x
        zero = np.abs(z) <= _ROUNDING * (np.abs(theta_0) + np.abs(theta_1 * x))
        ends.append(np.where(zero, 0, np.sign(z)))
    dead = np.maximum(*ends) <= 0
    return Activity(dead, (np.minimum(*ends) >= 0) & ~dead)


def unit_table(network: ReLUNetwork, x: Array) -> pd.DataFrame:
    """List the hidden units with their numbers and what they do.

    Parameters
    ----------
    network : ReLUNetwork
        One input, one hidden layer, one output.
    x : ndarray of shape (n_train,)
        The training data.

    Returns
    -------
    DataFrame of shape (n_units, 5)
        Place of the joint, ``-θ_d0/θ_d1``, or "none" where θ_d1 is zero; θ_d0, θ_d1
        and φ_d in the units of the data; status on the training data.
    """
    theta_0, theta_1 = _thetas(network)
    dead, always_on = activity(theta_0, theta_1, x.min(), x.max())
    joints = [
        -bias / slope if slope else "none"
        for bias, slope in zip(theta_0.tolist(), theta_1.tolist(), strict=True)
    ]
    return pd.DataFrame(
        {
            "Joint at x": joints,
            "θ_d0": theta_0,
            "θ_d1": theta_1,
            "φ_d": network.weights[1][0],
            "On the training data": np.select(
                [dead, always_on], [DEAD, ALWAYS_ON], BENDS
            ),
        },
        index=pd.RangeIndex(1, len(theta_0) + 1, name="Unit d"),
    )


def dead_sentence(network: ReLUNetwork, x: Array) -> str:
    """Name the dead units and say why that matters (Markdown); empty if there are none.

    Parameters
    ----------
    network, x
        As in `unit_table`.
    """
    dead = np.flatnonzero(activity(*_thetas(network), x.min(), x.max()).dead) + 1
    if not len(dead):
        return ""
    numbers = ", ".join(map(str, dead[:12])) + " and more" * (len(dead) > 12)
    one = len(dead) == 1
    subject = f"Unit {numbers} is" if one else f"Units {numbers} are"
    them, their = ("it", "its") if one else ("them", "their")
    return (
        f"**{len(dead)} dead**: {subject} off for all training data. No row turns "
        f"{them} on, so the gradient of the loss with respect to {their} numbers is "
        f"zero, and gradient descent cannot bring {them} back."
    )


def joint_tracks(frames: Sequence[FitState], x: Array) -> Tracks:
    """Find where the joints of all units were at some moments of a training.

    Parameters
    ----------
    frames : sequence of FitState, of length n_frames
        Of shallow networks of one input.
    x : ndarray of shape (n_train,)
        The training data.
    """
    thetas = np.array([_thetas(frame.network) for frame in frames])
    theta_0, theta_1 = thetas[:, 0], thetas[:, 1]
    with np.errstate(over="ignore"):  # a slope of nearly zero: a joint far away
        joints = np.divide(
            -theta_0, theta_1, out=np.full_like(theta_0, np.nan), where=theta_1 != 0
        )
    return Tracks(
        np.array([frame.iteration for frame in frames]),
        joints,
        np.sign(theta_1),
        activity(theta_0, theta_1, x.min(), x.max()).dead,
    )


def _thetas(network: ReLUNetwork) -> tuple[Array, Array]:
    return network.biases[0], network.weights[0][:, 0]
