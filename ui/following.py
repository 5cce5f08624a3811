"""Widgets that show what something else says, such as a slider beside its field.

Streamlit tells the browser whatever Python sets, changed or not, and what it tells
undoes what the reader does at that moment: on a page that ticks, moves were lost.
"""

from typing import Any

import streamlit as st


def follow(key: str, value: Any) -> None:
    """Set a widget that is yet to be drawn, if it is not set to that already."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
