"""Parts of a page that run alone, so that a control's move costs no whole page."""

import contextlib
from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitAPIException

from ui.presets import PresetBar


def rerun_only(*keys: str) -> Callable[[], None]:
    """Make the callback of a control that nothing but some fragments depends on.

    Parameters
    ----------
    *keys : str
        Of the fragments.
    """

    def rerun() -> None:
        # As long as the page has not been drawn once, all of it runs instead.
        with contextlib.suppress(StreamlitAPIException):
            st.rerun(keys)

    return rerun


def show_history_apart(bar: PresetBar, place: DeltaGenerator, key: str) -> None:
    """Show undo, redo and reset in a fragment, to note what other fragments draw.

    Parameters
    ----------
    bar : PresetBar
    place : DeltaGenerator
    key : str
        Of the fragment.
    """

    @st.fragment(key=key)
    def show() -> None:
        # What a fragment draws is stacked, whatever is around it.
        with st.container(horizontal=True, width="content"):
            bar.show_history()

    with place:
        show()
