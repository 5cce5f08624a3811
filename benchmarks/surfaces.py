"""Variable projection against `MLPRegressor` on two surfaces.

Run with ``PYTHONPATH=. python benchmarks/surfaces.py``. Franke's function and MATLAB's
``peaks`` at 5000 random points, without noise; processor seconds, one BLAS thread,
contenders interleaved task by task, everyone on the same standardised data. Each of
`MLPRegressor`'s settings runs until its budget is spent, and the lowest training loss
that any of them has reached is the mark. ``time`` is that peer's time divided by ours
to the same mark, ``RMSE`` our error when we end, or when our budget is spent, divided
by the mark's.
"""

import argparse
import time
import warnings
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor
from threadpoolctl import threadpool_limits

from benchmarks.fit import franke, standardised
from estimators.losses import squared_error
from estimators.objective import Objective, Penalty
from estimators.solvers.protocol import SolverOptions
from estimators.solvers.start import he_start
from estimators.solvers.variable_projection import variable_projection

N_ROWS = 5000
WIDTHS = [(50,), (200,), (50, 50), (50, 50, 50)]


class Task(NamedTuple):
    """Standardised data, an architecture and a seed."""

    name: str
    X: np.ndarray
    y: np.ndarray
    widths: tuple[int, ...]
    seed: int


class Moment(NamedTuple):
    """A training loss, and when it was reached."""

    seconds: float
    loss: float


def peaks(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """MATLAB's test surface: three hills and three dips."""
    return (
        3 * (1 - u) ** 2 * np.exp(-(u**2) - (v + 1) ** 2)
        - 10 * (u / 5 - u**3 - v**5) * np.exp(-(u**2) - v**2)
        - np.exp(-((u + 1) ** 2) - v**2) / 3
    )


SURFACES = {"Franke": (franke, 0, 1), "peaks": (peaks, -3, 3)}


def tasks(seed: int) -> Iterator[Task]:
    """Yield every surface with every architecture."""
    rng = np.random.default_rng(seed)
    for name, (surface, low, high) in SURFACES.items():
        X = rng.uniform(low, high, (N_ROWS, 2))
        y = standardised(surface(*X.T))
        for widths in WIDTHS:
            yield Task(f"{name} {widths}", standardised(X), y, widths, seed)


def ours(task: Task, budget: float) -> Iterator[Moment]:
    """Yield all that variable projection reaches; the start is part of its time."""
    began = time.process_time()
    sizes = (2, *task.widths, 1)
    ones = np.ones(N_ROWS)
    objective = Objective(
        sizes, task.X, task.y[:, np.newaxis], ones, squared_error, Penalty(0)
    )
    random_state = np.random.RandomState(task.seed)
    start = he_start(sizes, task.X, ones, random_state)
    options = SolverOptions(1e-3, 200, random_state)
    for step in variable_projection(objective, start, options):
        seconds = time.process_time() - began
        yield Moment(seconds, step.total)
        if seconds > budget:
            break


def mlp_adam(rate: float) -> Callable[[Task, float], Moment]:
    """Return the best epoch of ``solver="adam"``; finding it is not timed."""

    def best(task: Task, budget: float) -> Moment:
        model = MLPRegressor(
            hidden_layer_sizes=task.widths,
            learning_rate_init=rate,
            alpha=0,
            random_state=task.seed,
        )
        reached, spent = Moment(0.0, np.inf), 0.0
        while spent < budget:
            began = time.process_time()
            model.partial_fit(task.X, task.y)
            spent += time.process_time() - began
            reached = min(reached, Moment(spent, mean_square(model, task)), key=by_loss)
        return reached

    return best


def mlp_lbfgs(task: Task, budget: float) -> Moment:
    """Return the end of ``solver="lbfgs"``, with as many iterations as fit in."""

    def trained(max_iter: int) -> tuple[Moment, int]:
        model = MLPRegressor(
            hidden_layer_sizes=task.widths,
            solver="lbfgs",
            alpha=0,
            tol=0,
            max_iter=max_iter,
            max_fun=10**9,
            random_state=task.seed,
        )
        began = time.process_time()
        model.fit(task.X, task.y)
        seconds = time.process_time() - began
        return Moment(seconds, mean_square(model, task)), model.n_iter_

    probe, done = trained(50)
    return trained(int(done * budget / probe.seconds))[0]


def mean_square(model: MLPRegressor, task: Task) -> float:
    """Return the training loss."""
    return float(np.mean((model.predict(task.X) - task.y) ** 2))


def by_loss(moment: Moment) -> float:
    """Return what moments are compared by."""
    return moment.loss


PEERS = {
    "adam 1e-3": mlp_adam(1e-3),
    "adam 1e-2": mlp_adam(1e-2),
    "lbfgs": mlp_lbfgs,
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--budget", type=float, default=20, help="seconds for each")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    columns = [f"{name:>16}" for name in (*PEERS, "ours to mark", "ours, end")]
    print(f"{'RMSE after seconds':22}", *columns, f"{'time':>7} {'RMSE':>6}")
    ratios = []
    for seed in range(arguments.seeds):
        for task in tasks(seed):
            peers = [peer(task, arguments.budget) for peer in PEERS.values()]
            moments = list(ours(task, arguments.budget))
            mark = min(peers, key=by_loss)
            end = min(moments, key=by_loss)
            never = Moment(np.inf, np.nan)
            arrived = next((m for m in moments if m.loss <= mark.loss), never)
            faster = mark.seconds / arrived.seconds
            lower = np.sqrt(end.loss / mark.loss)
            ratios.append((faster, lower))
            shown = [
                f"{np.sqrt(moment.loss):8.5f} {moment.seconds:6.2f}s"
                for moment in (*peers, arrived, end)
            ]
            print(f"{task.name:22}", *shown, f"{faster:6.1f}× {lower:6.2f}", flush=True)
    faster, lower = np.exp(np.mean(np.log(np.maximum(ratios, 1e-3)), axis=0))
    print(f"geometric means: {faster:.1f}× faster, {lower:.2f}× the RMSE")


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
