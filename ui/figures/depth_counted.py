"""Very many linear pieces in one picture, and counts against the number of layers."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ui.figures.bands import band, legend
from ui.figures.options import (
    COMMON,
    X_NAME,
    XY,
    Y_NAME,
    Array,
    Options,
    curve,
    markers,
    savable,
    value_axis,
)

_FEW = 60  # vertices that are drawn as dots
_HEIGHTS = [-0.08, 1.08]
_MEDIAN = ", median"
_APART, _JITTER = 0.17, 0.012  # of one layer: between kinds of dots, between seeds


class Pieces(NamedTuple):
    """What is drawn of a function that runs between 0 and 1.

    Attributes
    ----------
    line : (x, y) or None
        Its vertices in view, if they can all be drawn.
    edge : (x, low, high) or None
        Else the least and greatest value against x, each ndarray of shape (n,).
    outline : (x, y) or None
        What its first layers make, of few pieces.
    outline_name : str
    picked : (x, y)
        The two ends of one piece, ndarray of shape (2,).
    picked_name : str
    x_name : str
        What is on the horizontal axis.
    """

    line: XY | None
    edge: tuple[Array, Array, Array] | None
    outline: XY | None
    outline_name: str
    picked: XY
    picked_name: str
    x_name: str = "x"


def pieces_chart(pieces: Pieces) -> Options:
    """Draw linear pieces one by one, or else the band that they fill.

    Parameters
    ----------
    pieces : Pieces

    Returns
    -------
    dict
        ECharts options.
    """
    series = []
    if pieces.edge is not None:
        series.append(band("Network: least to greatest", *pieces.edge, "train"))
    if pieces.line is not None:
        exact = curve("Network: every piece", pieces.line, "train", "solid")
        few = len(pieces.line[0]) <= _FEW
        dots = {"showSymbol": few, "symbol": "circle"}
        exact["lineStyle"] = {"width": 2 if few else 1, "type": "solid"}
        series.append(exact | dots | {"symbolSize": 5})
    if pieces.outline is not None:
        drawn = curve(pieces.outline_name, pieces.outline, "target", "solid")
        series.append(drawn | {"lineStyle": {"width": 2.5, "type": "solid"}})
    one = curve(pieces.picked_name, pieces.picked, "fit", "solid")
    if pieces.line is None:  # as narrow as it is, it could not be seen
        middle = float(pieces.picked[0].mean())
        one = markers(
            pieces.picked_name, (np.array([middle]), np.array([0.5])), "fit", "pin", 26
        )
    else:
        one["lineStyle"] = {"width": 5, "type": "solid"}
    series.append(one)
    outer = pieces.line or pieces.edge[:2]
    ends = [float(outer[0][0]), float(outer[0][-1])]
    x_axis = value_axis(pieces.x_name, ends) | X_NAME
    x_axis["axisLabel"] = {
        "hideOverlap": True,
        "showMinLabel": False,
        "showMaxLabel": False,
    }
    chart = {
        **COMMON,
        "animation": False,
        "grid": COMMON["grid"]
        | {"left": 52, "right": 24, "top": 60, "outerBoundsMode": "none"},
        "legend": legend(series),
        "tooltip": {"show": False},
        "xAxis": x_axis,
        "yAxis": value_axis("y", _HEIGHTS) | Y_NAME | {"nameGap": 34},
        "series": series,
    }
    return savable(chart)


class Dots(NamedTuple):
    """Counts of one kind.

    Attributes
    ----------
    name : str
    role : str
        Whose colour they have.
    symbol : str
    counts : sequence of sequence of int
        For each depth from 1 on, those of all seeds so far.
    """

    name: str
    role: str
    symbol: str
    counts: Sequence[Sequence[int]]


class Reference(NamedTuple):
    """A number for each depth from 1 on, with its name and dashes."""

    name: str
    values: Sequence[float]
    dash: str


def counts_chart(kinds: Sequence[Dots], references: Sequence[Reference]) -> Options:
    """Draw counts against depth, each as a dot, with a line through their medians.

    Parameters
    ----------
    kinds : sequence of Dots
    references : sequence of Reference

    Returns
    -------
    dict
        ECharts options, with a logarithmic axis of counts.
    """
    series = []
    for place, kind in enumerate(kinds):
        x, y, medians = [], [], []
        for depth, counts in enumerate(kind.counts, start=1):
            centre = depth + (place - (len(kinds) - 1) / 2) * _APART
            first = centre - _JITTER * (len(counts) - 1) / 2
            x += [first + _JITTER * k for k in range(len(counts))]
            y += counts
            if counts:
                medians.append((centre, float(np.median(counts))))
        points = (np.array(x), np.array(y, dtype=float))
        dots = markers(kind.name, points, kind.role, kind.symbol, 6)
        dots["itemStyle"] = dots["itemStyle"] | {"opacity": 0.6}
        middle = np.array(medians).reshape(-1, 2).T
        line = curve(
            f"{kind.name}{_MEDIAN}", (middle[0], middle[1]), kind.role, "solid"
        )
        series += [dots, line]
    for reference in references:
        heights = np.array(reference.values, dtype=float)
        points = (np.arange(1, len(heights) + 1), heights)
        drawn = curve(reference.name, points, "target", reference.dash)
        series.append(drawn | {"showSymbol": True, "symbolSize": 5})
    hidden = [each["name"] for each in series if each["name"].endswith(_MEDIAN)]
    depths = [1 + k for k in range(max(len(kind.counts) for kind in kinds))]
    chart = {
        **COMMON,
        "animation": False,
        "grid": COMMON["grid"]
        | {"left": 84, "right": 20, "top": 84, "outerBoundsMode": "none"},
        "legend": legend(series, hidden),
        "xAxis": X_NAME
        | {
            "type": "value",
            "name": "Hidden layers K",
            "min": 0.5,
            "max": depths[-1] + 0.5,
        }
        | {"splitLine": {"show": False}, "axisTick": {"customValues": depths}}
        | {"axisLabel": {"customValues": depths}},
        "yAxis": Y_NAME
        | {"type": "log", "name": "Linear regions", "nameGap": 62, "min": 1},
        "series": series,
    }
    return savable(chart)


def counts_alt(kinds: Sequence[Dots], references: Sequence[Reference]) -> str:
    """Say in words what `counts_chart` shows: medians and lines, depth by depth."""
    parts = []
    for kind in kinds:
        medians = [f"{np.median(c):g}" if c else "none yet" for c in kind.counts]
        parts.append(f"{kind.name}: medians {', '.join(medians)}")
    for reference in references:
        values = ", ".join(f"{value:,.0f}" for value in reference.values)
        parts.append(f"{reference.name}: {values}")
    return (
        "Numbers of linear regions on a logarithmic axis against the number of hidden "
        f"layers, from 1. {'; '.join(parts)}."
    )
