"""Errors of networks against their width: where more units stop to help."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.figures.bands import band, legend
from ui.figures.options import (
    COMMON,
    X_NAME,
    XY,
    Y_NAME,
    Array,
    Options,
    curve,
    markers,
    savable,
)
from ui.figures.style import ROLE, wire

# Reddish purple of Okabe and Ito's palette.
_VALIDATION = {"color": ROLE["validation"]}

_NARROW = 50  # times: of a smaller range, powers of ten would show two or three


class Errors(NamedTuple):
    """Mean squared errors of the widths tried.

    Attributes
    ----------
    widths : ndarray of int of shape (n_widths,)
    training, test : ndarray of shape (3, n_widths)
        Lower quartile, median and upper quartile over splits, in squared units of y.
    universe : ndarray of shape (n_widths,) or None
        Expected on new data, where that is known.
    """

    widths: NDArray[np.int_]
    training: Array
    test: Array
    universe: Array | None

    @property
    def best(self) -> int:
        """The width of smallest median test error."""
        return int(self.widths[self.test[1].argmin()])


class HeldOut(NamedTuple):
    """Mean squared errors on the held-out folds of the training rows.

    Attributes
    ----------
    widths : ndarray of int of shape (n_widths,)
    mean, standard_error : ndarray of shape (n_widths,)
        Over the folds, in squared units of y.
    """

    widths: NDArray[np.int_]
    mean: Array
    standard_error: Array

    @property
    def best(self) -> int:
        """The width of smallest mean error; of equals the smallest."""
        return int(self.widths[self.mean.argmin()])

    @property
    def one_error_rule(self) -> int:
        """The smallest width within one standard error of the best."""
        best = self.mean.argmin()
        limit = self.mean[best] + self.standard_error[best]
        return int(self.widths[np.flatnonzero(self.mean <= limit)[0]])


def error_chart(
    errors: Errors,
    held_out: HeldOut | None,
    *,
    shown: int,
    widest: int,
    noise: float | None = None,
) -> Options:
    """Draw errors against width, both on logarithmic scales.

    Parameters
    ----------
    errors : Errors
    held_out : HeldOut or None
        None as long as cross-validation has not ended.
    shown : int
        The width that the reader looks at.
    widest : int
        The largest that will be tried, so that the axis stands still meanwhile.
    noise : float, default=None
        Standard deviation of the noise, where known; its square is drawn as a floor.

    Returns
    -------
    dict
        ECharts options. Errors of zero, which have no logarithm, are left out.
    """
    x = errors.widths
    series = [
        band("Quartiles, training", x, *errors.training[[0, 2]], "train"),
        band("Quartiles, test", x, *errors.test[[0, 2]], "test"),
        _line("Training", (x, errors.training[1]), "train", "solid"),
        _line("Test", (x, errors.test[1]), "test", "dashed"),
    ]
    if errors.universe is not None:
        series.append(curve("Universe", (x, errors.universe), "target", "dotted"))
    if noise:
        floor = (x[[0, -1]], np.full(2, noise**2))
        series.append(curve("Noise σ²", floor, "target", "solid"))
    if held_out:
        tried = (held_out.widths, held_out.mean)
        validated = _line("Cross-validation", tried, "fit", "solid") | _VALIDATION
        series += [validated, _whiskers(held_out)]
        series.append(_ring(*tried, "fit", "Least in cross-validation"))
        series[-1]["itemStyle"]["borderColor"] = _VALIDATION["color"]
    series.append(_ring(x, errors.test[1], "test", "Least on test"))
    series[-1]["markLine"] = _upright(shown)
    hidden = ("Quartiles, training", "Quartiles, test", "Standard error")
    series = [_positive(each) for each in series]
    chart = {
        **COMMON,
        "animation": False,
        "grid": COMMON["grid"] | {"left": 64, "top": 84, "outerBoundsMode": "none"},
        "legend": legend(series, hidden),
        "xAxis": X_NAME
        | {"type": "log", "name": "Hidden units D"}
        | {"max": max(widest, shown, 2)},
        "yAxis": Y_NAME
        | {"type": "log", "name": "Mean squared error", "logBase": _base(series)},
        "series": series,
    }
    return savable(chart)


def error_alt(errors: Errors, held_out: HeldOut | None) -> str:
    """Say in words what `error_chart` shows: where errors start, end and turn."""
    widths, training, test = errors.widths, errors.training[1], errors.test[1]
    text = (
        f"Median errors from D = {widths[0]} to {widths[-1]}. Training: "
        f"{training[0]:.4g} to {training[-1]:.4g}. Test: {test[0]:.4g} to "
        f"{test[-1]:.4g}, lowest {test.min():.4g} at D = {errors.best}."
    )
    if held_out is None:
        return text
    return (
        f"{text} Cross-validation: lowest {held_out.mean.min():.4g} at "
        f"D = {held_out.best}."
    )


def _line(name: str, points: XY, role: str, dash: str) -> Options:
    dots = {"showSymbol": True, "symbol": "circle", "symbolSize": 5}
    return curve(name, points, role, dash) | dots


def _whiskers(held_out: HeldOut) -> Options:
    """Draw one standard error up and down, with a gap after each width."""
    data = []
    for x, mean, error in zip(*held_out, strict=True):
        # Down to what a logarithmic scale can show.
        low = max(mean - error, mean / 100)
        data += [*wire(([x, x], [low, mean + error])), ["-", "-"]]
    flat = (held_out.widths, held_out.mean)
    line = curve("Standard error", flat, "fit", "solid") | _VALIDATION
    return line | {"data": data, "lineStyle": {"width": 1}}


def _ring(widths: Array, errors: Array, role: str, what: str) -> Options:
    at = int(np.argmin(errors))
    point = (widths[at : at + 1], errors[at : at + 1])
    ring = markers(f"{what}: D = {widths[at]}", point, role, "circle-open", 16)
    ring["itemStyle"]["borderWidth"] = 3
    return ring


def _upright(shown: int) -> Options:
    return {
        "symbol": "none",
        "silent": True,
        "data": [{"xAxis": shown}],
        "label": {"formatter": f"D = {shown}", "color": ROLE["fit"]},
        "lineStyle": {"color": ROLE["fit"], "type": "dotted"},
    }


def _base(series: list[Options]) -> int:
    """Choose the powers at which the axis has its ends and marks, wasting little."""
    heights = [row[1] for each in series for row in each["data"] if row[1] != "-"]
    narrow = not heights or max(heights) < _NARROW * min(heights)
    return 2 if narrow else 10


def _positive(series: Options) -> Options:
    """Leave out what a logarithmic scale cannot show."""
    kept = [row for row in series["data"] if row[1] == "-" or row[1] > 0]
    return series | {"data": kept}
