"""What the sawtooth takes, how far too few units stay away, and who learned it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.figures.bands import band, legend
from ui.figures.composition import Line, lines_chart
from ui.figures.options import (
    COMMON,
    DASHED_KEYS,
    X_NAME,
    Y_NAME,
    Array,
    Options,
    curve,
    markers,
    savable,
)
from ui.figures.style import ROLE

_DOTS = {"showSymbol": True, "symbol": "circle", "symbolSize": 5, "silent": False}
_LEFT = {"left": 64, "top": 60, "outerBoundsMode": "none"}
_FLOOR = 1e-5  # of errors on a logarithmic axis: what is below is drawn there
_LEAST = 1e-6  # a power of ten to the last digit, as the axis writes all of them
_EDGES = ("RMS: none is below", "RMS: built")  # of the band, which says it all
_SYMBOLS = ("circle", "diamond", "triangle", "rect")
_ROLES = ("train", "adam", "fit", "test")


def teeth_chart(lines: Sequence[Line]) -> Options:
    """Draw teeth that are 1 high and what follows them, with a tick at 1.

    Parameters
    ----------
    lines : sequence of Line
        At least one; all between the same limits.

    Returns
    -------
    dict
        ECharts options.
    """
    chart = lines_chart(lines, heights=(0, 1))
    chart["yAxis"] |= {"splitNumber": 6}  # steps of 0.2; of 0.3 by default
    return chart


class Growth(NamedTuple):
    """A number for each number of folds.

    Attributes
    ----------
    name : str
    values : sequence of int
        For 1, 2, … folds.
    role : str
        Whose colour it has.
    dash : {"solid", "dashed", "dotted"}
    """

    name: str
    values: Sequence[int]
    role: str
    dash: str


def growth_chart(growths: Sequence[Growth], shown: int) -> Options:
    """Draw numbers against the number of folds on a logarithmic scale.

    Parameters
    ----------
    growths : sequence of Growth
    shown : int
        The number of folds to mark.

    Returns
    -------
    dict
        ECharts options.
    """
    series = []
    for name, values, role, dash in growths:
        folds = np.arange(1, len(values) + 1)
        drawn = curve(name, (folds, np.array(values)), role, dash) | _DOTS
        series.append(drawn)
    series[0] |= {"markLine": _upright(shown, f"k = {shown}")}
    chart = {
        **COMMON,
        "animation": False,
        "grid": COMMON["grid"] | _LEFT | {"left": 80, "right": 32, "top": 76},
        "legend": COMMON["legend"] | DASHED_KEYS | {"itemWidth": 26},
        "xAxis": X_NAME
        | {"type": "value", "name": "Folds k", "min": 1, "minInterval": 1}
        | {"max": len(growths[0].values)},
        "yAxis": Y_NAME | {"type": "log", "name": "Number", "nameGap": 58},
        "series": series,
    }
    return savable(chart)


def growth_alt(growths: Sequence[Growth], shown: int) -> str:
    """Say in words what `growth_chart` shows."""
    said = (
        f"{name}: {values[shown - 1]:,} at k = {shown}, "
        f"{values[-1]:,} at k = {len(values)}"
        for name, values, *_ in growths
    )
    return f"Against the number of folds, on a logarithmic scale. {'; '.join(said)}."


class Limits(NamedTuple):
    """What is proven of the errors of one hidden layer.

    Attributes
    ----------
    units : ndarray of int of shape (n_sizes,)
    largest : sequence of float or None, of length n_sizes
        The smallest maximum error; None where it is not known.
    rms : ndarray of shape (2, n_sizes)
        No network has less than the first row, some network has the second.
    """

    units: NDArray[np.int_]
    largest: Sequence[float | None]
    rms: Array


def limits_chart(
    limits: Limits, shown: int, found: tuple[float, float], needed: int
) -> Options:
    """Draw what is proven of errors against the number of units.

    Parameters
    ----------
    limits : Limits
    shown : int
        The number of units of the network that is looked at.
    found : (float, float)
        Its largest and its root-mean-square error.
    needed : int
        The number of units that has no error.

    Returns
    -------
    dict
        ECharts options.
    """
    units = limits.units
    largest = curve(
        "Least largest error", (units, np.zeros(len(units))), "fit", "solid"
    )
    largest["data"] = [
        [int(n), "-" if value is None else value]
        for n, value in zip(units, limits.largest)
    ]
    at = np.array([shown])
    series = [
        largest | _DOTS,
        band("Least RMS error is in here", units, *limits.rms, "train"),
        curve(_EDGES[0], (units, limits.rms[0]), "train", "dashed"),
        curve(_EDGES[1], (units, limits.rms[1]), "train", "solid"),
        markers("Largest, drawn", (at, np.array(found[:1])), "fit", "circle-open", 14),
        markers("RMS, drawn", (at, np.array(found[1:])), "train", "circle-open", 14),
    ]
    series[0] |= {"markLine": _upright(needed, f"2ᵏ = {needed}")}
    for ring in series[-2:]:
        ring["itemStyle"]["borderWidth"] = 3
    chart = {
        **COMMON,
        "animation": False,
        "grid": COMMON["grid"] | _LEFT | {"right": 32},
        "legend": legend(series, _EDGES),
        "xAxis": X_NAME
        | {"type": "value", "name": "Hidden units D", "minInterval": 1}
        | {"min": 0, "max": needed},
        "yAxis": Y_NAME | {"type": "value", "name": "Error", "min": 0, "max": 0.6},
        "series": series,
    }
    return savable(chart)


def limits_alt(limits: Limits, shown: int, found: tuple[float, float]) -> str:
    """Say in words what `limits_chart` shows."""
    half = sum(value == 0.5 for value in limits.largest)
    flat = f"0.5 for up to {half} units" if half else "above 0 for fewer units"
    return (
        f"Errors of one hidden layer against its units. The least largest error is "
        f"{flat}, and 0 with {limits.units[-1]}. The least RMS error is between a "
        f"lower curve from {limits.rms[0, 0]:.3g} and an upper one from "
        f"{limits.rms[1, 0]:.3g}; both fall to 0. The network drawn has {shown} units, "
        f"largest error {found[0]:.3g}, RMS {found[1]:.3g}."
    )


class Errors(NamedTuple):
    """What the runs of one method reached, by seed."""

    name: str
    seeds: Sequence[int]
    errors: Sequence[float]


def runs_chart(methods: Sequence[Errors], n_seeds: int, goal: float) -> Options:
    """Draw the error of every run, one column a seed, on a logarithmic scale.

    Parameters
    ----------
    methods : sequence of Errors
    n_seeds : int
        How many there will be.
    goal : float
        What is below counts as found.

    Returns
    -------
    dict
        ECharts options. Errors below 1e-5 are drawn there.
    """
    series = []
    for (name, seeds, errors), symbol, role in zip(methods, _SYMBOLS, _ROLES):
        heights = np.maximum(np.array(errors, dtype=float), _FLOOR)
        points = (np.array(seeds, dtype=float), heights)
        series.append(markers(name, points, role, symbol, 13))
    edge = (np.array([-0.5, n_seeds - 0.5]), np.full(2, goal))
    series.append(curve(f"Found: below {goal:g}", edge, "target", "dashed"))
    chart = {
        **COMMON,
        "animation": False,
        "grid": COMMON["grid"] | _LEFT | {"left": 80},
        "legend": legend(series),
        "xAxis": X_NAME
        | {"type": "value", "name": "Seed", "minInterval": 1}
        | {"min": -0.5, "max": n_seeds - 0.5, "splitLine": {"show": False}}
        | {"axisLabel": {"showMinLabel": False, "showMaxLabel": False}},
        "yAxis": Y_NAME
        | {"type": "log", "name": "RMSE / spread", "min": _LEAST, "max": 2}
        | {"nameGap": 60},
        "series": series,
    }
    return savable(chart)


def runs_alt(methods: Sequence[Errors], goal: float) -> str:
    """Say in words what `runs_chart` shows."""
    said = [
        f"{name}: {sum(error < goal for error in errors)} of {len(errors)} below "
        f"{goal:g}, from {min(errors):.3g} to {max(errors):.3g}"
        for name, _, errors in methods
        if errors
    ]
    return (
        "RMSE as a part of the spread, one dot a run, on a logarithmic scale. "
        f"{'; '.join(said) or 'No run has ended yet'}."
    )


def _upright(at: int, label: str) -> Options:
    return {
        "symbol": "none",
        "silent": True,
        "data": [{"xAxis": at}],
        "label": {"formatter": label},
        "lineStyle": {"color": ROLE["target"], "type": "dotted"},
    }
