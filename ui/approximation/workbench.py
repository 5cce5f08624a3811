"""Work of one kind: one piece of it a session, and what is finished for all of them."""

from collections.abc import Callable, Hashable, Iterator, MutableMapping
from typing import Any, Generic

from ui.jobs import Shelf, SlicedJob, State


class Workbench(Generic[State]):
    """A place for work in slices that is determined by a question.

    Parameters
    ----------
    name : str
        Under which a session keeps its work.
    size : int
        How many finished pieces to keep, for whoever asks the same again.
    time_limit : float, default=20
        Seconds of work on one piece.
    """

    def __init__(self, name: str, size: int, time_limit: float = 20.0) -> None:
        self._key = f"_work_on_{name}"
        self._finished: Shelf[SlicedJob[State, State]] = Shelf(size)
        self._time_limit = time_limit

    def job_for(
        self,
        session: MutableMapping[str, Any],
        question: Hashable,
        begin: Callable[[], Iterator[State]],
        first_slice: float,
        keep: Callable[[State], Any] = lambda state: None,
    ) -> SlicedJob[State, Any]:
        """Return the session's work on this question; work on another one ends.

        Parameters
        ----------
        session : mutable mapping
            Where the session keeps it, such as ``st.session_state``.
        question : hashable
            What determines the result.
        begin : callable
            Gives the states of new work.
        first_slice : float
            Seconds to work at once on a new question.
        keep : callable, optional
            What the job's history has of each state; by default nothing.

        Returns
        -------
        SlicedJob
            With at least one state.

        Raises
        ------
        ValueError
            What the work raised before its first state.
        """
        asked, job = session.get(self._key, (None, None))
        if job is not None and asked == question:
            return job
        if job is not None:
            job.stop()
        job = self._finished.get(question)
        if job is None:
            job = SlicedJob(begin(), record=keep, time_limit=self._time_limit)
        session[self._key] = (question, job)
        while job.running and not job.history:
            self.tick(session, first_slice)
        if not job.history:
            del session[self._key]
            raise ValueError(job.error)
        return job

    def tick(self, session: MutableMapping[str, Any], seconds: float) -> None:
        """Go on with the session's work for a slice, if there is anything to do."""
        question, job = session.get(self._key, (None, None))
        if job is None or not job.running:
            return
        job.advance(seconds)
        if job.status == "finished" and job.history:
            self._finished.put(question, job)

    def is_busy(self, session: MutableMapping[str, Any]) -> bool:
        """Tell whether the session's work has not ended yet."""
        _, job = session.get(self._key, (None, None))
        return job is not None and job.running
