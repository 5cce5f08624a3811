"""A fitted function of one input among its data, and how its loss fell."""

from collections.abc import Sequence

import numpy as np

from ui.figures.options import (
    COMMON,
    X_NAME,
    XY,
    Y_NAME,
    Options,
    curve,
    fixed_margins,
    marked,
    markers,
    savable,
    value_axis,
)
from ui.figures.style import MAX_POINTS, SIDE, padded, thin, thin_curve
from ui.names import display_name

_LOSS_POINTS, _LOSS_DIGITS = 300, 5  # a curve


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
    limits = padded(heights.min(), heights.max())
    chart = {
        **COMMON,
        "grid": fixed_margins(limits),
        "animationDurationUpdate": 150,
        "xAxis": value_axis(names[0], padded(x[0], x[-1], SIDE)) | X_NAME,
        "yAxis": value_axis(names[1], limits) | Y_NAME,
        "series": [
            _points("Training", train, test, "train", "circle", 6),
            _points("Test", test, train, "test", "diamond-open", 8),
            *([curve("Target", target, "target", "dotted", 6)] if target else []),
            curve("Network", line, "fit", "solid") | {"lineStyle": {"width": 3}},
            markers("Joints", (x[1:-1], y[1:-1]), "fit", "circle", 11),
        ],
    }
    return savable(chart)


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
    *,
    looked_at: int | None = None,
) -> Options:
    """Draw how the loss fell, on a logarithmic scale.

    Parameters
    ----------
    iterations : sequence of int, of length n_states
    training : sequence of float, of length n_states
        Training loss at these iterations, in squared units of y.
    held_out : sequence of float, of length n_states
        The loss on the test data.
    looked_at : int, default=None
        An iteration to mark.

    Returns
    -------
    dict
        ECharts options, with at most 300 points a curve. A loss of zero, which has no
        logarithm, is left out.
    """
    curves = (
        ("Training", training, "train", "solid"),
        ("Test", held_out, "test", "dashed"),
    )
    series = []
    for name, losses, role, dash in curves:
        kept = thin_curve(losses, _LOSS_POINTS)
        x, y = np.asarray(iterations)[kept], np.asarray(losses, dtype=float)[kept]
        shown = {"showSymbol": len(kept) == 1}
        points = (x[y > 0], y[y > 0])
        series.append(curve(name, points, role, dash, _LOSS_DIGITS) | shown)
    if looked_at is not None:
        series = marked(series, "xAxis", looked_at)
    chart = {
        **COMMON,
        "animation": False,
        "xAxis": {"type": "value", "name": "Iteration"} | X_NAME,
        "yAxis": {"type": "log", "name": "Loss"} | Y_NAME,
        "series": series,
    }
    return savable(chart)


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
    return markers(name, points, role, symbol, size) | {
        "large": True,
        "largeThreshold": 0,
    }
