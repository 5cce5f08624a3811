"""The first controls of a step made by hand: presets, undo, redo, reset."""

from collections.abc import Callable, Mapping
from typing import Protocol

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.history import History


class Explained(Protocol):
    """A preset, which says where to look."""

    @property
    def look_for(self) -> str:
        """One sentence."""


def choose_preset(
    presets: Mapping[str, Explained], key: str, take: Callable[[], None]
) -> tuple[str, DeltaGenerator]:
    """Show the choice of presets and what to look for in the one chosen.

    Parameters
    ----------
    presets : mapping
        By name; the first is the default.
    key : str
        Of the choice, in the session and in the link.
    take : callable
        Called when another one is chosen.

    Returns
    -------
    name : str
        Of the preset.
    bar : DeltaGenerator
        Where `show_history` may go, beside it.
    """
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    name = bar.selectbox(
        "Preset", presets, key=key, bind="query-params", on_change=take
    )
    st.markdown(presets[name].look_for)
    return name, bar


def show_history(history: History, reset: Callable[[], None]) -> None:
    """Show the buttons that take changes back; draw them once these are noted."""
    st.button("Undo", on_click=history.undo, disabled=not history.can_undo)
    st.button("Redo", on_click=history.redo, disabled=not history.can_redo)
    st.button("Reset", on_click=reset)
