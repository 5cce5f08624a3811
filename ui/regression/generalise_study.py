"""One session's study of how networks generalise, advanced in slices.

What it computes is kept as long as it answers the question: another width to look at
leaves the sweep over all widths alone, and a finished sweep of public data is shared.
"""

import time
import warnings
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression

from estimators import ReLUNetwork
from estimators.solvers.threads import one_blas_thread
from ui.figures.error_chart import HeldOut
from ui.jobs import Shelf, SlicedJob
from ui.picked_data import Law, PickedData
from ui.regression.generalise_results import cross_validation
from ui.regression.generalising import (
    GeneraliseSettings,
    Score,
    Split,
    bounded,
    check_settings,
    n_fits,
    split_rows,
    sweep,
    training,
    untrained,
    untrained_peer,
)

Array = NDArray[np.floating]
Predictor = Callable[[Array], Array]

TIME_LIMIT = 60.0  # s of work for one sweep

_SESSION_KEY = "_generalising"
_finished: Shelf[SlicedJob[Score | None, Score | None]] = Shelf(32)
_networks: Shelf[tuple[SlicedJob, SlicedJob]] = Shelf(64)


@dataclass
class Study:
    """The networks in training and the data that they are trained on.

    Attributes
    ----------
    data : PickedData
    settings : GeneraliseSettings
    rows : (x, y), each ndarray of shape (n_rows,)
        The data, or a random part of them if they are many.
    split : Split
        The first one, on which networks are shown.
    universe : Law or None
    network_job, sweep_job, peer_job : SlicedJob
        The network shown; the errors of all widths; scikit-learn's network. In this
        order they are advanced.
    watched : bool
        Whether the sweep is shown in slow motion, one network a slice.
    """

    data: PickedData
    settings: GeneraliseSettings
    rows: tuple[Array, Array]
    split: Split
    universe: Law | None
    network_job: SlicedJob[ReLUNetwork, None]
    sweep_job: SlicedJob[Score | None, Score | None]
    peer_job: SlicedJob[Predictor, None]
    watched: bool = False

    @property
    def jobs(self) -> tuple[SlicedJob, SlicedJob, SlicedJob]:
        """All jobs, in the order in which they are done."""
        return self.network_job, self.sweep_job, self.peer_job

    @property
    def running(self) -> bool:
        """Whether there is more to do."""
        return any(job.running for job in self.jobs)

    @property
    def errors(self) -> list[str]:
        """What went wrong, for the reader."""
        return [job.error for job in self.jobs if job.error]

    @property
    def network(self) -> ReLUNetwork:
        """The network of the width chosen, as far as it is trained."""
        return self.network_job.latest

    @property
    def scores(self) -> list[Score]:
        """All that the sweep has found so far."""
        return [score for score in self.sweep_job.history if score is not None]

    @property
    def cross_validation(self) -> HeldOut | None:
        """What cross-validation says, once it has tried every width."""
        return cross_validation(self.scores, self.settings)

    def network_of(self, width: int) -> ReLUNetwork:
        """Return the network of a width tried, as trained on the first split."""
        return next(
            score.network
            for score in self.scores
            if score.repeat == 0 and score.width == width
        )

    def predictors(self) -> dict[str, Predictor]:
        """Return what can be compared by now, by name."""
        settings, chosen = self.settings, self.cross_validation
        found: dict[str, Predictor] = {f"Network, D = {settings.width}": self.network}
        if chosen:
            name = f"Network, D = {chosen.best} (cross-validated)"
            found[name] = self.network_of(chosen.best)
        x, y = self.split.train
        found["Straight line"] = LinearRegression().fit(x[:, np.newaxis], y).predict
        if self.peer_job.status == "finished":
            found[f"MLPRegressor, D = {settings.width}"] = self.peer_job.latest
        return found

    def tick(self, seconds: float) -> None:
        """Work for a slice."""
        end = time.perf_counter() + seconds
        while self.running:
            job = next(job for job in self.jobs if job.running)
            seen = len(self.scores)
            slow = self.watched and job is self.sweep_job
            job.advance(max(end - time.perf_counter(), 0.0), 1 if slow else None)
            if time.perf_counter() >= end or (slow and len(self.scores) > seen):
                break
        if not self.data.public:
            return
        if self.sweep_job.status == "finished":
            question = (self.data.identity, self.settings.of_sweep)
            _finished.put(question, self.sweep_job)
        if self.network_job.status == self.peer_job.status == "finished":
            question = (self.data.identity, self.settings.of_network)
            _networks.put(question, (self.network_job, self.peer_job))

    def stop(self) -> None:
        """End the work now; what was computed stays."""
        for job in self.jobs:
            job.stop()

    def watch_again(self) -> None:
        """Try all widths anew, slowly."""
        self.stop()
        self.network_job = _network_job(self.settings, self.split)
        self.sweep_job = _sweep_job(self.rows, self.settings, self.universe)
        self.peer_job = _peer_job(self.settings, self.split)
        self.watched = True


def study_for(
    session: MutableMapping[str, Any],
    data: PickedData,
    settings: GeneraliseSettings,
    first_slice: float,
) -> Study:
    """Return the session's study of these data with these settings.

    Parameters
    ----------
    session : mutable mapping
        Where the session keeps it, such as ``st.session_state``.
    data : PickedData
    settings : GeneraliseSettings
    first_slice : float
        Seconds to work at once if the question is new.

    Returns
    -------
    Study
        With at least the start of a network to show.

    Raises
    ------
    ValueError
        If the settings do not suit the data.
    """
    before: Study | None = session.get(_SESSION_KEY)
    if before and (before.data.identity, before.settings) == (data.identity, settings):
        return before
    check_settings(settings, len(data.x))
    study = _new_study(data, settings, before)
    if before:
        before.network_job.stop()
        before.peer_job.stop()
        if study.sweep_job is not before.sweep_job:
            before.sweep_job.stop()
    study.tick(first_slice)
    if study.network is None:
        raise ValueError(study.network_job.error)
    session[_SESSION_KEY] = study
    return study


def is_busy(session: MutableMapping[str, Any]) -> bool:
    """Tell whether the session's latest study has not ended yet."""
    study = session.get(_SESSION_KEY)
    return study is not None and study.running


def tick(session: MutableMapping[str, Any], seconds: float) -> None:
    """Go on with the session's study for a slice, if there is one."""
    if is_busy(session):
        session[_SESSION_KEY].tick(seconds)


def _new_study(
    data: PickedData, settings: GeneraliseSettings, before: Study | None
) -> Study:
    question = (data.identity, settings.of_sweep)
    same_sweep = before and question == (
        before.data.identity,
        before.settings.of_sweep,
    )
    rows = bounded(data.x, data.y, settings.seed)
    split = split_rows(*rows, settings, 0)
    known = _networks.get((data.identity, settings.of_network))
    if known is None or not data.public:
        known = _network_job(settings, split), _peer_job(settings, split)
    network_job, peer_job = known
    if same_sweep:
        return replace(
            before, settings=settings, network_job=network_job, peer_job=peer_job
        )
    universe = data.law
    shared = _finished.get(question) if data.public else None
    sweep_job = shared or _sweep_job(rows, settings, universe)
    return Study(
        data, settings, rows, split, universe, network_job, sweep_job, peer_job
    )


def _network_job(
    settings: GeneraliseSettings, split: Split
) -> SlicedJob[ReLUNetwork, None]:
    model = untrained(settings.width, settings)
    return SlicedJob(training(model, split.train), record=lambda _: None)


def _sweep_job(
    rows: tuple[Array, Array],
    settings: GeneraliseSettings,
    universe: Law | None,
) -> SlicedJob[Score | None, Score | None]:
    return SlicedJob(
        sweep(*rows, settings, universe),
        record=lambda score: score,
        time_limit=TIME_LIMIT,
    )


def _peer_job(settings: GeneraliseSettings, split: Split) -> SlicedJob[Predictor, None]:
    def fitted() -> Iterator[Predictor]:
        x, y = split.train
        peer = untrained_peer(settings)
        with one_blas_thread(), warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            peer.fit(x[:, np.newaxis], y)
        yield peer.predict

    return SlicedJob(fitted(), record=lambda _: None)


def standing(study: Study) -> str:
    """Say how far the study is, in Markdown."""
    done, total = len(study.scores), n_fits(study.settings)
    of_all = f"{done:,} of {total:,} networks"
    status = study.sweep_job.status
    if status == "running":
        latest = study.scores[-1] if study.scores else None
        if latest is None or latest.repeat == 0:
            place = "on the first split"
        elif latest.repeat is None:
            place = f"in cross-validation, fold {latest.fold + 1}"
        else:
            place = f"on split {latest.repeat + 1} of {study.settings.n_repeats}"
        return f"**Training networks** of every width {place}: {of_all}."
    return {
        "finished": f"**Finished**: {of_all} trained.",
        "stopped": f"**Stopped** after {of_all}.",
        "out of time": f"**Ended at the time limit** of {TIME_LIMIT:g} s, after "
        f"{of_all}.",
        "failed": f"**Failed** after {of_all}.",
    }[status]
