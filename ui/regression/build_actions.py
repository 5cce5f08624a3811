"""What can be done to the network of the Build step besides moving its numbers."""

from collections.abc import Callable

import streamlit as st

from estimators import ReLUNetwork
from estimators.datasets import lecture_line
from ui.lesson import is_locked
from ui.network_text import MAX_OUTPUTS, MAX_UNITS, network_to_text
from ui.regression import symmetries
from ui.regression.building import with_outputs
from ui.regression.challenge import UNITS_THROUGH_ALL, best_known, summed_loss
from ui.state import put

NET = "net"  # the network as text, in the session and in the link
_DONE = "_symmetry"  # network and view that a symmetry led to, and what it did
_FACTORS = (0.1, 0.2, 0.5, 2.0, 5.0, 10.0)


def choose_shape(
    network: ReLUNetwork,
    key: str,
    with_units: Callable[[ReLUNetwork, int], ReLUNetwork],
    prefix: str = "",
) -> None:
    """Show the numbers of hidden units and of outputs, and let them be changed.

    Parameters
    ----------
    network : ReLUNetwork
    key : str
        Of the control of its text.
    with_units : callable
        Gives the network with another number of hidden units.
    prefix : str, default=""
        Of the keys of both numbers.
    """
    (n_units,), n_outputs = network.widths, network.n_outputs
    # Keys of their own for each number, as the network may also change otherwise.
    units, outputs = f"{prefix}units_{n_units}", f"{prefix}outputs_{n_outputs}"

    def take() -> None:
        wanted_units = st.session_state.get(units, n_units)
        wanted_outputs = st.session_state.get(outputs, n_outputs)
        # A browser that is behind repeats the numbers of fields that are gone.
        if (wanted_units, wanted_outputs) != (n_units, n_outputs):
            changed = with_outputs(with_units(network, wanted_units), wanted_outputs)
            put({key: network_to_text(changed)})

    options = {"on_change": take, "width": 130, "disabled": is_locked(key)}
    st.number_input("Units", 1, MAX_UNITS, n_units, key=units, **options)
    st.number_input("Outputs", 1, MAX_OUTPUTS, n_outputs, key=outputs, **options)


def show_symmetries(network: ReLUNetwork, low: float, high: float) -> None:
    """Let units be rescaled and swapped, and say how far the function moved."""
    box = st.popover("Symmetries", key="symmetries", on_change="rerun")
    if not box.open:
        return
    names = [f"unit {d + 1}" for d in range(network.widths[0])]
    locked = is_locked(NET)
    box.markdown(
        "As a[αz] = α·a[z] for α > 0, a unit with θ·α and φ/α is the same term of the "
        "sum, and terms can be swapped. Different numbers, one function."
    )
    left, middle, right = box.columns(3, vertical_alignment="bottom")
    unit = left.selectbox("Rescale", names, key="rescaled_unit")
    factor = middle.selectbox("α", _FACTORS, 3, format_func=str, key="factor")
    right.button(
        "Rescale",
        disabled=locked,
        on_click=_do,
        args=(network, low, high, f"Rescaled {unit}: θ·{factor:g} and φ/{factor:g}."),
        kwargs={"rescale": (names.index(unit), factor)},
    )
    left, middle, right = box.columns(3, vertical_alignment="bottom")
    unit = left.selectbox("Swap", names, key="swapped_unit")
    other = middle.selectbox("with", names, len(names) - 1, key="other_unit")
    right.button(
        "Swap",
        disabled=locked or unit == other,
        on_click=_do,
        args=(network, low, high, f"Swapped {unit} with {other}."),
        kwargs={"swap": (names.index(unit), names.index(other))},
    )
    if locked:
        box.caption("A lesson has locked the network.")
    before, done = st.session_state.get(_DONE, (None, ""))
    if before == (network_to_text(network), low, high):
        box.markdown(done)


def _do(
    network: ReLUNetwork,
    low: float,
    high: float,
    done: str,
    *,
    rescale: tuple[int, float] | None = None,
    swap: tuple[int, int] | None = None,
) -> None:
    try:
        if rescale:
            changed = symmetries.rescaled(network, *rescale)
        if swap:
            changed = symmetries.swapped(network, *swap)
    except ValueError as error:
        st.session_state[_DONE] = ((network_to_text(network), low, high), str(error))
        return
    moved = symmetries.largest_change(network, changed, low, high)
    text = network_to_text(changed)
    put({NET: text})
    st.session_state[_DONE] = (
        (text, low, high),
        f"{done} Largest change of the function in view: **{moved:.1g}**.",
    )


def show_challenge(network: ReLUNetwork, challenged: bool) -> tuple | tuple[None, None]:
    """Say what there is to beat.

    Returns
    -------
    points : (x, y) or None
        The points to fit.
    goal : float or None
        The summed loss of the best network known with so many units, where it is not
        zero.
    """
    if not challenged:
        return None, None
    if network.n_outputs > 1:
        st.caption(
            "The lecture's points have one y each: set Outputs to 1 to fit them."
        )
        return None, None
    (n_units,) = network.widths
    best, loss = best_known(n_units), summed_loss(network)
    goal = summed_loss(best)
    where = f"**{goal:.3g}** with {n_units} hidden unit" + "s" * (n_units > 1)
    if n_units >= UNITS_THROUGH_ALL:
        where = f"zero, to rounding: {n_units} hidden units go through all points"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Your summed loss: **{loss:.4g}**. The best there is: {where}.")
        st.button(
            "Show the best", on_click=_take, args=(best,), disabled=is_locked(NET)
        )
    return lecture_line(), goal if n_units < UNITS_THROUGH_ALL else None


def _take(network: ReLUNetwork) -> None:
    put({NET: network_to_text(network)})
