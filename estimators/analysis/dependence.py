"""Columns that are multiples or combinations of others, and sums that cancel."""

from __future__ import annotations

import numpy as np
from scipy.linalg import lstsq, qr

from estimators.geometry.regions import ROUNDING, Floats, Ints


def proportional(columns: Floats, tolerance: float) -> list[tuple[Ints, Floats]]:
    """Group columns that are positive multiples of each other.

    Parameters
    ----------
    columns : ndarray of shape (n_rows, n_columns)
        The columns; zero ones are alone.
    tolerance : float
        Directions that differ by no more are equal.

    Returns
    -------
    groups : list of (ndarray, ndarray)
        The numbers of the columns of each group in order, and how many times the
        group's first column each of them is. Every column is in one group.
    """
    lengths = np.linalg.norm(columns, axis=0)
    lengths[lengths == 0] = 1
    directions = (columns / lengths).T
    # Half of the digits of an angle are left in its cosine: only a first choice.
    close = directions @ directions.T > 0.999
    free = np.ones(len(directions), dtype=bool)
    groups = []
    for i in range(len(directions)):
        if free[i]:
            near = np.flatnonzero(close[i] & free)
            apart = np.linalg.norm(directions[near] - directions[i], axis=1)
            members = np.union1d(near[apart <= tolerance], i)
            free[members] = False
            groups.append((members, lengths[members] / lengths[i]))
    return groups


def combinations(
    columns: Floats, constant: Floats, tolerance: float
) -> tuple[Ints, Floats]:
    """Write all columns as combinations of a constant column and of few of them.

    Parameters
    ----------
    columns : ndarray of shape (n_rows, n_columns)
        The columns.
    constant : ndarray of shape (n_rows,)
        A column that costs nothing, not zero.
    tolerance : float
        What is left of a column may be this large, relative to the column.

    Returns
    -------
    kept : ndarray of shape (n_kept,)
        Columns that are independent of each other and of the constant one, sorted.
    factors : ndarray of shape (n_columns, 1 + n_kept)
        The columns are ``np.c_[constant, columns[:, kept]] @ factors.T``.
    """
    if not columns.size:
        return np.empty(0, dtype=np.intp), np.empty((0, 1))
    lengths = np.linalg.norm(columns, axis=0)
    lengths[lengths == 0] = 1
    length = np.linalg.norm(constant)
    directions, axis = columns / lengths, constant / length
    rest = directions - np.outer(axis, axis @ directions)
    triangle, order = qr(rest, mode="r", pivoting=True)
    kept = np.sort(order[: (np.abs(np.diag(triangle)) > tolerance).sum()])
    basis = np.column_stack([axis, directions[:, kept]])
    factors = lstsq(basis, directions)[0]
    factors[np.abs(factors) <= ROUNDING] = 0
    factors *= lengths / np.array([length, *lengths[kept]])[:, np.newaxis]
    factors[:, kept] = np.eye(1 + len(kept), len(kept), -1)
    return kept, factors.T


def product(A: Floats, B: Floats) -> Floats:
    """Multiply matrices; what rounding leaves of terms that cancel becomes zero."""
    result = A @ B
    result[np.abs(result) <= ROUNDING * (np.abs(A) @ np.abs(B))] = 0
    return result
