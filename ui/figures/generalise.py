"""What one wants, what one gets, and what a network leaves over."""

from typing import NamedTuple

import numpy as np

from ui.figures.bands import band, legend
from ui.figures.options import (
    COMMON,
    X_NAME,
    XY,
    Array,
    Options,
    curve,
    fixed_margins,
    markers,
    savable,
    value_axis,
)
from ui.figures.style import MAX_POINTS, SIDE, padded, thin
from ui.names import display_name

_BESIDE = 24  # pixels that a name beside an axis would take


class Frame(NamedTuple):
    """What panels share so that they can be compared.

    Attributes
    ----------
    names : (str, str)
        What x and y are called; any text.
    x, y : list of two floats
        Limits of the axes, in the units of the data.
    """

    names: tuple[str, str]
    x: list[float]
    y: list[float]

    @classmethod
    def around(cls, names: tuple[str, str], x: Array, y: Array) -> "Frame":
        """Leave a margin around points of shapes (n,)."""
        return cls(names, padded(x.min(), x.max(), SIDE), padded(y.min(), y.max()))


def law_panel(frame: Frame, mean: XY, noise: float) -> Options:
    """Draw the law that data are drawn from.

    Parameters
    ----------
    frame : Frame
    mean : (x, y), each ndarray of shape (n,)
        Vertices of the mean of y.
    noise : float
        The standard deviation about it: shaded up to one and up to two of them.

    Returns
    -------
    dict
        ECharts options.
    """
    x, y = mean
    bands = [band(f"± {n}σ", x, y - n * noise, y + n * noise, "target") for n in (2, 1)]
    return _panel(frame, [*bands, curve("Mean of y", mean, "target", "solid")])


def rows_panel(frame: Frame, rows: XY) -> Options:
    """Draw all rows that there are, ``(x, y)`` of shapes (n,)."""
    return _panel(frame, [_points("All rows", rows, "target", "circle", 4)])


def wish_panel(frame: Frame, name: str, line: XY | None, role: str) -> Options:
    """Draw what is wanted by its vertices, or nothing as long as it is not known."""
    return _panel(frame, [] if line is None else [_thick(name, line, role)])


def sample_panel(frame: Frame, train: XY, network: XY) -> Options:
    """Draw the training rows, and the network through them by its vertices."""
    rows = _points("Training", train, "train", "circle", 7)
    return _panel(frame, [rows, _thick("Network", network, "fit")])


def panel_alt(frame: Frame, what: str) -> str:
    """Say in words what a panel shows."""
    x_name, y_name = (display_name(name, "text") for name in frame.names)
    return f"{y_name} against {x_name}. {what}"


def residual_chart(
    train: XY, test: XY, *, names: tuple[str, str], noise: float | None = None
) -> Options:
    """Draw what a network leaves over, against x.

    Parameters
    ----------
    train, test : (x, residual), each ndarray of shape (n,)
        Residuals y − prediction in units of y.
    names : (str, str)
        What x and y are called; any text.
    noise : float, default=None
        Standard deviation of the noise, where known: shades ± 2 of them.

    Returns
    -------
    dict
        ECharts options; the vertical axis is symmetric about zero.
    """
    x = np.concatenate([train[0], test[0]])
    reach = 1.1 * np.abs(np.concatenate([train[1], test[1]])).max() or 1.0
    frame = Frame(names, padded(x.min(), x.max(), SIDE), [-reach, reach])
    ends = np.array(frame.x)
    series = [
        curve("No error", (ends, np.zeros(2)), "target", "dotted"),
        _points("Test", test, "test", "diamond-open", 7),
        _points("Training", train, "train", "circle", 6),
    ]
    if noise:
        edge = np.full(2, 2 * noise)
        series.insert(0, band("± 2σ of the noise", ends, -edge, edge, "target"))
    chart = _panel(frame, series)
    chart["yAxis"]["name"] = f"{display_name(names[1], 'text', 24)} − prediction"
    return chart


def residual_alt(train: XY, test: XY) -> str:
    """Say in words what `residual_chart` shows: how large the residuals are."""
    spreads = (float(np.sqrt(np.mean(residual**2))) for _, residual in (train, test))
    return (
        "Residuals against x. Root mean square: {:.4g} on the training rows, {:.4g} "
        "on the test rows.".format(*spreads)
    )


def _panel(frame: Frame, series: list[Options]) -> Options:
    """Draw series in a frame; a narrow one, so y is named above its axis."""
    grid = fixed_margins(frame.y)
    grid |= {"left": grid["left"] - _BESIDE, "right": 22, "top": 52}
    above = {"nameLocation": "end", "nameGap": 8, "nameTextStyle": {"align": "left"}}
    chart = {
        **COMMON,
        "animation": False,
        "grid": grid,
        "legend": legend(series),
        "xAxis": value_axis(frame.names[0], frame.x) | X_NAME | {"splitNumber": 4},
        "yAxis": value_axis(frame.names[1], frame.y) | above | {"splitNumber": 4},
        "series": series,
    }
    return savable(chart)


def _thick(name: str, line: XY, role: str) -> Options:
    return curve(name, line, role, "solid") | {"lineStyle": {"width": 3}}


def _points(name: str, rows: XY, role: str, symbol: str, size: int) -> Options:
    """Draw markers, of many rows a part, which the legend then says."""
    n = len(rows[0])
    kept = thin(n, MAX_POINTS // 2)
    if len(kept) < n:
        name = f"{name} ({len(kept):,} of {n:,} drawn)"
    return markers(name, (rows[0][kept], rows[1][kept]), role, symbol, size)
