"""What the charts share: options of ECharts, and how points and curves are drawn.

The charts are ECharts options, because Streamlit updates an ECharts chart with a key in
place: the picture moves with a slider and with training, at half of what it costs to
build a chart anew. Its toolbar saves them as SVG, see `savable`.
"""

from math import floor, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ui.figures.style import ROLE, wire
from ui.names import display_name

Array = NDArray[np.floating]
XY = tuple[Array, Array]
Options = dict[str, Any]

COMMON = {
    "animationDuration": 0,  # at the first sight; later changes are followed by eye
    "grid": {"left": 28, "right": 12, "top": 36, "bottom": 36},
    "legend": {"top": 0, "left": 0, "itemWidth": 16, "itemHeight": 8, "itemGap": 8},
    # Only what is drawn itself: a reader's names never come near HTML.
    "tooltip": {"trigger": "item", "formatter": "{c}"},
}
# For a legend: a key's dot would cover the gap of its dashes.
DASHED_KEYS = {"itemStyle": {"opacity": 0}}
X_NAME = {"nameLocation": "middle", "nameGap": 26}
Y_NAME = {"nameLocation": "middle", "nameGap": 46}

# The page's font, without the quotes that its theme has.
_FONT = {"fontFamily": "Source Sans, sans-serif"}
_DIGIT, _NAME_AND_GAP, _WIDEST = 7, 36, 120  # pixels


def value_axis(name: str, limits: list[float]) -> Options:
    """Make an axis with given limits, whose name may be any text."""
    return {
        "type": "value",
        "min": limits[0],
        "max": limits[1],
        "name": display_name(name, "text"),
        "axisLabel": {"showMinLabel": False, "showMaxLabel": False},
    }


def power_labels() -> Options:
    """Label an axis of exponents with the powers of ten that they stand for."""
    small = {"fontSize": 9, "lineHeight": 16, "verticalAlign": "top"}
    return {"formatter": "10{raised|{value}}", "rich": {"raised": small}}


def fixed_margins(limits: list[float]) -> Options:
    """Make a grid with room for the numbers between two limits on its left.

    Unlike margins that ECharts finds by itself they do not depend on what else is in
    the chart, so that a chart below, with the same grid, has its x axis in line.
    """
    step = (limits[1] - limits[0]) / 5
    decimals = max(0, -floor(log10(step)))
    longest = max(len(f"{limit:,.{decimals}f}") for limit in limits)
    left = min(_NAME_AND_GAP + _DIGIT * longest, _WIDEST)
    return COMMON["grid"] | {"left": left, "outerBoundsMode": "none"}


def markers(name: str, points: XY, role: str, symbol: str, size: int) -> Options:
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


def curve(name: str, points: XY, role: str, dash: str, digits: int = 12) -> Options:
    """Draw straight lines from point to point."""
    return {
        "type": "line",
        "name": name,
        "data": wire(points, digits),
        "showSymbol": False,
        "lineStyle": {"width": 2, "type": dash},
        "color": ROLE[role],
        "silent": True,
    }


def savable(chart: Options) -> Options:
    """Name all fonts such that a saved chart is an SVG that can be opened.

    ECharts writes the names of fonts into attributes as they are, and those of
    Streamlit's theme have quotes, which end the attribute there.
    """
    axes = {
        name: chart[name]
        | {
            "nameTextStyle": chart[name].get("nameTextStyle", {}) | _FONT,
            "axisLabel": chart[name].get("axisLabel", {}) | _FONT,
        }
        for name in ("xAxis", "yAxis")
    }
    legend = chart["legend"] | {"textStyle": _FONT}
    return chart | axes | {"textStyle": _FONT, "legend": legend}


def marked(series: list[Options], axis: str, value: float) -> list[Options]:
    """Add a line across the chart at a value of one of its axes."""
    line = {
        "silent": True,
        "symbol": "none",
        "label": {"show": False},
        "lineStyle": {"color": ROLE["fit"], "width": 1.5},
        "data": [{axis: value}],
    }
    return [series[0] | {"markLine": line}, *series[1:]]
