"""What figures in space share: triangles, names of axes, and how they are turned."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui.names import display_name


def triangles(offsets: NDArray[np.integer]) -> dict[str, NDArray[np.integer]]:
    """Cut convex polygons into triangles around their first corners.

    Parameters
    ----------
    offsets : ndarray of int of shape (n_polygons + 1,)
        Polygon ``i`` has the corners from ``offsets[i]`` to before ``offsets[i + 1]``.

    Returns
    -------
    dict
        The first, second and third corners as a mesh of Plotly takes them.
    """
    sizes = np.diff(offsets) - 2  # in triangles
    owner = np.repeat(np.arange(len(sizes)), sizes)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    first = np.asarray(offsets[:-1])[owner]
    return {"i": first, "j": first + step + 1, "k": first + step + 2}


def plain(name: str) -> str:
    """Write a name such that Plotly takes nothing in it for HTML."""
    return display_name(name, "text").replace("<", "‹")


def set_turnable(figure: go.Figure, names: Sequence[str], **scene: Any) -> None:
    """Name the three axes, and let the figure stay as a reader has turned it.

    Parameters
    ----------
    figure : Figure
    names : sequence of str
        Of the axes; any text.
    **scene
        Of Plotly's layout.
    """
    figure.update_layout(
        scene={
            axis: {"title": {"text": plain(name)}}
            for axis, name in zip(("xaxis", "yaxis", "zaxis"), names, strict=True)
        }
        | scene,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        height=460,
        uirevision="kept",
    )
