"""The smallest maximum error of D hidden units, and what gradient training leaves.

Run with ``PYTHONPATH=. python benchmarks/maximum_error.py``: five targets on 2000
points. The bounds are proven: no broken line with D - 1, or with D joints, has a
smaller error on these points, and a network of D units is a line of the second kind.
Beside them stand the error of networks of exactly D units, calculated from their
parameters: of the best line with D - 1 joints, and of the best that is found; the
seconds each took; and the maximum error of `MLPRegressor` with L-BFGS, the best of
three trainings for the squared error on standardised data. Processor seconds, one BLAS
thread.
"""

import time
import warnings
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from scipy.stats import gmean
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor
from threadpoolctl import threadpool_limits

from estimators import ReLUNetwork
from estimators.minimax import (
    Units,
    as_units,
    best_broken_line,
    best_units,
    iter_units,
)

WIDTHS = (3, 10, 30, 100)

Array = np.ndarray
T = TypeVar("T")


def targets(n_points: int) -> dict[str, tuple[Array, Array]]:
    """Return the targets: smooth ones, a singular one and a rough one."""
    x = np.linspace(0, 1, n_points)
    wide = 2 * x - 1
    rough = sum(0.5**k * np.cos(3**k * np.pi * x) for k in range(8))
    return {
        "sine": (x, np.sin(8 * np.pi * x)),
        "exp": (x, np.exp(3 * x)),
        "root": (x, np.sqrt(x)),
        "Runge": (wide, 1 / (1 + 25 * wide**2)),
        "Weierstrass": (x, rough),
    }


def measured_error(units: Units, x: Array, y: Array) -> float:
    """Return the maximum error of a network, evaluated as one."""
    theta, beta, phi, offset = units
    network = ReLUNetwork([theta, phi], [beta, offset])
    return float(np.abs(network(x[:, np.newaxis])[:, 0] - y).max())


def timed(action: Callable[[], T]) -> tuple[T, float]:
    """Return the result of an action and the processor seconds it took."""
    began = time.process_time()
    result = action()
    return result, time.process_time() - began


def longest_slice(x: Array, y: Array, n_units: int) -> float:
    """Return the longest time between two steps."""
    longest, began = 0.0, time.process_time()
    for _ in iter_units(x, y, n_units):
        now = time.process_time()
        longest, began = max(longest, now - began), now
    return longest


def trained_error(x: Array, y: Array, n_units: int) -> float:
    """Return the least maximum error of three trainings by squared error."""
    X = ((x - x.mean()) / x.std())[:, np.newaxis]
    standardised = (y - y.mean()) / y.std()
    errors = []
    for seed in range(3):
        model = MLPRegressor(
            hidden_layer_sizes=(n_units,),
            solver="lbfgs",
            alpha=0,
            max_iter=2000,
            random_state=seed,
        ).fit(X, standardised)
        errors.append(np.abs(model.predict(X) - standardised).max() * y.std())
    return min(errors)


def row(x: Array, y: Array, n_units: int) -> dict[str, float]:
    """Measure one target and width."""
    line, line_seconds = timed(lambda: best_broken_line(x, y, n_units - 1))
    best, units_seconds = timed(lambda: best_units(x, y, n_units))
    free = best_broken_line(x, y, n_units)
    from_line = measured_error(as_units(line, n_units), x, y)
    return {
        "bound D-1": line.lower_bound,
        "line/bound": from_line / line.lower_bound,
        "seconds": line_seconds,
        "bound D": free.lower_bound,
        "units/bound": measured_error(best.units, x, y) / free.lower_bound,
        "seconds ": units_seconds,
        "slice": longest_slice(x, y, n_units),
        "MLP/bound": trained_error(x, y, n_units) / line.lower_bound,
    }


def main() -> None:
    """Print a row for each target and width, then geometric means and the worst."""
    warnings.simplefilter("ignore", ConvergenceWarning)
    rows = []
    with threadpool_limits(1):
        for name, (x, y) in targets(2000).items():
            for n_units in WIDTHS:
                rows.append(row(x, y, n_units))
                if len(rows) == 1:
                    print(" " * 16, *(f"{title:>11}" for title in rows[0]))
                figures = (f"{value:11.4g}" for value in rows[-1].values())
                print(f"{name:12} {n_units:3}", *figures, flush=True)
    table = np.array([list(figures.values()) for figures in rows])
    for name, values in (("mean", gmean(table)), ("worst", table.max(axis=0))):
        print(f"{name:16}", *(f"{value:11.4g}" for value in values))


if __name__ == "__main__":
    main()
