"""Undo and redo of a widget's value."""

from collections.abc import MutableMapping
from typing import Any

LONGEST = 100  # values remembered


class History:
    """What a widget has been set to, and where among it the reader stands.

    Parameters
    ----------
    state : mutable mapping
        ``st.session_state``.
    key : str
        The widget's key. Set it from a callback only: Streamlit refuses to change a
        widget that has been drawn.
    """

    def __init__(self, state: MutableMapping[str, Any], key: str) -> None:
        self._state, self._key = state, key
        self._past: list[Any] = state.setdefault(f"_{key}_past", [])
        self._future: list[Any] = state.setdefault(f"_{key}_future", [])

    def note(self, value: Any) -> None:
        """Remember a value that the reader has set, unless it is the present one."""
        if self._past and self._past[-1] == value:
            return
        self._past.append(value)
        del self._past[:-LONGEST]
        self._future.clear()

    def set(self, value: Any) -> None:
        """Set the widget, for undo to take back."""
        self._state[self._key] = value
        self.note(value)

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier value."""
        return len(self._past) > 1

    @property
    def can_redo(self) -> bool:
        """Whether a value was taken back."""
        return bool(self._future)

    def undo(self) -> None:
        """Go back to the value before."""
        if self.can_undo:
            self._future.append(self._past.pop())
            self._state[self._key] = self._past[-1]

    def redo(self) -> None:
        """Go forward to the value taken back last."""
        if self.can_redo:
            self._past.append(self._future.pop())
            self._state[self._key] = self._past[-1]
