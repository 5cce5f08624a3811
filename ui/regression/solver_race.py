"""All solvers on the same task from the same start, taking turns."""

from collections.abc import Hashable, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd
from sklearn.metrics import root_mean_squared_error

from estimators.geometry.line import joints
from ui.figures.training import LossCurve
from ui.jobs import Shelf
from ui.picked_data import PickedData
from ui.regression.fitting import Fit, FitSettings, start_fit
from ui.regression.readings import SOLVER_NAMES

SOLVERS = ("gd", "adam", "lbfgs")

_SESSION_KEY = "_solver_race"
_NOTHING = "–"


@dataclass
class Lane:
    """One solver's training and the seconds of work until each of its states."""

    fit: Fit
    seconds: list[float] = field(default_factory=list)

    def advance(self, seconds: float) -> None:
        """Train for so long, noting the time of each state."""
        end = self.fit.job.seconds + seconds
        while self.fit.job.running and self.fit.job.seconds < end:
            n_states = len(self.fit.job.history)
            self.fit.job.advance(0.0)
            if len(self.fit.job.history) > n_states:
                self.seconds.append(self.fit.job.seconds)

    @property
    def outcome(self) -> str:
        """How the training ended, if it has."""
        job = self.fit.job
        if job.status == "failed":
            return f"diverged at iteration {len(job.history):,}"
        return {"running": "training", "finished": "finished"}.get(
            job.status, f"{job.status} at iteration {len(job.history) - 1:,}"
        )


@dataclass(frozen=True)
class Race:
    """Solvers by name, and the question that they answer."""

    question: Hashable
    lanes: dict[str, Lane]
    public: bool

    @property
    def running(self) -> bool:
        """Whether any solver has more to do."""
        return any(lane.fit.job.running for lane in self.lanes.values())

    @property
    def same_start(self) -> bool:
        """Whether all solvers started from the same network, to the last bit."""
        starts = [
            lane.fit.film.frames[0].network
            for lane in self.lanes.values()
            if lane.fit.film.frames
        ]
        return all(start == starts[0] for start in starts)

    def tick(self, seconds: float) -> None:
        """Give every solver that still trains the same share of so many seconds."""
        running = [lane for lane in self.lanes.values() if lane.fit.job.running]
        for lane in running:
            lane.advance(seconds / len(running))
        ended = all(lane.fit.job.status in _ENDS for lane in self.lanes.values())
        if ended and self.public:
            _finished.put(self.question, self)

    def stop(self) -> None:
        """End the work now; what was computed stays."""
        for lane in self.lanes.values():
            lane.fit.job.stop()

    def curves(self, against: Literal["iterations", "seconds"]) -> list[LossCurve]:
        """Return how the training loss fell with each solver that has begun."""
        curves = []
        for solver, lane in self.lanes.items():
            history = lane.fit.job.history
            if not history:
                continue
            name = SOLVER_NAMES[solver]
            if lane.fit.job.status == "failed":
                name = f"{name} ({lane.outcome})"
            iterations = [moment.iteration for moment in history]
            times = iterations if against == "iterations" else lane.seconds
            losses = [moment.loss for moment in history]
            curves.append(LossCurve(solver, name, times, losses))
        return curves

    def table(self) -> pd.DataFrame:
        """Compare what the solvers have reached.

        Returns
        -------
        DataFrame of shape (3, 6)
            Iterations, seconds of work, training loss in squared units of y,
            root-mean-square error on the test data in units of y, joints within the
            data, and how it ended. A network that diverged has no scores.
        """
        rows = {
            SOLVER_NAMES[name]: _row(lane)
            for name, lane in self.lanes.items()
            if lane.fit.job.history
        }
        return pd.DataFrame.from_dict(
            rows,
            orient="index",
            columns=[
                "Iterations",
                "Seconds",
                "Training loss",
                "RMSE, test",
                "Joints in view",
                "Outcome",
            ],
        )


_finished: Shelf[Race] = Shelf(8)
_ENDS = ("finished", "failed")  # the same for everybody, unlike Stop or a time limit


def race_for(
    session: MutableMapping[str, Any], data: PickedData, settings: FitSettings
) -> Race:
    """Return the session's race on this data; a new one has not begun.

    Parameters
    ----------
    session : mutable mapping
        Where the session keeps it, such as ``st.session_state``.
    data : PickedData
    settings : FitSettings
        All but the solver, which takes every value.

    Raises
    ------
    ValueError
        If the estimator does not accept the settings or the data.
    """
    question = (data.identity, settings._replace(solver=""))
    race = session.get(_SESSION_KEY)
    if race is not None and race.question == question:
        return race
    leave_race(session)
    race = (_finished.get(question) if data.public else None) or Race(
        question,
        {
            solver: Lane(start_fit(data.x, data.y, settings._replace(solver=solver)))
            for solver in SOLVERS
        },
        data.public,
    )
    session[_SESSION_KEY] = race
    return race


def leave_race(session: MutableMapping[str, Any]) -> None:
    """Stop and forget the session's race, if there is one."""
    race = session.pop(_SESSION_KEY, None)
    if race is not None:
        race.stop()


def is_busy(session: MutableMapping[str, Any]) -> bool:
    """Tell whether the session's race has not ended yet."""
    race = session.get(_SESSION_KEY)
    return race is not None and race.running


def tick(session: MutableMapping[str, Any], seconds: float) -> None:
    """Go on with the session's race for a slice, if there is one."""
    if is_busy(session):
        session[_SESSION_KEY].tick(seconds)


def _row(lane: Lane) -> list[float | str]:
    fit, last = lane.fit, lane.fit.job.history[-1]
    reached: list[float | str] = [_NOTHING] * 3
    if fit.job.status != "failed":
        x, y = fit.test
        error = root_mean_squared_error(y, fit.network(x[:, None])[:, 0])
        in_view = len(joints(fit.network, fit.low, fit.high))
        reached = [fit.loss, error, str(in_view)]
    seconds = f"{fit.job.seconds:.3g}"
    return [f"{last.iteration:,}", seconds, *reached, lane.outcome]
