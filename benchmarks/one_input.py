"""Networks with one input and one hidden layer, against the best there can be.

Run with ``PYTHONPATH=. python benchmarks/one_input.py``. Without noise the yardstick is
the exact optimum over D straight runs, by dynamic programming with a cut allowed
between any two points. A broken line with D − 1 joints is such a division whose runs
also meet, so below 1 there are only networks with D joints, whose bends balance.
With noise it is the distance from the sine itself, and scikit-learn's ``MLPRegressor``
is the reference, on the same standardised data. Seconds are processor time of one core.
"""

import time
import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

from estimators.knots.points import Points
from estimators.knots.segments import best_cuts, segment_costs
from estimators.losses import squared_error
from estimators.objective import Objective, Penalty
from estimators.solvers.free_knots import free_knots
from estimators.solvers.protocol import SolverOptions
from estimators.solvers.start import he_start
from estimators.solvers.threads import one_blas_thread

Array = NDArray[np.float64]

WIDTHS = (3, 10, 30, 100)
N_CLEAN, N_NOISY, NOISE, N_SEEDS = 2000, 200, 0.1, 4
ALPHAS = (1e-4, 1e-2, 1.0)


def weierstrass(x: Array) -> Array:
    """Sum cosines whose frequencies grow faster than their amplitudes fall."""
    return sum(0.5**k * np.cos(3**k * np.pi * x) for k in range(8))


TARGETS: dict[str, tuple[Callable[[Array], Array], float, float]] = {
    "sine": (lambda x: np.sin(8 * np.pi * x), 0, 1),
    "exp": (lambda x: np.exp(3 * x), 0, 1),
    "sqrt": (np.sqrt, 0, 1),
    "Runge": (lambda x: 1 / (1 + 25 * x * x), -1, 1),
    "Weierstrass": (weierstrass, 0, 1),
}


def standardised(values: Array) -> Array:
    """Shift and scale to mean 0 and variance 1."""
    return (values - values.mean()) / values.std()


def best_losses(x: Array, y: Array) -> dict[int, float]:
    """Compute the exact optimum over D straight runs for all widths D."""
    points = Points.of_rows(x, y[:, np.newaxis], np.ones(len(x)))
    costs = segment_costs(points, np.arange(points.n_places + 1))
    return {
        n_runs: costs[cuts[1:], cuts[:-1]].sum()
        for n_runs, cuts in enumerate(best_cuts(costs, max(WIDTHS)), 1)
        if n_runs in WIDTHS
    }


def fitted(
    x: Array, y: Array, width: int, choose_joints: bool = False
) -> tuple[float, Callable[[Array], Array], float]:
    """Fit one network: its loss, what it computes, and seconds."""
    arrays = x[:, np.newaxis], y[:, np.newaxis], np.ones(len(x))
    objective = Objective((1, width, 1), *arrays, squared_error, Penalty(0))
    random_state = np.random.RandomState(0)
    start = he_start(
        objective.sizes, objective.X, objective.sample_weight, random_state
    )
    options = SolverOptions(1e-3, 200, random_state, choose_joints=choose_joints)
    began = time.process_time()
    with one_blas_thread():
        *_, last = free_knots(objective, start, options)
    seconds = time.process_time() - began
    return (
        last.total,
        lambda x: objective.outputs(last.params, x[:, np.newaxis])[:, 0],
        seconds,
    )


def clean() -> None:
    """Print RMSE ÷ best possible."""
    print(f"No noise, n = {N_CLEAN}: RMSE ÷ best over D runs (seconds)")
    print(f"{'':18}" + "".join(f"{f'D = {width}':>15}" for width in WIDTHS))
    ratios = []
    rng = np.random.default_rng(0)
    for name, (target, start, end) in TARGETS.items():
        grid = np.linspace(start, end, N_CLEAN)
        drawn = np.sort(rng.uniform(start, end, N_CLEAN))
        for kind, places in (("grid", grid), ("random", drawn)):
            x, y = standardised(places), standardised(target(places))
            best = best_losses(x, y)
            cells = []
            for width in WIDTHS:
                loss, _, seconds = fitted(x, y, width)
                ratios.append(np.sqrt(loss / best[width]))
                cells.append(f"{ratios[-1]:8.3f} ({seconds:.2f})")
            print(f"{name:11} {kind:6}" + "".join(cells))
    mean = np.exp(np.mean(np.log(ratios)))
    print(f"geometric mean {mean:.3f}, worst {max(ratios):.3f}\n")


def noisy() -> None:
    """Print the distance from a sine, learnt from noisy points."""
    print(f"sin(2πkx) + {NOISE} N(0, 1), n = {N_NOISY}: test RMSE, {N_SEEDS} seeds")
    grid = np.linspace(0, 1, 2000)
    for periods in (1, 2):
        for width in WIDTHS[:-1]:
            errors: dict[str, list[float]] = {}
            for seed in range(N_SEEDS):
                rng = np.random.default_rng(seed)
                places = np.sort(rng.uniform(size=N_NOISY))
                targets = np.sin(2 * np.pi * periods * places)
                targets += NOISE * rng.normal(size=N_NOISY)
                for name, predict in peers(places, targets, width, seed).items():
                    distance = predict(grid) - np.sin(2 * np.pi * periods * grid)
                    errors.setdefault(name, []).append(np.sqrt(np.mean(distance**2)))
            cells = (f"{name} {np.mean(value):.3f}" for name, value in errors.items())
            print(f"k = {periods}, D = {width:2}: " + ", ".join(cells))


def peers(
    places: Array, targets: Array, width: int, seed: int
) -> dict[str, Callable[[Array], Array]]:
    """Fit the same data in all ways; each result predicts on raw inputs."""
    x, y = standardised(places), standardised(targets)

    def raw(predict: Callable[[Array], Array]) -> Callable[[Array], Array]:
        def at(grid: Array) -> Array:
            inputs = (grid - places.mean()) / places.std()
            return predict(inputs) * targets.std() + targets.mean()

        return at

    networks = {
        "all joints": raw(fitted(x, y, width)[1]),
        "chosen": raw(fitted(x, y, width, True)[1]),
    }
    for solver in ("lbfgs", "adam"):
        for alpha in ALPHAS:
            model = MLPRegressor(
                hidden_layer_sizes=(width,),
                solver=solver,
                alpha=alpha,
                max_iter=2000,
                random_state=seed,
            )
            with warnings.catch_warnings(), one_blas_thread():
                warnings.simplefilter("ignore", ConvergenceWarning)
                model.fit(x[:, np.newaxis], y)
            networks[f"{solver} {alpha:g}"] = raw(
                lambda x, model=model: model.predict(x[:, np.newaxis])
            )
    return networks


if __name__ == "__main__":
    fitted(np.arange(3.0), np.arange(3.0), 1)
    clean()
    noisy()
