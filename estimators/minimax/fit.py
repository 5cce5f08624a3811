"""The broken line with the smallest maximum error, step by step or at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from estimators.minimax.bars import Bars, bars_of
from estimators.minimax.broken_line import BrokenLine
from estimators.minimax.joining import joined, measured
from estimators.minimax.search import Bracket, smallest_tolerance

# Relative difference between an error and the bound on it that counts as none.
EXACT = 1e-12

# Of many bars, so many are looked at first, so exactly.
FEW_BARS = 4000
ROUGH = 1e-3


def best_broken_line(
    x: ArrayLike, y: ArrayLike, n_joints: int, *, level_start: bool = False
) -> BrokenLine:
    """Find the broken line with the smallest maximum error, with a proof.

    Parameters
    ----------
    x, y : array-like of shape (n_points,)
        The data, in any order; values of `x` may be repeated.
    n_joints : int
        How many joints there may be; they may be anywhere.
    level_start : bool, default=False
        Whether the first piece must be horizontal. Where that is best, it lies left of
        all data and is left out, together with the first joint.

    Returns
    -------
    line : BrokenLine
        Its error equals its lower bound but for rounding.

    Raises
    ------
    ValueError
        If the data are none or not finite, or `n_joints` is negative.

    See Also
    --------
    iter_broken_line : The same in slices of a few hundredths of a second.

    Notes
    -----
    It takes some 20 sweeps over the data, each of which is linear in time; see
    `estimators.minimax.sweep` for what they do and why the result is the best.

    Examples
    --------
    A parabola in two pieces is met from both sides, like a straight line on each half.

    >>> import numpy as np
    >>> from estimators.minimax import best_broken_line
    >>> x = np.linspace(0, 1, 101)
    >>> line = best_broken_line(x, x**2, n_joints=1)
    >>> print(f"{line.max_error:.5f}, at least {line.lower_bound:.5f}")
    0.03125, at least 0.03125
    """
    *_, line = iter_broken_line(x, y, n_joints, level_start=level_start)
    return line


def iter_broken_line(
    x: ArrayLike, y: ArrayLike, n_joints: int, *, level_start: bool = False
) -> Iterator[BrokenLine]:
    """Find the same as `best_broken_line`, step by step.

    Parameters
    ----------
    x, y : array-like of shape (n_points,)
        The data.
    n_joints : int
        How many joints there may be.
    level_start : bool, default=False
        Whether the first piece must be horizontal.

    Yields
    ------
    line : BrokenLine
        The best so far, at once and then after each slice of the work.
    """
    if n_joints < 0:
        raise ValueError(f"n_joints must not be negative, got {n_joints}.")
    bars = bars_of(x, y)
    line = _level_line(bars)
    yield line
    stages = [(bars, EXACT)]
    if bars.x.size > 2 * FEW_BARS:
        # A bound for some of the data is one for all.
        evenly = np.linspace(0, bars.x.size - 1, FEW_BARS).astype(np.intp)
        stages.insert(0, (bars[evenly], ROUGH))
    for stage, gap in stages:
        known = Bracket(line.lower_bound, line.max_error)
        found = None
        search = smallest_tolerance(stage, n_joints, known, gap, level_start)
        for bracket in search:
            if bracket.found is not found:
                found = bracket.found
                candidate = joined(bars, found)
                if candidate.max_error < line.max_error:
                    line = candidate
            line = replace(line, lower_bound=min(bracket.low, line.max_error))
            yield line


def _level_line(bars: Bars) -> BrokenLine:
    """Return the constant with the smallest error."""
    ends = bars.x[[0, -1]] if bars.x.size > 1 else bars.x
    middle = bars.low.min() / 2 + bars.high.max() / 2
    line = measured(bars, ends, np.full(ends.size, middle))
    half_heights = bars.high / 2 - bars.low / 2
    return replace(line, lower_bound=min(float(half_heights.max()), line.max_error))
