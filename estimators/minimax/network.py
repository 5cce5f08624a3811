"""The hidden units with the smallest maximum error that are found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from estimators.minimax.bars import bars_of
from estimators.minimax.fit import iter_broken_line
from estimators.minimax.folding import iter_folded
from estimators.minimax.units import (
    Units,
    as_units,
    as_units_without_slope,
    mirrored,
)

# An error this share above a bound, or so many roundings of the data, is not worth more
# work.
CLOSE, ROUNDINGS = 1e-4, 16


class Candidate(NamedTuple):
    """A network and its error.

    Attributes
    ----------
    units : Units
        The network.
    max_error : float
        Of the broken line that it is, but for rounding.
    """

    units: Units
    max_error: float


def best_units(x: ArrayLike, y: ArrayLike, n_units: int) -> Candidate:
    """Find hidden units with a small maximum error.

    A broken line with a joint for each unit is a network only if the changes of slope
    at some of its joints sum to minus its first slope: those units face left. That
    holds for a level first piece (none do) and for a level last piece (all do), of
    which the best are found. The best line of all with as many joints is balanced with
    other units facing left by linear programmes, and so, if that may pay, is the
    network of the smallest squared error. All compete with the best line with one joint
    less, which leaves a unit to carry the first slope.

    Parameters
    ----------
    x, y : array-like of shape (n_points,)
        The data.
    n_units : int
        Width of the hidden layer, at least one.

    Returns
    -------
    best : Candidate
        Proven: no broken line with a joint less and no network of fewer units is
        better, but for rounding, and no network can have an error below the
        `lower_bound` of `best_broken_line` with `n_units` joints. Often that is
        reached, and a single unit is the best there is; otherwise a better network may
        exist.

    Notes
    -----
    Which of the 2^D sets of units should face left is a subset-sum problem: all sets
    are looked at for up to 12 units, those of two dozen by meeting in the middle
    beyond. So values of a network of up to 24 units are met but for rounding if there
    are enough on each of its pieces. The larger D, the surer some set is nearly
    balanced by chance: with more than 100 units turning the pieces a little has to do,
    and with more than 50 the network of the squared error is no longer looked at.
    Otherwise, on up to 8000 different x, each counting once, it is never better.

    See Also
    --------
    iter_units : The same in slices.

    Examples
    --------
    Two units that face away from each other make a valley of three pieces.

    >>> import numpy as np
    >>> from estimators.minimax import best_units
    >>> x = np.linspace(0, 3, 31)
    >>> y = np.maximum(1 - x, 0) + np.maximum(x - 2, 0)
    >>> units, max_error = best_units(x, y, n_units=2)
    >>> print(f"{max_error:.9f}", np.sort(units.theta.ravel()))
    0.000000000 [-1.  1.]
    """
    *_, best = iter_units(x, y, n_units)
    return best


def iter_units(x: ArrayLike, y: ArrayLike, n_units: int) -> Iterator[Candidate]:
    """Find the same as `best_units`, step by step.

    Parameters
    ----------
    x, y : array-like of shape (n_points,)
        The data.
    n_units : int
        Width of the hidden layer, at least one.

    Yields
    ------
    best : Candidate
        The best so far, at once and then after each slice of the work: a few hundredths
        of a second, or one linear programme.
    """
    bars = bars_of(x, y)
    largest = float(np.maximum(-bars.low, bars.high).max())
    rounding = ROUNDINGS * float(np.finfo(np.float64).eps) * largest

    def is_close(bound: float) -> bool:
        return best.max_error <= bound * (1 + CLOSE) + rounding

    best = None
    for line in iter_broken_line(x, y, n_units - 1):
        if best is None or line.max_error < best.max_error:
            best = Candidate(as_units(line, n_units), line.max_error)
        yield best
    if is_close(float((bars.high / 2 - bars.low / 2).max())):
        return
    for line in iter_broken_line(x, y, n_units):
        free, bound = line, line.lower_bound
        yield best
    for sign in (1, -1):
        if is_close(bound):
            return
        places = sign * np.asarray(x, dtype=np.float64)
        for line in iter_broken_line(places, y, n_units, level_start=True):
            if line.max_error < best.max_error:
                units = as_units(line, n_units)
                units = units if sign > 0 else mirrored(units)
                best = Candidate(units, line.max_error)
            yield best
    if is_close(bound):
        return
    for folded in iter_folded(bars, free, n_units, best.max_error):
        if folded is not None and folded.line.max_error < best.max_error:
            # Below the bound there is only rounding.
            error = max(folded.line.max_error, bound)
            best = Candidate(as_units_without_slope(*folded), error)
        yield best
        if is_close(bound):
            return
