"""Broken lines with many joints that bend little: for smooth targets with noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, eigh

from estimators.knots.choice import criterion
from estimators.knots.hats import BrokenLine, best_values
from estimators.knots.points import Points

Array = NDArray[np.float64]

# More joints than this do not make a smooth line smoother, only slower to find.
MOST_JOINTS = 100
# Penalties in units of the one that halves the component in the middle.
STRENGTHS = np.logspace(-12, 12, 97)


def smooth_line(points: Points, most: int) -> tuple[BrokenLine, float]:
    """Fit a broken line with evenly spread joints and penalised bends.

    ::

        loss + strength · Σ_k (change of slope at joint k)² / (its share of the width)

    approximates the smoothing spline, whose penalty is the integral of f″². In the
    basis that makes both terms diagonal (Demmler and Reinsch) the fits of all strengths
    cost one; the information criterion chooses.

    Parameters
    ----------
    points : Points
        What is to be fitted; three places at least.
    most : int
        Largest number of joints, between 1 and ``points.n_places - 2``.

    Returns
    -------
    line : BrokenLine
        The chosen one.
    value : float
        Its `criterion` with the trace of the hat matrix as number of parameters;
        infinite if it cannot be computed.

    References
    ----------
    Ruppert, Wand, Carroll, "Semiparametric regression", Cambridge 2003, sections 3.5 to
    3.14; Eilers, Marx, "Flexible smoothing with B-splines and penalties", Statistical
    Science 11 (1996).
    """
    ranks = np.linspace(0, points.n_places - 1, min(most, MOST_JOINTS) + 2)
    nodes = points.x[np.rint(ranks).astype(int)]
    fit = best_values(points, nodes, np.zeros((len(nodes), points.y.shape[1])))
    values = fit.line.values
    gram = np.diag(np.append(fit.falling, 0) + np.append(0, fit.rising))
    gram += np.diag(fit.crossing, 1) + np.diag(fit.crossing, -1)
    widths = np.diff(nodes)
    slopes = np.diff(np.eye(len(nodes)), axis=0) / widths[:, np.newaxis]
    bends = np.diff(slopes, axis=0)
    share = (widths[:-1] + widths[1:]) / 2
    try:
        roughness, basis = eigh(bends.T / share @ bends, gram)
    except LinAlgError:
        return fit.line, np.inf
    # Straight lines are not rough at all, however rounding sees it.
    roughness[:2] = 0
    roughness = np.maximum(roughness, 0)
    components = basis.T @ gram @ values
    strengths = STRENGTHS / (roughness[len(roughness) // 2] or 1)
    kept = 1 / (1 + strengths[:, np.newaxis] * roughness)
    losses = fit.line.loss + (1 - kept) ** 2 @ (components**2).mean(axis=1)
    n_free = kept.sum(axis=1)
    possible = (n_free < points.effective_size) & (losses > 0)
    chosen, least = 0, np.inf
    for k in np.flatnonzero(possible):
        value = criterion(losses[k], n_free[k], points.effective_size)
        if value < least:
            chosen, least = k, value
    smoothed = basis @ (kept[chosen][:, np.newaxis] * components)
    return BrokenLine(nodes, smoothed, float(losses[chosen])), least
