"""Which units should face left, so that no unit must be spent on the slope."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, solveh_banded
from scipy.spatial import KDTree

from estimators.knots.hats import BrokenLine, best_values
from estimators.knots.points import Points
from estimators.knots.refine import balance_derivatives, normal_equations
from estimators.knots.units import balance_of

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

# All subsets of so many units are looked at, or of each half of twice as many.
EXHAUSTED = 12
# So many subsets are compared, and fewer where there are many outputs.
SHORTLIST, LEAST_SHORTLIST = 192, 16


def promising_orientations(points: Points, line: BrokenLine, n_kept: int) -> list[Mask]:
    """Choose the sets of units facing left that should cost a broken line least.

    A set is paid for by moving joints and values until the line is balanced: to second
    order ``eᵀ (Gᵀ A⁻¹ G)⁻¹ e`` with the excess e, its derivatives G and the normal
    matrix A of the fit.

    Parameters
    ----------
    points : Points
        What the line was fitted to.
    line : BrokenLine
        The best line without a condition.
    n_kept : int
        How many sets are wanted.

    Returns
    -------
    sets : list of ndarray of bool of shape (n_joints,)
        The cheapest first.
    """
    bends = np.diff(line.slopes, axis=0)
    if len(bends) <= EXHAUSTED:
        masks = all_masks(len(bends))
    else:
        masks = meet_in_the_middle(bends, line.slopes[0])
    excesses = np.linalg.norm(line.slopes[0] + masks @ bends, axis=1)
    n_compared = max(LEAST_SHORTLIST, SHORTLIST // bends.shape[1])
    masks = masks[np.argsort(excesses, kind="stable")[:n_compared]]
    fit = best_values(points, line.nodes, line.values)
    band, half_bends = normal_equations(fit, 1e-6)
    balances = balance_of(masks)
    derivatives = [balance_derivatives(line, half_bends, b) for b in balances]
    sides = np.concatenate(derivatives, axis=1)
    try:
        solved = solveh_banded(band, sides, check_finite=False)
    except LinAlgError:
        return []
    n_outputs = bends.shape[1]
    by_set = (-1, len(masks), n_outputs)
    gram = np.einsum(
        "iso,isp->sop", sides.reshape(by_set), solved.reshape(by_set), optimize=True
    )
    excess = (balances @ line.slopes)[:, :, np.newaxis]
    gram[:, range(n_outputs), range(n_outputs)] *= 1 + 1e-12
    try:
        costs = (excess * np.linalg.solve(gram, excess)).sum(axis=(1, 2))
    except LinAlgError:
        return []
    order = np.argsort(costs, kind="stable")[:n_kept]
    return [masks[k] for k in order if np.isfinite(costs[k])]


def all_masks(n_units: int) -> Mask:
    """List all subsets of units, of shape (2 ** n_units, n_units)."""
    numbers = np.arange(2**n_units)[:, np.newaxis]
    return (numbers >> np.arange(n_units)) % 2 == 1


def meet_in_the_middle(bends: Array, first_slope: Array) -> Mask:
    """Find sets of units whose bends sum to nearly minus the first slope.

    The sums of all subsets of two dozen units are put together from those of two
    halves (Horowitz and Sahni); the other units are put where they help greedily.

    Parameters
    ----------
    bends : ndarray of shape (n_units, n_outputs)
        Changes of slope.
    first_slope : ndarray of shape (n_outputs,)
        What they are to cancel.

    Returns
    -------
    masks : ndarray of bool of shape (n_sets, n_units)
        At most `SHORTLIST` sets.

    References
    ----------
    Horowitz, Sahni, "Computing partitions with applications to the knapsack problem",
    Journal of the ACM 21 (1974).
    """
    n_units = len(bends)
    by_size = np.argsort(-np.linalg.norm(bends, axis=1), kind="stable")
    n_free = min(n_units, 2 * EXHAUSTED)
    ranks = np.linspace(0, n_units - 1, n_free).round().astype(int)
    free = by_size[ranks]
    mask = np.zeros(n_units, dtype=bool)
    remainder = first_slope.copy()
    for unit in by_size:
        after = remainder + bends[unit]
        if after @ after < remainder @ remainder:
            mask[unit], remainder = True, after
    remainder = remainder - bends[free[mask[free]]].sum(axis=0)
    # Alternate ranks, so that both halves have large and small bends.
    halves = free[::2], free[1::2]
    subsets = [all_masks(len(half)) for half in halves]
    sums = [subset @ bends[half] for subset, half in zip(subsets, halves)]
    distances, partners = KDTree(sums[1]).query(-remainder - sums[0])
    best = np.argsort(distances, kind="stable")[:SHORTLIST]
    masks = np.repeat(mask[np.newaxis], len(best), axis=0)
    masks[:, halves[0]] = subsets[0][best]
    masks[:, halves[1]] = subsets[1][partners[best]]
    return masks
