"""The controls of a shallow network and of its training."""

import contextlib

import streamlit as st
from streamlit.errors import StreamlitAPIException

from ui.numbers import short
from ui.regression.fitting import MAX_WIDTH, RATED_SOLVERS, FitSettings

_KEYS = ("width", "solver", "rate", "alpha", "iterations", "seed")

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
PENALTIES = ("auto", 0.0, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0)
ITERATIONS = (10, 30, 100, 300, 1000, 3000, 10_000)


def choose_settings(view: str) -> None:
    """Show the controls; `chosen_settings` reads them.

    Parameters
    ----------
    view : str
        Key of the fragment that shows the network. A control that nothing else on the
        page depends on runs it alone, which takes half the time of the whole page.
    """

    def redraw() -> None:
        # As long as the page has not been drawn once, all of it runs instead.
        with contextlib.suppress(StreamlitAPIException):
            st.rerun(view)

    st.slider(
        "Width (hidden units)",
        1,
        MAX_WIDTH,
        10,
        help="Each hidden unit can bend the function once.",
        key="width",
        bind="query-params",
        on_change=redraw,
    )
    solver = st.segmented_control(
        "Solver",
        ("auto", "gd", "adam", "lbfgs"),
        default="auto",
        required=True,
        help="gd: gradient descent on all data. adam: Adam on mini-batches. lbfgs: "
        "L-BFGS, which builds up curvature. auto: lbfgs, or adam for large data.",
        key="solver",
        bind="query-params",
        width="stretch",
    )
    left, right = st.columns(2, wrap=False)
    rated = solver in RATED_SOLVERS
    left.select_slider(
        "Learning rate",
        RATES,
        0.01,
        format_func=short,
        help="Length of a step along the gradient. Too large, and training diverges.",
        disabled=not rated,
        key="rate",
        bind="query-params",
        on_change=redraw,
    )
    right.select_slider(
        "Penalty α",
        PENALTIES,
        "auto",
        format_func=short,
        help="Strength of the penalty on squared weights: larger is smoother. auto: in "
        "proportion to what the network leaves unexplained; none for gd.",
        key="alpha",
        bind="query-params",
        on_change=redraw,
    )
    if not rated:
        st.caption("L-BFGS has no learning rate: it finds its own step length.")
    left, right = st.columns(2, wrap=False)
    left.select_slider(
        "Iterations",
        ITERATIONS,
        1000,
        format_func=str,
        help="At most so many: steps of gd and lbfgs, passes over the data of adam.",
        key="iterations",
        bind="query-params",
        on_change=redraw,
    )
    right.number_input(
        "Seed",
        0,
        9999,
        0,
        help="Decides the split into training and test data and the start.",
        key="seed",
        bind="query-params",
        on_change=redraw,
    )


def chosen_settings() -> FitSettings:
    """Return what the controls say at this moment."""
    return FitSettings(*(st.session_state[key] for key in _KEYS))
