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
        Of the controls. Those not in the session are left alone.
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
        if self._past and self._past[-1] == now:
            return
        self._past.append(now)
        del self._past[:-LONGEST]
        self._future.clear()

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier state."""
        return len(self._past) > 1

    @property
    def can_redo(self) -> bool:
        """Whether a state was taken back."""
        return bool(self._future)

    def undo(self) -> dict[str, Any]:
        """Go back to the state before, and return it; nothing if there is none."""
        if not self.can_undo:
            return {}
        self._future.append(self._past.pop())
        return self._past[-1]

    def redo(self) -> dict[str, Any]:
        """Go forward to the state taken back last, and return it."""
        if not self.can_redo:
            return {}
        self._past.append(self._future.pop())
        return self._past[-1]
