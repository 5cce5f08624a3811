"""The fewest links of a broken line within a tolerance: a sweep from left to right.

One line after the other is drawn as far as it goes. The lines that can be the next link
make a convex set; what matters of it are its flattest and its steepest member, and of
the points passed the two hulls that these can touch. Once a bar is above the steepest
line, that line is kept as a link. The next link leaves it somewhere between the bar
whose upper end it touches last and the bar it misses, and goes up from there. So it is
below the upper ends in between, and *above* the kept line thereafter: no lower end of a
bar passed can be in its way. (The same upside down for a bar below the flattest line.)

The bar missed and the two that the steepest line touches prove that every broken line
within the tolerance has a convex kink between the outer two. These proofs do not
overlap, or one is of a convex and one of a concave kink: no kink is counted twice, and
with fewer joints the tolerance cannot be kept. And as three points prove a kink for any
tolerance below the error of their own best straight line, J + 1 of the proofs bound the
error of every line with J joints: the least of those errors.

A first link that must be horizontal is one that comes from a point at minus infinity.

References
----------
O'Rourke, "An on-line algorithm for fitting straight lines between data ranges",
Communications of the ACM 24(9), 1981. Imai and Iri, "An optimal algorithm for
approximating a piecewise linear function", Journal of Information Processing 9, 1986.
Guibas, Hershberger, Mitchell and Snoeyink, "Approximating polygons and subdivisions
with minimum-link paths", ISAAC 1991.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, isfinite
from typing import NamedTuple

from estimators.minimax.bars import Bars

# Bars passed between two pauses: about a hundredth of a second.
BARS_A_SLICE = 3000


class Link(NamedTuple):
    """A straight line through a point."""

    x: float
    y: float
    slope: float

    def at(self, x: float) -> float:
        """Return the height of the line at `x`."""
        return self.y + self.slope * (x - self.x)


class Sweep(NamedTuple):
    """What a sweep has found.

    Attributes
    ----------
    links : list of Link
        The fewest lines of which a broken line within the tolerance consists.
    windows : list of (float, float)
        Where each link but the last crosses the next one.
    errors : list of float
        For each window the proof that a kink is needed: every straight line misses
        three of the points by so much, which is more than the tolerance.
    """

    links: list[Link]
    windows: list[tuple[float, float]]
    errors: list[float]


class _Side:
    """The points a line must stay below, and the flattest line that it allows.

    That line touches one of them and, farther right, a point it must stay above. Seen
    upside down, the same holds for points to stay above and the steepest line.
    """

    def __init__(self, level: bool) -> None:
        self.hull: list[tuple[float, float, int]] = []
        self.restart(level)

    def restart(self, level: bool = False) -> None:
        """Forget all points; the line may be bound to be level."""
        self.hull.clear()
        self.level = level
        self.head = 0
        self.x, self.y, self.slope = 0.0, -inf, 0.0
        self.touched = self.carried = -1

    def at(self, x: float) -> float:
        """Return the height of the line right of all points."""
        return self.y + self.slope * (x - self.x)

    def swing(self, x: float, y: float, bar: int) -> None:
        """Raise the line to a point it would pass below.

        It turns about points of the hull from left to right: those left of the one it
        touches will never stop a steeper line.
        """
        hull, head = self.hull, self.head
        if self.level:
            self.y, self.carried = y, bar
            return
        if not hull:
            return
        slope = (y - hull[head][1]) / (x - hull[head][0])
        while head + 1 < len(hull):
            next_slope = (y - hull[head + 1][1]) / (x - hull[head + 1][0])
            if next_slope < slope:
                break
            head, slope = head + 1, next_slope
        self.x, self.y, self.slope = x, y, slope
        self.head, self.touched, self.carried = head, hull[head][2], bar

    def add(self, x: float, y: float, bar: int) -> None:
        """Add a point, right of all others, to the lower hull of the points."""
        hull = self.hull
        while len(hull) - self.head > 1:
            (x1, y1, _), (x2, y2, _) = hull[-2], hull[-1]
            if (y2 - y1) * (x - x2) < (y - y2) * (x2 - x1):
                break
            hull.pop()
        hull.append((x, y, bar))

    def line(self, sign: float) -> Link:
        """Return the flattest line, turned upside down by a `sign` of -1."""
        return Link(self.x, sign * self.y, sign * self.slope)


def sweep(bars: Bars, tolerance: float, level_start: bool) -> Iterator[Sweep | None]:
    """Cover bars with the fewest links.

    Parameters
    ----------
    bars : Bars
        At least one.
    tolerance : float
        Not below half of any bar's height.
    level_start : bool
        Whether the first link must be horizontal.

    Yields
    ------
    found : Sweep or None
        None after each slice of the work, and the result at last.
    """
    upper, lower = bars.low + tolerance, bars.high - tolerance
    # The one above is upside down.
    below, above = _Side(level_start), _Side(level_start)
    links: list[Link] = []
    windows: list[tuple[float, float]] = []
    errors: list[float] = []
    for part in _slices(0, bars.x.size):
        if part.start:
            yield None
        columns = (bars.x[part].tolist(), upper[part].tolist(), lower[part].tolist())
        for bar, (x, high, low) in enumerate(zip(*columns), part.start):
            flattest, steepest = below.at(x), -above.at(x)
            if flattest > high or steepest < low:
                if flattest > high:
                    missed, other, sign, ends = below, above, 1.0, lower
                else:
                    missed, other, sign, ends = above, below, -1.0, upper
                first = missed.carried
                links.append(missed.line(sign))
                windows.append((float(bars.x[first]), x))
                errors.append(_straight_error(bars, missed, bar, sign))
                missed.restart()
                other.restart()
                for some in _slices(first, bar):
                    if some.start > first:
                        yield None
                    heights = (-sign * ends[some]).tolist()
                    numbered = range(some.start, some.stop)
                    for point in zip(bars.x[some].tolist(), heights, numbered):
                        other.add(*point)
                flattest, steepest = -inf, inf
            if flattest < low:
                below.swing(x, low, bar)
            if steepest > high:
                above.swing(x, -high, bar)
            below.add(x, high, bar)
            above.add(x, -low, bar)
    links.append(
        _between(below.line(1.0), above.line(-1.0), Link(x, (high + low) / 2, 0.0))
    )
    yield Sweep(links, windows, errors)


def _slices(start: int, stop: int) -> Iterator[slice]:
    """Divide a range of bars into slices of the work."""
    for begin in range(start, stop, BARS_A_SLICE):
        yield slice(begin, min(begin + BARS_A_SLICE, stop))


def _straight_error(bars: Bars, missed: _Side, bar: int, sign: float) -> float:
    """Return the least error of a straight line at the three ends that prove a kink.

    With a `sign` of 1 the middle one is too high for the outer two, with -1 too low.
    For a level line there is none on the left.
    """
    left, middle, right = missed.touched, missed.carried, bar
    outer, inner = (bars.low, bars.high) if sign > 0 else (bars.high, bars.low)
    if left < 0:
        return float(sign * (inner[middle] - outer[right])) / 2
    before, after = bars.x[middle] - bars.x[left], bars.x[right] - bars.x[middle]
    from_left = sign * (inner[middle] - outer[left])
    from_right = sign * (inner[middle] - outer[right])
    share = before / (before + after)
    return float(from_left * (1 - share) + from_right * share) / 2


def _between(flattest: Link, steepest: Link, level: Link) -> Link:
    """Return a line between two; where one is missing the other, or else the third."""
    known = [line for line in (flattest, steepest) if isfinite(line.y)] or [level]
    x = known[0].x
    height = sum(line.at(x) for line in known) / len(known)
    return Link(x, height, sum(line.slope for line in known) / len(known))
