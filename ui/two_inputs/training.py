"""One session's training: replaced when its question changes, watched again on demand.

A fit is determined by its data and settings, so whoever asks the same question again,
in this session or another, gets the fit that is finished already.
"""

from collections.abc import Hashable, MutableMapping
from dataclasses import dataclass
from typing import Any

from ui.jobs import Shelf
from ui.two_inputs.fitting import Fit, FitSettings, start_fit
from ui.two_inputs.plane_data import PlaneData

_SESSION_KEY = "_plane_training"
_finished: Shelf[Fit] = Shelf(16)


@dataclass
class Training:
    """A fit, the question it answers, and whether it is shown in slow motion."""

    question: Hashable
    fit: Fit
    watched: bool = False

    def tick(self, seconds: float) -> None:
        """Train for a slice."""
        job = self.fit.job
        if not job.running:
            return
        # One iteration at first, then a fifth of those done, as training slows down.
        job.advance(seconds, max(1, len(job.history) // 5) if self.watched else None)
        if job.status == "finished" and self.fit.data.public:
            _finished.put(self.question, self.fit)

    def watch_again(self) -> None:
        """Start anew, slowly."""
        self.fit.job.stop()
        self.fit = start_fit(self.fit.data, self.fit.settings)
        self.watched = True


def training_for(
    session: MutableMapping[str, Any],
    data: PlaneData,
    settings: FitSettings,
    first_slice: float,
) -> Training:
    """Return the session's training of this network on this data.

    Parameters
    ----------
    session : mutable mapping
        Where the session keeps it, such as ``st.session_state``.
    data : PlaneData
    settings : FitSettings
    first_slice : float
        Seconds to train at once if the question is new.

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
    training = Training(question, fit or start_fit(data, settings))
    training.tick(first_slice)
    if not training.fit.job.history:
        raise ValueError(training.fit.job.error)
    session[_SESSION_KEY] = training
    return training


def is_training(session: MutableMapping[str, Any]) -> bool:
    """Tell whether the session's latest training has not ended yet."""
    training = session.get(_SESSION_KEY)
    return training is not None and training.fit.job.running
