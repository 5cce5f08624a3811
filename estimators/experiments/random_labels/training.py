"""Full-batch gradient descent until no example is wrong, epoch by epoch."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from estimators.experiments.random_labels.task import Task, error_rate
from estimators.network import ReLUNetwork

# Errors are counted this often; one more pass of ten is 3 % more work.
EPOCHS_BETWEEN_COUNTS = 10
# Training starts anew from the network reached this often, whether it was interrupted
# or not: so both give the same curve.
EPOCHS_OF_A_LEG = 500


class Epoch(NamedTuple):
    """A moment of training.

    Attributes
    ----------
    epoch : int
        Steps of gradient descent so far.
    loss : float
        Mean cross-entropy of the training examples, in nats.
    network : ReLUNetwork
        The network, on standardised inputs.
    error : float or None
        Share of wrong training examples, where it was counted.
    """

    epoch: int
    loss: float
    network: ReLUNetwork
    error: float | None

    @property
    def ends_a_leg(self) -> bool:
        """Whether training can go on from this network as if it had never stopped."""
        return self.epoch % EPOCHS_OF_A_LEG == 0


def epochs(
    task: Task, network: ReLUNetwork | None = None, done: int = 0
) -> Iterator[Epoch]:
    """Train until every example is right, or for as long as somebody asks.

    Parameters
    ----------
    task : Task
        What is to be learned.
    network : ReLUNetwork or None
        What to go on with; the task's start by default.
    done : int, default=0
        Epochs that led to `network`: a multiple of `EPOCHS_OF_A_LEG`.

    Yields
    ------
    epoch : Epoch
        First of the start, then of each step.
    """
    data = task.examples()
    network = network or task.start()
    for first in count(done, EPOCHS_OF_A_LEG):
        states = task.learner(network).iter_fit(data.X, data.y)
        for state in states:
            epoch = first + state.iteration
            if state.iteration == 0 and first != 0:
                continue  # was the last of the leg before
            error = None
            if epoch % EPOCHS_BETWEEN_COUNTS == 0:
                error = error_rate(state.network, data.X, data.y)
            yield Epoch(epoch, state.loss, state.network, error)
            if error == 0:
                return
            if state.iteration == EPOCHS_OF_A_LEG:
                network = state.network
                break
        states.close()
