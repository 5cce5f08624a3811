"""Small training tasks that several test modules use."""

import numpy as np
import pytest
from sklearn.datasets import make_moons

from estimators import DeepReLUClassifier, DeepReLURegressor, ShallowReLURegressor
from estimators.solvers import SOLVERS

ALL = [ShallowReLURegressor, DeepReLURegressor, DeepReLUClassifier]
each_estimator = pytest.mark.parametrize("Estimator", ALL)
each_solver = pytest.mark.parametrize("solver", SOLVERS)
each_estimator_and_solver = pytest.mark.parametrize(
    ("Estimator", "solver"),
    [
        (Estimator, solver)
        for Estimator in ALL
        for solver in SOLVERS
        if solver in Estimator._parameter_constraints["solver"][0].options
    ],
)


def curve(n_samples=80, n_outputs=1, dtype=np.float64):
    x = np.linspace(-1, 2, n_samples)
    y = np.column_stack([np.sin((2 + k) * x) for k in range(n_outputs)])
    return x[:, None].astype(dtype), (y if n_outputs > 1 else y[:, 0]).astype(dtype)


def task(Estimator, n_samples=80, dtype=np.float64):
    if Estimator is DeepReLUClassifier:
        X, y = make_moons(n_samples, noise=0.2, random_state=0)
        return X.astype(dtype), y
    return curve(n_samples, dtype=dtype)
