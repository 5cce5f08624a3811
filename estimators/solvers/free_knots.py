"""One input, one hidden layer, squared error: joints placed one by one."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np
from numpy.typing import NDArray

from estimators.knots.networks import fitted_networks
from estimators.knots.points import Points
from estimators.objective import Objective
from estimators.solvers.lbfgs import lbfgs
from estimators.solvers.protocol import SolverOptions, Step
from estimators.solvers.quiet import quietly

Array = NDArray[np.floating]

# Entries of the hidden layer's activations that are computed between two pauses.
ENTRIES_AT_A_TIME = 4_000_000
# More places than the first are put into as many cells as the second.
MANY_PLACES, N_CELLS = 2**16, 2**15


def free_knots(
    objective: Objective,
    params: Array,
    options: SolverOptions,
) -> Iterator[Step]:
    """Fit the broken line with the best joints, and make hidden units of it.

    Here a network is a broken line whose joints are free, and splines have better
    methods than gradients: dynamic programming tells where to cut the data into
    straight runs, Levenberg–Marquardt steps with banded normal equations refine joints
    and values, and a choice of which units face left turns a line with D joints into
    D units, if there is one. Otherwise one unit carries the slope.

    The start only counts as something to beat. Where there is a penalty, L-BFGS goes on
    from the best network. Yields the best state so far, again if there is none better;
    ends when all has been tried. See `estimators.solvers.protocol` for the parameters.

    Parameters
    ----------
    objective : Objective
        Squared error of a network with sizes (1, D, n_outputs).
    params : ndarray of shape (n_parameters,)
        The start.
    options : SolverOptions
        For L-BFGS, and `choose_joints`.

    Yields
    ------
    step : Step
        First the start.

    References
    ----------
    Bellman, "On the approximation of curves by line segments using dynamic
    programming", Communications of the ACM 4 (1961); Jupp, "Approximation to data by
    splines with free knots", SIAM Journal on Numerical Analysis 15 (1978).
    """
    best = Step(params, objective.total(params))
    yield best
    points = Points.of_rows(
        objective.X[:, 0].astype(np.float64),
        objective.targets.astype(np.float64),
        objective.sample_weight.astype(np.float64),
    )
    if points.n_places > MANY_PLACES:
        points = points.condensed(N_CELLS)
    yield best
    n_units = objective.sizes[1]
    closest, least_loss = best, np.inf
    candidates = fitted_networks(points, n_units, options.choose_joints)
    cast = (c if c is None else c.astype(params.dtype) for c in candidates)
    for candidate in quietly(cast):
        if candidate is not None:
            total = yield from _total(objective, candidate, best)
            step = Step(candidate, total)
            if np.isfinite(total):
                loss = objective.loss(candidate, total)
                if loss < least_loss:
                    closest, least_loss = step, loss
                # A start may be so bad that its total is not a number.
                if not total >= best.total:
                    best = step
        yield best
    if objective.penalty.alpha:
        # The best so far may be a mere line, from which there is no way on.
        starts = [best] if closest is best else [best, closest]
        for start in starts:
            for step in _finished(objective, start, options):
                best = min(best, step, key=lambda step: step.total)
                yield best


def _total(
    objective: Objective, params: Array, best: Step
) -> Generator[Step, None, float]:
    """Return ``objective.total(params)``, with pauses."""
    weight = objective.sample_weight
    rows = max(1, ENTRIES_AT_A_TIME // objective.sizes[1])
    loss = 0.0
    for start in range(0, objective.n_samples, rows):
        if start:
            yield best
        block = slice(start, start + rows)
        with np.errstate(over="ignore", invalid="ignore"):
            outputs = objective.outputs(params, objective.X[block])
            loss += objective.loss_function(
                outputs, objective.targets[block], weight[block]
            )[0]
    loss /= float(weight.sum(dtype=np.float64))
    return objective.penalised(loss, params)


def _finished(
    objective: Objective, start: Step, options: SolverOptions
) -> Iterator[Step]:
    """Go on by L-BFGS, which works in float64."""
    dtype = start.params.dtype
    for step in lbfgs(objective, start.params, options):
        if dtype != step.params.dtype:
            params = step.params.astype(dtype)
            step = Step(params, objective.total(params))
        yield step
