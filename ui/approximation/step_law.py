"""What continuity forbids: at a jump every network is off by half of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.approximation.samples import values_between
from ui.approximation.targets import Target

Array = NDArray[np.float64]


class StepLaw(NamedTuple):
    """Errors next to the jumps of a target.

    Attributes
    ----------
    least_maximum : float
        Half of the largest jump: no continuous function has a smaller maximum error.
    ramp_rms : float
        The root-mean-square error that straight ramps over all jumps cause.
    """

    least_maximum: float
    ramp_rms: float


def step_law(target: Target, width: float) -> StepLaw | None:
    """Say what jumps cost when straight ramps of a given width go over them.

    A continuous function has one value at the jump, and one of the target's two sides
    is at least half the jump away from it. On a ramp of width w from one side to the
    other the error falls from half of the jump J to zero on both sides of it, so its
    square integrates to J² w / 12: of range L, ramps leave ``√(Σ J² w / (12 L))``.
    That goes to zero with w.

    Parameters
    ----------
    target : Target
    width : float
        Of each ramp, centred at its jump; they must not overlap.

    Returns
    -------
    law : StepLaw or None
        None for a target without jumps.
    """
    jumps = heights(target)
    if not jumps.size:
        return None
    length = target.high - target.low
    rms = np.sqrt((jumps**2).sum() * width / (12 * length))
    return StepLaw(float(jumps.max() / 2), float(rms))


def heights(target: Target) -> Array:
    """Return how far the target jumps at each of its jumps inside the range."""
    inside = [jump for jump in target.jumps if target.low < jump < target.high]
    x = np.array(inside)
    low, high = np.full_like(x, target.low), np.full_like(x, target.high)
    return np.abs(
        values_between(target, x, x, high) - values_between(target, x, low, x)
    )
