"""A network's equations, with its numbers, in the lectures' three notations."""

import streamlit as st

from estimators import ReLUNetwork

_NOTATIONS = {"one line a unit": "scalar", "vectors": "vector", "β and Ω": "matrix"}


def show_equations(network: ReLUNetwork) -> None:
    """Show the equations and the choice of their notation.

    Parameters
    ----------
    network : ReLUNetwork
        Small enough to be read.
    """
    notation = st.segmented_control(
        "Equations", _NOTATIONS, default="one line a unit", required=True
    )
    st.latex(network.equations(_NOTATIONS[notation]))
