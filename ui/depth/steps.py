"""The steps of the Depth efficiency page, and all that can be set on it."""

from ui.depth.counted_controls import COUNTED_BAR
from ui.depth.counted_step import show_counted
from ui.depth.curve_controls import CURVE_BAR
from ui.depth.curve_step import show_curves
from ui.depth.reasons_step import show_reasons
from ui.depth.regions_step import REGIONS_BAR, show_regions
from ui.depth.sawtooth_step import SAWTOOTH_BAR, show_sawtooth
from ui.state import Choice, Table

STEPS = {
    "Regions": show_regions,
    "Counted": show_counted,
    "Sawtooth": show_sawtooth,
    "Figure 20.2": show_curves,
    "Why deep?": show_reasons,
}
STEP = Choice(
    key="efficiency",  # what another page calls a step would be taken along to this one
    label="Step",
    options=tuple(STEPS),
    default="Regions",
    help="Regions: how many linear regions a number of parameters can buy. "
    "Counted: networks that have them all, and networks as they are trained. "
    "Sawtooth: 2ᵏ pieces from 2k units, and what training finds of them. "
    "Figure 20.2: four depths learn random labels by heart. Why deep?: the lectures' "
    "five reasons, and where to see each.",
)
BARS = (REGIONS_BAR, COUNTED_BAR, SAWTOOTH_BAR, CURVE_BAR)
PAGE = Table(STEP, *(control for bar in BARS for control in bar.controls))
