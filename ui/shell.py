"""What every page stands on: a warm process, the page list, a guard."""

import gc
import importlib
import threading
from pathlib import Path

import streamlit as st

PAGES = Path(__file__).resolve().parent.parent / "pages"

# An SVG in the page itself: an emoji would be fetched as an image.
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="6" fill="#0072B2"/>'
    '<path d="M5 23 H15 L26 8" fill="none" stroke="#FFFFFF" stroke-width="4"'
    ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
)

_HEAVY = (
    "plotly.data",
    "sklearn.linear_model",
    "scipy.optimize",
    "pandas",
    "estimators",
)
_ENTERED = "_entered_through_app"

_warming = threading.Lock()
_warm = False


def warm_process() -> None:
    """Import the heavy libraries and take them out of the garbage collector's sight.

    Streamlit collects garbage after every script run. With scikit-learn imported
    such a collection walks some 10^5 objects that live as long as the process, which
    costs about 0.1 s of every slider move; frozen objects are not walked. Only the
    first call in a process does anything, and the others wait until it is done.
    """
    global _warm
    with _warming:
        if _warm:
            return
        for name in _HEAVY:
            importlib.import_module(name)
        gc.collect()
        gc.freeze()
        _warm = True


def pages() -> list[st.Page]:
    """List the pages of the dashboard in the order of the navigation.

    Returns
    -------
    list of st.Page
        New objects at each call, as ``st.navigation`` marks those it is given. The
        first one is the invisible page at ``/``, so that every visible page keeps
        its own name in the URL.
    """
    return [
        st.Page(_home, title="Unfold", url_path="home", visibility="hidden"),
        st.Page(
            PAGES / "regression.py",
            title="Regression",
            help="From a straight line to a curve: a shallow network takes shape.",
        ),
        st.Page(
            PAGES / "universal_approximation.py",
            title="Universal approximation",
            help="Any continuous function, as closely as you like: at what width?",
        ),
        st.Page(
            PAGES / "two_inputs.py",
            title="Two inputs",
            help="Lines cut the plane into polygons: over each the network is flat.",
        ),
        st.Page(
            PAGES / "representation.py",
            title="Representation",
            help="The other view: how maps and layers move, fold and warp space.",
        ),
        st.Page(
            PAGES / "composition.py",
            title="Composition",
            help="One network after another: the line folds, and regions multiply.",
        ),
        st.Page(
            PAGES / "depth_efficiency.py",
            title="Depth efficiency",
            help="What depth buys: regions, folds, and figure 20.2 trained for real.",
        ),
    ]


def _home() -> None:
    """Send a visitor of ``/`` to the first page, with the query parameters."""
    st.switch_page(pages()[1], query_params=st.query_params.to_dict())


def enter() -> None:
    """Note that this session came through ``app.py``; see `guard`."""
    st.session_state[_ENTERED] = True


def guard() -> None:
    """Repair a deep link that is the first request to a new server.

    Streamlit still discovers a folder called ``pages`` by itself, until some session
    has called ``st.navigation``. Before that, a link to ``/regression`` runs the page
    without ``app.py``: cold, with the wrong title and navigation. Every page calls
    this first; in such a session it calls ``st.navigation`` and starts the run anew.
    """
    if _ENTERED not in st.session_state:
        enter()
        st.navigation(pages())
        st.rerun()
