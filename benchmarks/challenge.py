"""The best fits to the lecture's twelve points by 1, 2, … hidden units: all are tried.

Run with ``PYTHONPATH=. python benchmarks/challenge.py``: it takes about a minute and
prints the texts that `ui/regression/challenge.py` keeps.

A hidden unit φ a[θ_0 + θ_1 x] bends the line at its joint t by a change of slope c, and
it is on to the right of t, c·(x − t)₊, or to the left of t, which is the same change of
slope less a straight line: c·(t − x)₊ = c·(x − t)₊ − c·(x − t). So D units are

    y = a + b·x + Σ_d c_d·(x − t_d)₊    with    b = −Σ c_d over the units facing left:

a line with D joints and 2D + 1 free parameters, one less than any such line has. (A
unit with its joint left of all points is a free slope b, at the cost of its joint.)

Each joint is at a point or between two of them. While it stays between them the pieces
on its two sides are free of each other, as their crossing is the joint: the loss is a
linear least-squares problem, and its solution counts if the pieces do cross in that
gap. If they do not, the least loss is where the joint has arrived at a point, which is
another arrangement. Going through all arrangements, and all choices of which units face
left, therefore finds the least loss there is.

Some arrangements leave slopes open, which no point sees. One open slope is closed by
the condition on b. Of two, one can be changed until a joint arrives at a point, so
these add nothing; nor do two joints in one gap, of which one can be moved to its end
while the piece between them keeps its slope.
"""

import argparse
from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.datasets import lecture_line
from ui.network_text import MAX_UNITS, network_to_text
from ui.regression.challenge import summed_loss

X, Y = lecture_line()
ROUNDING = 1e-12  # of a loss, and of what tells on which side of a joint a piece is
DECIMALS = 6

Array = NDArray[np.float64]


class Fit(NamedTuple):
    """A candidate; of those with the same loss, the one that bends least is best."""

    loss: float
    sharpest: float  # largest change of slope
    joints: Array
    left: Array  # whether each unit faces left


def fits(slots: tuple[int, ...], below: float) -> Iterator[Fit]:
    """Yield the networks with joints in these places, if they can be that good.

    Parameters
    ----------
    slots : tuple of int
        Increasing: 2i for a joint at point i, 2i + 1 for one between i and i + 1.
    below : float
        Largest loss of interest.

    Yields
    ------
    fit : Fit
        One for each possible choice of the units that face left.
    """
    n_units, point = len(slots), np.array(slots) // 2
    between = np.array(slots) % 2 == 1
    gap = X[point + 1] - X[point]
    hinges = np.maximum(X[:, np.newaxis] - X[point], 0)
    jumps = np.arange(X.size)[:, np.newaxis] > point[between]
    design = np.column_stack([np.ones_like(X), X, hinges, jumps])
    U, scales, V = np.linalg.svd(design)
    rank = np.count_nonzero(scales > 1e-9)
    n_open = design.shape[1] - rank
    along = U.T @ Y
    loss = np.sum(along[rank:] ** 2)
    if n_open > 1 or loss > below:
        return
    V, scales = V.T, scales[:rank]
    solution = V[:, :rank] @ (along[:rank] / scales)

    # The condition on b for each choice of units that face left, as a row · solution.
    left = np.array(list(product([0, 1], repeat=n_units)))
    rows = np.zeros((len(left), design.shape[1]))
    rows[:, 1], rows[:, 2 : 2 + n_units] = 1, left
    if n_open:
        ways = np.repeat(V[:, -1:].T, len(rows), axis=0)
        price = np.zeros(len(rows))
    else:
        ways = (rows @ V / scales**2) @ V.T
        price = 1 / np.maximum(np.sum(rows * ways, axis=1), ROUNDING)
    met = np.sum(rows * ways, axis=1)
    excess = rows @ solution
    solved = np.abs(met) > 1e-9
    steps = excess[solved] / met[solved]
    solutions = solution - steps[:, np.newaxis] * ways[solved]
    losses = loss + price[solved] * excess[solved] ** 2

    changes = solutions[:, 2 : 2 + n_units]
    jump = np.zeros_like(changes)
    jump[:, between] = solutions[:, 2 + n_units :]
    crossing = (jump * (jump + changes * gap) <= ROUNDING) | ~between
    for k in np.flatnonzero(crossing.all(axis=1) & (losses <= below)):
        c = np.where(changes[k] == 0, 1, changes[k])
        yield Fit(
            losses[k] if losses[k] > ROUNDING else 0.0,
            np.abs(changes[k]).max(),
            X[point] + np.clip(-jump[k] / c, 0, gap),
            left[solved][k] == 1,
        )


def best_fit(n_units: int) -> Fit:
    """Go through all arrangements of so many joints."""
    best = Fit(np.inf, np.inf, X[:0], X[:0])
    for slots in combinations(range(2 * X.size - 2), n_units):
        for fit in fits(slots, best.loss + ROUNDING):
            best = min(best, fit, key=lambda fit: fit[:2])
    return best


def network_of(fit: Fit) -> ReLUNetwork:
    """Write a fit with joints of few digits, and the best φ for these."""
    facing = np.where(fit.left, -1.0, 1.0)
    theta_0 = -facing * fit.joints.round(DECIMALS)
    hidden = np.maximum(theta_0 + X[:, np.newaxis] * facing, 0)
    design = np.column_stack([np.ones_like(X), hidden])
    phi_0, *phi = np.linalg.lstsq(design, Y)[0].round(DECIMALS)
    return ReLUNetwork([facing[:, np.newaxis], [phi]], [theta_0, [phi_0]])


def main() -> None:
    """Print a text for each number of units, until the line goes through all points."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=MAX_UNITS)
    for n_units in range(1, parser.parse_args().most + 1):
        fit = best_fit(n_units)
        network = network_of(fit)
        print(network_to_text(network))
        print(f"  D = {n_units}: {fit.loss:.6g}, as text {summed_loss(network):.6g}")
        if not fit.loss:
            break


if __name__ == "__main__":
    main()
