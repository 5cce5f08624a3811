"""The steps of the Representation page, and all that can be set on it."""

from ui.representation.activation_step import ACTIVATION_BAR, show_activation
from ui.representation.map_step import MAP_BAR, show_map
from ui.representation.real_controls import REAL_BAR
from ui.representation.real_step import show_real_data
from ui.representation.views_step import show_views
from ui.representation.warping_controls import WARPING_BAR
from ui.representation.warping_step import show_warping
from ui.state import Choice, Table

STEPS = {
    "Linear map": show_map,
    "Activations": show_activation,
    "Warping": show_warping,
    "Real data": show_real_data,
    "Two views": show_views,
}
STEP = Choice(
    key="space",  # what another page calls a step would be taken along to this one
    label="Step",
    options=tuple(STEPS),
    default="Linear map",
    help="Linear map: a matrix as turn, scaling and turn. Activations: what each does "
    "to the plane. Warping: a network is trained until a straight line will do. "
    "Real data: the same for digits, irises, or your table. Two views: functional and "
    "representational.",
)
BARS = (MAP_BAR, ACTIVATION_BAR, WARPING_BAR, REAL_BAR)
PAGE = Table(STEP, *(control for bar in BARS for control in bar.controls))
