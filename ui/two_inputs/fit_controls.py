"""The controls of a network of two inputs and of its training."""

import streamlit as st

from ui.in_training import RATED_SOLVERS
from ui.pace import rerun_only
from ui.presets import Preset, PresetBar
from ui.questions import ASK
from ui.shared_controls import (
    draw_rate,
    iterations_control,
    penalty_control,
    rate_control,
    training_seed,
)
from ui.state import Choice, Number, Switch, Table
from ui.two_inputs.fitting import MAX_DEPTH, MAX_WIDTH, FitSettings
from ui.two_inputs.map_view import colour_control
from ui.two_inputs.plane_data import PLANE_COLUMNS, PLANE_DATA

FIT = Table(
    Number(key="plane_depth", label="Hidden layers", low=1, high=MAX_DEPTH, default=1),
    Number(key="plane_width", label="Units a layer", low=1, high=MAX_WIDTH, default=20),
    Choice(
        key="plane_solver",
        label="Solver",
        options=("auto", "gd", "adam", "lbfgs", "variable_projection"),
        default="lbfgs",
        look="menu",
        help="gd: gradient descent on all data. adam: Adam on mini-batches. lbfgs: "
        "L-BFGS, which builds up curvature. variable_projection: L-BFGS on all but "
        "the output weights, with the best of those for each step. auto: what "
        "suits the size of the task; it is named above the map.",
    ),
    rate_control("plane_rate"),
    penalty_control(
        "plane_alpha",
        "auto",
        ": larger is smoother. auto: in proportion to what the network leaves "
        "unexplained; none for gd.",
    ),
    iterations_control("plane_iterations", (10, 30, 100, 300, 1000, 3000), 300),
    training_seed("plane_seed"),
    colour_control("plane_colour", "value"),
    Switch(key="plane_dots", label="Data points", default=True),
    ASK,
)
_SETTINGS = ("depth", "width", "solver", "rate", "alpha", "iterations", "seed")

FIT_BAR = PresetBar(
    "plane_fit",
    {
        "Two hills and a dip": Preset(
            "Twenty lines are moved and turned until the planes between them follow "
            "Franke's function. Look where the **polygons get small**: where the "
            "surface bends.",
            {},
        ),
        "Creases that bend around rings": Preset(
            "Rings need creases that go around. With two layers the second layer's "
            "creases bend at those of the first: look at the colours of the edges, and "
            "try one layer with twice as many units.",
            {
                "plane_surface": "Ripple",
                "plane_depth": 2,
                "plane_width": 24,
                "plane_colour": "layer",
                "plane_iterations": 1000,
            },
        ),
        "Four layers in training": Preset(
            "Four layers of twelve. Press “Watch again” and look how few of the "
            "polygons are there before anything is learned, and where they go.",
            {
                "plane_surface": "Peaks",
                "plane_depth": 4,
                "plane_width": 12,
                "plane_colour": "layer",
            },
        ),
        "Four units for a pyramid": Preset(
            "|x₁| + |x₂| needs two lines, each for two units. Look whether "
            "training finds them: try other seeds, then more units.",
            {
                "plane_surface": "Pyramid",
                "plane_width": 4,
                "plane_solver": "variable_projection",
            },
        ),
        "A jump along a circle": Preset(
            "No continuous function jumps. Look at the narrow steep polygons around "
            "the circle, by the colour of the gradient.",
            {
                "plane_surface": "Disc",
                "plane_width": 32,
                "plane_colour": "gradient",
            },
        ),
        "A real table": Preset(
            "442 patients: the disease's progress against body mass index and a blood "
            "value. Look how few polygons are worth having on noisy data: compare the "
            "test error with that of a plane.",
            {"plane_data": "Real table", "plane_width": 4, "plane_solver": "auto"},
        ),
        "Too fast": Preset(
            "Gradient descent with steps so long that the loss grows. Lower the "
            "learning rate until it falls.",
            {"plane_solver": "gd", "plane_rate": 10.0},
        ),
    },
    Table(*PLANE_DATA.values(), *FIT.values()),
    also=PLANE_COLUMNS,
)


def choose_settings(table: Table, view: str) -> None:
    """Show the controls; `chosen_settings` reads them.

    Parameters
    ----------
    table : Table
        With the chosen preset's defaults.
    view : str
        Key of the fragment that shows the network, which alone depends on most.
    """
    redraw = rerun_only(view)
    left, right = st.columns(2, wrap=False)
    table.draw("plane_depth", left, on_change=redraw)
    table.draw("plane_width", right, on_change=redraw)
    rated = table.draw("plane_solver", width="stretch") in RATED_SOLVERS
    left, right = st.columns(2, wrap=False)
    draw_rate(table, "plane_rate", left, rated=rated, on_change=redraw)
    table.draw("plane_alpha", right, on_change=redraw)
    left, right = st.columns(2, wrap=False)
    table.draw("plane_iterations", left, on_change=redraw)
    table.draw("plane_seed", right, on_change=redraw)
    table.draw("plane_colour", on_change=redraw)
    table.draw("plane_dots", on_change=redraw)
    table.draw(ASK.key)


def chosen_settings() -> FitSettings:
    """Return what the controls say at this moment."""
    return FitSettings(*(FIT.value(f"plane_{name}") for name in _SETTINGS))
