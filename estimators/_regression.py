"""What the two regressors share: targets, squared error and R²."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import RegressorMixin
from sklearn.utils import Tags, column_or_1d
from sklearn.utils._param_validation import StrOptions

from estimators._base import ReLUEstimator
from estimators.losses import squared_error
from estimators.objective import Penalty
from estimators.scaling import Scaling
from estimators.solvers import GRADIENT_SOLVERS

Array = NDArray[np.floating]


# Strength of the automatic penalty for each input. In cross-validation on tables and
# noisy curves of 1, 2, 5 and 10 inputs, this is where the score is best or within its
# noise of the best: with more inputs, each unit has more weights to fit noise with.
ALPHA_PER_INPUT = 0.01


class ReLURegressor(RegressorMixin, ReLUEstimator):
    """A ReLU network that minimises the squared error."""

    _parameter_constraints: ClassVar[dict] = {
        **ReLUEstimator._parameter_constraints,
        "solver": [StrOptions({"auto", *GRADIENT_SOLVERS, "variable_projection"})],
    }
    _loss_function = staticmethod(squared_error)

    def predict(self, X: ArrayLike) -> Array:
        """Predict targets.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Inputs.

        Returns
        -------
        y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
            Predictions in the units of y; one-dimensional for a single output.
        """
        outputs = self._outputs(X)
        return outputs[:, 0] if self._single_output else outputs

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.estimator_type = "regressor"  # and a transformer beside it
        tags.target_tags.multi_output = True
        return tags

    @property
    def _y_checks(self) -> dict[str, Any]:
        return {"multi_output": True, "y_numeric": True}

    def _encoded(self, y: Array, *, reset: bool) -> Array:
        if y.ndim == 2 and y.shape[1] == 1:
            y = column_or_1d(y, warn=True)
        return y.reshape(len(y), -1)

    def _scaling_of(self, X: Array, targets: Array, sample_weight: Array) -> Scaling:
        return Scaling.of_data(X, targets, sample_weight)

    def _automatic_penalty(self) -> Penalty:
        return Penalty(ALPHA_PER_INPUT * self.n_features_in_, relative=True)

    @staticmethod
    def _score_outputs(outputs: Array, targets: Array, sample_weight: Array) -> float:
        """Return the mean R² over outputs, as `score` would on the same rows."""
        error = sample_weight @ (outputs - targets) ** 2
        spread = sample_weight @ (targets - sample_weight @ targets) ** 2
        exact = np.where(error == 0, 1.0, 0.0)
        ratio = np.divide(error, spread, out=1 - exact, where=spread > 0)
        return float(np.mean(1 - ratio))
