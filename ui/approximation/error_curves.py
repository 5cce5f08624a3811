"""Error against the number of hidden units: what is got, and what can be got."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from estimators import ReLUNetwork
from ui.approximation.best_fits import Norm, iter_best_fit
from ui.approximation.bounds import iter_bounds
from ui.approximation.constructions import curvature_construction, equal_construction
from ui.approximation.errors import error_report
from ui.approximation.targets import Target
from ui.approximation.training import Trainer, iter_training

SIZES = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 1000)
# Wider networks take minutes to train, and gain little from it.
MOST_TRAINED = 100

BEST, BOUND = "best", "bound"
EQUAL, CURVATURE = "equal", "curvature"
TRAINERS: tuple[Trainer, ...] = ("lbfgs", "adam")


class Mark(NamedTuple):
    """A point of a curve.

    Attributes
    ----------
    series : {"best", "bound", "equal", "curvature", "lbfgs", "adam"}
        Which curve: the best network found, what none can be below, constructions with
        joints at equal distances and where the target bends, networks trained.
    n_units : int
    error : float
        In the norm asked for.
    """

    series: str
    n_units: int
    error: float


def iter_marks(
    target: Target, norm: Norm, sizes: Sequence[int] = SIZES, seed: int = 0
) -> Iterator[Mark]:
    """Measure networks of more and more units.

    Parameters
    ----------
    target : Target
    norm : {"rms", "max"}
        Which error is measured, and kept small by all but training.
    sizes : sequence of int
        Numbers of hidden units, increasing.
    seed : int, default=0
        Of the networks that are trained.

    Yields
    ------
    mark : Mark
        The constructions first, as they take no time; then for each size the best
        network and the bound; then training. The very same mark again is a pause.

    See Also
    --------
    ui.approximation.laws.asymptotic_law : What the best curve comes close to.
    """
    for size in sizes:
        network = equal_construction(target, size)
        mark = Mark(EQUAL, size, error_in(norm, network, target))
        yield mark
        network = curvature_construction(target, size, norm)
        mark = Mark(CURVATURE, size, error_in(norm, network, target))
        yield mark
    bounds = iter_bounds(target, norm, sizes)
    least = float("inf")
    for size in sizes:
        for found in iter_best_fit(target, size, norm):
            network = found
            yield mark
        # A smaller network is also a larger one, with units to spare.
        least = min(least, error_in(norm, network, target))
        mark = Mark(BEST, size, least)
        yield mark
        while (bound := next(bounds)) is None:
            yield mark
        mark = Mark(BOUND, *bound)
        yield mark
    for size in sizes:
        for trainer in TRAINERS if size <= MOST_TRAINED else ():
            for trained in iter_training(target, size, trainer, seed):
                network = trained
                yield mark
            mark = Mark(trainer, size, error_in(norm, network, target))
            yield mark


def error_in(norm: Norm, network: ReLUNetwork, target: Target) -> float:
    """Measure the error of a network in one norm."""
    report = error_report(network, target)
    return {"rms": report.rms, "max": report.max_error}[norm]
