"""The controls of two networks, one applied to the other, for several steps."""

from typing import Any

import streamlit as st

from estimators import ReLUNetwork
from ui.composition.pairs import Pair
from ui.composition.typed import limits, one_output
from ui.lesson import is_locked
from ui.network_text import network_to_text
from ui.state import Control, Table, Text, put, put_released
from ui.typed import typed, typed_limits

STEP_KEY = "scene"  # what another page calls a step would be taken along
_HELP = (
    "φ0 and, for each unit, θ_d0, θ_d1 and φ_d: `φ0~θ10,θ11,φ1~θ20,θ21,φ2`; 1 to 4 "
    "units. Copy it, paste another, or type. The link in the address bar holds it."
)


class PairControls:
    """The texts of two networks and what is in view of them, under keys of their own.

    Parameters
    ----------
    prefix : str
        Of the keys.
    default : Pair
    """

    def __init__(self, prefix: str, default: Pair) -> None:
        self.first, self.second = f"{prefix}_first", f"{prefix}_second"
        self.low, self.high = f"{prefix}_from", f"{prefix}_to"
        self._default = default

    @property
    def controls(self) -> tuple[Control, ...]:
        """For the step's table."""
        texts = self.values(self._default)
        return (
            Text(
                key=self.first,
                label="The first network as text",
                default=texts[self.first],
                help=_HELP,
            ),
            Text(
                key=self.second,
                label="The second network as text",
                default=texts[self.second],
                help=_HELP,
            ),
            *limits(self.low, self.high),
        )

    def values(self, pair: Pair) -> dict[str, Any]:
        """Give what the controls are set to for a pair."""
        return {
            self.first: network_to_text(pair.first),
            self.second: network_to_text(pair.second),
            self.low: float(pair.low),
            self.high: float(pair.high),
        }

    def show_taking(self, pair: Pair, step: str) -> None:
        """Show a button that takes a pair to the step that these controls are of."""
        st.button(
            f"{step} these",
            on_click=_go,
            args=({STEP_KEY: step} | self.values(pair),),
            disabled=is_locked(STEP_KEY),
        )

    def choose(self, table: Table) -> Pair:
        """Show the controls and return what they say, or else what they said before."""
        left, right = st.columns(2)
        first = typed(table, self.first, one_output, left)
        second = typed(table, self.second, one_output, right)
        row = st.container(horizontal=True)
        places = tuple(row.container(width=130) for _ in range(2))
        return Pair(first, second, *typed_limits(table, self.low, self.high, places))

    def take(self, first: ReLUNetwork, second: ReLUNetwork) -> None:
        """Keep both networks, released in an instrument; from a callback only."""
        put_released(self.first, network_to_text(first))
        put_released(self.second, network_to_text(second))


def _go(values: dict[str, Any]) -> None:
    put(values)
    st.rerun()  # the whole page, also from within a fragment
