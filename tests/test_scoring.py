"""Scores, against scikit-learn's."""

import numpy as np
import pytest
from sklearn.metrics import r2_score, root_mean_squared_error

from ui.regression.scoring import score_table


@pytest.mark.parametrize("constant", [False, True])
@pytest.mark.parametrize("exact", [False, True])
def test_scores_are_those_of_scikit_learn(constant, exact):
    rng = np.random.default_rng(0)
    x = rng.normal(size=50)
    y = np.full(50, 0.5) if constant else 3 * x + rng.normal(size=50)
    parts = (x[:30], y[:30]), (x[30:], y[30:])
    known = dict(zip(x, y, strict=True))

    def predict(inputs):
        if exact:
            return np.array([known[x] for x in inputs[:, 0]])
        return 2 * inputs + 0.25  # one column, as a network gives it

    (row,) = score_table({"it": predict}, *parts).to_numpy()
    expected = [
        score(y, np.ravel(predict(x[:, None])))
        for score in (r2_score, root_mean_squared_error)
        for x, y in parts
    ]
    np.testing.assert_allclose(row, expected, rtol=1e-12, atol=1e-12)
