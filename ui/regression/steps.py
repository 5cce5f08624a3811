"""The steps of the Regression page, and all that can be set on it."""

from ui.data_controls import SOURCE_OF_LINE
from ui.regression.build_step import BUILD_BAR, show_build
from ui.regression.fit_controls import FIT_BAR
from ui.regression.fit_step import show_fit_step
from ui.regression.generalise_step import GENERALISE_BAR, show_generalise_step
from ui.regression.linear_step import LINEAR_BAR, show_linear
from ui.state import Choice, Table

STEPS = {
    "Linear": show_linear,
    "Build": show_build,
    "Fit": show_fit_step,
    "Generalise": show_generalise_step,
}
STEP = Choice(
    key="step",
    label="Step",
    options=tuple(STEPS),
    default="Linear",
    help="Linear: a straight line and its loss. Build: a network, every number set by "
    "hand. Fit: training finds the numbers. Generalise: how it does on other data.",
)
BARS = (LINEAR_BAR, BUILD_BAR, FIT_BAR, GENERALISE_BAR)
PAGE = Table(
    STEP, SOURCE_OF_LINE, *(control for bar in BARS for control in bar.controls)
)
