"""Moving the joints of a broken line to where they serve best."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, solveh_banded

from estimators.knots.hats import (
    BrokenLine,
    Fit,
    at_nodes_of_pieces,
    balance_gradient,
    best_values,
)
from estimators.knots.points import Points

Array = NDArray[np.float64]

MAX_STEPS = 100
FIRST_DAMPING, LARGEST_DAMPING, SMALLEST_DAMPING = 1e-2, 1e8, 1e-10
EASING, STIFFENING = 0.2, 4.0
# A relative gain below this, so many times in a row, ends the refinement.
SMALL_GAIN, PATIENCE = 1e-4, 4
# A joint goes this far to its neighbour at most, so that joints keep their order, and
# no nearer than this share of the whole line, so that slopes stay finite.
FARTHEST, NEAREST = 0.45, 1e-8


def refine(
    points: Points,
    nodes: Array,
    balance: Array | None = None,
    max_steps: int = MAX_STEPS,
) -> Iterator[BrokenLine]:
    """Minimise the loss over joints and values by Levenberg–Marquardt steps.

    Variable projection: after each step of the joints the values are the best ones.
    The normal equations of joints and values have a band, so a step is
    O(n_places + n_joints).

    Parameters
    ----------
    points : Points
        What to fit.
    nodes : ndarray of shape (n_joints + 2,)
        The ends of the data and between them the joints to start from; increasing.
    balance : ndarray of shape (n_joints + 1,) or None
        If given, Σ_k balance_k · slope_k = 0 holds for each output.
    max_steps : int
        How many steps are tried.

    Yields
    ------
    line : BrokenLine
        The best line so far: at the start, and after each step, better or not.

    References
    ----------
    Golub, Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares
    problems whose variables separate", SIAM Journal on Numerical Analysis 10 (1973);
    Kaufman, "A variable projection method for solving separable nonlinear least squares
    problems", BIT 15 (1975); Jupp, "Approximation to data by splines with free knots",
    SIAM Journal on Numerical Analysis 15 (1978).
    """
    flat = np.tile(points.weight @ points.y, (len(nodes), 1))
    fit = best_values(points, nodes, flat, balance)
    # The first solution is a better guess than any: what is left of it is rounding.
    fit = best_values(points, nodes, fit.line.values, balance)
    yield fit.line
    damping, waited = FIRST_DAMPING, 0
    for _ in range(max_steps if len(nodes) > 2 else 0):
        trial = _step(points, fit, damping, balance)
        if trial is not None and trial.line.loss < fit.line.loss:
            gain = 1 - trial.line.loss / fit.line.loss
            waited = waited + 1 if gain < SMALL_GAIN else 0
            fit, damping = trial, max(damping * EASING, SMALLEST_DAMPING)
        else:
            damping *= STIFFENING
        yield fit.line
        if waited == PATIENCE or damping > LARGEST_DAMPING or not fit.line.loss:
            return


def _step(
    points: Points, fit: Fit, damping: float, balance: Array | None
) -> Fit | None:
    """Fit with the joints that the damped normal equations ask for."""
    line = fit.line
    try:
        change = _solve(fit, damping, balance)
    except LinAlgError:
        return None
    if not np.isfinite(change).all():
        return None
    widths = np.diff(line.nodes)
    room = np.where(widths > NEAREST * (line.nodes[-1] - line.nodes[0]), widths, 0)
    room *= FARTHEST
    nodes = line.nodes.copy()
    nodes[1:-1] += np.clip(change[1:-1, 0], -room[:-1], room[1:])
    if not (np.diff(nodes) > 0).all():
        return None
    mean_slopes = at_nodes_of_pieces(line.slopes, line.slopes) / 2
    moves = (nodes - line.nodes)[:, np.newaxis]
    values = line.values + change[:, 1:] + mean_slopes * moves
    trial = best_values(points, nodes, values, balance)
    return trial if np.isfinite(trial.line.values).all() else None


def _solve(fit: Fit, damping: float, balance: Array | None) -> Array:
    """Return the changes of the nodes and of the values, side by side.

    A value changes against the line that the mean slope at its node foretells, so that
    nothing here depends on a straight line added to the data.
    """
    band, half_bends = normal_equations(fit, damping)
    values = at_nodes_of_pieces(fit.pull_left, fit.pull_right)
    turning = at_nodes_of_pieces(-fit.pull_left, fit.pull_right)
    places = (half_bends * turning).sum(axis=1)
    gradient = np.column_stack([places, values])
    shape = gradient.shape
    if balance is None:
        step = solveh_banded(band, gradient.ravel(), check_finite=False)
        return step.reshape(shape)
    constraints = balance_derivatives(fit.line, half_bends, balance)
    sides = np.column_stack([gradient.ravel(), constraints])
    solved = solveh_banded(band, sides, check_finite=False)
    free, directions = solved[:, 0], solved[:, 1:]
    multipliers = np.linalg.solve(constraints.T @ directions, constraints.T @ free)
    return (free - directions @ multipliers).reshape(shape)


def normal_equations(fit: Fit, damping: float) -> tuple[Array, Array]:
    """Assemble the normal matrix of the nodes' places and values.

    Parameters
    ----------
    fit : Fit
        Where.
    damping : float
        Added to the diagonal of the places, in units of itself.

    Returns
    -------
    band : ndarray of shape (2 + 2 · n_outputs, n_nodes · (1 + n_outputs))
        Upper form for ``solveh_banded``; the unknowns of a node follow each other, its
        place first.
    half_bends : ndarray of shape (n_nodes, n_outputs)
        Half of the change of slope at each node, zero at the ends.
    """
    bends = np.diff(fit.line.slopes, axis=0) / 2
    n_outputs = bends.shape[1]
    half_bends = np.pad(bends, ((1, 1), (0, 0)))
    size = 1 + n_outputs
    both = at_nodes_of_pieces(fit.falling, fit.rising)
    difference = at_nodes_of_pieces(-fit.falling, fit.rising)
    band = np.zeros((2 * size, size * len(both)))
    last = 2 * size - 1  # the row of the diagonal
    places = both * (half_bends * half_bends).sum(axis=1)
    # The ends have no bend and stay where they are; so does a joint without one.
    floor = 1e-12 * places.max() or 1.0
    band[last, ::size] = places * (1 + damping) + floor
    values = both * (1 + 1e-12) + 1e-13 * both.mean()
    products = half_bends[:-1] * half_bends[1:]
    band[last - size, size::size] = -fit.crossing * products.sum(axis=1)
    for output in range(n_outputs):
        own = 1 + output
        band[last, own::size] = values
        band[last - own, own::size] = difference * half_bends[:, output]
        band[last - size, size + own :: size] = fit.crossing
        left, right = half_bends[:-1, output], half_bends[1:, output]
        band[last - size - own, size + own :: size] = -fit.crossing * left
        band[last - size + own, size::size] = fit.crossing * right
    return band, half_bends


def balance_derivatives(line: BrokenLine, half_bends: Array, balance: Array) -> Array:
    """Differentiate Σ_k balance_k · slope_k by places and values of the nodes.

    Returns
    -------
    derivatives : ndarray of shape (n_nodes · (1 + n_outputs), n_outputs)
        A column for the sum of each output.
    """
    widths = np.diff(line.nodes)
    n_outputs = half_bends.shape[1]
    derivatives = np.zeros((len(line.nodes), 1 + n_outputs, n_outputs))
    rate = balance / widths
    turning = at_nodes_of_pieces(rate, rate)[:, np.newaxis] * half_bends
    derivatives[:, 0] = turning
    normal = balance_gradient(balance, widths)
    for output in range(n_outputs):
        derivatives[:, 1 + output, output] = normal
    return derivatives.reshape(-1, n_outputs)
