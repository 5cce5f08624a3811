"""Errors against D in both norms at once, number by number."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ui.approximation.answers import law_of
from ui.approximation.best_fits import Norm
from ui.approximation.error_curves import (
    BEST,
    BOUND,
    CURVATURE,
    EQUAL,
    SIZES,
    Mark,
    iter_marks,
)
from ui.approximation.step_law import heights
from ui.approximation.targets import Target
from ui.figures.approximation import Law

NORMS: tuple[Norm, ...] = ("max", "rms")
WIDEST = (13, 34, 89, 377, 1000)

# Name, colour and dashes of each curve, in the order of the legend.
LOOKS = {
    "lbfgs": ("Trained: L-BFGS", "lbfgs", "solid"),
    "adam": ("Trained: Adam", "adam", "solid"),
    EQUAL: ("Construction: equal joints", "test", "solid"),
    CURVATURE: ("Construction: by curvature", "validation", "solid"),
    BEST: ("Best known", "fit", "solid"),
    BOUND: ("Proven: none is below", "train", "dashed"),
}


class Point(NamedTuple):
    """A number found: in which norm, and which."""

    norm: Norm
    mark: Mark


def iter_points(target: Target, widest: int, seed: int) -> Iterator[Point]:
    """Measure in both norms, in turn, so that both charts grow.

    Parameters
    ----------
    target : Target
    widest : int
        The largest D.
    seed : int
        Of the networks that are trained.

    Yields
    ------
    point : Point
        The very same again is a pause.
    """
    sizes = sizes_to(widest)
    works = {norm: iter_marks(target, norm, sizes, seed) for norm in NORMS}
    latest: dict[Norm, Mark | None] = dict.fromkeys(NORMS)
    point = None
    while works:
        for norm in list(works):
            mark = next(works[norm], None)
            if mark is None:
                del works[norm]
            elif mark is not latest[norm]:
                latest[norm] = mark
                point = Point(norm, mark)
                yield point
            elif point is not None:
                yield point


def sizes_to(widest: int) -> tuple[int, ...]:
    """List the numbers of hidden units to be tried."""
    return tuple(size for size in SIZES if size <= widest)


def laws_of(
    points: Sequence[Point], target: Target, norm: Norm, widest: int
) -> list[Law]:
    """Give the curves of one norm so far, and what theory says of them."""
    laws = []
    for series, look in LOOKS.items():
        found = [
            point.mark
            for point in points
            if point.norm == norm and point.mark.series == series
        ]
        units = [mark.n_units for mark in found]
        errors = [mark.error for mark in found]
        name, role, dash = look
        laws.append(Law(name, units, errors, role, dash))
    sizes = sizes_to(widest)
    if law := law_of(target, norm):
        errors = [law(size) for size in sizes]
        laws.append(Law("Law for large D", sizes, errors, "target", "dotted", False))
    jumps = heights(target)
    if jumps.size and norm == "max":
        half = [jumps.max() / 2] * len(sizes)
        laws.append(Law("Half the jump", sizes, half, "dead", "dashed", False))
    return laws


def error_at(
    points: Sequence[Point], norm: Norm, series: str, n_units: int
) -> float | None:
    """Find a number among the points; None if it is not there yet."""
    for point in points:
        if point.norm == norm and point.mark[:2] == (series, n_units):
            return point.mark.error
    return None
