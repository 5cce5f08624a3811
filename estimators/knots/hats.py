"""Broken lines with given joints: hat functions, and the best values at the joints."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dptsv

from estimators.knots.points import Points

Array = NDArray[np.float64]

# Of the mean diagonal. Keeps values that no point sees where they are.
INERTIA = 1e-13


@dataclass(frozen=True, eq=False)
class BrokenLine:
    """A continuous broken line between the ends of the data.

    Attributes
    ----------
    nodes : ndarray of shape (n_joints + 2,)
        The left end, the joints, the right end; increasing.
    values : ndarray of shape (n_joints + 2, n_outputs)
        The line at the nodes.
    loss : float
        Mean squared error on the points that it was fitted to.
    """

    nodes: Array
    values: Array
    loss: float

    @property
    def slopes(self) -> Array:
        """Slopes of the pieces, of shape (n_joints + 1, n_outputs)."""
        return np.diff(self.values, axis=0) / np.diff(self.nodes)[:, np.newaxis]


@dataclass(frozen=True, eq=False)
class Fit:
    """A broken line with what the next step of a refinement needs.

    Attributes
    ----------
    line : BrokenLine
        The best one for its joints.
    falling, crossing, rising : ndarray of shape (n_pieces,)
        Of each piece the sums of w(1 − s)², w(1 − s)s and ws², where s goes from 0 to
        1 on it: all the inner products of two hat functions there.
    pull_left, pull_right : ndarray of shape (n_pieces, n_outputs)
        The sums of w(1 − s)r and wsr with the residuals r.
    """

    line: BrokenLine
    falling: Array
    crossing: Array
    rising: Array
    pull_left: Array
    pull_right: Array


def best_values(
    points: Points, nodes: Array, values: Array, balance: Array | None = None
) -> Fit:
    """Find the best broken line with given joints, in O(n_places + n_joints).

    Parameters
    ----------
    points : Points
        What to fit.
    nodes : ndarray of shape (n_joints + 2,)
        The ends of the data and between them the joints; increasing.
    values : ndarray of shape (n_joints + 2, n_outputs)
        A guess. The better it is the less rounding is left, as only the rest is fitted.
    balance : ndarray of shape (n_joints + 1,) or None
        Coefficients: with them Σ_k balance_k · slope_k = 0 must hold for each output.

    Returns
    -------
    fit : Fit
        The line and the sums over its pieces.
    """
    x, weight = points.x, points.weight
    n_pieces, n_outputs = len(nodes) - 1, points.y.shape[1]
    stops = np.searchsorted(x, nodes[1:-1])
    counts = np.diff(stops, prepend=0, append=len(x))
    piece = np.repeat(np.arange(n_pieces), counts)
    widths = np.diff(nodes)
    right = (x - nodes[piece]) / widths[piece]
    left = 1 - right
    weight_left, weight_right = weight * left, weight * right

    def sums(summands: Array) -> Array:
        return np.bincount(piece, summands, n_pieces)

    def pulls(residuals: Array) -> tuple[Array, Array]:
        pull_left, pull_right = np.empty((2, n_pieces, n_outputs))
        for output in range(n_outputs):
            pull_left[:, output] = sums(weight_left * residuals[:, output])
            pull_right[:, output] = sums(weight_right * residuals[:, output])
        return pull_left, pull_right

    def interpolated(at_nodes: Array) -> Array:
        lefts, rights = at_nodes[piece], at_nodes[piece + 1]
        return left[:, np.newaxis] * lefts + right[:, np.newaxis] * rights

    falling, rising = sums(weight_left * left), sums(weight_right * right)
    crossing = sums(weight_left * right)
    diagonal = at_nodes_of_pieces(falling, rising)
    diagonal += INERTIA * diagonal.mean()
    residuals = points.y - interpolated(values)
    sides = at_nodes_of_pieces(*pulls(residuals))
    if balance is not None:
        normal = balance_gradient(balance, widths)
        sides = np.column_stack([sides, normal])
    solved = dptsv(diagonal, crossing, sides)[2].reshape(len(nodes), -1)
    change = solved[:, :n_outputs]
    if balance is not None:
        direction = solved[:, -1]
        excess = normal @ (values + change) / (normal @ direction)
        change = change - direction[:, np.newaxis] * excess
    residuals -= interpolated(change)
    loss = float(weight @ (residuals * residuals).mean(axis=1))
    line = BrokenLine(nodes, values + change, loss + points.scatter)
    return Fit(line, falling, crossing, rising, *pulls(residuals))


def at_nodes_of_pieces(of_left_node: Array, of_right_node: Array) -> Array:
    """Add up at each node what the pieces on its two sides say about it."""
    total = np.zeros((len(of_left_node) + 1, *of_left_node.shape[1:]))
    total[:-1] += of_left_node
    total[1:] += of_right_node
    return total


def balance_gradient(balance: Array, widths: Array) -> Array:
    """Return how Σ_k balance_k · slope_k depends on the values at the nodes."""
    rate = balance / widths
    return at_nodes_of_pieces(-rate, rate)
