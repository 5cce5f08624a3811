"""Networks that the reader typed, or else the ones before."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from estimators import ReLUNetwork
from ui.names import literal
from ui.network_text import LIMIT, network_from_text
from ui.state import Number, Table

MAX_UNITS = 4  # of a network that is composed with another


def typed_network(
    table: Table,
    key: str,
    place: DeltaGenerator,
    read: Callable[[str], ReLUNetwork] = network_from_text,
) -> ReLUNetwork:
    """Show a network as text and return it.

    Parameters
    ----------
    table : Table
        With the chosen preset's defaults.
    key : str
        Of the text.
    place : DeltaGenerator
        Where it goes; what is wrong with it is said here.
    read : callable, optional
        Makes a network of the text, or raises ValueError with a sentence.

    Returns
    -------
    network : ReLUNetwork
        The last one that could be read.
    """
    memory = f"_{key}_valid"
    written = table.draw(key, place)
    valid = st.session_state.setdefault(memory, table.defaults[key])
    try:
        network = read(written)
    except ValueError as error:
        st.error(f"{literal(str(error))} Shown is the network before.")
        return read(valid)
    st.session_state[memory] = written
    return network


def one_output(text: str) -> ReLUNetwork:
    """Read a shallow network of one input, one output and at most four units.

    Raises
    ------
    ValueError
        If it is none, with a sentence for its author.
    """
    network = network_from_text(text)
    if network.n_outputs != 1:
        raise ValueError("A network that is composed here has one output, not two.")
    if network.widths[0] > MAX_UNITS:
        raise ValueError(
            f"The network has {network.widths[0]} hidden units; here at most "
            f"{MAX_UNITS} fit."
        )
    return network


def limits(low: str, high: str, of: str = "x") -> tuple[Number, Number]:
    """Make the controls of what is in view.

    Parameters
    ----------
    low, high : str
        Their keys.
    of : str, default="x"
        What is limited.
    """
    common = {"low": -LIMIT, "high": LIMIT, "look": "field"}
    return (
        Number(key=low, label=f"{of} from", default=-1.0, **common),
        Number(key=high, label=f"{of} to", default=1.0, **common),
    )


def typed_limits(
    table: Table, low: str, high: str, places: tuple[DeltaGenerator, DeltaGenerator]
) -> tuple[float, float]:
    """Show the controls of what is in view and return what they say.

    Parameters
    ----------
    table : Table
        With the chosen preset's defaults.
    low, high : str
        Their keys.
    places : (DeltaGenerator, DeltaGenerator)
        Where they go.
    """
    left, right = table.draw(low, places[0]), table.draw(high, places[1])
    if left < right:
        return left, right
    left, right = table.defaults[low], table.defaults[high]
    st.error(f"“x from” must be below “x to”. Shown is {left:g} to {right:g}.")
    return left, right
