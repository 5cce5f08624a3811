"""What training does: how the joints of hidden units move, how solvers compare."""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.figures.options import (
    COMMON,
    X_NAME,
    Y_NAME,
    Array,
    Options,
    curve,
    marked,
    savable,
)
from ui.figures.style import MAX_POINTS, thin, thin_log

START = 0.5  # where a logarithmic axis has the start, iteration 0

_TRACK_POINTS = MAX_POINTS  # in all, but for ten of each track
_MAX_LABELS = 20  # more numbers than these hide each other
_FAR = 100  # times the width of the view: drawn there, whatever is farther
_EDGE = 0.01  # of the width: so far inside is a dead unit drawn, whose joint is not
_DASHES = {"gd": "solid", "adam": "dashed", "lbfgs": "dotted"}
_LOSS_DIGITS = 5
_DEAD = "Dead: off for all training data"


class Tracks(NamedTuple):
    """How the joints of hidden units moved.

    Attributes
    ----------
    iterations : ndarray of int of shape (n_frames,)
        Ascending; 0 is the start.
    joints : ndarray of shape (n_frames, n_units)
        In units of x; NaN where a unit has no joint, as it does not depend on x.
    facing : ndarray of shape (n_frames, n_units)
        The sign of a unit's slope. A joint whose unit turned round went through
        infinity, not through what lies between.
    dead : ndarray of bool of shape (n_frames, n_units)
        Off for all training data.
    """

    iterations: NDArray[np.integer]
    joints: Array
    facing: Array
    dead: NDArray[np.bool_]


def track_chart(
    tracks: Tracks, above: Options, *, looked_at: int | None = None
) -> Options:
    """Draw the joint of each hidden unit against time, which runs downwards.

    Parameters
    ----------
    tracks : Tracks
    above : dict
        The chart of the fit, whose x axis and margins this one shares.
    looked_at : int, default=None
        An iteration to mark.

    Returns
    -------
    dict
        ECharts options: one series a unit, in the order of the units, so that each
        takes the theme's colour of its number; then one of all that is dead, at the
        edge if it is farther out.
    """
    n_units = tracks.joints.shape[1]
    frames = thin(len(tracks.iterations), max(10, _TRACK_POINTS // n_units))
    times = np.maximum(tracks.iterations[frames], START)
    joints, facing, dead = (values[frames] for values in tracks[1:])
    low, high = above["xAxis"]["min"], above["xAxis"]["max"]
    far = _FAR * (high - low)
    decimals = max(0, 4 - floor(log10(high - low)))
    joints = np.clip(joints, low - far, high + far).round(decimals)
    edge = _EDGE * (high - low)
    at_edge = np.clip(joints, low + edge, high - edge)
    series, gone = [], []
    for d in range(n_units):
        breaks = ~np.isfinite(joints[:, d])
        breaks[1:] |= facing[1:, d] != facing[:-1, d]
        alive = ~dead[:, d]
        alive[1:] |= ~dead[:-1, d]  # a track goes on to where its unit dies
        track = _pieces(joints[:, d], times, alive, breaks)
        ends_in_view = bool(track and track[-1] and low < track[-1][0] < high)
        labelled = ends_in_view and n_units <= _MAX_LABELS
        series.append(
            {
                "type": "line",
                "name": f"Unit {d + 1}",
                "data": track,
                "showSymbol": False,
                "silent": True,
                "lineStyle": {"width": 2},
                **(_end_label(d) if labelled else {}),
            }
        )
        gone += [None, *_pieces(at_edge[:, d], times, dead[:, d], breaks)]
    series.append(curve(_DEAD, ([], []), "dead", "dashed") | {"data": gone})
    if looked_at is not None:
        series = marked(series, "yAxis", max(looked_at, START))
    chart = {
        **COMMON,
        "animation": False,
        "grid": above["grid"] | {"top": 24},
        "legend": COMMON["legend"] | {"data": [_DEAD] if dead.any() else []},
        "xAxis": above["xAxis"],
        "yAxis": {
            "type": "log",
            "inverse": True,
            "min": START,
            "name": "Iteration",
            "axisLabel": {"showMinLabel": False},
        }
        | Y_NAME,
        "series": series,
    }
    return savable(chart)


def track_alt(tracks: Tracks, low: float, high: float) -> str:
    """Say in words what `track_chart` shows.

    Parameters
    ----------
    tracks : Tracks
    low, high : float
        Limits of the data.

    Returns
    -------
    str
        How many joints were and are within the data, which moved farthest, what died.
    """
    joints = tracks.joints
    inside = (low < joints) & (joints < high)
    first, last = inside[0].sum(), inside[-1].sum()
    text = (
        f"Joints of {joints.shape[1]} hidden units from the start to iteration "
        f"{tracks.iterations[-1]:,}: {first} within the data at first, {last} now. "
    )
    both = np.flatnonzero(inside[0] & inside[-1])
    if len(both) and len(joints) > 1:
        farthest = both[np.argmax(np.abs(joints[-1, both] - joints[0, both]))]
        text += (
            f"Of those, unit {farthest + 1} moved farthest, from "
            f"{joints[0, farthest]:.4g} to {joints[-1, farthest]:.4g}. "
        )
    dead = np.flatnonzero(tracks.dead[-1]) + 1
    numbers = ", ".join(map(str, dead[:12])) + " and more" * (len(dead) > 12)
    return text + f"Dead: {numbers or 'none'}."


class LossCurve(NamedTuple):
    """How the loss fell with one solver.

    Attributes
    ----------
    solver : {"gd", "adam", "lbfgs"}
    name : str
        For the legend.
    times : sequence of float, of length n_states
        Iterations or seconds, ascending.
    losses : sequence of float, of length n_states
        Training loss, in squared units of y.
    """

    solver: str
    name: str
    times: Sequence[float]
    losses: Sequence[float]


def race_chart(curves: Sequence[LossCurve], unit: str) -> Options:
    """Draw how the loss fell with several solvers, on logarithmic axes.

    Parameters
    ----------
    curves : sequence of LossCurve
        A loss that grows to far above where it started leaves the chart.
    unit : str
        The name of the time axis.

    Returns
    -------
    dict
        ECharts options. What is zero, which has no logarithm, is left out, but for
        iteration 0, which is at the left edge.
    """
    top = 10.0 ** ceil(log10(10 * max(each.losses[0] for each in curves)))
    counted = all(each.times[0] == 0 for each in curves)
    series = []
    for solver, name, times, losses in curves:
        kept = thin_log(len(times), MAX_POINTS // len(curves))
        x, y = np.asarray(times, dtype=float)[kept], np.asarray(losses)[kept]
        x = np.maximum(x, START) if counted else x
        shown = (x > 0) & (y > 0)
        points = (x[shown], np.minimum(y[shown], 100 * top))
        series.append(
            curve(name, points, solver, _DASHES[solver], _LOSS_DIGITS)
            | {"showSymbol": len(points[0]) == 1}
        )
    chart = {
        **COMMON,
        "animation": False,
        "xAxis": {
            "type": "log",
            "name": unit,
            "axisLabel": {"showMinLabel": not counted},
        }
        | ({"min": START} if counted else {})
        | X_NAME,
        "yAxis": {"type": "log", "name": "Training loss", "max": top} | Y_NAME,
        "series": series,
    }
    return savable(chart)


def race_alt(curves: Sequence[LossCurve], unit: str) -> str:
    """Say in words what `race_chart` shows: where each loss is now."""
    ends = "; ".join(
        f"{each.name}: {each.losses[-1]:.4g} at {each.times[-1]:.4g}" for each in curves
    )
    return f"Training loss against {unit.lower()} for each solver. {ends}."


def _pieces(
    x: Array,
    y: Array,
    drawn: NDArray[np.bool_],
    breaks: NDArray[np.bool_],
) -> list[list[float] | None]:
    """Write the points that are drawn, with a gap wherever a line must not go on."""
    pairs = np.stack([x, y], axis=1).tolist()
    data: list[list[float] | None] = []
    for k in np.flatnonzero(drawn).tolist():
        if breaks[k] or (k and not drawn[k - 1]):
            data.append(None)
        if not np.isnan(pairs[k][0]):
            data.append(pairs[k])
    return data


def _end_label(unit: int) -> Options:
    return {
        "endLabel": {
            "show": True,
            "formatter": str(unit + 1),
            "color": "inherit",
            "distance": 2,
            "fontWeight": "bold",
        },
        "labelLayout": {"hideOverlap": True},
    }
