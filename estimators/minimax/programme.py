"""Joints and values of a broken line at once, bettered by a linear programme.

The unknowns are the straight lines that the pieces are parts of: how much each is
raised at the two ends of its piece, and the largest error. Errors at points and the
balance of the slopes are linear in them. Around a convex kink the broken line is the
larger of two lines: it stays below some height if both do, and above it if one of them
does. If that has to be the one which does so now, the programme asks for too much: what
it finds is as good as it says, but no joint can leave places where errors are large on
both sides of it. If instead, near a joint, the error *at* the joint is asked for, to
first order, joints move freely, but what is found has to be measured. A concave kink is
the same upside down.

References
----------
Yuille and Rangarajan, "The concave-convex procedure", Neural Computation 15 (2003);
Madsen and Schjær-Jacobsen, "Linearly constrained minimax optimization", Mathematical
Programming 14 (1978).
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from estimators.minimax.bars import Bars, Floats
from estimators.minimax.broken_line import BrokenLine
from estimators.minimax.kinks import crossings, keeping_order, kinks_of
from estimators.minimax.rows import Rows, rows_of

# As shares of the largest error: points with more than the first are minded from the
# start, others once they exceed the largest by the second.
LARGE, VIOLATION = 0.5, 1e-6
MAX_PASSES = 8


def raised(
    bars: Bars, line: BrokenLine, balance: Floats, reach: float, *, freely: bool
) -> Generator[None, None, tuple[Floats, Floats] | None]:
    """Look for a better broken line next to one, with slopes that are balanced.

    Parameters
    ----------
    bars : Bars
        The data.
    line : BrokenLine
        With a positive error and at least one joint; balanced or not.
    balance : ndarray of shape (n_joints + 1,)
        Coefficients: their products with the slopes are to sum to zero.
    reach : float
        How far joints may go, as a share of the pieces beside them: below a half.
    freely : bool
        Whether joints move freely; otherwise the result is at least as good as a
        balanced `line`.

    Yields
    ------
    pause : None
        After each linear programme.

    Returns
    -------
    corners : (ndarray, ndarray) or None
        Places and values, of the shape of ``line.x``; or None if there are none.
    """
    kinks = kinks_of(line, reach)
    rows = rows_of(bars, line, kinks, freely)
    fixed, fixed_limits = keeping_order(line, kinks)
    # Rounding is least if the coefficients of the balance are at most 1.
    weights = np.repeat(balance / np.diff(line.x), 2)
    weights[::2] *= -1
    size = np.abs(weights).max()
    fixed = csr_array(np.pad(np.vstack([fixed, weights / size]), [(0, 0), (0, 1)]))
    excess = balance @ line.slopes / (line.max_error * size)
    upper = np.append(fixed_limits, -excess)
    lower = np.append(np.full(fixed_limits.size, -np.inf), -excess)
    cost = np.zeros(weights.size + 1)
    cost[-1] = 1
    minded = rows.ends() | rows.peaks(-rows.limit) & (rows.limit < -LARGE)
    for _ in range(MAX_PASSES):
        matrix = vstack([fixed, _about_error(rows, minded, cost.size)], format="csc")
        limits = rows.limit[minded]
        constraints = LinearConstraint(
            matrix,
            np.append(lower, np.full(limits.size, -np.inf)),
            np.append(upper, limits),
        )
        # With no unknown an integer, and less overhead than ``linprog``.
        found = milp(cost, constraints=constraints, bounds=Bounds())
        yield
        if found.x is None:
            return None
        rises, error = found.x[:-1], found.x[-1]
        missed = rows.excess(rises) - error
        new = (missed > VIOLATION) & rows.peaks(missed) & ~minded
        if not new.any():
            break
        minded |= new
    rises = rises * line.max_error
    return crossings(line, kinks, rises[::2], rises[1::2])


def _about_error(rows: Rows, minded: NDArray[np.bool_], n_unknowns: int) -> csr_array:
    """Write inequalities down as a matrix; the last unknown is the error."""
    count = np.count_nonzero(minded)
    last = np.full(count, n_unknowns - 1)
    entries = rows.at_left[minded], rows.at_right[minded], np.full(count, -1.0)
    columns = np.concatenate([rows.left[minded], rows.right[minded], last])
    numbers = np.tile(np.arange(count), 3)
    shape = (count, n_unknowns)
    return csr_array((np.concatenate(entries), (numbers, columns)), shape=shape)
