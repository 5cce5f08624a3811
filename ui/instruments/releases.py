"""What a page and an instrument told each other, so that neither undoes the other."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import streamlit as st

Shown = TypeVar("Shown")


class Releases(Generic[Shown]):
    """What the reader released in an instrument, as long as it answers what was sent.

    Parameters
    ----------
    key : str
        The instrument's key.
    name : str
        Under which its releases come, each a mapping that repeats the ``"revision"``.
    read : callable
        Checks a release and gives what it holds, None if it is nonsense.
    write : callable
        Gives what is shown as it travels to the browser, to be compared.
    """

    def __init__(
        self,
        key: str,
        name: str,
        read: Callable[[Any], Shown | None],
        write: Callable[[Shown], Any],
    ) -> None:
        self._key, self._name, self._read, self._write = key, name, read, write
        self._memory = st.session_state.setdefault(
            f"{key}_sent", {"revision": 0, "sent": None}
        )

    @property
    def revision(self) -> int:
        """What the browser must repeat; a new one makes it drop what it shows."""
        return self._memory["revision"]

    def latest(self) -> Shown | None:
        """Give the valid release that answers what was sent last, if there is one."""
        state = st.session_state.get(self._key)
        value = state.get(self._name) if isinstance(state, dict) else None
        if self._memory["sent"] is None or not isinstance(value, dict):
            return None
        if value.get("revision") != self.revision:
            return None  # of something that has been replaced since
        return self._read(value)

    def show(self, passed: Shown) -> Shown | None:
        """Note what a page wants shown; give the release that takes its place, if any.

        Something else than in the run before, and else than what was released since,
        begins a new revision.
        """
        released, written = self.latest(), self._write(passed)
        if written != self._memory["sent"]:
            if released is None or written != self._write(released):
                self._memory["revision"] += 1
                released = None
            self._memory["sent"] = written
        return released

    def reporter(
        self, on_release: Callable[[Shown], None] | None
    ) -> Callable[[], None]:
        """Make the callback that passes valid releases on."""

        def report() -> None:
            latest = self.latest()
            if latest is not None and on_release is not None:
                # A button pressed in the same moment may pass what was sent before:
                # that is something else than what the browser shows by now.
                self._memory["sent"] = self._write(latest)
                on_release(latest)

        return report
