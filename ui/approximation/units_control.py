"""The number of hidden units: on a slider of growing steps, or typed."""

import bisect

import streamlit as st

from ui.approximation.best_fits import MOST_UNITS
from ui.lesson import hideable, is_locked
from ui.state import Number, Table, put

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
_SLIDER = "units_slider"


def choose_units(table: Table) -> int:
    """Show the slider and the field, which follow each other; return D.

    Parameters
    ----------
    table : Table
        With `UNITS`, the chosen preset's default for it.
    """
    left, right = st.columns((5, 1), vertical_alignment="bottom")
    units = table.draw(UNITS.key, right)
    st.session_state[_SLIDER] = nearest_stop(units)

    def take() -> None:
        put({UNITS.key: st.session_state[_SLIDER]})

    hideable(UNITS.key, left).select_slider(
        "Hidden units D",
        STOPS,
        key=_SLIDER,
        on_change=take,
        disabled=is_locked(UNITS.key),
        format_func="{:,}".format,
    )
    return units


def nearest_stop(units: int) -> int:
    """Give the stop of the slider that is next to a number of units.

    Examples
    --------
    >>> nearest_stop(7), nearest_stop(101), nearest_stop(990)
    (7, 100, 1000)
    """
    at = bisect.bisect_left(STOPS, units)
    around = STOPS[max(0, at - 1) : at + 1]
    return min(around, key=lambda stop: abs(stop - units))
