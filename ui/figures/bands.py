"""Bands between two curves, and legends in which they look like bands."""

from collections.abc import Collection

import numpy as np

from ui.figures.options import COMMON, DASHED_KEYS, Array, Options, curve

_SHADE = 0.22  # opacity; two over each other are still lighter than a curve


def band(name: str, x: Array, low: Array, high: Array, role: str) -> Options:
    """Shade between two curves.

    Parameters
    ----------
    name : str
        Of the series.
    x, low, high : ndarray of shape (n,)
        The vertices of both curves.
    role : str
        Whose colour it has.

    Returns
    -------
    dict
        An ECharts series: a path forth above and back below. Of the area between such
        a path and the axis, only what it encloses remains.
    """
    edge = (np.concatenate([x, x[::-1]]), np.concatenate([high, low[::-1]]))
    return curve(name, edge, role, "solid") | {
        "lineStyle": {"width": 0},
        "areaStyle": {"opacity": _SHADE},
        "itemStyle": {"opacity": 2 * _SHADE},  # of its key in the legend
    }


def legend(series: list[Options], hidden: Collection[str] = ()) -> Options:
    """List the series by name, bands with a filled key, except the hidden ones."""
    keys = [_key(each) for each in series if each["name"] not in hidden]
    return COMMON["legend"] | {"data": keys}


def _key(series: Options) -> Options:
    key = {"name": series["name"]}
    if "areaStyle" in series:
        return key | {"icon": "rect"}
    dashed = series.get("lineStyle", {}).get("type", "solid") != "solid"
    return key | (DASHED_KEYS if dashed else {})
