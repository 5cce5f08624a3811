"""Networks with a joint for each unit, which face left and right as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from estimators.knots.orientations import EXHAUSTED
from estimators.minimax.balanced import (
    Folded,
    folded_line,
    iter_balanced,
    promising_foldings,
)
from estimators.minimax.bars import Bars
from estimators.minimax.broken_line import BrokenLine
from estimators.minimax.fit import FEW_BARS
from estimators.minimax.squared import squared_error_lines

# With more units than these, bends that are nearly balanced by chance are all there is
# to look for, and the network of the squared error costs more than it gains.
MOST_PROGRAMMED, MOST_SQUARED = 100, 50
# Sets of joints that are tried: of all, and of those found by meeting in the middle.
MANY, FEW = 6, 2
# A set is tried if what it should cost is at most so many times what may be gained,
# and given up if its first line is so many times worse than the best one known.
WORTH, HOPELESS = 20.0, 2.0
# Of the width of the data: where joints are nearer, slopes are mere rounding.
NARROWEST = 1e-12


def iter_folded(
    bars: Bars, free: BrokenLine, n_units: int, to_beat: float
) -> Iterator[Folded | None]:
    """Look for networks whose units need no other one to carry the slope.

    Parameters
    ----------
    bars : Bars
        The data.
    free : BrokenLine
        The best line with as many joints as units, balanced or not.
    n_units : int
        Width of the hidden layer.
    to_beat : float
        An error that is known to be possible, larger than that of `free`.

    Yields
    ------
    folded : Folded or None
        Networks, better and worse ones; None is a pause.
    """
    # Powers of two, so that nothing is rounded and nothing overflows.
    of_x = -int(np.frexp(np.ptp(bars.x))[1])
    of_y = -int(np.frexp(np.ptp([bars.low, bars.high]))[1])
    x, (low, high) = np.ldexp(bars.x, of_x), np.ldexp([bars.low, bars.high], of_y)
    scaled = _scaled(free, of_x, of_y)
    nearest = min(np.diff(scaled.x).min(), np.diff(x).min())
    if free.joints.size != n_units or n_units < 2 or nearest < NARROWEST:
        return
    to_beat = float(np.ldexp(to_beat, of_y))
    for folded in _searched(Bars(x, low, high), scaled, to_beat):
        if folded is not None:
            folded = folded._replace(line=_scaled(folded.line, -of_x, -of_y))
        yield folded


def _scaled(line: BrokenLine, of_x: int, of_y: int) -> BrokenLine:
    return replace(
        line,
        x=np.ldexp(line.x, of_x),
        y=np.ldexp(line.y, of_y),
        max_error=float(np.ldexp(line.max_error, of_y)),
    )


def _searched(bars: Bars, free: BrokenLine, to_beat: float) -> Iterator[Folded | None]:
    n_units = free.joints.size
    foldings = promising_foldings(free, MANY if n_units <= EXHAUSTED else FEW)
    for folding in foldings:
        yield folded_line(bars, free, folding.facing_left)
    if n_units > MOST_PROGRAMMED:
        return
    for folding in foldings:
        if folding.cost > max(WORTH * (to_beat - free.max_error), free.max_error):
            break
        start = Folded(free, folding.facing_left)
        for folded in _improved(bars, start, HOPELESS * to_beat):
            yield folded
            if folded is not None:
                to_beat = min(to_beat, folded.line.max_error)
    if n_units > MOST_SQUARED:
        return
    latest = None
    for folded in squared_error_lines(_some(bars), n_units):
        if folded is not None:
            latest = folded = folded_line(bars, *folded)
        yield folded
    if latest is not None:
        yield from _improved(bars, latest, np.inf)


def _improved(bars: Bars, start: Folded, hopeless: float) -> Iterator[Folded | None]:
    """Balance a line better and better, unless the first result is hopeless."""
    for line in iter_balanced(_some(bars), start.line, start.facing_left):
        if line is None:
            yield None
            continue
        folded = folded_line(bars, line, start.facing_left)
        yield folded
        if folded.line.max_error > hopeless:
            return


def _some(bars: Bars) -> Bars:
    """Return bars that are few enough to be looked at again and again."""
    if bars.x.size <= 2 * FEW_BARS:
        return bars
    return bars[np.linspace(0, bars.x.size - 1, FEW_BARS).astype(np.intp)]
