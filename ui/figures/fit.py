"""A fitted function of one input among its data, and how its loss fell.

The charts are ECharts options, because Streamlit updates an ECharts chart with a key in
place: the picture moves with a slider and with training, at half of what it costs to
build a chart anew.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ui.figures.style import MAX_POINTS, ROLE, SIDE, padded, thin, wire
from ui.names import display_name

Array = NDArray[np.floating]
XY = tuple[Array, Array]
Options = dict[str, Any]

_COMMON = {
    "animationDuration": 0,  # at the first sight; later changes are followed by eye
    "grid": {"left": 28, "right": 12, "top": 36, "bottom": 36},
    "legend": {"top": 0, "left": 0, "itemWidth": 16, "itemHeight": 8, "itemGap": 8},
    # Only what is drawn itself: a reader's names never come near HTML.
    "tooltip": {"trigger": "item", "formatter": "{c}"},
}
_AXIS_NAME = {"nameLocation": "middle", "nameGap": 26}
_Y_NAME = {"nameLocation": "middle", "nameGap": 46}


def fit_chart(
    line: XY,
    train: XY,
    test: XY,
    *,
    names: tuple[str, str],
    target: XY | None = None,
) -> Options:
    """Draw a piecewise-linear function through its joints, over the data.

    Parameters
    ----------
    line : (x, y), each ndarray of shape (n_joints + 2,)
        The vertices of the function: lower limit, joints in order, upper limit. In
        the units of the data, as everything here.
    train, test : (x, y), each ndarray of shape (n_train,) or (n_test,)
        The data fitted and the data held out. At most `MAX_POINTS` are drawn in all;
        the legend says so when it is fewer than there are.
    names : (str, str)
        What x and y are called; any text.
    target : (x, y), each ndarray of shape (n_grid,), default=None
        The noise-free function behind the data, sampled finely, where it is known.

    Returns
    -------
    dict
        ECharts options. The axes span the data (and a margin), not the function, so
        that they stand still while a network is trained.
    """
    x, y = line
    heights = np.concatenate([train[1], test[1]])
    return {
        **_COMMON,
        "animationDurationUpdate": 150,
        "xAxis": _axis(names[0], padded(x[0], x[-1], SIDE)) | _AXIS_NAME,
        "yAxis": _axis(names[1], padded(heights.min(), heights.max())) | _Y_NAME,
        "series": [
            _points("Training", train, test, "train", "circle", 6),
            _points("Test", test, train, "test", "diamond-open", 8),
            *([_curve("Target", target, "target", "dotted")] if target else []),
            _curve("Network", line, "fit", "solid") | {"lineStyle": {"width": 3}},
            _markers("Joints", (x[1:-1], y[1:-1]), "fit", "circle", 11),
        ],
    }


def fit_alt(line: XY, names: tuple[str, str], loss: float) -> str:
    """Say in words what `fit_chart` shows.

    Parameters
    ----------
    line, names
        As in `fit_chart`.
    loss : float
        Training loss, in squared units of y.

    Returns
    -------
    str
        The number of joints, where they are, and the loss.
    """
    x_name, y_name = (display_name(name, "text") for name in names)
    x = line[0]
    joints = x[1:-1]
    listed = ", ".join(f"{joint:.4g}" for joint in joints[:12])
    more = f" and {len(joints) - 12} more" if len(joints) > 12 else ""
    where = f" at {listed}{more}" if len(joints) else ""
    count = f"{len(joints)} joint" + "s" * (len(joints) != 1)
    return (
        f"Network fitted to {y_name} against {x_name}: straight pieces with {count} "
        f"between {x[0]:.4g} and {x[-1]:.4g}{where}. Training loss {loss:.4g}."
    )


def loss_chart(
    iterations: Sequence[int],
    training: Sequence[float],
    held_out: Sequence[float],
) -> Options:
    """Draw how the loss fell, on a logarithmic scale.

    Parameters
    ----------
    iterations : sequence of int, of length n_states
    training : sequence of float, of length n_states
        Training loss at these iterations, in squared units of y.
    held_out : sequence of float, of length n_states
        The loss on the test data.

    Returns
    -------
    dict
        ECharts options, with at most `MAX_POINTS` points in all. A loss of zero, which
        has no logarithm, is left out.
    """
    kept = thin(len(iterations), MAX_POINTS // 2)
    curves = (
        ("Training", training, "train", "solid"),
        ("Test", held_out, "test", "dashed"),
    )
    series = []
    for name, losses, role, dash in curves:
        x, y = np.asarray(iterations)[kept], np.asarray(losses, dtype=float)[kept]
        shown = {"showSymbol": len(kept) == 1}
        series.append(_curve(name, (x[y > 0], y[y > 0]), role, dash) | shown)
    return {
        **_COMMON,
        "animation": False,
        "xAxis": {"type": "value", "name": "Iteration"} | _AXIS_NAME,
        "yAxis": {"type": "log", "name": "Loss"} | _Y_NAME,
        "series": series,
    }


def loss_alt(
    iterations: Sequence[int],
    training: Sequence[float],
    held_out: Sequence[float],
) -> str:
    """Say in words what `loss_chart` shows: where the losses start, end, turn."""
    lowest = int(np.argmin(held_out))
    return (
        f"Training loss: {training[0]:.4g} at iteration {iterations[0]}, "
        f"{training[-1]:.4g} at iteration {iterations[-1]}. "
        f"Test loss: {held_out[-1]:.4g} at the end, lowest "
        f"{held_out[lowest]:.4g} at iteration {iterations[lowest]}."
    )


def _axis(name: str, limits: list[float]) -> Options:
    return {
        "type": "value",
        "min": limits[0],
        "max": limits[1],
        "name": display_name(name, "text"),
        "axisLabel": {"showMinLabel": False, "showMaxLabel": False},
    }


def _points(
    name: str, points: XY, others: XY, role: str, symbol: str, size: int
) -> Options:
    """Markers of one part of the data, thinned so that both parts fit the limit."""
    n, total = len(points[0]), len(points[0]) + len(others[0])
    limit = n if total <= MAX_POINTS else max(1, MAX_POINTS * n // total)
    kept = thin(n, limit)
    if len(kept) < n:
        name = f"{name} ({len(kept):,} of {n:,} drawn)"
    points = (points[0][kept], points[1][kept])
    # "large": one path for all points, which the browser redraws in no time.
    return _markers(name, points, role, symbol, size) | {
        "large": True,
        "largeThreshold": 0,
    }


def _markers(name: str, points: XY, role: str, symbol: str, size: int) -> Options:
    """Draw points; filled, or as an outline where the symbol's name ends in -open."""
    colour, kind = ROLE[role], symbol.removesuffix("-open")
    outline = {"color": "transparent", "borderColor": colour, "borderWidth": 1.5}
    return {
        "type": "scatter",
        "name": name,
        "data": wire(points),
        "symbol": kind,
        "symbolSize": size,
        "itemStyle": {"color": colour} if kind == symbol else outline,
    }


def _curve(name: str, points: XY, role: str, dash: str) -> Options:
    return {
        "type": "line",
        "name": name,
        "data": wire(points),
        "showSymbol": False,
        "lineStyle": {"width": 2, "type": dash},
        "color": ROLE[role],
        "silent": True,
    }
