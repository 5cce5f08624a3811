"""What Python set stays, though the browser has not heard of it yet.

Each message of a browser repeats what all widgets are set to. One that is on its way
while Python sets a control, such as a tick of a page that trains, still has what was
there before, and Streamlit would take that for the reader's latest word.
"""

import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

_UNTOLD = "_set_by_python_and_not_known_to_browser"
# Longer than a browser takes for what it is sent, and less than a reader takes to see a
# control set and set it back.
_ON_ITS_WAY = 0.6  # s
_NOT_DRAWN = math.inf


@dataclass(frozen=True)
class _Change:
    """What was there before, what was set, and until when a message may not know."""

    before: Any
    value: Any
    end: float = _NOT_DRAWN


def note_untold(values: Mapping[str, Any]) -> None:
    """Note what Python is about to set controls to that the browser shows."""
    for key, value in values.items():
        known = st.session_state.get(key)
        last = _untold().get(key)
        unseen = last is not None and last.value == known and last.end == _NOT_DRAWN
        _untold()[key] = _Change(last.before if unseen else known, value)


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
    untold, now = _untold(), time.monotonic()
    for key in [key for key, change in untold.items() if change.end < now]:
        del untold[key]
    waiting = {
        key: untold[key].value
        for key in (untold if keys is None else untold.keys() & set(keys))
        if key in st.session_state
        and st.session_state[key] == untold[key].before != untold[key].value
    }
    st.session_state.update(waiting)
    return bool(waiting)


def tell(key: str) -> None:
    """Note that a control is drawn: what the browser says counts in a moment."""
    change = _untold().get(key)
    if change is not None and change.end == _NOT_DRAWN:
        _untold()[key] = replace(change, end=time.monotonic() + _ON_ITS_WAY)


def unless_stale(key: str, callback: Callable[..., None]) -> Callable[..., None]:
    """Make a callback of a control that a message from before does not call."""

    def call(*args: Any, **kwargs: Any) -> None:
        if not insist([key]):
            callback(*args, **kwargs)

    return call


def _untold() -> dict[str, _Change]:
    """Give what has been set, by key."""
    return st.session_state.setdefault(_UNTOLD, {})
