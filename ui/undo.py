"""Undo and redo of everything that a step of a page lets its reader set."""

from collections.abc import Iterable, MutableMapping
from typing import Any

LONGEST = 100  # states remembered


class History:
    """What the controls have been set to, and where among it the reader stands.

    Parameters
    ----------
    state : mutable mapping
        ``st.session_state``.
    name : str
        Of this history, in the session.
    keys : iterable of str
        Of the controls that may be set. Others that are in the history, such as those
        locked since, and those not in the session are left alone.
    """

    def __init__(
        self, state: MutableMapping[str, Any], name: str, keys: Iterable[str]
    ) -> None:
        self._state, self._keys = state, tuple(keys)
        self._past: list[dict[str, Any]] = state.setdefault(f"_{name}_past", [])
        self._future: list[dict[str, Any]] = state.setdefault(f"_{name}_future", [])

    def note(self) -> None:
        """Remember how the controls stand, unless that is the latest already."""
        now = {key: self._state[key] for key in self._keys if key in self._state}
        if self._past and self._alike(self._past[-1], now):
            self._past[-1] |= now  # a control may have come that was not there
            return
        self._past.append(now)
        del self._past[:-LONGEST]
        self._future.clear()

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier state that is different."""
        return not all(self._alike(self._past[-1], each) for each in self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a state was taken back that is different."""
        return not all(self._alike(self._past[-1], each) for each in self._future)

    def undo(self) -> dict[str, Any]:
        """Go back to the state before, and return it; nothing if there is none."""
        return self._go(self._past, self._future) if self.can_undo else {}

    def redo(self) -> dict[str, Any]:
        """Go forward to the state taken back last, and return it."""
        return self._go(self._future, self._past) if self.can_redo else {}

    def _go(self, source: list, target: list) -> dict[str, Any]:
        """Move states until the latest of the past is another."""
        before = self._past[-1]
        while self._alike(self._past[-1], before):
            target.append(source.pop())
        latest = self._past[-1]
        return {key: latest[key] for key in self._keys if key in latest}

    def _alike(self, one: dict[str, Any], other: dict[str, Any]) -> bool:
        """Tell whether two states agree where both say something."""
        both = (key for key in self._keys if key in one and key in other)
        return all(one[key] == other[key] for key in both)
