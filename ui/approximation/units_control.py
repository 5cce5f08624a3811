"""The number of hidden units: on a slider of growing steps, or typed."""

from ui.approximation.best_fits import MOST_UNITS
from ui.state import Number, Table
from ui.stepped import choose_stepped

UNITS = Number(
    key="units",
    label="D, typed",
    low=1,
    high=MOST_UNITS,
    default=9,
    step=1,
    look="field",
)
# Fine at first; from 20 on each step is 5 % or so.
STOPS = (
    *range(1, 20),
    *range(20, 40, 2),
    *range(40, 100, 5),
    *range(100, 200, 10),
    *range(200, 400, 20),
    *range(400, MOST_UNITS + 1, 50),
)


def choose_units(table: Table) -> int:
    """Show the slider and the field, which follow each other; return D.

    Parameters
    ----------
    table : Table
        With `UNITS`, the chosen preset's default for it.
    """
    return choose_stepped(table, UNITS.key, STOPS, "Hidden units D")
