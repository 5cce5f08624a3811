"""Broken lines beside each other, how errors fell, and a matrix."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ui.figures.options import (
    COMMON,
    X_NAME,
    XY,
    Y_NAME,
    Array,
    Options,
    curve,
    fixed_margins,
    savable,
    value_axis,
)
from ui.figures.style import ROLE, SIDE, padded, thin_curve, wire

_MAX_DOTS = 200  # more joints than these are no dots any more
_MANY = 60  # more vertices than these are drawn finer
_ERROR_POINTS, _ERROR_DIGITS = 300, 5  # a curve
# One colour a hidden unit, as the instruments have it: Okabe and Ito's.
UNIT_COLOURS = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#B8860B",
    "#56B4E9",
    "#785EF0",
    "#8A8A8A",
)


class Line(NamedTuple):
    """A piecewise-linear function between two limits.

    Attributes
    ----------
    name : str
    points : (x, y), each ndarray of shape (n_joints + 2,)
        Lower limit, joints in order, upper limit.
    colour : str
    dash : {"solid", "dashed", "dotted"}
    width : float
        In pixels; with many joints it is drawn thinner.
    """

    name: str
    points: XY
    colour: str
    dash: str = "solid"
    width: float = 2.5


def unit_colour(unit: int) -> str:
    """Give the colour of a hidden unit, counted from 0."""
    return UNIT_COLOURS[unit % len(UNIT_COLOURS)]


def lines_chart(
    lines: Sequence[Line],
    *,
    names: tuple[str, str] = ("x", "y"),
    heights: tuple[float, float] | None = None,
    joints: Sequence[float] = (),
) -> Options:
    """Draw broken lines through their joints.

    Parameters
    ----------
    lines : sequence of Line
        At least one; all between the same limits.
    names : (str, str), default=("x", "y")
        Of the axes.
    heights : (float, float), optional
        What the vertical axis spans, so that it is that of other charts; by default
        what the lines do.
    joints : sequence of float, default=()
        Where to draw upright lines: joints that others share.

    Returns
    -------
    dict
        ECharts options. A dot is a joint; of more than 200, there are none.
    """
    if heights is None:
        heights = (
            min(line.points[1].min() for line in lines),
            max(line.points[1].max() for line in lines),
        )
    limits = padded(*heights)
    x = lines[0].points[0]
    series = [_line(line) for line in lines]
    if len(joints):
        series[0] |= {
            "markLine": {
                "silent": True,
                "symbol": "none",
                "label": {"show": False},
                "lineStyle": {"color": ROLE["target"], "type": "dotted", "width": 1},
                "data": [{"xAxis": float(joint)} for joint in joints],
            }
        }
    chart = {
        **COMMON,
        "grid": fixed_margins(limits),
        "animationDurationUpdate": 150,
        "xAxis": value_axis(names[0], padded(x[0], x[-1], SIDE)) | X_NAME,
        "yAxis": value_axis(names[1], limits) | Y_NAME,
        "series": series,
    }
    return savable(chart)


def _line(line: Line) -> Options:
    data: list = wire(line.points)
    dots = len(data) <= _MAX_DOTS + 2
    if dots:  # the ends are no joints
        data[0] = {"value": data[0], "symbolSize": 0}
        data[-1] = {"value": data[-1], "symbolSize": 0}
    return {
        "type": "line",
        "name": line.name,
        "data": data,
        "color": line.colour,
        "showSymbol": dots,
        "symbol": "circle",
        "symbolSize": 7 if len(data) < _MANY else 4,
        "lineStyle": {
            "width": line.width if len(data) < _MANY else line.width / 2,
            "type": line.dash,
        },
        "silent": True,
    }


def lines_alt(lines: Sequence[Line]) -> str:
    """Say in words what `lines_chart` shows: how many joints each has, and where."""
    said = []
    for name, (x, y), *_ in lines:
        joints = x[1:-1]
        listed = ", ".join(f"{joint:.4g}" for joint in joints[:8])
        where = f" at {listed}" if len(joints) else ""
        more = f" and {len(joints) - 8:,} more" if len(joints) > 8 else ""
        said.append(
            f"{name}: {len(joints):,} joint{'s' * (len(joints) != 1)}{where}{more}, "
            f"from {y[0]:.4g} to {y[-1]:.4g}, between {y.min():.4g} and {y.max():.4g}."
        )
    return " ".join(said)


def errors_chart(
    iterations: Sequence[int], curves: Sequence[tuple[str, Sequence[float], str]]
) -> Options:
    """Draw how errors fell, on a logarithmic scale.

    Parameters
    ----------
    iterations : sequence of int, of length n_states
    curves : sequence of (name, errors, role)
        Each with one error an iteration; zero, which has no logarithm, is left out.

    Returns
    -------
    dict
        ECharts options, with at most 300 points a curve.
    """
    series = []
    for name, errors, role in curves:
        kept = thin_curve(errors, _ERROR_POINTS)
        x, y = np.asarray(iterations)[kept], np.asarray(errors)[kept]
        points = (x[y > 0], y[y > 0])
        series.append(curve(name, points, role, "solid", _ERROR_DIGITS))
    chart = {
        **COMMON,
        "animation": False,
        "xAxis": {"type": "value", "name": "Iteration"} | X_NAME,
        "yAxis": {"type": "log", "name": "Root-mean-square error"} | Y_NAME,
        "series": series,
    }
    return savable(chart)


def matrix_chart(matrix: Array, rows: str, columns: str) -> Options:
    """Draw a matrix as a map of its numbers, which are written in it.

    Parameters
    ----------
    matrix : ndarray of shape (n_rows, n_columns)
    rows, columns : str
        What a row and a column is, with its number after it.

    Returns
    -------
    dict
        ECharts options; blue is positive, orange negative.
    """
    size = float(np.abs(matrix).max()) or 1.0
    labels = {"type": "category", "axisTick": {"show": False}}
    cells = [
        [column, row, float(f"{value:.6g}")]
        for row, values in enumerate(matrix)
        for column, value in enumerate(values)
    ]
    chart = {
        "animationDuration": 0,
        "grid": {"left": 56, "right": 12, "top": 36, "bottom": 12},
        "legend": {"show": False},
        "tooltip": {"trigger": "item", "formatter": "{c}"},
        "xAxis": labels
        | {"position": "top", "data": _numbered(columns, matrix.shape[1])},
        "yAxis": labels | {"inverse": True, "data": _numbered(rows, matrix.shape[0])},
        "visualMap": {
            "show": False,
            "min": -size,
            "max": size,
            "inRange": {"color": ["#D55E00", "#F7F7F7", "#56B4E9"]},
        },
        "series": [
            {
                "type": "heatmap",
                "name": "Matrix",
                "data": [
                    {"value": cell, "label": {"formatter": f"{cell[2]:.3g}"}}
                    for cell in cells
                ],
                "label": {"show": True, "color": "#111111"},
                "itemStyle": {"borderColor": "#8A8A8A", "borderWidth": 1},
            }
        ],
    }
    return savable(chart)


def matrix_alt(name: str, matrix: Array) -> str:
    """Say in words what `matrix_chart` shows: the rows."""
    rows = "; ".join(
        f"row {k}: " + ", ".join(f"{value:.4g}" for value in row)
        for k, row in enumerate(matrix, start=1)
    )
    return f"{name}, {matrix.shape[0]} × {matrix.shape[1]}. {rows}."


def _numbered(name: str, n: int) -> list[str]:
    return [f"{name}{'₁₂₃₄₅₆₇₈₉'[k]}" for k in range(n)]
