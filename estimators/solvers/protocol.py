"""What every solver takes and yields.

A solver is a generator ``solver(objective, params, options)`` over `Step`: first the
start itself, then one state after each iteration, without end or until it can improve
no more. Whoever consumes it decides when to stop; closing it stops the work. A long
iteration is interrupted by yielding the state before again, the very same object.

Parameters
----------
objective : estimators.objective.Objective
    Loss and gradient over flat parameters of standardised data.
params : ndarray of shape (n_parameters,)
    The start, in the floating type of the data. Never written to.
options : SolverOptions
    What the solvers need beside it; each takes what concerns it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from estimators.solvers.adam import Moments


class Step(NamedTuple):
    """A state of training: parameters, never changed later, and the objective there."""

    params: NDArray[np.floating]
    total: float


@dataclass(frozen=True)
class SolverOptions:
    """Settings of the solvers.

    Attributes
    ----------
    learning_rate : float
        Rate of "gd" and "adam".
    batch_size : int
        Rows of a mini-batch of "adam".
    random_state : RandomState
        Shuffles the mini-batches.
    moments : Moments or None
        What "adam" continues with.
    choose_joints : bool
        Whether "free_knots" bends no more often than the data give reason for.
    """

    learning_rate: float
    batch_size: int
    random_state: np.random.RandomState
    moments: Moments | None = None
    choose_joints: bool = False
