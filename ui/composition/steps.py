"""The steps of the Composition page, and all that can be set on it."""

from ui.composition.clip_step import CLIP_BAR, show_clip
from ui.composition.compose_step import COMPOSE_BAR, show_compose
from ui.composition.deep_step import DEEP_BAR, show_deep
from ui.composition.fold_step import FOLD_BAR, show_fold
from ui.composition.fuse_step import FUSE_BAR, show_fuse
from ui.composition.pair_controls import STEP_KEY
from ui.composition.plane_step import PLANE_BAR, show_plane
from ui.state import Choice, Table

STEPS = {
    "Compose": show_compose,
    "Fold": show_fold,
    "Fuse": show_fuse,
    "Clip and recombine": show_clip,
    "Two dimensions": show_plane,
    "Any depth": show_deep,
}
STEP = Choice(
    key=STEP_KEY,
    label="Step",
    options=tuple(STEPS),
    default="Compose",
    help="Compose: one network after the other. Fold: the same as folding a line. "
    "Fuse: both as one network of two layers. Clip and recombine: what the second "
    "layer does. Two dimensions: polygons. Any depth: more layers.",
)
BARS = (COMPOSE_BAR, FOLD_BAR, FUSE_BAR, CLIP_BAR, PLANE_BAR, DEEP_BAR)
PAGE = Table(STEP, *(control for bar in BARS for control in bar.controls))
