"""One session's training: replaced when its question changes, watched again on demand.

A fit is determined by its data and settings, so whoever asks the same question again,
in this session or another, gets the fit that is finished already.
"""

import itertools
from collections.abc import Hashable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from ui.jobs import Shelf
from ui.picked_data import PickedData
from ui.regression import fitting

_SESSION_KEY = "_training"
_finished: Shelf[fitting.Fit] = Shelf(32)
_runs = itertools.count()


@dataclass
class Training:
    """A fit, the question it answers, and whether it is shown in slow motion.

    Attributes
    ----------
    run : int
        Another one for each training, also of the same question.
    """

    question: Hashable
    data: PickedData
    fit: fitting.Fit
    watched: bool = False
    run: int = field(default_factory=_runs.__next__)

    def tick(self, seconds: float) -> bool:
        """Train for a slice; return whether the training ended within it."""
        if not self.fit.job.running:
            return False
        fitting.advance(self.fit, seconds, watched=self.watched)
        if self.fit.job.status == "finished" and self.data.public:
            _finished.put(self.question, self.fit)
        return not self.fit.job.running

    def watch_again(self) -> None:
        """Start anew, slowly."""
        self.fit.job.stop()
        self.fit = fitting.start_fit(self.data.x, self.data.y, self.fit.settings)
        self.watched = True
        self.run = next(_runs)


def training_for(
    session: MutableMapping[str, Any],
    data: PickedData,
    settings: fitting.FitSettings,
    first_slice: float,
) -> Training:
    """Return the session's training of this network on this data.

    Parameters
    ----------
    session : mutable mapping
        Where the session keeps it, such as ``st.session_state``.
    data : PickedData
    settings : FitSettings
    first_slice : float
        Seconds to train at once if the question is new.

    Returns
    -------
    Training
        With at least the start of training computed.

    Raises
    ------
    ValueError
        If the estimator does not accept the settings or the data.
    """
    # A rate that no solver reads makes no new question.
    question = (data.identity, tuple(settings.parameters().items()))
    training = session.get(_SESSION_KEY)
    if training is not None and training.question == question:
        return training
    if training is not None:
        training.fit.job.stop()
    fit = _finished.get(question) if data.public else None
    training = Training(
        question, data, fit or fitting.start_fit(data.x, data.y, settings)
    )
    training.tick(first_slice)
    if not training.fit.job.history:
        raise ValueError(training.fit.job.error)
    session[_SESSION_KEY] = training
    return training


def is_training(session: MutableMapping[str, Any]) -> bool:
    """Tell whether the session's latest training has not ended yet."""
    training = session.get(_SESSION_KEY)
    return training is not None and training.fit.job.running
