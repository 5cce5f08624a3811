"""Functions of two inputs as maps of coloured cells."""

import numpy as np

from ui.figures.options import COMMON, X_NAME, Y_NAME, Array, Options, savable

# Colour-blind safe: cividis, and brown to blue-green through white.
_SEQUENTIAL = ("#00224e", "#35456c", "#666970", "#948e77", "#c8b866", "#fee838")
_DIVERGING = ("#8c510a", "#d8b365", "#f5f5f5", "#5ab4ac", "#01665e")


def map_chart(
    x: Array, y: Array, values: Array, *, limits: tuple[float, float], signed: bool
) -> Options:
    """Draw a function of two inputs as a map of coloured cells.

    Parameters
    ----------
    x, y : ndarray of shape (n_across,) or (n_up,)
        The centres of the cells.
    values : ndarray of shape (n_up, n_across)
    limits : (float, float)
        The values that the first and the last colour stand for.
    signed : bool
        Whether zero is in the middle of the colours.

    Returns
    -------
    dict
        ECharts options.
    """
    colours = _DIVERGING if signed else _SEQUENTIAL
    up, across = np.indices(values.shape)
    cells = np.stack([across, up, values], axis=-1).reshape(-1, 3).tolist()
    chart = {
        **COMMON,
        "animation": False,
        "tooltip": {"show": False},
        "legend": {"show": False},
        # Where cells meet, what is behind them shines through a little.
        "grid": {
            "left": 36,
            "right": 8,
            "top": 8,
            "bottom": 84,
            "show": True,
            "borderWidth": 0,
            "backgroundColor": colours[len(colours) // 2],
        },
        "xAxis": _cell_axis("x", x) | X_NAME,
        "yAxis": _cell_axis("y", y) | Y_NAME | {"nameGap": 28},
        "visualMap": {
            "min": limits[0],
            "max": limits[1],
            "text": [f"{limits[1]:.3g}", f"{limits[0]:.3g}"],
            "orient": "horizontal",
            "left": "center",
            "bottom": 4,
            "itemHeight": 120,
            "precision": 3,
            "inRange": {"color": list(colours)},
        },
        "series": [
            {
                "type": "heatmap",
                "data": [[i, j, float(f"{v:.4g}")] for i, j, v in cells],
                "silent": True,
                "progressive": 0,
            }
        ],
    }
    return savable(chart)


def _cell_axis(name: str, centres: Array) -> Options:
    """Make an axis of cells with a number at the ends and in the middle."""
    return {
        "type": "category",
        "name": name,
        "data": [f"{centre:.2g}" for centre in centres],
        "axisTick": {"show": False},
        "axisLabel": {"interval": max(1, (len(centres) - 1) // 4) - 1},
    }
