"""The smallest tolerance that a broken line with so many joints can keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from estimators.minimax.bars import Bars
from estimators.minimax.sweep import Sweep, sweep

# Probes after which only rounding can keep the bracket open.
MAX_PROBES = 80

EPSILON = float(np.finfo(np.float64).eps)
TINY = 1e-300  # instead of zero, where logarithms are taken

GROWTH = 16.0  # of the margin above a bound that rounding turns out to need
NARROW = 1.2  # ratio of a bracket's ends below which a bound may be the answer


class Bracket(NamedTuple):
    """Between what the smallest tolerance is.

    Attributes
    ----------
    low : float
        Proven: no broken line does better.
    high : float
        Reached by the links of `found`; or given, if that is None.
    found : Sweep or None
        The last sweep with few enough links.
    """

    low: float
    high: float
    found: Sweep | None = None


def smallest_tolerance(
    bars: Bars, n_joints: int, bracket: Bracket, gap: float, level_start: bool
) -> Iterator[Bracket]:
    """Narrow down the smallest tolerance by sweeps.

    A sweep that needs more joints proves a lower bound: the least of its ``n_joints +
    1`` best proofs. From some tolerance on a sweep touches the points that matter, and
    then this bound is the answer. So, once that may be, every other probe is just above
    the bound, and if it succeeds it is the last. The others suppose that the number of
    links is as the inverse root of the error, as it is for smooth curves.

    Parameters
    ----------
    bars : Bars
        What to cover.
    n_joints : int
        How many joints there may be.
    bracket : Bracket
        To start from.
    gap : float
        Stop when the ends differ by at most this share of the upper one.
    level_start : bool
        Whether the first link must be horizontal.

    Yields
    ------
    bracket : Bracket
        After each slice of the work.
    """
    low, high, best = bracket
    heights = np.maximum(abs(bars.low), abs(bars.high))
    rounding = 4 * EPSILON * float(np.median(heights))
    guess, margin = high / (n_joints + 1) ** 2, gap / GROWTH
    for probe in range(MAX_PROBES):
        if high - low <= gap * high + rounding:
            return
        tolerance = _inside(max(low, EPSILON * rounding), high, guess)
        if by_proof := high < NARROW * low and probe % 2:
            tolerance = min(low + margin * high, tolerance)
        for found in sweep(bars, tolerance, level_start):
            if found is None:
                yield Bracket(low, high, best)
        n_found = len(found.errors)
        if n_found <= n_joints:
            high, best = tolerance, found
        else:
            proven = sorted(found.errors)[-n_joints - 1]
            if by_proof and proven <= tolerance:  # the margin is below rounding
                margin *= GROWTH
            low = min(max(low, proven), high)
        guess = tolerance * ((n_found + 1) / (n_joints + 1)) ** 2
        yield Bracket(low, high, best)


def _inside(low: float, high: float, guess: float) -> float:
    """Keep a guess away from both ends of a bracket, on a logarithmic scale."""
    low, high = max(low, TINY), max(high, TINY)
    ends = (low**0.75 * high**0.25, low**0.25 * high**0.75)
    return min(max(guess, ends[0]), ends[1])
