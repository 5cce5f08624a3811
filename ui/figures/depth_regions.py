"""Linear regions against parameters: a band for each number of layers."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ui.figures.bands import band, legend
from ui.figures.options import (
    COMMON,
    X_NAME,
    Y_NAME,
    Array,
    Options,
    curve,
    markers,
    power_labels,
    savable,
    value_axis,
)
from ui.figures.style import ROLE

# Of one layer, two, three, …: no unit's. All stand out (3 : 1) on white and in the dark
# theme, where the blue of other figures would be the faintest.
_COLOURS = ("#2683C4", *(ROLE[role] for role in ("fit", "test", "validation", "adam")))
_DIGITS = 7
_THIN, _LABEL, _HEIGHT = 1.2, 14, 380  # pixels: a bound, a line of text, the plot
_HEADROOM = 0.06  # above what is drawn: the budget is written over the plot


class Growth(NamedTuple):
    """How regions grow with width, for one number of layers.

    Attributes
    ----------
    name : str
    parameters : ndarray of shape (n_widths,)
        Ascending.
    reachable : ndarray of shape (n_widths,)
        log₁₀ of the regions that are sure to be reachable, NaN where none are: for
        the first widths.
    bound : ndarray of shape (n_widths,)
        log₁₀ of a number that is not exceeded.
    """

    name: str
    parameters: Array
    reachable: Array
    bound: Array


class Mark(NamedTuple):
    """A network that is pointed out.

    Attributes
    ----------
    text : str
        What it is, for whoever points at it.
    label : str
        Beside the highest of its points; may be empty.
    parameters : float
    heights : tuple of float
        log₁₀ of its regions: once, or reachable and at most; ascending.
    symbol : str
        Of ECharts; with -open it is an outline.
    beside : {"top", "left", "bottom"}
        Where the label is.
    """

    text: str
    label: str
    parameters: float
    heights: tuple[float, ...]
    symbol: str
    beside: str


def regions_chart(
    growths: Sequence[Growth],
    marks: Sequence[Mark],
    budget: int,
    *,
    logarithmic: bool,
    most: int,
) -> Options:
    """Draw powers of ten of regions against parameters.

    Parameters
    ----------
    growths : sequence of Growth
    marks : sequence of Mark
    budget : int
        Parameters at which there is an upright line, if they are in view.
    logarithmic : bool
        Whether the axis of parameters is.
    most : int
        Where it ends.

    Returns
    -------
    dict
        ECharts options. A solid line is what can be reached, a thin one above it what
        cannot be exceeded, with a band between them; a dashed one is the bound where
        nothing is sure to be reached.
    """
    series = [
        each for place, growth in enumerate(growths) for each in _drawn(growth, place)
    ]
    named = [each for each in series if each.pop("in_legend", False)]
    keys = legend(named)
    if series and budget <= most:
        series[0]["markLine"] = _upright(budget)
    heights = [y for each in series for _, y in each["data"]]
    heights += [height for mark in marks for height in mark.heights]
    series.append(_names(named, max(heights, default=1)))
    series += [_mark(mark) for mark in marks]
    x = value_axis("Parameters", [0, most]) | {"axisLabel": {"hideOverlap": True}}
    if logarithmic:
        least = min((growth.parameters[0] for growth in growths), default=1)
        x |= {"type": "log", "min": 10 ** int(np.log10(least))}
    chart = {
        **COMMON,
        "animation": False,
        "grid": COMMON["grid"]
        | {"left": 64, "right": 52, "bottom": 44, "outerBoundsMode": "none"},
        "legend": keys,
        "tooltip": {"trigger": "item", "formatter": "{a}"},
        "xAxis": X_NAME | x,
        "yAxis": Y_NAME
        | {
            "type": "value",
            "name": "Linear regions",
            "min": 0,
            "minInterval": 1,
            "boundaryGap": [0, _HEADROOM],
            "axisLabel": power_labels(),
        },
        "series": series,
    }
    return savable(chart)


def regions_alt(growths: Sequence[Growth], marks: Sequence[Mark]) -> str:
    """Say in words what `regions_chart` shows: where each curve ends."""
    said = ["Linear regions, in powers of ten, against the number of parameters."]
    for name, parameters, reachable, bound in growths:
        at_most = f"at most 10 to the {bound[-1]:.1f}"
        known = not np.isnan(reachable[-1])
        if known and reachable[-1] == bound[-1]:
            at_most = f"exactly 10 to the {bound[-1]:.1f}"
        elif known:
            at_most = f"between 10 to the {reachable[-1]:.1f} reachable and {at_most}"
        said.append(f"{name}: {at_most} with {parameters[-1]:,.0f} parameters.")
    return " ".join([*said, *(f"Marked: {mark.text}." for mark in marks)])


def _drawn(growth: Growth, place: int) -> list[Options]:
    """Draw one number of layers; one of its series is named in the legend."""
    name, x, low, high = growth
    known = ~np.isnan(low)
    exact = bool((low[known] == high[known]).all())
    first = int(known.argmax()) if known.any() else len(x)
    # The dashed line ends where the thin one begins.
    unknown = slice(0, first + 1)
    series = []
    if first:
        series.append(curve(name, (x[unknown], high[unknown]), "fit", "dashed"))
        series[-1]["lineStyle"] = {"type": "dashed", "width": _THIN}
    if first < len(x):
        if not exact:
            between = (x[first:], low[first:], high[first:])
            series.append(band(name, *between, "fit"))
            series.append(curve(name, (x[first:], high[first:]), "fit", "solid"))
            series[-1]["lineStyle"] = {"type": "solid", "width": _THIN}
        series.append(curve(name, (x[first:], low[first:]), "fit", "solid"))
    colour = _COLOURS[place]
    series[-1]["in_legend"] = True
    return [
        each
        | {
            "color": colour,
            "data": [[x, float(f"{y:.{_DIGITS}g}")] for x, y in each["data"]],
        }
        for each in series
    ]


def _names(named: Sequence[Options], highest: float) -> Options:
    """Write names beside the ends of curves, higher where one would cover another."""
    taken = -np.inf
    data = []
    for each in sorted(named, key=lambda each: each["data"][-1][1]):
        end = each["data"][-1]
        height = end[1] / highest * _HEIGHT
        taken = max(height, taken + _LABEL)
        label = {"formatter": each["name"], "color": each["color"]}
        offset = [0, round(height - taken)]
        data.append({"value": end, "label": label | {"offset": offset}})
    return {
        "type": "scatter",
        "name": "",
        "silent": True,
        "symbolSize": 1,
        "itemStyle": {"color": "transparent", "opacity": 1},  # a label has its opacity
        "label": {"show": True, "position": "right", "distance": 10},
        "data": data,
    }


def _mark(mark: Mark) -> Options:
    heights = np.array(mark.heights)
    points = (np.full(len(heights), mark.parameters), heights)
    # An outline leaves room for another mark at the same place.
    size = 24 if mark.symbol.endswith("-open") else 15
    series = markers(mark.text, points, "target", mark.symbol, size)
    outline = {"borderColor": ROLE["target"], "borderWidth": 2}
    label = {
        "show": True,
        "formatter": mark.label,
        "position": mark.beside,
    }
    *below, highest = series["data"]
    return series | {
        "z": 5,
        "itemStyle": series["itemStyle"] | outline,
        "data": [*below, {"value": highest, "label": label}],
    }


def _upright(budget: int) -> Options:
    return {
        "symbol": "none",
        "silent": True,
        "data": [{"xAxis": budget}],
        "label": {"formatter": f"P = {budget:,}"},
        "lineStyle": {"color": ROLE["target"], "type": "dotted"},
    }
