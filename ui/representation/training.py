"""One session's training of a classifier: watched as it goes, kept when it is over."""

from collections.abc import Hashable, MutableMapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from numpy.typing import NDArray

from estimators import DeepReLUClassifier, ReLUNetwork
from estimators.training import FitState
from ui.jobs import Shelf, SlicedJob

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
class Trained:
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
    def network(self) -> ReLUNetwork:
        """The network to show: the latest while training, then the best."""
        if self.job.running or self.job.status == "failed":
            return self.job.latest.network
        return self.model.network_

    @property
    def loss(self) -> float:
        """Its mean cross-entropy on the training data, in nats."""
        if self.job.running or self.job.status == "failed":
            return self.job.latest.loss
        return self.model.loss_

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


class Trainings:
    """A place for one session's training, and for what all sessions have finished.

    Parameters
    ----------
    name : str
        Under which a session keeps its training.
    size : int
        How many that have ended are kept.
    """

    def __init__(self, name: str, size: int) -> None:
        self._key = f"_classifier_of_{name}"
        self._again = f"_again_{name}"
        self._finished: Shelf[Trained] = Shelf(size)

    def of(
        self,
        session: MutableMapping[str, Any],
        question: Hashable,
        data: tuple[NDArray, NDArray],
        shape: Shape,
        *,
        public: bool = True,
    ) -> Trained:
        """Return the session's training of this network on these data, begun at least.

        Parameters
        ----------
        session : mutable mapping
            Such as ``st.session_state``.
        question : hashable
            What determines the data; with the shape, it determines the result.
        data : (X, labels)
        shape : Shape
        public : bool, default=True
            Whether other sessions may be given the result.

        Returns
        -------
        Trained

        Raises
        ------
        ValueError
            If the data or the shape cannot be trained on.
        """
        asked = (question, shape)
        known, trained, _ = session.get(self._key, (None, None, False))
        if trained is not None and known == asked:
            return trained
        if trained is not None:
            trained.job.stop()
        # What is to be watched again is not taken from the shelf.
        known = public and session.pop(self._again, None) != asked
        trained = self._finished.get(asked) if known else None
        if trained is None:
            model = DeepReLUClassifier(**shape.parameters())
            states = model.iter_fit(*data)
            job = SlicedJob(states, record=lambda s: s.loss, time_limit=TIME_LIMIT)
            trained = Trained(model, job)
            job.advance(0, 1)
            if job.latest is None:
                raise ValueError(job.error)
        session[self._key] = (asked, trained, public)
        return trained

    def tick(
        self, session: MutableMapping[str, Any], seconds: float, pace: int
    ) -> None:
        """Train for a slice, so little at first that it can be followed by eye.

        Parameters
        ----------
        session : mutable mapping
        seconds : float
            The slice.
        pace : int
            It goes on by one part in so many of what has been done already.
        """
        asked, trained, public = session.get(self._key, (None, None, False))
        if trained is None or not trained.job.running:
            return
        trained.job.advance(seconds, max(1, len(trained.job.history) // pace))
        if trained.job.status == "finished" and public:
            self._finished.put(asked, trained)

    def begin_again(self, session: MutableMapping[str, Any]) -> None:
        """Forget what has been trained, and have it trained anew."""
        asked, trained, _ = session.pop(self._key, (None, None, False))
        if trained is not None:
            trained.job.stop()
        session[self._again] = asked

    def is_busy(self, session: MutableMapping[str, Any]) -> bool:
        """Tell whether the session's training has not ended yet."""
        _, trained, _ = session.get(self._key, (None, None, False))
        return trained is not None and trained.job.running
