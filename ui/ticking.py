"""Parts of a page that run by themselves as long as there is work to show."""

import functools
from collections.abc import Callable, MutableMapping
from typing import Any, Protocol

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

from ui.jobs import SlicedJob
from ui.workbench import Workbench

_SOON = 0.1  # s; to show how the work has ended

Session = MutableMapping[str, Any]


class Bench(Protocol):
    """A place for work, one piece of it a session."""

    def is_busy(self, session: Session) -> bool:
        """Tell whether the session's work has not ended yet."""

    def tick(self, session: Session, seconds: float) -> None:
        """Go on with it for a slice."""


class TickingPart:
    """A fragment that shows some work, and advances it by a slice in each run.

    It begins and ends to run by itself without a run of the whole page. Such a run
    would tell the browser once more what a link set, and undo what the reader does at
    that moment.

    Parameters
    ----------
    key : str
        Of the fragment.
    seconds : float
        Of a slice, and from one run to the next.
    *benches : Bench
        Where the work is done, on each once those before it have nothing to do.
    """

    def __init__(self, key: str, seconds: float, *benches: Bench) -> None:
        self.key = key
        self._seconds, self._benches = seconds, benches

    def draw(self, show: Callable[..., None], *args: Any) -> None:
        """Draw the part; in a run of the whole page.

        Parameters
        ----------
        show : callable
            Shows the work as it stands.
        *args
            What it takes.
        """

        @functools.wraps(show)  # Streamlit knows a fragment by this name
        def run() -> None:
            before = self._busy_bench()
            show(*args)
            if bench := self._busy_bench():
                bench.tick(st.session_state, self._seconds)
            # What ended since it was drawn is drawn once more.
            ended = _SOON if before or bench else None
            self._tick_every(self._seconds if self._busy_bench() else ended)

        pace = self._seconds if self._busy_bench() else None
        st.session_state[self._pace_key] = pace
        st.fragment(run, key=self.key, run_every=pace)()

    def _busy_bench(self) -> Bench | None:
        session = st.session_state
        return next((b for b in self._benches if b.is_busy(session)), None)

    @property
    def _pace_key(self) -> str:
        return f"_seconds_between_ticks_of_{self.key}"

    def _tick_every(self, pace: float | None) -> None:
        """Have the browser run this fragment by itself from now on, or no more."""
        if pace == st.session_state[self._pace_key]:
            return
        message, fragment = ForwardMsg(), ThreadState.get().fragment_id
        if pace is None:
            message.stop_auto_rerun.fragment_ids.append(fragment)
        else:
            message.auto_rerun.interval = pace
            message.auto_rerun.fragment_id = fragment
        get_script_run_ctx().enqueue(message)
        st.session_state[self._pace_key] = pace


def steer(bench: Workbench, job: SlicedJob | None, stop: str = "Stop") -> None:
    """Offer to stop the session's work on a bench, and to watch it again.

    Parameters
    ----------
    bench : Workbench
    job : SlicedJob or None
        That work, if there is any.
    stop : str, default="Stop"
        What stopping it is called.
    """
    running = job is not None and job.running
    if st.button(stop, icon=":material/stop:", disabled=not running):
        job.stop()
        st.rerun()
    if st.button("Watch again", icon=":material/replay:", disabled=job is None):
        bench.watch_again(st.session_state)
        bench.tick(st.session_state, 0.0)
        st.rerun()
