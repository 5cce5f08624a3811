"""Points and broken lines that several test modules use."""

import numpy as np
from hypothesis import strategies as st

from estimators.knots.points import Points


def some_points(seed, n=12, n_outputs=1):
    rng = np.random.default_rng(seed)
    y = rng.normal(size=(n, n_outputs))
    return Points.of_rows(rng.normal(size=n), y, rng.uniform(0.5, 2, n))


def at(line, x):
    return np.column_stack([np.interp(x, line.nodes, v) for v in line.values.T])


few = st.integers(1, 3)
