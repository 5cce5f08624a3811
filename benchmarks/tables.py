"""R² on real tables at default settings, raw data, beside scikit-learn's peers.

Run with ``python benchmarks/tables.py``: mean R² of 5 shuffled folds for five seeds, as
the data are and with X and y multiplied by 1e6 and shifted by 1e7.
"""

import warnings

from sklearn.base import RegressorMixin
from sklearn.datasets import load_diabetes, load_linnerud
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold, cross_val_score
from sklearn.neural_network import MLPRegressor

from estimators import DeepReLURegressor, ShallowReLURegressor

TABLES = {
    "diabetes": load_diabetes(return_X_y=True, scaled=False),
    "linnerud": load_linnerud(return_X_y=True),
}
MODELS: dict[str, type[RegressorMixin]] = {
    "ShallowReLURegressor": ShallowReLURegressor,
    "DeepReLURegressor": DeepReLURegressor,
    "MLPRegressor": MLPRegressor,
}


def main() -> None:
    """Print a row for each table and model."""
    warnings.simplefilter("ignore", ConvergenceWarning)
    folds = KFold(5, shuffle=True, random_state=0)
    for name, (X, y) in TABLES.items():
        moved = (X * 1e6 + 1e7, y * 1e6 + 1e7)
        line = cross_val_score(LinearRegression(), X, y, cv=folds).mean()
        print(f"{name}: straight line {line:.3f}")
        for title, Model in MODELS.items():
            for kind, data in (("as they are", (X, y)), ("moved", moved)):
                scores = [
                    cross_val_score(Model(random_state=seed), *data, cv=folds).mean()
                    for seed in range(5)
                ]
                row = " ".join(f"{score:10.3g}" for score in scores)
                print(f"  {title:21} {kind:12} {row}", flush=True)


if __name__ == "__main__":
    main()
