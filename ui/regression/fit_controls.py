"""The controls of a shallow network and of its training."""

import streamlit as st

from ui.data_controls import COLUMN_DEFAULTS, DATA, SOURCE
from ui.in_training import RATED_SOLVERS
from ui.pace import rerun_only
from ui.presets import Preset, PresetBar
from ui.questions import ASK
from ui.regression.fitting import MAX_WIDTH, FitSettings
from ui.shared_controls import (
    draw_rate,
    iterations_control,
    penalty_control,
    rate_control,
    training_seed,
)
from ui.state import Choice, Number, Switch, Table

FIT = Table(
    Number(
        key="width",
        label="Width (hidden units)",
        low=1,
        high=MAX_WIDTH,
        default=10,
        help="Each hidden unit can bend the function once.",
    ),
    Choice(
        key="solver",
        label="Solver",
        options=("gd", "adam", "lbfgs", "variable_projection", "free_knots"),
        default="lbfgs",
        look="menu",
        help="gd: gradient descent on all data. adam: Adam on mini-batches. lbfgs: "
        "L-BFGS, which builds up curvature. variable_projection: L-BFGS on θ alone, "
        "with the best φ for each θ. free_knots: no gradients; joints found by dynamic "
        "programming; what the estimator takes for one input if it is not told.",
    ),
    rate_control("rate"),
    penalty_control(
        "alpha",
        "auto",
        ": larger is smoother. auto: in proportion to what the network leaves "
        "unexplained; none for gd; cross-validated for variable_projection; a limit "
        "on joints for free_knots.",
    ),
    iterations_control("iterations", (10, 30, 100, 300, 1000, 3000, 10_000), 1000),
    training_seed("seed"),
    Switch(
        key="compare",
        label="Compare solvers",
        default=False,
        help="Train with gd, adam and lbfgs from the same start and draw all losses.",
    ),
    ASK,
)
_SETTINGS = ("width", "solver", "rate", "alpha", "iterations", "seed")

PRESETS = {
    "A sine": Preset(
        "A shallow network of one input is a broken line. Look where training puts "
        "its **joints**: at most one for each hidden unit, most of them where the data "
        "bend.",
        {},
    ),
    "Just enough units": Preset(
        "Four straight pieces need three joints, and one more hidden unit for the "
        "slope that they begin with. Look whether training finds these four: try "
        "other seeds, then a unit or two more.",
        {"toy": "zigzag", "width": 4},
    ),
    "A jump": Preset(
        "No continuous function jumps. Look how steep the piece between the two joints "
        "nearest to the jump is: more units make it steeper, none make it a jump.",
        {"toy": "step", "width": 20},
    ),
    "Too fast": Preset(
        "Gradient descent with steps so long that the loss grows. Look at the loss "
        "below, and lower the learning rate until it falls.",
        {"solver": "gd", "rate": 10.0},
    ),
    "Units that die": Preset(
        "Long steps throw joints out of the data. Look at the hidden units that no "
        "training row turns on any more: their gradient is zero, for good.",
        {"solver": "adam", "rate": 0.3, "width": 20},
    ),
    "Solvers in a race": Preset(
        "Gradient descent, Adam and L-BFGS from the same start. Look how far each has "
        "come after the same number of iterations, and after the same time.",
        {"compare": True, "width": 20, "toy": "chirp"},
    ),
    "A real table": Preset(
        "142 countries: steep at first, then flat. Look where the line bends, and how "
        "much larger the errors of a straight line are, in the table below.",
        {"data": "Real table", "table": "Life expectancy"},
    ),
}

FIT_BAR = PresetBar(
    "fit",
    PRESETS,
    Table(SOURCE, *DATA.values(), *FIT.values()),
    also=COLUMN_DEFAULTS,
)


def choose_settings(table: Table, view: str) -> None:
    """Show the controls; `chosen_settings` reads them.

    Parameters
    ----------
    table : Table
        With the chosen preset's defaults.
    view : str
        Key of the fragment that shows the network. A control that nothing else on the
        page depends on runs it alone, which takes half the time of the whole page.
    """
    redraw = rerun_only(view)
    table.draw("width", on_change=redraw)
    solver = table.draw("solver", width="stretch")
    left, right = st.columns(2, wrap=False)
    rate, penalty = left.container(), right.container()
    left, right = st.columns(2, wrap=False)
    table.draw("iterations", left, on_change=redraw)
    table.draw("seed", right, on_change=redraw)
    compared = table.draw("compare")
    table.draw(ASK.key)
    rated = solver in RATED_SOLVERS or compared
    draw_rate(table, "rate", rate, rated=rated, on_change=redraw)
    table.draw("alpha", penalty, on_change=redraw)


def chosen_settings() -> FitSettings:
    """Return what the controls say at this moment."""
    return FitSettings(*map(FIT.value, _SETTINGS))
