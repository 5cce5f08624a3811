"""A fitted function of one input among its data, and how its loss fell."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui.figures.style import MAX_POINTS, ROLE, SIDE, padded, thin, wire
from ui.names import display_name

Array = NDArray[np.floating]
XY = tuple[Array, Array]

_LEGEND = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}
_MARGIN = {"l": 10, "r": 10, "t": 10, "b": 10}


def fit_figure(
    line: XY,
    train: XY,
    test: XY,
    *,
    names: tuple[str, str],
    target: XY | None = None,
) -> go.Figure:
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
    go.Figure
        The vertical axis spans the data (and a margin), not the function, so that it
        stands still while a network is trained.
    """
    x, y = line
    traces = [
        _points(train, test, "train", "Training", "circle"),
        _points(test, train, "test", "Test", "diamond-open"),
        *([_target(target)] if target is not None else []),
        go.Scatter(
            x=wire(x),
            y=wire(y),
            mode="lines",
            line={"color": ROLE["fit"], "width": 3},
            name="Network",
        ),
        go.Scatter(
            x=wire(x[1:-1]),
            y=wire(y[1:-1]),
            mode="markers",
            marker={
                "color": ROLE["fit"],
                "size": 10,
                "line": {"color": "#FFFFFF", "width": 1.5},
            },
            name="Joints",
        ),
    ]
    heights = np.concatenate([train[1], test[1]])
    layout = {
        "xaxis": {
            "title": {"text": display_name(names[0], "plotly")},
            "range": padded(x[0], x[-1], SIDE),
        },
        "yaxis": {
            "title": {"text": display_name(names[1], "plotly")},
            "range": padded(heights.min(), heights.max()),
        },
        "legend": _LEGEND,
        "margin": _MARGIN,
        "height": 420,
    }
    return go.Figure(traces, layout)


def fit_alt(line: XY, names: tuple[str, str], loss: float) -> str:
    """Say in words what `fit_figure` shows.

    Parameters
    ----------
    line, names
        As in `fit_figure`.
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


def loss_figure(
    iterations: Sequence[int],
    training: Sequence[float],
    held_out: Sequence[float] | None = None,
    *,
    held_out_name: str = "Test",
    unit: str = "",
) -> go.Figure:
    """Draw how the loss fell, on a logarithmic scale.

    Parameters
    ----------
    iterations : sequence of int, of length n_states
    training : sequence of float, of length n_states
        Training loss at these iterations, in squared units of y.
    held_out : sequence of float, of length n_states, default=None
        The loss on data that is not trained on.
    held_out_name : str
        What that data is called in the legend.
    unit : str, default=""
        Unit of the loss, for the label of the axis; any text.

    Returns
    -------
    go.Figure
        At most `MAX_POINTS` points a curve. A loss of zero, which has no logarithm,
        is left out.
    """
    kept = thin(len(iterations))
    curves = [("train", "Training", training, "solid")]
    if held_out is not None:
        curves.append(("test", held_out_name, held_out, "dash"))
    traces = [
        go.Scatter(
            x=np.asarray(iterations, dtype=np.int32)[kept],
            y=_positive(np.asarray(losses, dtype=float)[kept]),
            mode="lines" if len(kept) > 1 else "markers",
            line={"color": ROLE[role], "width": 2, "dash": dash},
            name=name,
        )
        for role, name, losses, dash in curves
    ]
    unit = f" ({display_name(unit, 'plotly')})" if unit else ""
    layout = {
        "xaxis": {"title": {"text": "Iteration"}},
        "yaxis": {
            "title": {"text": "Loss" + unit},
            "type": "log",
            "tickformat": "~g",
        },
        "legend": _LEGEND,
        "margin": _MARGIN,
        "height": 300,
        "showlegend": True,
    }
    return go.Figure(traces, layout)


def loss_alt(
    iterations: Sequence[int],
    training: Sequence[float],
    held_out: Sequence[float] | None = None,
) -> str:
    """Say in words what `loss_figure` shows: where the losses start, end, turn."""
    text = (
        f"Training loss: {training[0]:.4g} at iteration {iterations[0]}, "
        f"{training[-1]:.4g} at iteration {iterations[-1]}."
    )
    if held_out is not None:
        lowest = int(np.argmin(held_out))
        text += (
            f" Test loss: {held_out[-1]:.4g} at the end, lowest "
            f"{held_out[lowest]:.4g} at iteration {iterations[lowest]}."
        )
    return text


def _points(points: XY, others: XY, role: str, name: str, symbol: str) -> go.Scatter:
    """Markers of one part of the data, thinned so that both parts fit the limit."""
    n, total = len(points[0]), len(points[0]) + len(others[0])
    limit = n if total <= MAX_POINTS else max(1, MAX_POINTS * n // total)
    kept = thin(n, limit)
    return go.Scatter(
        x=wire(points[0][kept]),
        y=wire(points[1][kept]),
        mode="markers",
        marker={
            "color": ROLE[role],
            "symbol": symbol,
            "size": 6,
            "opacity": 0.9,
            "line": {"width": 1.5 if symbol.endswith("open") else 0},
        },
        name=name + (f" ({len(kept):,} of {n:,} drawn)" if len(kept) < n else ""),
    )


def _target(target: XY) -> go.Scatter:
    return go.Scatter(
        x=wire(target[0]),
        y=wire(target[1]),
        mode="lines",
        line={"color": ROLE["target"], "width": 2, "dash": "dot"},
        name="Target",
    )


def _positive(losses: Array) -> Array:
    """Replace what a logarithmic axis cannot show by gaps."""
    return np.where(losses > 0, losses, np.nan)
