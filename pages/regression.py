import streamlit as st

from ui import shell
from ui.regression.build_step import show_build
from ui.regression.fit_step import show_fit_step
from ui.regression.linear_step import show_linear

shell.guard()

st.title("Regression")
step = st.segmented_control(
    "Step",
    ("Linear", "Build", "Fit"),
    default="Fit",
    required=True,
    help="Linear: a straight line and its loss. Build: a network, every number set by "
    "hand. Fit: training finds the numbers.",
    key="step",
    bind="query-params",
)
{"Linear": show_linear, "Build": show_build, "Fit": show_fit_step}[step]()
shell.footer(
    "Lecture 1, regression and shallow networks; S. J. D. Prince, *Understanding Deep "
    "Learning*, MIT Press 2023, chapters 2, 3 and 6."
)
