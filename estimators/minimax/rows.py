"""What the error at points of the data asks of the lines of a broken line."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators.minimax.bars import Bars, Floats
from estimators.minimax.broken_line import BrokenLine
from estimators.minimax.kinks import Kinks

Mask = NDArray[np.bool_]


class Rows(NamedTuple):
    """Inequalities: a line is raised by no more than a limit and the largest error.

    Line number k is raised by ``at_left`` times as much as at the left end of its piece
    plus ``at_right`` times as much as at the right end, in units of the error that the
    broken line has. (At a joint those may be ends of two neighbouring lines.)

    Attributes
    ----------
    left, right : ndarray of int
        Twice the number of a line for its left end, plus one for its right end.
    at_left, at_right, limit : ndarray
        Coefficients and right-hand sides.
    group : ndarray of int
        The same number for inequalities of one kind about one line: they follow each
        other from left to right.
    """

    left: NDArray[np.intp]
    right: NDArray[np.intp]
    at_left: Floats
    at_right: Floats
    limit: Floats
    group: NDArray[np.intp]

    def excess(self, rises: Floats) -> Floats:
        """Return by how much lines are raised too much, if there is to be no error."""
        raised = self.at_left * rises[self.left] + self.at_right * rises[self.right]
        return raised - self.limit

    def ends(self) -> Mask:
        """Tell which inequalities are the first or the last of their group."""
        changes = np.diff(self.group) != 0
        return np.append(True, changes) | np.append(changes, True)

    def peaks(self, heights: Floats) -> Mask:
        """Tell where heights have local maxima within their group."""
        changes, rise = np.diff(self.group) != 0, np.diff(heights)
        return np.append(True, changes | (rise >= 0)) & np.append(
            changes | (rise <= 0), True
        )


def rows_of(bars: Bars, line: BrokenLine, kinks: Kinks, freely: bool) -> Rows:
    """List what the error at points asks for.

    Parameters
    ----------
    bars : Bars
        The data.
    line : BrokenLine
        With a positive error and at least one joint.
    kinks : Kinks
        Its kinks.
    freely : bool
        Whether, as far as joints go, the error at a joint replaces those at points that
        would keep it where it is.
    """
    last = kinks.sign.size
    piece = np.searchsorted(line.joints, bars.x, side="right")
    # Joint number k is between lines k and k + 1.
    on_left, on_right = np.maximum(piece - 1, 0), np.minimum(piece, last - 1)
    from_left, to_right = bars.x - line.joints[on_left], line.joints[on_right] - bars.x
    after_joint = (piece > 0) & (from_left <= kinks.after[on_left])
    before_joint = (piece < last) & (to_right <= kinks.before[on_right])
    parts: list[tuple[Mask, int, float]] = []
    for side in (1.0, -1.0):
        # Above a convex kink both lines count, below it either will do.
        both_left = kinks.sign[on_left] == side
        both_right = kinks.sign[on_right] == side
        bound = np.ones(bars.x.size, dtype=bool)
        if freely:
            bound &= ~(after_joint & ~both_left) & ~(before_joint & ~both_right)
        parts.append((bound, 0, side))
        parts.append((after_joint & both_left, -1, side))
        parts.append((before_joint & both_right, 1, side))
    tables = []
    for kind, (chosen, neighbour, side) in enumerate(parts):
        number, x = piece[chosen] + neighbour, bars.x[chosen]
        along = x - line.x[number]
        share = along / np.diff(line.x)[number]
        heights = line.y[number] + line.slopes[number] * along
        ends = bars.low[chosen] if side > 0 else bars.high[chosen]
        limit = side * (ends - heights) / line.max_error
        group = kind * (last + 1) + number
        shares = side * (1 - share), side * share
        tables.append(Rows(2 * number, 2 * number + 1, *shares, limit, group))
    if freely:
        tables.append(_at_joints(bars, line, kinks, len(parts) * (last + 1)))
    return Rows(*(np.concatenate(column) for column in zip(*tables)))


def _at_joints(bars: Bars, line: BrokenLine, kinks: Kinks, first_group: int) -> Rows:
    """Ask for the error at joints, which move along the straight line between points.

    With a slope of the data between those of two lines, the corner where these cross
    comes nearer to the data by a mean of how much the two are raised.
    """
    x, joint, convex = line.joints, np.arange(kinks.sign.size), kinks.sign > 0
    after = np.clip(np.searchsorted(bars.x, x), 1, bars.x.size - 1)
    gaps = bars.x[after] - bars.x[after - 1]
    starts, stops = (
        np.where(convex, bars.high[places], bars.low[places])
        for places in (after - 1, after)
    )
    slopes = (stops - starts) / gaps
    heights = starts + slopes * (x - bars.x[after - 1])
    bends = np.where(kinks.bends == 0, 1, kinks.bends)
    share = np.clip((slopes - line.slopes[:-1]) / bends, 0, 1)
    return Rows(
        2 * joint + 1,
        2 * joint + 2,
        -kinks.sign * (1 - share),
        -kinks.sign * share,
        kinks.sign * (line.y[1:-1] - heights) / line.max_error,
        first_group + joint,
    )
