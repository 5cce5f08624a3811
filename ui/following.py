"""Widgets that show what something else says, such as a slider beside its field."""

from typing import Any

import streamlit as st


def follow(key: str, value: Any) -> Any:
    """Set a widget that is yet to be drawn, if it is set to something else.

    Streamlit tells the browser what Python sets, changed or not, and repeats it until
    the browser has answered; each time that undoes what the reader does at that moment.

    Parameters
    ----------
    key : str
    value : object

    Returns
    -------
    value : object
        The default to draw it with: that a browser knows without being told.
    """
    if key in st.session_state and st.session_state[key] != value:
        st.session_state[key] = value
    return value
