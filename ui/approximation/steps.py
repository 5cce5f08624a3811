"""The steps of the Universal approximation page, and all that can be set on it."""

from ui.approximation.built_step import BUILT_BAR, show_built
from ui.approximation.law_step import LAW_BAR, show_law
from ui.approximation.one_step import ONE_BAR, show_one
from ui.approximation.surface_step import SURFACE_BAR, show_surface
from ui.state import Choice, Table

STEPS = {
    "One target": show_one,
    "Error against D": show_law,
    "Watch it being built": show_built,
    "Surface": show_surface,
}
STEP = Choice(
    key="part",  # what another page calls a step would be taken along to this one
    label="Step",
    options=tuple(STEPS),
    default="One target",
    help="One target: a network beside a function. Error against D: how fast the error "
    "falls. Watch it being built: one hidden unit after the other. Surface: two "
    "inputs.",
)
BARS = (ONE_BAR, LAW_BAR, BUILT_BAR, SURFACE_BAR)
PAGE = Table(STEP, *(control for bar in BARS for control in bar.controls))
