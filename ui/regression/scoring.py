"""How well predictors do on training and on test data."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import r2_score, root_mean_squared_error

Array = NDArray[np.floating]
XY = tuple[Array, Array]


def score_table(
    predictors: Mapping[str, Callable[[Array], Array]], train: XY, test: XY
) -> pd.DataFrame:
    """Score predictors on both parts of the data.

    Parameters
    ----------
    predictors : mapping of callables
        By name, from inputs of shape (n, 1) to predictions of shape (n,) or (n, 1).
    train, test : (x, y), each ndarray of shape (n_train,) or (n_test,)

    Returns
    -------
    DataFrame of shape (n_predictors, 4)
        R² (1 is perfect, 0 is no better than the mean) and root-mean-square error in
        units of y, on the training and on the test data.
    """
    rows = {
        name: [
            score(y, np.ravel(predict(x[:, np.newaxis])))
            for score in (r2_score, root_mean_squared_error)
            for x, y in (train, test)
        ]
        for name, predict in predictors.items()
    }
    columns = ["R², training", "R², test", "RMSE, training", "RMSE, test"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)
