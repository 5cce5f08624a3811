"""Long work in slices: no threads, so abandoned work stops by itself.

A page's fragment advances the work a little at each tick. When the reader changes a
control the page replaces the job, when the tab is closed nobody ticks, and in both
cases not one more iteration is computed.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, Literal, TypeVar

State = TypeVar("State")
Record = TypeVar("Record")

Status = Literal["running", "finished", "stopped", "out of time", "failed"]


class SlicedJob(Generic[State, Record]):
    """Iterate over the states of some work for a bounded time at once.

    Parameters
    ----------
    states : iterator
        Where the work happens. Closed, if it can be, as soon as the job ends.
    record : callable
        What to remember of each state. States themselves may be large, so only the
        latest is kept.
    time_limit : float, default=20
        Seconds of work in all, waiting between slices not counted.
    clock : callable, default=time.perf_counter
        Gives seconds.

    Attributes
    ----------
    status : {"running", "finished", "stopped", "out of time", "failed"}
    latest : the latest state, or None before the first
    history : list of what was recorded, one entry a state; the very same state again,
        from work that only pauses, is none
    error : str
        The message of the ValueError that ended the work, if it failed.
    seconds : float
        Work so far.

    Notes
    -----
    A session can have two runs at once: Streamlit begins the next one while the one
    before finishes what it is at. Its slice is waited for, and `stop` cuts it short.
    """

    def __init__(
        self,
        states: Iterator[State],
        *,
        record: Callable[[State], Record],
        time_limit: float = 20.0,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._states = states
        self._record = record
        self._time_limit = time_limit
        self._clock = clock
        self.status: Status = "running"
        self.latest: State | None = None
        self.history: list[Record] = []
        self.error = ""
        self.seconds = 0.0
        self._turn = threading.Lock()

    @property
    def running(self) -> bool:
        """Whether there is more to do."""
        return self.status == "running"

    def standing(self, doing: str) -> str:
        """Say in a word how it stands: what it is doing, or how it ended."""
        return doing if self.running else self.status.capitalize()

    def advance(self, seconds: float, at_most: int | None = None) -> None:
        """Compute states until a time is over or a number is reached.

        Parameters
        ----------
        seconds : float
            Time for this slice. At least one state is computed, however long that
            takes.
        at_most : int, default=None
            New states to compute at most, for work to be watched that is too fast.

        Raises
        ------
        Exception
            Whatever the work raises, except ValueError: that one is meant for the
            reader, and its message is kept in `error`.
        """
        with self._turn:
            self._advance(seconds, at_most)
            if not self.running:
                self._close()

    def _advance(self, seconds: float, at_most: int | None) -> None:
        start = now = self._clock()
        before, done = self.seconds, 0
        while self.running:
            try:
                state = next(self._states)
                if not self.history or state is not self.latest:
                    self.latest = state
                    self.history.append(self._record(state))
                    done += 1
            except StopIteration:
                self.status = "finished"
            except ValueError as error:
                self.status, self.error = "failed", str(error)
            except BaseException:
                self.status, self.error = "failed", "The work ended unexpectedly."
                raise
            now = self._clock()
            self.seconds = before + now - start
            if self.running and self.seconds >= self._time_limit:
                self.status = "out of time"
            if now - start >= seconds or done == at_most:
                return

    def stop(self) -> None:
        """End the work now; what was computed stays. Does nothing if it has ended."""
        if self.running:
            self.status = "stopped"  # for a slice that another run is at
            with self._turn:
                self._close()

    def _close(self) -> None:
        close = getattr(self._states, "close", None)
        if close is not None:
            close()


class Shelf(Generic[Record]):
    """A bounded place for finished results that all sessions share.

    Parameters
    ----------
    size : int
        How many results to keep; the one that was longest unused goes first.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._items: OrderedDict[Hashable, Record] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Record | None:
        """Return what was put there under this key, or None."""
        with self._lock:
            if key in self._items:
                self._items.move_to_end(key)
            return self._items.get(key)

    def put(self, key: Hashable, item: Record) -> None:
        """Keep a result."""
        with self._lock:
            self._items[key] = item
            self._items.move_to_end(key)
            if len(self._items) > self._size:
                self._items.popitem(last=False)
