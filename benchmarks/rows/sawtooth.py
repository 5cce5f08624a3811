"""The sawtooth from 5000 samples: who finds it, how often, and the best RMSE.

Telgarsky's function of 2ᵏ straight pieces, which k layers of two units can represent.
Deep networks of several widths, and shallow ones with as many parameters. A run has
found it when its RMSE on a grid is below a twentieth of the target's spread, and is
given up after the seconds below. "from folds" is variable projection from layers of
hats with random peaks: a start that knows what kind of function to look for. There is
no target here: representable is not learnable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial, reduce
from operator import matmul

import numpy as np

from benchmarks.rows.contest import Contest
from benchmarks.rows.ours import TO_THE_END, along
from benchmarks.rows.peers import HAS_TORCH, PEERS
from benchmarks.rows.tasks import WARM_UP, Moment, Task, least
from estimators import ReLUNetwork
from estimators.constructions import sawtooth
from estimators.objective import n_parameters

N_SAMPLES, FOUND = 5000, 0.05
SECONDS, QUICK_SECONDS = 5.0, 2.0
FOLDS, QUICK_FOLDS = (2, 3, 4, 5, 6), (2, 3)
WIDTHS = (2, 4, 16)
RUNS_PER_SEED = 4  # a frequency takes more of them than a median


def folding_start(n_layers: int, width: int, seed: int) -> ReLUNetwork:
    """Draw a network whose every layer folds mixtures of the folds before it.

    Two units make a hat on [0, 1]: from 0 up to 1 at its peak and back to 0.
    """
    rng = np.random.default_rng(seed)
    n_hats = width // 2
    layers, n_inputs = [], 1
    for _ in range(n_layers):
        peak = rng.uniform(0.35, 0.65, n_hats)
        mixture = rng.dirichlet(np.full(n_inputs, 0.3), n_hats)
        hats = np.hstack([np.diag(1 / peak), -np.diag(1 / (peak * (1 - peak)))])
        bends = np.concatenate([np.zeros(n_hats), -peak])
        weights = [np.vstack([mixture, mixture]), hats]
        layers.append(ReLUNetwork(weights, [bends, np.zeros(n_hats)]))
        n_inputs = n_hats
    mean = ReLUNetwork([np.full((1, n_hats), 1 / n_hats)], [[0]])
    return reduce(matmul, [mean, *reversed(layers)])


def from_folds(task: Task) -> list[Moment]:
    """Train from a folding start; a shallow network has none."""
    if len(task.widths) == 1:
        return []
    start = folding_start(len(task.widths), task.widths[0], task.seed)
    return along(task, start, **TO_THE_END)


CONTENDERS = {
    "ours": partial(along, **TO_THE_END),
    "ours from folds": from_folds,
    "ours lbfgs": partial(along, solver="lbfgs", **TO_THE_END),
    "ours adam": partial(along, solver="adam", **TO_THE_END),
    "MLP lbfgs": PEERS["MLP lbfgs"],
    "MLP adam": PEERS["MLP adam 1e-3"],
    **({"torch one-cycle": PEERS["torch one-cycle 1e-2"]} if HAS_TORCH else {}),
}


def task_of(n_folds: int, widths: tuple[int, ...], seed: int, seconds: float) -> Task:
    """Draw a sample, and lay a grid."""
    X = np.random.default_rng(seed).uniform(size=(N_SAMPLES, 1))
    grid = np.linspace(0, 1, N_SAMPLES)[:, np.newaxis]
    teeth = sawtooth(n_folds)
    y, y_test = teeth(X)[:, 0], teeth(grid)[:, 0]
    goal = FOUND * y_test.std()
    return Task(X, y, widths, seed, (seconds,), grid, y_test, goal=goal)


def architectures(n_folds: int) -> Iterator[tuple[int, ...]]:
    """Yield deep networks, and each time the shallow one of as many parameters."""
    for width in WIDTHS:
        deep = (width,) * n_folds
        yield deep
        yield ((n_parameters((1, *deep, 1)) - 1) // 3,)  # as D units have 3 D + 1


def measure(seeds: Sequence[int], quick: bool) -> Iterator[str]:
    """Yield a line for each number of teeth and architecture."""
    seconds = QUICK_SECONDS if quick else SECONDS
    runs = [RUNS_PER_SEED * seed + k for seed in seeds for k in range(RUNS_PER_SEED)]
    with Contest(CONTENDERS, WARM_UP) as contest:
        for n_folds in QUICK_FOLDS if quick else FOLDS:
            for widths in architectures(n_folds):
                tasks = [task_of(n_folds, widths, run, seconds) for run in runs]
                results = [contest.results(task) for task in tasks]
                shown = []
                for who in CONTENDERS:
                    errors = [
                        least(each[who]).error / task.y_test.std()
                        for task, each in zip(tasks, results)
                        if each[who]
                    ]
                    if errors:
                        found = sum(error <= FOUND for error in errors)
                        shown.append(f"{who} {found}/{len(errors)} ({min(errors):.2g})")
                name = f"2^{n_folds} pieces, {' × '.join(map(str, widths))}"
                yield f"  {name:34} {'; '.join(shown)}"
        yield contest.memory()
