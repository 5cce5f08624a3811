"""The controls of a classifier, for each step that trains one."""

from ui.representation.training import (
    MOST_LAYERS,
    SOLVERS,
    Shape,
)
from ui.shared_controls import seed_control
from ui.state import Choice, Number, Switch, Table

_NARROW = 2


def network_controls(prefix: str, default: Shape, most_units: int) -> Table:
    """Make the controls of a network's shape and training.

    Parameters
    ----------
    prefix : str
        Of their keys, which are unique in the application.
    default : Shape
        Of layers of one width, but perhaps for a last one of two units.
    most_units : int
        The largest width.
    """
    widths = default.widths
    return Table(
        Number(
            key=f"{prefix}layers",
            label="Hidden layers",
            low=1,
            high=MOST_LAYERS,
            default=len(widths),
        ),
        Number(
            key=f"{prefix}units_each",
            label="Units a layer",
            low=1,
            high=most_units,
            default=widths[0],
        ),
        Switch(
            key=f"{prefix}narrow_end",
            label="Two units in the last layer",
            default=widths[-1] < widths[0],
            help="It can then be seen as it is, and not by its principal components.",
        ),
        Choice(
            key=f"{prefix}trained_by",
            label="Solver",
            options=SOLVERS,
            default=default.solver,
            help="adam and gd: steps along the gradient. lbfgs: steps that know how "
            "the loss curves.",
        ),
        seed_control(
            f"{prefix}start_seed",
            "Seed of training",
            default.seed,
            "Another random start may end elsewhere.",
        ),
    )


def layer_control(key: str, default: float, more: str = "") -> Number:
    """Make a field for the layer on screen, whose help may go on."""
    return Number(
        key=key,
        label="Layer on screen",
        low=0.0,
        high=float(MOST_LAYERS),
        default=default,
        step=0.01,
        look="field",
        help=f"0: the input. 1: the first hidden layer, and so on{more}.",
    )


def shape_of(table: Table, prefix: str) -> Shape:
    """Read the network that is wanted, once its controls have been drawn."""
    names = ("layers", "units_each", "narrow_end", "trained_by", "start_seed")
    n_layers, units, narrow, solver, seed = (
        table.value(f"{prefix}{name}") for name in names
    )
    last = min(units, _NARROW) if narrow else units
    return Shape((*[units] * (n_layers - 1), last), solver, seed)
