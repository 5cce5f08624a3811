"""Where a target is looked at, so that what is found there holds everywhere.

Joints crowd where a target bends, at a root's end as closely as 1e-5 of the range. So
samples do too: cells are halved where straight lines do badly on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ui.approximation.targets import Target

Array = NDArray[np.float64]

FIRST_CELLS = 512
# Of the range: how narrow a piece over a jump is, and how narrow cells become.
NARROWEST, FINEST = 1e-6, 1e-10
# Of all cells, those that bend most are halved in one round.
SHARE_HALVED = 0.02
# Pieces that are equally far off have equal |f″|^(1/2) times width; pieces that are
# worth a joint equally in the mean square have equal |f″|^(2/5) times width.
MAXIMUM_POWER, MEAN_POWER = 0.5, 0.4
# Of the largest value: less is no curvature.
ROUNDING = 64 * float(np.finfo(np.float64).eps)
# Distance from a jump, in roundings of the largest x, at which its side is certain.
SIDE = 8


class Cells(NamedTuple):
    """The range of a target in cells, none of which contains a known kink or jump.

    Attributes
    ----------
    edges : ndarray of shape (n_cells + 1,)
        Increasing.
    sag : ndarray of shape (n_cells,)
        How far the target is below the chord in the middle of each cell: next to
        f″ · width² / 8 where it is smooth, and zero where rounding hides it.
    """

    edges: Array
    sag: Array

    @property
    def widths(self) -> Array:
        """Width of each cell."""
        return np.diff(self.edges)

    @property
    def middles(self) -> Array:
        """Middle of each cell."""
        return self.edges[:-1] / 2 + self.edges[1:] / 2

    def bending(self, power: float) -> Array:
        """Integrate |f″|^power over each cell."""
        widths = self.widths
        return (8 * np.abs(self.sag) / widths**2) ** power * widths

    @property
    def n_inflections(self) -> int:
        """How often the target begins to bend the other way."""
        signs = np.sign(self.sag[self.sag != 0])
        return int(np.count_nonzero(np.diff(signs)))


class Sample(NamedTuple):
    """Points of a target.

    Attributes
    ----------
    x, y : ndarray of shape (n_points,)
        Where, in increasing order, and the values.
    weight : ndarray of shape (n_points,)
        The share of the range that each stands for.
    """

    x: Array
    y: Array
    weight: Array

    def rms(self, values: Array) -> float:
        """Return the root of the mean squared distance from other values at `x`."""
        return float(np.sqrt(self.weight @ (values - self.y) ** 2))


def values_between(target: Target, x: Array, low: Array, high: Array) -> Array:
    """Evaluate a target at places, each seen from inside an interval.

    Parameters
    ----------
    target : Target
        Its jumps are at no place inside the intervals, but may be at their ends.
    x : ndarray
        Where.
    low, high : ndarray
        Ends of the interval that each x lies in.

    Returns
    -------
    y : ndarray
        At a jump the value on the interval's side.

    Raises
    ------
    ValueError
        If a value is not finite.
    """
    if target.jumps:
        jumps = np.asarray(target.jumps)
        margin = SIDE * np.spacing(max(abs(target.low), abs(target.high)))
        x = np.where(np.isin(low, jumps), np.maximum(x, low + margin), x)
        x = np.where(np.isin(high, jumps), np.minimum(x, high - margin), x)
    with np.errstate(all="ignore"):
        y = np.asarray(target.function(x), dtype=np.float64)
    y = np.broadcast_to(y, x.shape)
    if not np.isfinite(y).all():
        where = x[~np.isfinite(y)].flat[0]
        raise ValueError(f"The target has no finite value at x = {where:.6g}.")
    return y


def cells_of(target: Target, n_cells: int, power: float) -> Cells:
    """Divide the range of a target into cells, small ones where it bends.

    Parameters
    ----------
    target : Target
    n_cells : int
        About how many cells.
    power : float
        Of |f″|, to whose integral the density of cells adapts.

    Returns
    -------
    cells : Cells
        At least half of them are about equally wide.
    """
    low, high = float(target.low), float(target.high)
    span = high - low
    n_even = max(n_cells // 2, min(FIRST_CELLS, n_cells))
    # Towards a jump cells shrink, so that steep pieces find room there.
    ladder = span * np.geomspace(NARROWEST, 1 / n_even, 12)
    special = [s for s in (*target.kinks, *target.jumps) if low < s < high]
    near = [jump + side * ladder for jump in target.jumps for side in (-1, 1)]
    edges = np.concatenate([np.linspace(low, high, n_even + 1), special, *near])
    edges = _distinct(np.sort(edges[(edges >= low) & (edges <= high)]), special, span)
    sag = _sag(target, edges[:-1], edges[1:])
    while len(sag) < n_cells:
        widths = np.diff(edges)
        urgency = np.abs(sag) ** power * widths ** (1 - 2 * power)
        urgency[widths < 2 * FINEST * span] = 0
        most = min(n_cells - len(sag), max(1, int(SHARE_HALVED * len(sag))))
        chosen = np.sort(np.argpartition(-urgency, most - 1)[:most])
        chosen = chosen[urgency[chosen] > 0]
        if not chosen.size:
            break
        middles = edges[chosen] / 2 + edges[chosen + 1] / 2
        lefts = _sag(target, edges[chosen], middles)
        sag[chosen] = _sag(target, middles, edges[chosen + 1])
        sag = np.insert(sag, chosen, lefts)
        edges = np.insert(edges, chosen + 1, middles)
    largest = np.abs(values_between(target, edges[:-1], edges[:-1], edges[1:])).max()
    return Cells(edges, np.where(np.abs(sag) > ROUNDING * largest, sag, 0))


def mean_sample(target: Target, n_points: int) -> Sample:
    """Sample a target so that mean squares over the sample are those over the range.

    Parameters
    ----------
    target : Target
    n_points : int
        About how many points: the middles of as many cells, which weigh as much as
        they are wide.
    """
    cells = cells_of(target, n_points, MEAN_POWER)
    middles, widths = cells.middles, cells.widths
    y = values_between(target, middles, cells.edges[:-1], cells.edges[1:])
    return Sample(middles, y, widths / widths.sum())


def maximum_sample(target: Target, n_points: int) -> Sample:
    """Sample a target with the ends of its range, its kinks and both sides of jumps.

    Parameters
    ----------
    target : Target
    n_points : int
        About how many points. At a jump there are two with the same x.
    """
    edges = cells_of(target, n_points, MAXIMUM_POWER).edges
    lefts = values_between(target, edges[1:], edges[:-1], edges[1:])
    rights = values_between(target, edges[:-1], edges[:-1], edges[1:])
    x, y = edges, np.append(rights, lefts[-1])
    at_jumps = np.flatnonzero(np.isin(edges[1:-1], target.jumps)) + 1
    x = np.insert(x, at_jumps, edges[at_jumps])
    y = np.insert(y, at_jumps, lefts[at_jumps - 1])
    return Sample(x, y, np.full(len(x), 1 / len(x)))


def _sag(target: Target, low: Array, high: Array) -> Array:
    middle = low / 2 + high / 2
    at_low, at_middle, at_high = (
        values_between(target, x, low, high) for x in (low, middle, high)
    )
    return at_low / 2 + at_high / 2 - at_middle


def _distinct(edges: Array, special: list[float], span: float) -> Array:
    """Drop edges that are next to another one, but no special ones and no ends."""
    kept = np.diff(edges, prepend=-np.inf) > NARROWEST * span / 2
    kept[-1] = True
    fixed = np.array([edges[0], *special, edges[-1]])
    nearest = np.abs(edges[:, np.newaxis] - fixed).min(axis=1)
    kept &= nearest > NARROWEST * span / 2
    return np.unique(np.concatenate([edges[kept], fixed]))
