"""What the reader typed, or else what was there before."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.names import literal
from ui.state import Table

Read = TypeVar("Read")


def typed(
    table: Table,
    key: str,
    read: Callable[[str], Read],
    place: DeltaGenerator | None = None,
    shown: str = "is the network",
) -> Read:
    """Show a control of text and return what can be read from it.

    Parameters
    ----------
    table : Table
        With the chosen preset's defaults.
    key : str
        Of the text.
    read : callable
        Makes something of the text, or raises ValueError with a sentence.
    place : DeltaGenerator, optional
        Where it goes; what is wrong with it is said here.
    shown : str, default="is the network"
        What is there if it cannot be read.

    Returns
    -------
    object
        Of the last text that could be read.
    """
    written = table.draw(key, place)
    valid = st.session_state.setdefault(last_valid(key), table.defaults[key])
    try:
        made = read(written)
    except ValueError as error:
        st.error(f"{literal(str(error))} Shown {shown} before.")
        return read(valid)
    st.session_state[last_valid(key)] = written
    return made


def last_valid(key: str) -> str:
    """Give the session's key for the last text that could be read."""
    return f"_{key}_valid"


def typed_limits(
    table: Table, low: str, high: str, places: tuple[DeltaGenerator, DeltaGenerator]
) -> tuple[float, float]:
    """Show the controls of what is in view and return what they say.

    Parameters
    ----------
    table : Table
        With the chosen preset's defaults.
    low, high : str
        Their keys.
    places : (DeltaGenerator, DeltaGenerator)
        Where they go.
    """
    left, right = table.draw(low, places[0]), table.draw(high, places[1])
    if left < right:
        return left, right
    left, right = table.defaults[low], table.defaults[high]
    st.error(f"“x from” must be below “x to”. Shown is {left:g} to {right:g}.")
    return left, right
