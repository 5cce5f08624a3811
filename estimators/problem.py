"""A training problem: standardised data, what is minimised, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split

from estimators.network import ReLUNetwork
from estimators.objective import Criterion, Penalty
from estimators.scaling import Scaling
from estimators.solvers.start import he_start

Array = NDArray[np.floating]


@dataclass(frozen=True)
class Validation:
    """Standardised rows kept apart from training.

    Attributes
    ----------
    X : ndarray of shape (n_rows, n_inputs)
        Inputs.
    targets : ndarray of shape (n_rows, n_outputs)
        Targets in the form that the loss takes.
    sample_weight : ndarray of shape (n_rows,)
        Weights that sum to one.
    score : callable
        ``score(outputs, targets, sample_weight)``, higher is better.
    """

    X: Array
    targets: Array
    sample_weight: Array
    score: Callable[[Array, Array, Array], float]


@dataclass(frozen=True)
class Problem:
    """A training problem on standardised data, and the way back to raw data.

    Attributes
    ----------
    objective : Criterion
        What is minimised over flat parameters.
    scaling : Scaling
        What folds parameters into a network on raw data.
    loss_unit : float
        One unit of standardised loss, in units of the raw data.
    validation : Validation or None
        Rows kept apart.
    """

    objective: Criterion
    scaling: Scaling
    loss_unit: float = 1.0
    validation: Validation | None = None

    @property
    def dtype(self) -> np.dtype:
        """Floating type of the data, and so of the fitted network."""
        return self.objective.X.dtype

    def with_penalty(self, penalty: Penalty) -> Problem:
        """Return the problem with another penalty."""
        return replace(self, objective=self.objective.with_penalty(penalty))

    def random_start(self, random_state: np.random.RandomState) -> Array:
        """Draw parameters to start from."""
        objective = self.objective
        params = he_start(
            objective.sizes, objective.X, objective.sample_weight, random_state
        )
        return params.astype(self.dtype)

    def continued_start(self, network: ReLUNetwork) -> Array:
        """Take the parameters of a network on raw data to start from."""
        return self.scaling.unfold(network).astype(self.dtype)

    def fold(self, params: Array) -> ReLUNetwork:
        """Turn parameters into a network on raw data."""
        return self.scaling.fold(params, self.objective.sizes, self.dtype)


def merged_rows(
    X: Array, targets: Array, sample_weight: Array
) -> tuple[Array, Array, Array]:
    """Sort rows, and merge equal ones into one row with the sum of their weights.

    It makes a weight of two and a repeated row the same problem to the last bit, and
    the order of the rows irrelevant. Rounding differences would not stay small: over
    hundreds of iterations they lead a solver to another local minimum.

    Parameters
    ----------
    X : ndarray of shape (n_rows, n_inputs)
        Inputs.
    targets : ndarray of shape (n_rows, n_outputs)
        Targets; rows count as equal if these are equal too.
    sample_weight : ndarray of shape (n_rows,)
        Weights.

    Returns
    -------
    X, targets, sample_weight : ndarray
        The merged rows.
    """
    table = np.hstack([X, targets.astype(np.float64)])
    order = np.lexsort(table.T)
    table = table[order]
    first = np.ones(len(table), dtype=bool)
    first[1:] = (table[1:] != table[:-1]).any(axis=1)
    kept = order[first]
    sums = np.add.reduceat(sample_weight[order], np.flatnonzero(first))
    return X[kept], targets[kept], sums


def split_rows(
    n_rows: int,
    fraction: float,
    strata: NDArray | None,
    random_state: np.random.RandomState,
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Divide rows at random into training and validation rows.

    Parameters
    ----------
    n_rows : int
        Number of rows.
    fraction : float
        Share of the validation rows.
    strata : ndarray of shape (n_rows,) or None
        Classes whose proportions both parts keep.
    random_state : RandomState
        Source of randomness.

    Returns
    -------
    training, validation : ndarray of int
        Row numbers.

    Raises
    ------
    ValueError
        If there are too few rows for both parts.
    """
    n_validation = int(np.ceil(fraction * n_rows))
    if n_validation < 2 or n_rows - n_validation < 1:
        raise ValueError(
            "early_stopping needs at least 2 validation samples and 1 training sample; "
            f"validation_fraction={fraction:g} of {n_rows} samples leaves "
            f"{n_validation} for validation. Pass X_val and y_val, change "
            "validation_fraction, or set early_stopping=False."
        )
    return train_test_split(
        np.arange(n_rows),
        test_size=n_validation,
        random_state=random_state,
        stratify=strata,
    )
