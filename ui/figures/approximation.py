"""A target, a network beside it and what is left over, to be read off exactly."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ui.figures.options import (
    COMMON,
    X_NAME,
    XY,
    Y_NAME,
    Options,
    curve,
    fixed_margins,
    markers,
    savable,
    value_axis,
)
from ui.figures.style import MAX_POINTS, SIDE, padded, thin_curve

_DIGITS = 6  # of curves; joints keep all
_MAX_JOINTS = 200  # more dots than these hide the curve
_LAW_DIGITS = 5
_EXACT = 1e-8  # times the largest error of a chart


def network_chart(target: XY, line: XY) -> Options:
    """Draw a network through its joints, and the target it stands for.

    Parameters
    ----------
    target : (x, y), each ndarray of shape (n_points,)
        The target sampled finely, x ascending; at a jump both of its sides.
    line : (x, y), each ndarray of shape (n_joints + 2,)
        The vertices of the network: lower limit, joints in order, upper limit.

    Returns
    -------
    dict
        ECharts options. The axes span the target, so that they stand still while D
        changes. Of more than 200 joints, the dots would hide the curve: there are none.
    """
    x, y = line
    limits = padded(target[1].min(), target[1].max())
    dots = (x[1:-1], y[1:-1]) if len(x) <= _MAX_JOINTS + 2 else (x[:0], y[:0])
    size = 10 if len(x) < 30 else 5
    chart = {
        **COMMON,
        "grid": fixed_margins(limits),
        "animationDurationUpdate": 150,
        "xAxis": value_axis("x", padded(x[0], x[-1], SIDE)) | X_NAME,
        "yAxis": value_axis("y", limits) | Y_NAME,
        "series": [
            curve("Target", _thinned(target), "train", "dotted", _DIGITS),
            curve("Network", _thinned(line), "fit", "solid"),
            markers("Joints", dots, "fit", "circle", size),
        ],
    }
    return savable(chart)


def network_alt(line: XY, max_error: float, rms_error: float) -> str:
    """Say in words what `network_chart` shows."""
    x = line[0]
    joints = x[1:-1]
    listed = ", ".join(f"{joint:.4g}" for joint in joints[:12])
    more = f" and {len(joints) - 12:,} more" if len(joints) > 12 else ""
    where = f" at x = {listed}{more}" if len(joints) else ""
    return (
        f"A target and a network of straight pieces from {x[0]:.4g} to {x[-1]:.4g} "
        f"with {len(joints):,} joint{'s' * (len(joints) != 1)}{where}. Largest error "
        f"{max_error:.4g}, root-mean-square error {rms_error:.4g}."
    )


def leftover_chart(curve_of_error: XY, worst: tuple[float, float]) -> Options:
    """Draw the error of a network against x, its largest value marked.

    Parameters
    ----------
    curve_of_error : (x, error), each ndarray of shape (n_points,)
        Network − target, its extremes among the points; x ascending.
    worst : (float, float)
        Where it is largest, and its value there, with its sign.

    Returns
    -------
    dict
        ECharts options; the vertical axis is symmetric about zero.
    """
    x, _ = curve_of_error
    at, value = worst
    reach = 1.25 * abs(value) or 1.0
    limits = [-reach, reach]
    marked = (np.array([at]), np.array([value]))
    ring = markers("Largest", marked, "train", "circle-open", 14)
    ring["itemStyle"]["borderWidth"] = 3
    ring["label"] = {
        "show": True,
        "position": "right" if at < x.mean() else "left",
        "formatter": f"{value:.3g}",
    }
    chart = {
        **COMMON,
        "grid": fixed_margins(limits) | {"top": 28},
        "animation": False,
        "xAxis": value_axis("x", padded(x[0], x[-1], SIDE)) | X_NAME,
        "yAxis": value_axis("Network − target", limits) | Y_NAME,
        "series": [
            curve("Error", _thinned(curve_of_error), "fit", "solid", _DIGITS),
            ring,
        ],
    }
    return savable(chart)


def leftover_alt(worst: tuple[float, float]) -> str:
    """Say in words what `leftover_chart` shows."""
    at, value = worst
    return (
        "Network minus target against x. It is farthest from zero at "
        f"x = {at:.4g}: {value:.4g}."
    )


class Law(NamedTuple):
    """How an error depends on D.

    Attributes
    ----------
    name : str
    units, errors : array-like of shape (n_tried,)
        What is not above zero has no place on a logarithmic axis and is left out.
    role : str
        Whose colour it has.
    dash : {"solid", "dashed", "dotted"}
    measured : bool
        Whether there is a number for each D tried, rather than a formula.
    """

    name: str
    units: Sequence[int]
    errors: Sequence[float]
    role: str
    dash: str = "solid"
    measured: bool = True


def law_chart(
    laws: Sequence[Law], what: str, *, widest: int, shown: int | None = None
) -> Options:
    """Draw errors against D on logarithmic axes.

    Parameters
    ----------
    laws : sequence of Law
    what : str
        Which error it is, for the axis.
    widest : int
        The largest D that will be tried, so that the axis stands still meanwhile.
    shown : int, default=None
        A D to mark.

    Returns
    -------
    dict
        ECharts options.
    """
    known = np.array([error for law in laws for error in law.errors])
    known = known[known > 0]
    least, most = (known.min(), known.max()) if known.size else (1.0, 1.0)
    # Below are the roundings of what is represented exactly.
    floor = 10.0 ** math.floor(math.log10(most * _EXACT))
    series = []
    for law in laws:
        units, errors = np.asarray(law.units), np.asarray(law.errors, dtype=float)
        kept = errors > 0
        points = (units[kept], errors[kept])
        symbols = {"showSymbol": law.measured, "symbol": "circle", "symbolSize": 5}
        drawn = curve(law.name, points, law.role, law.dash, _LAW_DIGITS)
        series.append(drawn | symbols | {"silent": False})
    if shown is not None and series:
        series[0]["markLine"] = {
            "symbol": "none",
            "silent": True,
            "data": [{"xAxis": shown}],
            "label": {"formatter": f"D = {shown:,}"},
            "lineStyle": {"color": "#8A8A8A", "type": "dotted"},
        }
    chart = {
        **COMMON,
        "animation": False,
        "grid": COMMON["grid"] | {"left": 96, "top": 84, "outerBoundsMode": "none"},
        "xAxis": X_NAME | {"type": "log", "name": "Hidden units D", "max": widest},
        "yAxis": Y_NAME
        | {"type": "log", "name": what, "nameGap": 78}
        | ({"min": floor} if floor > least else {}),
        "series": series,
    }
    return savable(chart)


def law_alt(laws: Sequence[Law], what: str) -> str:
    """Say in words what `law_chart` shows: where each curve is at its ends."""
    ends = [
        f"{law.name}: {law.errors[0]:.3g} at D = {law.units[0]}, {law.errors[-1]:.3g} "
        f"at D = {law.units[-1]:,}"
        for law in laws
        if len(law.units)
    ]
    return f"{what} against D on logarithmic axes. {'; '.join(ends) or 'Empty'}."


def aligned(*charts: Options) -> list[Options]:
    """Give charts the same left margin, so that their x axes are in line."""
    left = max(chart["grid"]["left"] for chart in charts)
    return [chart | {"grid": chart["grid"] | {"left": left}} for chart in charts]


def _thinned(points: XY) -> XY:
    kept = thin_curve(points[1], MAX_POINTS)
    return points[0][kept], points[1][kept]
