"""How training went for networks of several depths: errors or losses by epoch."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from estimators.experiments.random_labels import Curve
from ui.figures.options import (
    COMMON,
    DASHED_KEYS,
    X_NAME,
    XY,
    Y_NAME,
    Array,
    Options,
    curve,
    markers,
    savable,
)

Shown = Literal["train", "test", "loss"]

_ROLES = {1: "train", 2: "fit", 3: "test", 4: "validation"}  # as the step Regions has
_DASHES = ("solid", "dashed", "dotted")
_NAMES = {
    "train": "Wrong training examples in %",
    "test": "Wrong test examples in %",
    "loss": "Training loss in nats",
}
_STEPS = 200  # along the axis: nearer epochs are not told apart
_CHANCE = 90  # per cent wrong of ten classes, if one guesses


def points_of(curve: Curve, shown: Shown) -> XY:
    """Give epochs, and what is shown of them, where it was counted."""
    values = {
        "train": curve.errors,
        "test": curve.test_errors,
        "loss": curve.losses,
    }[shown]
    known = [i for i, value in enumerate(values) if value is not None]
    factor = 1 if shown == "loss" else 100
    return (
        np.array([curve.epochs[i] for i in known], dtype=float),
        np.array([factor * values[i] for i in known], dtype=float),
    )


def depth_chart(curves: Sequence[Curve], shown: Shown, *, log: bool) -> Options:
    """Draw a curve for each network, and a mark where the last error vanished.

    Parameters
    ----------
    curves : sequence of Curve
    shown : {"train", "test", "loss"}
    log : bool
        Whether epochs are on a logarithmic axis, which has no place for the start.

    Returns
    -------
    dict
        ECharts options: depths by colour, seeds by dashes.
    """
    seeds = sorted({each.task.seed for each in curves})
    series, ends = [], []
    for each in curves:
        x, y = points_of(each, shown)
        if log:
            x, y = x[x > 0], y[x > 0]
        kept = _apart(np.log(x) if log else x)
        role = _ROLES[each.task.depth]
        dash = _DASHES[seeds.index(each.task.seed) % len(_DASHES)]
        series.append(curve(name_of(each), (x[kept], y[kept]), role, dash, 5))
        if each.finished and len(x):
            end = (x[-1:], y[-1:])
            ends.append(markers(f"No error: {name_of(each)}", end, role, "diamond", 13))
    chart = {
        **COMMON,
        "animation": False,
        "grid": COMMON["grid"]
        | {"left": 64, "right": 24, "top": 84, "bottom": 44, "outerBoundsMode": "none"},
        "legend": COMMON["legend"]
        | DASHED_KEYS
        | {"itemWidth": 26}
        | {"data": [each["name"] for each in series]},
        "xAxis": X_NAME | {"type": "log" if log else "value", "name": "Epoch"},
        "yAxis": Y_NAME
        | {"type": "log" if shown == "loss" else "value", "name": _NAMES[shown]},
        "series": series + ends,
    }
    if shown != "loss":
        chart["yAxis"] |= {"min": 0, "max": 100}
        chart["series"][0]["markLine"] = {
            "silent": True,
            "symbol": "none",
            "label": {"formatter": "guessing", "position": "insideEndTop"},
            "lineStyle": {"type": "dotted", "color": "#8A8A8A"},
            "data": [{"yAxis": _CHANCE}],
        }
    return savable(chart)


def depth_alt(curves: Sequence[Curve], shown: Shown) -> str:
    """Say in words what `depth_chart` shows."""
    sentences = []
    for each in curves:
        x, y = points_of(each, shown)
        if len(x):
            sentences.append(
                f"{name_of(each)}: {y[0]:.4g} at first, {y[-1]:.4g} after "
                f"{x[-1]:,.0f} epochs" + (", no error left." * each.finished or ".")
            )
    return f"{_NAMES[shown]}. " + " ".join(sentences)


def name_of(curve: Curve) -> str:
    """Name a network for the legend."""
    task = curve.task
    layers = "layer" if task.depth == 1 else "layers"
    return f"{task.depth} {layers} × {task.width}, seed {task.seed}"


def _apart(x: Array) -> NDArray[np.intp]:
    """Choose the first position in each step along an ascending axis, and the last."""
    if not len(x):
        return np.array([], dtype=int)
    steps = (x - x[0]) * (_STEPS / max(x[-1] - x[0], 1e-9))
    return np.union1d(np.unique(steps.astype(int), return_index=True)[1], len(x) - 1)
