"""The surface of a network of two inputs in space, from its exact facets."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui.figures.solid import set_turnable, triangles
from ui.figures.style import ROLE

Array = NDArray[np.floating]

MAX_FACETS = 6_000
MAX_POINTS = 500
_COLOURS = "Cividis"  # reads alike for colour-blind readers


def solid_figure(
    corners: Array,
    offsets: NDArray[np.integer],
    heights: Array,
    *,
    names: tuple[str, str, str] = ("x₁", "x₂", "y"),
    points: Array | None = None,
) -> go.Figure:
    """Draw facets of a surface, with their edges, to be turned.

    Parameters
    ----------
    corners : ndarray of shape (n_corners, 2)
        The corners of convex polygons, one polygon after the other.
    offsets : ndarray of int of shape (n_polygons + 1,)
        Polygon ``i`` has ``corners[offsets[i]:offsets[i + 1]]``.
    heights : ndarray of shape (n_corners,)
        The surface there. Corners at one place may have several, one a facet.
    names : (str, str, str)
        Of both inputs and of the output; any text.
    points : ndarray of shape (n_points, 3), optional
        Data among it.

    Returns
    -------
    Figure
    """
    x, y = np.float32(corners.T)
    z = np.float32(heights)
    ring = _rings(offsets)
    gap = ring < 0  # where one polygon's edge ends
    around = [np.where(gap, np.nan, values[ring]) for values in (x, y, z)]
    figure = go.Figure(
        [
            go.Mesh3d(
                x=x,
                y=y,
                z=z,
                **triangles(offsets),
                intensity=z,
                colorscale=_COLOURS,
                flatshading=True,
                showscale=False,
                lighting={"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
                hoverinfo="skip",
            ),
            go.Scatter3d(
                x=around[0],
                y=around[1],
                z=around[2],
                mode="lines",
                line={"color": ROLE["target"], "width": 2},
                hoverinfo="skip",
                showlegend=False,
            ),
        ]
    )
    if points is not None:
        figure.add_scatter3d(
            x=points[:, 0],
            y=points[:, 1],
            z=points[:, 2],
            mode="markers",
            marker={"size": 2.5, "color": ROLE["fit"]},
            hoverinfo="skip",
            showlegend=False,
        )
    set_turnable(
        figure,
        names,
        aspectmode="manual",
        aspectratio={"x": 1, "y": 1, "z": 0.7},
        camera={"eye": {"x": -1.0, "y": -1.3, "z": 0.8}},
    )
    return figure


def solid_alt(n_facets: int, limits: tuple[Array, Array], heights: Array) -> str:
    """Say in words what `solid_figure` shows.

    Parameters
    ----------
    n_facets : int
    limits : (low, high), each ndarray of shape (2,)
        Of both inputs.
    heights : ndarray of shape (n_corners,)
        The surface at all corners, where its extremes are.
    """
    (a, c), (b, d) = limits
    return (
        f"A surface of {n_facets:,} flat facets over {a:.4g} to {b:.4g} and {c:.4g} to "
        f"{d:.4g}, from {heights.min():.4g} to {heights.max():.4g}."
    )


def _rings(offsets: NDArray[np.integer]) -> NDArray[np.integer]:
    """List each polygon's corners, then its first one again, then −1."""
    n = offsets[-1]
    ends = offsets[1:]
    again = np.stack([offsets[:-1], np.full(len(ends), -1)], axis=1)
    return np.insert(np.arange(n), np.repeat(ends, 2), again.ravel())
