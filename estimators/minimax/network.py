"""The hidden units with the smallest maximum error that are found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from estimators.minimax.fit import iter_broken_line
from estimators.minimax.units import Units, as_units, mirrored


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
    holds for a level first piece (none do) and for a level last piece (all do). The
    best of either kind competes with the best line with one joint less, which leaves a
    unit to carry the first slope.

    Parameters
    ----------
    x, y : array-like of shape (n_points,)
        The data.
    n_units : int
        Width of the hidden layer, at least one.

    Returns
    -------
    best : Candidate
        The best of the three. No network can have an error below the `lower_bound` of
        `best_broken_line` with `n_units` joints.

    See Also
    --------
    iter_units : The same in slices of a few hundredths of a second.
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
        The best so far, at once and then after each slice of the work.
    """
    backwards = -np.asarray(x, dtype=np.float64)
    best = None
    for line in iter_broken_line(x, y, n_units - 1):
        if best is None or line.max_error < best.max_error:
            best = Candidate(as_units(line, n_units), line.max_error)
        yield best
    for line in iter_broken_line(x, y, n_units, level_start=True):
        if line.max_error < best.max_error:
            best = Candidate(as_units(line, n_units), line.max_error)
        yield best
    for line in iter_broken_line(backwards, y, n_units, level_start=True):
        if line.max_error < best.max_error:
            best = Candidate(mirrored(as_units(line, n_units)), line.max_error)
        yield best
