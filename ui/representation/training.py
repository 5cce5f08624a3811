"""A classifier in training: its shape, its job, the network to show."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from numpy.typing import NDArray

from estimators import DeepReLUClassifier
from estimators.training import FitState
from ui.in_training import InTraining
from ui.jobs import SlicedJob

MOST_LAYERS, MOST_UNITS = 4, 32
SOLVERS = ("adam", "lbfgs", "gd")
TIME_LIMIT = 20.0  # s of work for one network
_MAX_ITER = 1000
_PENALTY = 1e-4
_RATES = {"adam": 0.02, "gd": 0.3}


class Shape(NamedTuple):
    """What network is trained, and how.

    Attributes
    ----------
    widths : tuple of int
        Units of each hidden layer.
    solver : str
    seed : int
        Of the random start.
    """

    widths: tuple[int, ...]
    solver: str
    seed: int

    def parameters(self) -> dict[str, Any]:
        """Return the keyword arguments of `DeepReLUClassifier`."""
        rate = _RATES.get(self.solver)
        return {
            "depth": len(self.widths),
            "width": list(self.widths),
            "solver": self.solver,
            "alpha": _PENALTY,
            "max_iter": _MAX_ITER,
            "random_state": self.seed,
            **({} if rate is None else {"learning_rate_init": rate}),
        }


@dataclass(frozen=True)
class Trained(InTraining):
    """A classifier in training.

    Attributes
    ----------
    model : DeepReLUClassifier
        Fitted once the job has ended and not failed.
    job : SlicedJob
        Trains it; its history has the loss of each iteration.
    """

    model: DeepReLUClassifier
    job: SlicedJob[FitState, float]

    @property
    def iteration(self) -> int:
        """How many iterations have been done."""
        return self.job.latest.iteration

    def parameters(self, shape: Shape) -> dict[str, Any]:
        """Return the keyword arguments with which `fit` ends where this did."""
        parameters = shape.parameters()
        if self.job.status in ("stopped", "out of time"):
            parameters["max_iter"] = max(1, self.iteration)
        return parameters


def start_training(X: NDArray, labels: NDArray, shape: Shape) -> Trained:
    """Prepare the training of this network on these data; nothing is trained yet.

    Raises
    ------
    ValueError
        If the shape is not acceptable.
    """
    model = DeepReLUClassifier(**shape.parameters())
    states = model.iter_fit(X, labels)
    job = SlicedJob(states, record=lambda s: s.loss, time_limit=TIME_LIMIT)
    return Trained(model, job)
