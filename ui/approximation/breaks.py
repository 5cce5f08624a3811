"""Find where a formula jumps or may have a kink."""

import numpy as np
from numpy.typing import NDArray

from ui.formula import Formula, FormulaError

Array = NDArray[np.float64]

N_CELLS = 4000
MOST_BREAKS = 500
MOST_SWINGS = 500  # with D ≤ 1000 units nothing can follow more
# Half the distance at which a jump is measured, as a share of the largest |x|; four
# times as far away a jump is as high, while even a steep continuous rise is higher.
_NEAR = 1e-13
_JUMP = 1e-9  # of the spread of all values: what is lower is rounding


def find_breaks(
    formula: Formula, low: float, high: float
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Locate kinks and jumps of a formula of x, and check its values on the way.

    A formula can break only where one of its operations switches branch: ``abs``,
    ``sign``, ``step``, ``relu``, ``max``, ``min``, ``floor`` and ``ceil``, a root, or
    a pole. Each switch between neighbours of some 8000 points is narrowed down to
    adjacent floating-point numbers.

    Parameters
    ----------
    formula : Formula
        Of one input.
    low, high : float
        The range.

    Returns
    -------
    kinks, jumps : tuple of float
        In increasing order. At jumps the values on the two sides differ, or the value
        at the very place differs from both. At kinks they do not; the formula may
        still be smooth there, like ``x |x|`` at 0. Breaks that come in pairs closer
        than a cell can be missed, and so is the kink of ``sqrt(x^2)``, whose argument
        touches 0 without changing sign.

    Raises
    ------
    FormulaError
        If a value is missing or too large, or the formula breaks or swings more often
        than any network of the page can follow.
    """

    def too_many(what: str) -> FormulaError:
        message = (
            f"The formula {what} from {low:g} to {high:g}. Choose a narrower range."
        )
        return FormulaError(message, formula.text, 0)

    x = _places(low, high)
    y = formula.values(x)
    rising = np.diff(y)
    rising = rising[rising != 0] > 0
    if np.count_nonzero(rising[1:] != rising[:-1]) > 2 * MOST_SWINGS:
        raise too_many(f"swings up and down more than {MOST_SWINGS} times")
    branches = formula.branches(x)
    switching = np.flatnonzero((branches[:, 1:] != branches[:, :-1]).any(axis=0))
    if switching.size > 2 * MOST_BREAKS:  # one that is met exactly switches twice
        raise too_many(f"has more than {MOST_BREAKS} kinks or jumps")
    before, after = _narrowed(formula, x[switching], x[switching + 1])
    formula.values(np.concatenate([before, after]))
    spread = max(np.ptp(y), 1e-6 * np.abs(y).max())
    kinks, jumps = [], []
    for place in _distinct(before, after, low, high):
        jumping = _jumps(formula, place, low, high, _JUMP * spread)
        if jumping:
            jumps.append(place)
        elif low < place < high:
            kinks.append(place)
    if len(kinks) + len(jumps) > MOST_BREAKS:
        raise too_many(f"has more than {MOST_BREAKS} kinks or jumps")
    return tuple(kinks), tuple(jumps)


def _places(low: float, high: float) -> Array:
    """Spread points evenly, and one at random into each cell between them.

    An even grid alone can be in step with an oscillation and miss it.
    """
    even = np.linspace(low, high, N_CELLS + 1)
    shares = np.random.default_rng(0).uniform(0.1, 0.9, N_CELLS)
    drawn = even[:-1] + shares * np.diff(even)
    return np.unique(np.concatenate([even, drawn]))


def _narrowed(formula: Formula, before: Array, after: Array) -> tuple[Array, Array]:
    """Halve intervals that contain a switch until their ends are adjacent numbers."""
    first = formula.branches(before)
    # As integers in the order of the numbers, neighbours are 1 apart everywhere.
    low, high = _ordered(before), _ordered(after)
    while (high - low > 1).any():
        middle = low + (high - low) // 2
        same = (formula.branches(_numbers(middle)) == first).all(axis=0)
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return _numbers(low), _numbers(high)


def _ordered(x: Array) -> NDArray[np.int64]:
    # Adding 0 turns −0 into 0; halved, so that differences do not overflow below.
    bits = (x + 0.0).view(np.int64)
    return np.where(bits < 0, np.iinfo(np.int64).min - bits, bits)


def _numbers(ordered: NDArray[np.int64]) -> Array:
    bits = np.where(ordered < 0, np.iinfo(np.int64).min - ordered, ordered)
    return bits.view(np.float64)


def _distinct(before: Array, after: Array, low: float, high: float) -> list[float]:
    """Choose one number for each switch: an end of the range, or the roundest."""
    scale = 4 * _NEAR * max(abs(low), abs(high))
    clusters: list[list[float]] = []
    for number in np.sort(np.concatenate([before, after])).tolist():
        if clusters and number - clusters[-1][-1] <= scale:
            clusters[-1].append(number)
        else:
            clusters.append([number])
    return [
        next((end for end in (low, high) if end in cluster), None)
        if low in cluster or high in cluster
        else min(cluster, key=lambda number: len(repr(number)))
        for cluster in clusters
    ]


def _jumps(
    formula: Formula, place: float, low: float, high: float, least: float
) -> bool:
    """Whether a formula is discontinuous at a switch."""
    near = _NEAR * max(abs(low), abs(high))
    around = place + near * np.array([-4, -1, 0, 1, 4])
    outer_left, left, at, right, outer_right = formula(np.clip(around, low, high))
    if place in (low, high):  # seen from inside only
        left, right = (right, right) if place == low else (left, left)
        return bool(abs(at - left) > least) and _holds(
            at - left, at - (outer_right if place == low else outer_left)
        )
    isolated = min(abs(at - left), abs(at - right)) > least
    across = abs(right - left) > least and _holds(
        right - left, outer_right - outer_left
    )
    return bool(across or (isolated and _holds(at - left, at - outer_left)))


def _holds(height: float, height_further_away: float) -> bool:
    return abs(height) > 0.9 * abs(height_further_away)
