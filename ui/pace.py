"""How a page stays quick: parts that run alone, what is closed is not drawn."""

import contextlib
import time
from collections.abc import Callable

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.errors import StreamlitAPIException

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


def rerun_only(key: str) -> Callable[[], None]:
    """Make the callback of a control that nothing but a fragment depends on.

    Parameters
    ----------
    key : str
        Of the fragment.
    """

    def rerun() -> None:
        # As long as the page has not been drawn once, all of it runs instead.
        with contextlib.suppress(StreamlitAPIException):
            st.rerun(key)

    return rerun
