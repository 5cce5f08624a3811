"""A sheet folded in space: what a layer of three units makes of the input plane."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui.figures.solid import plain, set_turnable, triangles
from ui.figures.style import ROLE

Array = NDArray[np.floating]
Ints = NDArray[np.integer]

_MAX_FACETS = 3000  # more take too long to be turned


def sheet_figure(
    points: Array,
    labels: Ints,
    classes: Sequence[str],
    sheet: tuple[Array, Ints],
    cut: Array,
    *,
    plane: Array | None,
    names: tuple[str, str, str],
    colours: Sequence[str],
) -> go.Figure:
    """Draw data on the sheet that a plane has become, to be turned.

    Parameters
    ----------
    points : ndarray of shape (n_samples, 3)
    labels : ndarray of int of shape (n_samples,)
        The class of each.
    classes : sequence of str
        Their names; any text.
    sheet : (vertices, offsets)
        Of shape (n_corners, 3) and (n_facets + 1,): facet ``i`` is the convex polygon
        ``vertices[offsets[i]:offsets[i + 1]]``. More than 3000 are not drawn.
    cut : ndarray of shape (n_segments, 2, 3)
        The straight pieces of the line between different answers.
    plane : ndarray of shape (4, 3) or None
        The corners of what the line lies in.
    names : (str, str, str)
        Of the axes.
    colours : sequence of str
        Of the classes.

    Returns
    -------
    Figure
    """
    figure = go.Figure()
    for number, name in enumerate(classes):
        x, y, z = points[labels == number].T
        figure.add_scatter3d(
            x=np.float32(x),
            y=np.float32(y),
            z=np.float32(z),
            mode="markers",
            marker={"size": 3.5, "color": colours[number % len(colours)]},
            name=plain(name),
            hoverinfo="skip",
        )
    vertices, offsets = sheet
    if 2 <= len(offsets) <= _MAX_FACETS + 1:
        _add_sheet(figure, vertices, offsets)
    x, y, z = _with_gaps(cut).T
    figure.add_scatter3d(
        x=x,
        y=y,
        z=z,
        mode="lines",
        line={"color": ROLE["target"], "width": 8},
        name="Where the answer changes",
        hoverinfo="skip",
    )
    if plane is not None:
        x, y, z = np.float32(plane.T)
        figure.add_mesh3d(
            x=x,
            y=y,
            z=z,
            i=[0, 0],
            j=[1, 2],
            k=[2, 3],
            color=ROLE["validation"],
            opacity=0.3,
            name="One flat cut",
            showlegend=True,
            hoverinfo="skip",
        )
    set_turnable(figure, names, aspectmode="cube")
    figure.update_layout(legend={"orientation": "h", "y": 0, "yanchor": "top"})
    return figure


def sheet_alt(n_points: int, n_facets: int, n_pieces: int, *, flat: bool) -> str:
    """Say in words what `sheet_figure` shows."""
    plane = ", which lie in the one plane drawn" if flat else ""
    return (
        f"{n_points:,} points on the input plane, a sheet of {n_facets:,} flat "
        f"facets in space; the answer changes along {n_pieces:,} straight pieces"
        f"{plane}."
    )


def _add_sheet(figure: go.Figure, vertices: Array, offsets: Ints) -> None:
    x, y, z = np.float32(vertices.T)
    figure.add_mesh3d(
        x=x,
        y=y,
        z=z,
        **triangles(offsets),
        color=ROLE["target"],
        opacity=0.35,
        flatshading=True,
        hoverinfo="skip",
    )


def _with_gaps(segments: Array) -> NDArray[np.float32]:
    """Put a gap after each segment, so that all are drawn as one line."""
    gaps = np.full((len(segments), 1, 3), np.nan)
    return np.float32(np.concatenate([segments, gaps], axis=1).reshape(-1, 3))
