"""Fields that show what a callback set, whatever was typed there before.

A field that refuses a number, such as one beyond its limits, keeps it, with the
complaint, until the reader types another: Python never hears of it. Only a field that
is a new one to the browser shows what a slider, a button or a preset has set since.
"""

from collections.abc import Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_TIMES_SET = "_times_set_by_callbacks"


def renew(keys: Iterable[str]) -> None:
    """Note that these are set by a callback: their fields are to be drawn anew."""
    times_set = st.session_state.setdefault(_TIMES_SET, {})
    for key in keys:
        times_set[key] = times_set.get(key, 0) + 1


def renewed_place(
    key: str, place: DeltaGenerator, width: int | str = "stretch"
) -> DeltaGenerator:
    """Give a place for a field, which is another one since `renew`."""
    times = st.session_state.get(_TIMES_SET, {}).get(key, 0)
    return place.container(key=f"{key}-set-{times}", width=width)
