"""A number on a slider of chosen stops, or typed: each follows the other."""

import bisect
from collections.abc import Sequence

import streamlit as st

from ui.following import draw_follower
from ui.lesson import hideable, is_locked
from ui.state import Table, put


def choose_stepped(table: Table, key: str, stops: Sequence[int], label: str) -> int:
    """Show the slider and the field; return the number.

    Parameters
    ----------
    table : Table
        With the field's control.
    key : str
        Of that control; the slider has its own, with ``_slider`` after it.
    stops : sequence of int
        What the slider offers, ascending.
    label : str
        Of the slider.
    """
    left, right = st.columns((5, 1), vertical_alignment="bottom")
    number = table.draw(key, right)
    slider = f"{key}_slider"

    def take() -> None:
        put({key: st.session_state[slider]})

    draw_follower(
        hideable(key, left).select_slider,
        label,
        stops,
        key=slider,
        value=nearest_stop(number, stops),
        on_change=take,
        disabled=is_locked(key),
        format_func="{:,}".format,
    )
    return number


def nearest_stop(number: int, stops: Sequence[int]) -> int:
    """Give the stop of the slider that is next to a number.

    Examples
    --------
    >>> nearest_stop(7, (5, 10, 20)), nearest_stop(99, (5, 10, 20))
    (5, 20)
    """
    at = bisect.bisect_left(stops, number)
    around = stops[max(0, at - 1) : at + 1]
    return min(around, key=lambda stop: abs(stop - number))
