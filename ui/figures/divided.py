"""Polygons of a network of two inputs, and what another network makes of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ui.figures.composition import unit_colour
from ui.figures.options import (
    COMMON,
    X_NAME,
    Y_NAME,
    Array,
    Options,
    fixed_margins,
    savable,
    value_axis,
)
from ui.figures.style import ROLE, wire

_BENDS = "Where the second network bends"


class Polygon(NamedTuple):
    """A region of the plane.

    Attributes
    ----------
    vertices : ndarray of shape (n_vertices, 2)
        In order around it.
    parent : int
        The number of the first network's polygon that it is part of.
    part : int
        Which part of that.
    """

    vertices: Array
    parent: int
    part: int


def polygons_chart(
    polygons: Sequence[Polygon],
    creases: Sequence[Array],
    box: Array,
) -> Options:
    """Draw polygons, those of one parent in one colour, parts of it lighter and darker.

    Parameters
    ----------
    polygons : sequence of Polygon
        Convex ones.
    creases : sequence of ndarray of shape (2, 2)
        Edges to be drawn on top: where the second network bends.
    box : ndarray of shape (2, 2)
        Limits of both inputs.

    Returns
    -------
    dict
        ECharts options.
    """
    series = [_area(polygon) for polygon in polygons]
    ends: list = []
    for start, end in creases:
        ends += [start.tolist(), end.tolist(), None]
    series.append(
        {
            "type": "line",
            "name": _BENDS,
            "data": ends,
            "showSymbol": False,
            "silent": True,
            "color": ROLE["fit"],
            "lineStyle": {"width": 3, "type": "dashed"},
            "z": 5,
        }
    )
    series.append(_numbers(polygons))
    limits = [list(map(float, each)) for each in box]
    shown = {"axisLabel": {"showMinLabel": True, "showMaxLabel": True}}
    chart = {
        **COMMON,
        "animation": False,
        "legend": COMMON["legend"] | {"data": [_BENDS]},
        "grid": fixed_margins(limits[1]),
        "xAxis": value_axis("x₁", limits[0]) | X_NAME | shown,
        "yAxis": value_axis("x₂", limits[1]) | Y_NAME | shown,
        "series": series,
    }
    return savable(chart)


def _numbers(polygons: Sequence[Polygon]) -> Options:
    """Write each parent's number into its largest part."""
    places = {
        each.parent: each.vertices.mean(axis=0) for each in sorted(polygons, key=_size)
    }
    return {
        "type": "scatter",
        "name": "Numbers",
        "data": [
            {"value": place.tolist(), "label": {"formatter": f"{parent + 1}"}}
            for parent, place in places.items()
        ],
        "symbolSize": 1,
        "silent": True,
        "z": 6,
        # Readable on every colour, light or dark.
        "label": {
            "show": True,
            "color": "#FFFFFF",
            "textBorderColor": "#111111",
            "textBorderWidth": 2,
            "fontSize": 14,
            "fontWeight": "bold",
        },
    }


def _size(polygon: Polygon) -> float:
    x, y = polygon.vertices.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2


def _area(polygon: Polygon) -> Options:
    """Fill a convex polygon: forth above and back below, as `bands.band` does."""
    x, y = polygon.vertices.T
    start = int(np.argmin(x))
    around = np.roll(np.arange(len(x)), -start)
    around = np.append(around, start)
    colour = unit_colour(polygon.parent)
    return {
        "type": "line",
        "name": f"Region {polygon.parent + 1}, part {polygon.part + 1}",
        "data": wire((x[around], y[around])),
        "showSymbol": False,
        "silent": True,
        "color": colour,
        "lineStyle": {"width": 1.5, "color": ROLE["target"]},
        "areaStyle": {"opacity": (0.55, 0.3, 0.42, 0.2)[polygon.part % 4]},
    }
