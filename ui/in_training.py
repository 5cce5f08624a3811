"""An estimator in training, as a page shows it and writes it down."""

from collections.abc import Callable, Hashable, MutableMapping
from typing import Any, NamedTuple, Protocol, TypeVar

from estimators import ReLUNetwork
from estimators.training import FitState
from ui.jobs import SlicedJob
from ui.workbench import Work, Workbench

RATED_SOLVERS = ("gd", "adam")  # those with a learning rate
_GD_PATIENCE = 500  # iterations; its loss may rise for a while and fall again


class Moment(NamedTuple):
    """What is remembered of each state of training."""

    iteration: int
    loss: float
    test_loss: float


def moment_of(state: FitState) -> Moment:
    """Return what to remember of a state."""
    return Moment(state.iteration, state.loss, state.validation_loss)


class InTraining:
    """What has an estimator and the job that trains it.

    Attributes
    ----------
    model : estimator
        Fitted once the job has ended and not failed.
    job : SlicedJob
        Its states have a network and a loss.
    """

    model: Any
    job: SlicedJob

    @property
    def network(self) -> ReLUNetwork:
        """The network to show: the latest while training, then the best."""
        if self.job.running or self.job.status == "failed":
            return self.job.latest.network
        return self.model.network_

    @property
    def loss(self) -> float:
        """Its mean loss on the training data, in the estimator's units."""
        if self.job.running or self.job.status == "failed":
            return self.job.latest.loss
        return self.model.loss_


Training = TypeVar("Training", bound=InTraining)


class Data(Protocol):
    """What there is to train on."""

    @property
    def identity(self) -> Hashable:
        """What tells it from other data."""

    @property
    def public(self) -> bool:
        """Whether other sessions may be given what was trained on it."""


class Settings(Protocol):
    """What a reader asks of an estimator."""

    def parameters(self) -> dict[str, Any]:
        """Return the keyword arguments that have an effect."""


def training_for(
    bench: Workbench,
    session: MutableMapping[str, Any],
    data: Data,
    settings: Settings,
    begin: Callable[[], Training],
    first_slice: float,
) -> Work[Training]:
    """Return the session's training on this data; a setting without effect is none.

    Parameters
    ----------
    bench : Workbench
        Where work of this kind is kept.
    session : mutable mapping
        Where the session keeps it, such as ``st.session_state``.
    data : Data
    settings : Settings
    begin : callable
        Prepares the training, of which nothing is done yet.
    first_slice : float
        Seconds to train at once if the question is new.

    Raises
    ------
    ValueError
        If the estimator does not accept the settings or the data.
    """
    question = (data.identity, tuple(settings.parameters().items()))
    return bench.work_for(session, question, begin, first_slice, public=data.public)


def with_effect(parameters: dict[str, Any]) -> dict[str, Any]:
    """Give parameters of an estimator as its solver takes them.

    Without a rate where none is used; with patience for gradient descent.
    """
    kept = dict(parameters)
    if kept["solver"] not in RATED_SOLVERS:
        del kept["learning_rate_init"]
    if kept["solver"] == "gd":
        kept["n_iter_no_change"] = _GD_PATIENCE
    return kept
