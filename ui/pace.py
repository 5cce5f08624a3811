"""How a page stays quick: parts that run alone, what is closed is not drawn."""

import contextlib
import time
from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.errors import StreamlitAPIException

from ui.presets import PresetBar

_PAINT = 0.05  # s


def let_paint() -> None:
    """Wait until the browser has drawn what was sent, before it hears of the rest."""
    time.sleep(_PAINT)


def folded(title: str, key: str) -> ExpanderContainer:
    """Show a title to be unfolded; its `open` says whether to draw what is below.

    Parameters
    ----------
    title : str
    key : str
        Of the expander.
    """
    return st.expander(title, key=key, on_change="rerun")


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
