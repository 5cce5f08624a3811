"""The steps of the Two inputs page, and all that can be set on it."""

from ui.state import Choice, Table
from ui.two_inputs.build_step import BUILD_BAR, show_build
from ui.two_inputs.deep_step import DEEP_BAR, show_deep
from ui.two_inputs.fit_controls import FIT_BAR
from ui.two_inputs.fit_step import show_fit_step

STEPS = {"Build": show_build, "Deep": show_deep, "Fit": show_fit_step}
STEP = Choice(
    key="plane",  # what another page calls a step would be taken along to this one
    label="Step",
    options=tuple(STEPS),
    default="Build",
    help="Build: a few units, every number set by hand. Deep: many units in several "
    "layers. Fit: training finds the numbers.",
)
BARS = (BUILD_BAR, DEEP_BAR, FIT_BAR)
PAGE = Table(STEP, *(control for bar in BARS for control in bar.controls))
