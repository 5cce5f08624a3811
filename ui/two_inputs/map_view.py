"""The map of a network's polygons, and what is said of it."""

from contextlib import nullcontext

import numpy as np
import streamlit as st

from estimators import ReLUNetwork
from ui.figures.style import thin
from ui.instruments.plane import polygon_map
from ui.instruments.planemap import COLOURS
from ui.state import Choice
from ui.two_inputs.building import Box, counted, regions_in
from ui.two_inputs.words import counts_sentence

MAX_POINTS = 250  # more would hide the polygons
MOST_EQUATIONS = 12  # hidden units whose equations can still be read
COLOUR_SENTENCES = {
    "value": "Colour: the output, exactly, at every point.",
    "active units": "Colour: how many units are on.",
    "gradient": "Colour: how steep the plane over each polygon is.",
    "layer": "Each edge has the colour of the layer whose unit switches there.",
}


def colour_control(key: str, default: str) -> Choice:
    """Make the choice of what colours tell."""
    return Choice(
        key=key, label="Colour by", options=COLOURS, default=default, look="menu"
    )


def show_map(
    network: ReLUNetwork,
    box: Box,
    colour: str,
    key: str,
    *,
    names: tuple[str, str] = ("x₁", "x₂"),
    points: np.ndarray | None = None,
) -> bool:
    """Draw the polygons; return whether they are few enough for that.

    Parameters
    ----------
    network : ReLUNetwork
        Two inputs, one output.
    box : ((float, float), (float, float))
        What is in view.
    colour : str
        What colours tell.
    key : str
        Of the instrument.
    names : (str, str)
        Of the inputs.
    points : ndarray of shape (n_points, 3), optional
        Data, with what the output should be there.
    """
    try:
        regions = regions_in(network, box)
    except ValueError as error:
        st.info(str(error))
        return False
    dots = ""
    if points is not None:
        kept = thin(len(points), MAX_POINTS)
        dots = f" Dots: {len(kept):,} of {len(points):,} training points."
        points = points[kept]
    polygon_map(
        regions, network, box, key=key, colour=colour, points=points, names=names
    )
    st.caption(
        f"{COLOUR_SENTENCES[colour]} Point at a polygon, or tap it, for its pattern, "
        f"its plane and its area.{dots}"
    )
    return True


def show_counts(network: ReLUNetwork, box: Box, key: str) -> None:
    """Say how many regions there are; where that takes long, when it is asked for."""
    all_key = f"{key}_count_all"
    wanted = st.session_state.get(all_key) == network
    with st.spinner("Counting…", show_time=True) if wanted else nullcontext():
        counts = counted(network, box, None) if wanted else counted(network, box)
    n_units = sum(network.widths)
    st.markdown(
        f"{counts_sentence(counts, network.widths)} {n_units} hidden "
        f"unit{'s' * (n_units > 1)}, {network.n_parameters:,} parameters."
    )
    if counts.in_total is None and wanted:
        st.caption("In total they are too many to be counted here.")
    elif counts.in_total is None:
        st.button(
            "Count them all",
            key=f"{key}_count",
            on_click=st.session_state.__setitem__,
            args=(all_key, network),
        )
    st.caption(_largest(network, box))


def _largest(network: ReLUNetwork, box: Box) -> str:
    """Say how unequal the polygons are."""
    areas = np.sort(regions_in(network, box).areas)[::-1]
    half = int(np.searchsorted(np.cumsum(areas), areas.sum() / 2)) + 1
    largest = f"{half:,} largest of {len(areas):,} polygons cover"
    if half == 1:
        largest = f"largest of {len(areas):,} polygons covers"
    return (
        f"The {largest} half of the view; together they have its area, "
        f"{areas.sum():.6g}."
    )
