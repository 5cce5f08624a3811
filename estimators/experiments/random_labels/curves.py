"""Curves of training: which epochs are kept, and as which text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from estimators.experiments.random_labels.task import Task
from estimators.experiments.random_labels.training import EPOCHS_BETWEEN_COUNTS

RECORDED = Path(__file__).parent / "curves"
# All of the first epochs are kept, then one for each two per cent more.
ALL_UNTIL, GROWTH = 200, 1.02


@dataclass
class Curve:
    """How training went.

    Attributes
    ----------
    task : Task
        What was learned.
    epochs : list of int
        Epochs that are kept.
    losses : list of float
        Mean cross-entropy of the training examples after these, in nats.
    errors, test_errors : list of float or None
        Shares of wrong training and test examples, counted every ten epochs.
    seconds : float
        Processor time.
    finished : bool
        Whether the last epoch is the first one, of those counted, without any error.
    versions : dict
        Of what it was made with.
    """

    task: Task
    epochs: list[int] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    errors: list[float | None] = field(default_factory=list)
    test_errors: list[float | None] = field(default_factory=list)
    seconds: float = 0.0
    finished: bool = False
    versions: dict[str, str] = field(default_factory=dict)

    def is_due(self, epoch: int) -> bool:
        """Whether `epoch` is to be kept, after those that are."""
        if epoch <= ALL_UNTIL:
            return True
        return epoch % EPOCHS_BETWEEN_COUNTS == 0 and epoch >= self.epochs[-1] * GROWTH

    def add(
        self,
        epoch: int,
        loss: float,
        error: float | None,
        test_error: float | None = None,
    ) -> None:
        """Keep an epoch."""
        self.epochs.append(epoch)
        self.losses.append(_rounded(loss))
        self.errors.append(error)
        self.test_errors.append(test_error)

    def as_text(self) -> str:
        """Return the curve as JSON, a line for each attribute."""
        lines = [
            f"{json.dumps(name)}: {json.dumps(value)}"
            for name, value in asdict(self).items()
        ]
        return "{\n" + ",\n".join(lines) + "\n}\n"

    @classmethod
    def of_text(cls, text: str) -> Curve:
        """Read what `as_text` has written."""
        facts = json.loads(text)
        return cls(**{**facts, "task": Task(**facts["task"])})


@cache
def recorded() -> tuple[Curve, ...]:
    """Return the curves that come with the library, by labels, depth and seed."""
    texts = [path.read_text(encoding="utf-8") for path in RECORDED.glob("*.json")]
    curves = [Curve.of_text(text) for text in texts]
    return tuple(
        sorted(curves, key=lambda c: (c.task.labels, c.task.depth, c.task.seed))
    )


def _rounded(loss: float) -> float:
    return float(f"{loss:.7g}")
