"""Work of one kind: one piece of it a session, and what is finished for all of them.

Work is determined by its question, so whoever asks the same again, in this session or
another, gets what is finished already.
"""

import itertools
from collections.abc import Callable, Hashable, Iterator, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from ui.jobs import Shelf, SlicedJob, State

_WATCHED_PACE = 5
_runs = itertools.count()


class HasJob(Protocol):
    """What comes about in slices."""

    @property
    def job(self) -> SlicedJob:
        """What makes it."""


Item = TypeVar("Item", bound=HasJob)


@dataclass(frozen=True)
class Work(Generic[Item]):
    """A session's work on one question.

    Attributes
    ----------
    question : hashable
    begin : callable
        Makes the item anew.
    item : object with a job
    public : bool
        Whether other sessions may be given the item.
    watched : bool
        Whether it has been begun again to be followed by eye.
    run : int
        Another one for each piece of work, also on the same question.
    """

    question: Hashable
    begin: Callable[[], Item]
    item: Item
    public: bool
    watched: bool = False
    run: int = field(default_factory=_runs.__next__)


class Workbench(Generic[State]):
    """A place for work in slices that is determined by a question.

    Parameters
    ----------
    name : str
        Under which a session keeps its work.
    size : int
        How many finished pieces to keep, for whoever asks the same again.
    time_limit : float, default=20
        Seconds of work on one piece that is a job alone.
    pace : int, optional
        Let a slice add at most one state to each so many before it, so that the work
        can be followed by eye as it slows down. By default only what is watched again
        is held up, to one in five.
    at_least : int, default=1
        New states that a slice may add at any pace.
    """

    def __init__(
        self,
        name: str,
        size: int,
        time_limit: float = 20.0,
        *,
        pace: int | None = None,
        at_least: int = 1,
    ) -> None:
        self._key = f"_work_on_{name}"
        self._finished: Shelf[HasJob] = Shelf(size)
        self._time_limit = time_limit
        self._pace, self._at_least = pace, at_least

    def work_for(
        self,
        session: MutableMapping[str, Any],
        question: Hashable,
        begin: Callable[[], Item],
        first_slice: float,
        *,
        public: bool = True,
    ) -> Work[Item]:
        """Return the session's work on this question; work on another one ends.

        Parameters
        ----------
        session : mutable mapping
            Where the session keeps it, such as ``st.session_state``.
        question : hashable
            What determines the result.
        begin : callable
            Makes an object with a job that has not begun.
        first_slice : float
            Seconds to work at once on a new question.
        public : bool, default=True
            Whether other sessions may be given the result.

        Returns
        -------
        Work
            New work has at least one state.

        Raises
        ------
        ValueError
            What `begin` raised, or the work before its first state.
        """
        before = session.get(self._key)
        if before is not None:
            if before.question == question:
                return before
            before.item.job.stop()
            del session[self._key]
        known = self._finished.get(question) if public else None
        work = Work(question, begin, begin() if known is None else known, public)
        self._advance(work, first_slice)
        if not work.item.job.history:
            raise ValueError(work.item.job.error)
        session[self._key] = work
        return work

    def job_for(
        self,
        session: MutableMapping[str, Any],
        question: Hashable,
        begin: Callable[[], Iterator[State]],
        first_slice: float,
        keep: Callable[[State], Any] = lambda state: None,
    ) -> SlicedJob[State, Any]:
        """Return the session's work on this question where that is a job alone.

        Parameters
        ----------
        session, question, first_slice
            As `work_for` takes them.
        begin : callable
            Gives the states of new work.
        keep : callable, optional
            What the job's history has of each state; by default nothing.

        Returns
        -------
        SlicedJob
            With at least one state.

        Raises
        ------
        ValueError
            What `begin` raised, or the work before its first state.
        """

        def alone() -> _Alone:
            job = SlicedJob(begin(), record=keep, time_limit=self._time_limit)
            return _Alone(job)

        return self.work_for(session, question, alone, first_slice).item.job

    def watch_again(self, session: MutableMapping[str, Any]) -> None:
        """Begin the session's work anew, slowly; its first state is the next slice's.

        What others have been given stays as it is.
        """
        work = session[self._key]
        work.item.job.stop()
        session[self._key] = replace(
            work, item=work.begin(), watched=True, run=next(_runs)
        )

    def tick(self, session: MutableMapping[str, Any], seconds: float) -> None:
        """Go on with the session's work for a slice, if there is anything to do."""
        work = session.get(self._key)
        if work is not None:
            self._advance(work, seconds)

    def is_busy(self, session: MutableMapping[str, Any]) -> bool:
        """Tell whether the session's work has not ended yet."""
        work = session.get(self._key)
        return work is not None and work.item.job.running

    def _advance(self, work: Work, seconds: float) -> None:
        job = work.item.job
        if not job.running:
            return
        pace = self._pace or (_WATCHED_PACE if work.watched else None)
        most = max(self._at_least, len(job.history) // pace) if pace else None
        job.advance(seconds, most)
        if job.status == "finished" and job.history and work.public:
            self._finished.put(work.question, work.item)


class _Alone(NamedTuple):
    """A job with nothing beside it."""

    job: SlicedJob
