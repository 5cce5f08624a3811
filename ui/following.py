"""Widgets that show what something else says, such as a slider beside its field."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.untold import note_untold, tell, unless_stale


def draw_follower(
    widget: Callable[..., Any],
    *args: Any,
    key: str,
    value: Any,
    on_change: Callable[[], None],
    **options: Any,
) -> None:
    """Draw a widget with a value that is decided elsewhere.

    Streamlit tells the browser what Python sets, changed or not, and repeats it until
    the browser has answered; each time that undoes what the reader does at that moment.
    So it is set only if it shows something else, and knows where to begin by default.

    Parameters
    ----------
    widget : callable
        Of Streamlit.
    *args
        What it takes before its default.
    key : str
    value : object
        What it shows.
    on_change : callable
        Has the reader's change decided where the value comes from.
    **options
        What it takes besides.
    """
    if key in st.session_state and st.session_state[key] != value:
        note_untold({key: value})
        st.session_state[key] = value
    widget(*args, value, key=key, on_change=unless_stale(key, on_change), **options)
    tell(key)
