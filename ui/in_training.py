"""An estimator in training, as a page shows it and writes it down."""

from typing import Any

from estimators import ReLUNetwork
from ui.jobs import SlicedJob

RATED_SOLVERS = ("gd", "adam")  # those with a learning rate
_GD_PATIENCE = 500  # iterations; its loss may rise for a while and fall again


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
