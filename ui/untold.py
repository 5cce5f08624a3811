"""What a callback set stays, though the browser has not heard of it yet.

Each message of a browser repeats what all widgets are set to. One that is on its way
while a callback sets a control, such as a tick of a page that trains, still has what
was there before, and Streamlit would take that for the reader's latest word.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

_UNTOLD = "_set_by_callbacks_and_not_drawn_since"


def note_untold(values: Mapping[str, Any]) -> None:
    """Note what a callback is about to set controls to that the browser shows."""
    for key, value in values.items():
        known = st.session_state.get(key)
        before, latest = _untold().get(key, (known, known))
        _untold()[key] = (before if latest == known else known, value)


def insist(keys: Iterable[str] | None = None) -> bool:
    """Set controls again that a message from before has set back.

    Parameters
    ----------
    keys : iterable of str, optional
        Which ones, all by default; before this run draws them.

    Returns
    -------
    stale : bool
        Whether there was any.
    """
    untold = _untold()
    waiting = {
        key: untold[key][1]
        for key in (untold if keys is None else untold.keys() & set(keys))
        if key in st.session_state
        and st.session_state[key] == untold[key][0] != untold[key][1]
    }
    st.session_state.update(waiting)
    return bool(waiting)


def tell(key: str) -> None:
    """Note that a control is drawn: what the browser says from now on counts."""
    _untold().pop(key, None)


def unless_stale(key: str, callback: Callable[..., None]) -> Callable[..., None]:
    """Make a callback of a control that a message from before does not call."""

    def call(*args: Any, **kwargs: Any) -> None:
        if not insist([key]):
            callback(*args, **kwargs)

    return call


def _untold() -> dict[str, tuple[Any, Any]]:
    """Give what was before and what was set, by key."""
    return st.session_state.setdefault(_UNTOLD, {})
