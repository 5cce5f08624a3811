"""What every contender is given, and what it is measured by."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

Predict = Callable[[np.ndarray], np.ndarray]


class Moment(NamedTuple):
    """An error on the test points, and the processor seconds until it was reached."""

    seconds: float
    error: float


NEVER = Moment(np.inf, np.inf)


def root_mean_square(residuals: np.ndarray) -> float:
    """Return the usual error."""
    return float(np.sqrt(np.mean(residuals**2)))


def largest(residuals: np.ndarray) -> float:
    """Return the maximum error."""
    return float(np.abs(residuals).max())


class Task(NamedTuple):
    """Data with one target, an architecture and the times at which a state counts.

    Attributes
    ----------
    X, y : ndarray of shape (n_samples, n_inputs) and (n_samples,)
        What is learnt from.
    widths : tuple of int
        Units of each hidden layer.
    seed : int
        For whatever a contender draws.
    times : tuple of float
        Processor seconds, rising; work ends at the last one.
    X_test, y_test : ndarray
        Where the error is measured.
    measure : callable
        From residuals to the error.
    goal : float
        An error that ends the work.
    """

    X: np.ndarray
    y: np.ndarray
    widths: tuple[int, ...]
    seed: int
    times: tuple[float, ...]
    X_test: np.ndarray
    y_test: np.ndarray
    measure: Callable[[np.ndarray], float] = root_mean_square
    goal: float = 0.0

    def error(self, predict: Predict) -> float:
        """Measure a prediction of raw targets from raw inputs."""
        return self.measure(predict(self.X_test) - self.y_test)


def with_standard_data(task: Task) -> Task:
    """Return the task as the peers need it: all data by the training data's scale.

    The errors that it measures are still those of the raw targets.
    """
    X_mean, X_std = task.X.mean(axis=0), task.X.std(axis=0)
    y_mean, y_std = task.y.mean(), task.y.std()
    return task._replace(
        X=(task.X - X_mean) / X_std,
        y=(task.y - y_mean) / y_std,
        X_test=(task.X_test - X_mean) / X_std,
        y_test=(task.y_test - y_mean) / y_std,
        measure=lambda residuals: task.measure(residuals * y_std),
    )


def at_time(moments: list[Moment], seconds: float) -> Moment:
    """Return the last moment until then."""
    return max((m for m in moments if m.seconds <= seconds), default=NEVER)


def least(moments: list[Moment]) -> Moment:
    """Return the first moment of the smallest error."""
    return min(moments, key=lambda moment: moment.error, default=NEVER)


_RAMP = np.arange(40.0)
WARM_UP = Task(
    _RAMP[:, np.newaxis], _RAMP % 3, (3,), 0, (0.05,), _RAMP[:, np.newaxis], _RAMP % 3
)
