"""How many joints the data give reason for."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from estimators.knots.points import Points
from estimators.knots.refine import refine
from estimators.knots.start import nodes_of_cuts, starting_cuts

# Steps of refinement before two numbers of joints are compared.
STEPS = 12
# Of the variance: less is rounding.
ROUNDING = 1e-26


def number_of_joints(
    points: Points, most: int
) -> Generator[None, None, tuple[int, float]]:
    """Choose the number of joints by an information criterion.

    Every candidate is fitted, as no joint may help until there are enough for the
    shape: a sine gains nothing from the first few.

    Parameters
    ----------
    points : Points
        What is to be fitted.
    most : int
        The largest number allowed, below ``points.n_places - 1``.

    Yields
    ------
    pause : None
        Every few milliseconds.

    Returns
    -------
    n_joints : int
        Between 0 and `most`.
    value : float
        Its `criterion`; infinite if there are too few rows for any choice.
    """
    sizes = [size for size in ladder(most) if n_free(size) < points.effective_size]
    if not sizes:
        return 0, np.inf
    starts = yield from starting_cuts(points, sizes)
    variance = points.weight @ ((points.y - points.weight @ points.y) ** 2).mean(axis=1)
    floor = ROUNDING * (variance + points.scatter)
    criteria = []
    for size in sizes:
        *_, line = refine(points, nodes_of_cuts(points, starts[size]), max_steps=STEPS)
        loss = max(line.loss, floor, np.finfo(float).tiny)
        criteria.append(criterion(loss, n_free(size), points.effective_size))
        yield
    best = int(np.argmin(criteria))
    return sizes[best], criteria[best]


def n_free(n_joints: int) -> int:
    """Count the free parameters of a broken line."""
    return 2 * n_joints + 2


def criterion(loss: float, n_parameters: float, n_rows: float) -> float:
    """Compare fits with different numbers of parameters.

    ``log(loss) − log(n) · log(1 − p/n)``: with many rows the Bayesian information
    criterion, ``log(loss) + p · log(n)/n``, whose strength it takes to resist joints
    that have looked for noise to follow. Like generalised cross-validation, which has
    2 for log(n), it lets nothing come near to as many parameters as rows.

    Parameters
    ----------
    loss : float
        Mean squared error.
    n_parameters : float
        Fewer than `n_rows`.
    n_rows : float
        Effective number of rows.

    Returns
    -------
    criterion : float
        Less is better.

    References
    ----------
    Schwarz, "Estimating the dimension of a model", Annals of Statistics 6 (1978);
    Craven, Wahba, "Smoothing noisy data with spline functions", Numerische Mathematik
    31 (1979).
    """
    return float(np.log(loss) - np.log(n_rows) * np.log1p(-n_parameters / n_rows))


def ladder(most: int) -> list[int]:
    """List numbers of joints to try: all small ones, then each a sixth larger."""
    rungs = [0]
    while rungs[-1] < most:
        rungs.append(min(most, rungs[-1] + max(1, rungs[-1] // 6)))
    return rungs
