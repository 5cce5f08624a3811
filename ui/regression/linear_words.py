"""What a learning rate does on the loss of a straight line, in words."""

import math

import numpy as np
from numpy.typing import NDArray

from ui.numbers import with_power
from ui.regression.linear import curvatures, summed_loss

Array = NDArray[np.float64]

_ROUND = 1 + 1e-6  # a condition number of contours that are circles
_LONG_VALLEY = 100.0  # condition number


WAYS = ("It falls steadily", "It falls in zigzags", "It grows")


def way_down(x: Array, y: Array, path: Array, rate: float) -> str:
    """Say which of the `WAYS` a path of gradient descent takes."""
    losses = [summed_loss(x, y, line) for line in path]
    if len(losses) < 2 or losses[-1] > losses[0]:
        return WAYS[2]
    return WAYS[0] if rate <= 1 else WAYS[1]


def verdict(x: Array, rate: float) -> str:
    """Say what a learning rate, in units of 1/λ, does on this data, and why."""
    steepest, factor = curvatures(x).steepest, abs(1 - rate)
    where = (
        f"The rate is {rate:g}/λ = {with_power(rate / steepest, 4)}: along its "
        f"steepest direction this loss curves by λ = {with_power(steepest, 4)}. "
    )
    if rate == 1:
        return where + "Such a rate takes it to the floor of the valley in one step."
    if rate < 1:
        return (
            where + "A rate below 1/λ never overshoots the valley; each step leaves "
            f"{factor:.2f} of the error there."
        )
    if rate < 2:
        return (
            where + "A rate between 1/λ and 2/λ overshoots, and still each step leaves "
            f"{factor:.2f} of the error there."
        )
    return (
        where
        + f"A rate above 2/λ = {with_power(2 / steepest, 4)} **diverges**, whatever "
        f"the data: each step multiplies the error there by {factor:.2f}."
    )


def valley(x: Array, rate: float) -> str:
    """Say how long the loss's valley is, and how slow that makes descent."""
    condition = curvatures(x).condition
    if condition < _ROUND:
        return (
            "The loss curves alike in all directions (the condition number κ is 1): in "
            "equal units of φ0 and φ1 its contours are circles, and every step points "
            "at the minimum."
        )
    sentence = (
        f"Along the floor of the valley it curves κ = {_readable(condition)} times "
        "less (its condition number): in equal units of φ0 and φ1 the contours are "
        f"√κ = {_readable(math.sqrt(condition))} times as long as wide"
    )
    if rate < 2:
        count = _steps_to_halve(rate / condition)
        steps = "one step" if count == 1 else f"{_readable(count)} steps"
        sentence += f", and this rate takes {steps} to halve the error there"
    remedy = " **Standardise x** makes κ = 1." if condition > _LONG_VALLEY else ""
    return f"{sentence}.{remedy}"


def _steps_to_halve(part: float) -> int:
    """Count the steps, each of which leaves |1 − part| of an error, below a half."""
    if part >= 0.5:
        # From 2 on it would grow, but along the floor a step goes less far than across.
        return 1 if part <= 1.5 else math.ceil(math.log(0.5) / math.log(part - 1))
    return math.ceil(math.log(0.5) / math.log1p(-part))


def _readable(number: float) -> str:
    """Write a number with three digits that count, and no power of ten below 10¹²."""
    short = float(f"{number:.3g}")
    return f"{short:,.0f}" if 100 <= short < 1e12 else f"{short:g}"
