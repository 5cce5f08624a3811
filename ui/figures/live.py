"""The same two figures while training runs, as ECharts options.

Streamlit builds a Plotly chart anew whenever its data change, which flickers at several
changes a second; an ECharts chart with a key is updated in place. So the moving picture
is drawn by ECharts, and the finished one, to be zoomed and saved, by Plotly.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ui.figures.style import ROLE, SIDE, padded, thin
from ui.names import display_name

Array = NDArray[np.floating]
XY = tuple[Array, Array]
Options = dict[str, Any]

_MAX_POINTS = 500  # in each part of the data; they travel at every change
_LARGEST = 1e300  # JSON has no infinity
_GRID = {"left": 64, "right": 12, "top": 36, "bottom": 44}
_LEGEND = {"top": 0, "left": 60, "itemWidth": 16, "itemHeight": 8}
_AXIS_NAME = {"nameLocation": "middle", "nameGap": 26}


def live_fit(
    line: XY,
    train: XY,
    test: XY,
    *,
    names: tuple[str, str],
    target: XY | None = None,
) -> Options:
    """Draw a network in training among its data; see `ui.figures.fit.fit_figure`.

    Returns
    -------
    dict
        ECharts options. The axes span the data, so they stand still.
    """
    x, y = line
    heights = np.concatenate([train[1], test[1]])
    return {
        "animationDurationUpdate": 150,
        "grid": _GRID,
        "legend": _LEGEND,
        "xAxis": _axis(names[0], padded(x[0], x[-1], SIDE)),
        "yAxis": _axis(names[1], padded(heights.min(), heights.max()))
        | {"nameGap": 44},
        "series": [
            _markers("Training", train, "train", "circle", 6),
            _markers("Test", test, "test", "diamond-open", 8),
            *([_curve("Target", target, "target", "dotted")] if target else []),
            _curve("Network", line, "fit", "solid") | {"lineStyle": {"width": 3}},
            _markers("Joints", (x[1:-1], y[1:-1]), "fit", "circle", 11),
        ],
    }


def live_loss(
    iterations: Sequence[int],
    training: Sequence[float],
    held_out: Sequence[float],
) -> Options:
    """Draw how the loss falls; see `ui.figures.fit.loss_figure`.

    Returns
    -------
    dict
        ECharts options.
    """
    kept = thin(len(iterations), _MAX_POINTS)
    curves = (
        ("Training", training, "train", "solid"),
        ("Test", held_out, "test", "dashed"),
    )
    series = []
    for name, losses, role, dash in curves:
        x, y = np.asarray(iterations)[kept], np.asarray(losses, dtype=float)[kept]
        series.append(_curve(name, (x[y > 0], y[y > 0]), role, dash))
    return {
        "animation": False,
        "grid": _GRID,
        "legend": _LEGEND,
        "xAxis": {"type": "value", "name": "Iteration", **_AXIS_NAME},
        "yAxis": {"type": "log", "name": "Loss", **_AXIS_NAME, "nameGap": 44},
        "series": series,
    }


def _axis(name: str, limits: list[float]) -> Options:
    return {
        "type": "value",
        "min": limits[0],
        "max": limits[1],
        "name": display_name(name, "text"),
        "axisLabel": {"showMinLabel": False, "showMaxLabel": False},
        **_AXIS_NAME,
    }


def _markers(name: str, points: XY, role: str, symbol: str, size: int) -> Options:
    """Draw points; filled, or as an outline where the symbol's name ends in -open."""
    colour, kind = ROLE[role], symbol.removesuffix("-open")
    outline = {"color": "transparent", "borderColor": colour, "borderWidth": 1.5}
    return {
        "type": "scatter",
        "name": name,
        "data": _pairs(points),
        "symbol": kind,
        "symbolSize": size,
        "itemStyle": {"color": colour} if kind == symbol else outline,
        "silent": True,
    }


def _curve(name: str, points: XY, role: str, dash: str) -> Options:
    return {
        "type": "line",
        "name": name,
        "data": _pairs(points),
        "showSymbol": False,
        "lineStyle": {"width": 2, "type": dash},
        "color": ROLE[role],
        "silent": True,
    }


def _pairs(points: XY) -> list[list[float]]:
    """Positions as JSON has them, thinned."""
    kept = thin(len(points[0]), _MAX_POINTS)
    return np.clip(np.stack(points, axis=1)[kept], -_LARGEST, _LARGEST).tolist()
