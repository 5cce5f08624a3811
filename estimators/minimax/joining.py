"""From the links that a sweep has found to the broken line of which they are parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from estimators.minimax.bars import Bars, Floats
from estimators.minimax.broken_line import BrokenLine
from estimators.minimax.sweep import Link, Sweep


def joined(bars: Bars, found: Sweep) -> BrokenLine:
    """Join links where they cross, and measure the result.

    Parameters
    ----------
    bars : Bars
        All data.
    found : Sweep
        Links for some of them.

    Returns
    -------
    line : BrokenLine
        With one joint less than links, or fewer where rounding makes two of them one.
    """
    start, end = float(bars.x[0]), float(bars.x[-1])
    corners = [(start, found.links[0].at(start))]
    for before, after, window in zip(found.links, found.links[1:], found.windows):
        x = _crossing(before, after, *window)
        if corners[-1][0] < x < end:
            corners.append((x, before.at(x)))
    if start < end:
        corners.append((end, found.links[-1].at(end)))
    x, y = np.transpose(corners)
    return measured(bars, x, y)


def measured(bars: Bars, x: Floats, y: Floats) -> BrokenLine:
    """Make a broken line of its corners and measure its error.

    Parameters
    ----------
    bars : Bars
        All data.
    x, y : ndarray of shape (n_corners,)
        Joints between the ends of the data.

    Returns
    -------
    line : BrokenLine
        With nothing known about the best possible. Its error is infinite if a slope
        is: points can be too close to each other.
    """
    line = BrokenLine(x, y, np.inf, 0.0)
    if not (np.isfinite(y).all() and np.isfinite(line.slopes).all()):
        return line
    return replace(line, max_error=float(bars.errors(line(bars.x)).max()))


def _crossing(before: Link, after: Link, low: float, high: float) -> float:
    """Return where two lines cross that are known to do so between two places."""
    at_low, at_high = before.at(low) - after.at(low), after.at(high) - before.at(high)
    total = at_low + at_high
    if not total:  # the same line, as far as rounding shows
        return high
    # From the nearer end: if that is near zero, so is the crossing, to the last digit.
    if abs(at_low) < abs(at_high):
        x = low + (high - low) * (at_low / total)
    else:
        x = high - (high - low) * (at_high / total)
    return min(max(x, low), high)
