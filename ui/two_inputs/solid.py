"""The surface in space, drawn when it is asked for."""

import numpy as np
import streamlit as st

from estimators import ReLUNetwork
from ui.figures.style import thin
from ui.figures.two_inputs import MAX_FACETS, MAX_POINTS, solid_alt, solid_figure
from ui.pace import folded
from ui.two_inputs.building import Box, regions_in


def show_solid(
    network: ReLUNetwork,
    box: Box,
    key: str,
    *,
    names: tuple[str, str, str] = ("x₁", "x₂", "y"),
    points: np.ndarray | None = None,
) -> None:
    """Show the surface as facets in space, once unfolded.

    Parameters
    ----------
    network : ReLUNetwork
        Two inputs, one or two outputs.
    box : ((float, float), (float, float))
        What is in view.
    key : str
        Of the step.
    names : (str, str, str)
        Of both inputs and of the output.
    points : ndarray of shape (n_points, 3), optional
        Data to be drawn among it.
    """
    with folded("3-D surface", f"show_{key}_solid") as body:
        if not body.open:
            return
        regions = regions_in(network, box)
        if regions.n_regions > MAX_FACETS:
            st.info(
                f"{regions.n_regions:,} facets are too many to be turned; up to "
                f"{MAX_FACETS:,} are drawn. Choose a smaller view or network."
            )
            return
        output = 0
        if network.n_outputs > 1:
            output = st.segmented_control(
                "Output",
                (0, 1),
                default=0,
                format_func=("y₁", "y₂").__getitem__,
                required=True,
                key=f"{key}_solid_output",
            )
        corners, offsets = regions.polygons()
        heights = network(corners)[:, output]
        if points is not None:
            points = points[thin(len(points), MAX_POINTS)]
        st.plotly_chart(
            solid_figure(corners, offsets, heights, names=names, points=points),
            key=f"{key}_solid",
            config={"displaylogo": False},
        )
        st.caption(solid_alt(regions.n_regions, tuple(regions.box.T), heights))
