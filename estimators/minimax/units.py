"""A broken line as a network with one hidden layer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators.minimax.broken_line import BrokenLine

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# Where the unit that carries the slope bends: so far left of the data, as a share of
# their width.
MARGIN = 0.1


class Units(NamedTuple):
    """Parameters of y = phi a[theta x + beta] + offset, for one input and one output.

    Attributes
    ----------
    theta : ndarray of shape (n_units, 1)
    beta : ndarray of shape (n_units,)
    phi : ndarray of shape (1, n_units)
    offset : ndarray of shape (1,)
    """

    theta: Floats
    beta: Floats
    phi: Floats
    offset: Floats


def as_units(line: BrokenLine, n_units: int) -> Units:
    """Write a broken line as a network that equals it on the data.

    Each joint is a unit that faces right. If the first piece is not level, one more
    carries its slope, with its joint left of the data. Units to spare add nothing.

    Parameters
    ----------
    line : BrokenLine
        With at most ``n_units - 1`` joints, or `n_units` after a level first piece.
    n_units : int
        Width of the hidden layer, at least one.

    Returns
    -------
    units : Units
        The network.

    Raises
    ------
    ValueError
        If the units do not suffice.
    """
    slopes = line.slopes
    outside = line.x[0] - (MARGIN * (line.x[-1] - line.x[0]) or 1.0)
    bends, turns = line.joints, np.diff(slopes)
    if slopes[0]:
        bends, turns = np.append(outside, bends), np.append(slopes[0], turns)
    if bends.size > n_units:
        raise ValueError(
            f"{line.joints.size} joints need {bends.size} units, got n_units={n_units}."
        )
    joints, changes = np.full(n_units, outside), np.zeros(n_units)
    joints[: bends.size], changes[: turns.size] = bends, turns
    offset = line.y[:1] - slopes[0] * (line.x[0] - outside)
    return Units(np.ones((n_units, 1)), -joints, changes[np.newaxis], offset)


def as_units_without_slope(line: BrokenLine, facing_left: Mask) -> Units:
    """Write a balanced broken line as a network with a unit for each joint.

    Parameters
    ----------
    line : BrokenLine
        The first of its slopes and its changes at the joints of units that face left
        sum to zero.
    facing_left : ndarray of bool of shape (n_joints,)
        Which units face left: they are on left of their joints.

    Returns
    -------
    units : Units
        The network.
    """
    changes = np.diff(line.slopes)
    theta = np.where(facing_left, -1.0, 1.0)
    at_start = np.maximum(theta * (line.x[0] - line.joints), 0)
    offset = line.y[:1] - changes @ at_start
    return Units(
        theta[:, np.newaxis], -theta * line.joints, changes[np.newaxis], offset
    )


def mirrored(units: Units) -> Units:
    """Return the network that is at -x what another is at x."""
    return units._replace(theta=-units.theta)
