"""The network that the page looks at: found in slices, and how good it is."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from estimators import ReLUNetwork
from ui.approximation.best_fits import Norm, iter_best_fit
from ui.approximation.bounds import MOST_AT_ONCE, iter_bounds
from ui.approximation.constructions import curvature_construction, equal_construction
from ui.approximation.errors import ErrorReport, error_report
from ui.approximation.laws import asymptotic_law
from ui.approximation.targets import Target
from ui.approximation.training import iter_training
from ui.jobs import Shelf
from ui.workbench import Workbench

BEST, EQUAL, CURVED = "Best known", "Equal joints", "Joints by curvature"
TRAINED = "Gradient training"
HOW = (BEST, EQUAL, CURVED, TRAINED)


class Wanted(NamedTuple):
    """Which network is looked at.

    Attributes
    ----------
    target : Target
    n_units : int
    norm : {"rms", "max"}
    how : str
        One of `HOW`.
    """

    target: Target
    n_units: int
    norm: Norm
    how: str

    @property
    def identity(self) -> Hashable:
        """What tells it from others."""
        return (identity_of(self.target), *self[1:])


@dataclass(frozen=True, eq=False)
class Measured:
    """A network beside its target, measured when somebody looks."""

    network: ReLUNetwork
    target: Target

    @cached_property
    def report(self) -> ErrorReport:
        """Its error, everywhere."""
        return error_report(self.network, self.target)


class Answer(NamedTuple):
    """What is known so far.

    Attributes
    ----------
    measured : Measured
        The best network so far.
    bound : float or None
        No network of so many units has a smaller error; None as long as that has not
        been proven.
    """

    measured: Measured
    bound: float | None = None

    @property
    def network(self) -> ReLUNetwork:
        """The network."""
        return self.measured.network

    @property
    def report(self) -> ErrorReport:
        """Its error."""
        return self.measured.report


_bounds: Shelf[dict[int, float]] = Shelf(64)
# Wherever a page is drawn it is needed again.
law_of = lru_cache(256)(asymptotic_law)
ANSWERS: Workbench[Answer] = Workbench("answer", 128)


def identity_of(target: Target) -> Hashable:
    """Give what tells a target from others; functions cannot be compared."""
    return target.code, target.low, target.high


def iter_answers(wanted: Wanted) -> Iterator[Answer]:
    """Find the network that is wanted, then how good the best can be.

    Parameters
    ----------
    wanted : Wanted

    Yields
    ------
    answer : Answer
        The best so far; the same object again after a slice of work without a better
        one.

    Raises
    ------
    ValueError
        If there is no such network, or the target is not finite somewhere.
    """
    answer = None
    for network in _networks(wanted):
        if answer is None or network is not answer.network:
            answer = Answer(Measured(network, wanted.target))
        yield answer
    for bound in _iter_bound(wanted):
        if bound is not None and answer.bound is None:
            answer = answer._replace(bound=bound)
        yield answer


def _networks(wanted: Wanted) -> Iterator[ReLUNetwork]:
    target, n_units, norm, how = wanted
    if how == BEST:
        yield from iter_best_fit(target, n_units, norm)
    elif how == EQUAL:
        yield equal_construction(target, n_units)
    elif how == CURVED:
        yield curvature_construction(target, n_units, norm)
    else:
        yield from iter_training(target, n_units)


def _iter_bound(wanted: Wanted) -> Iterator[float | None]:
    """Find the bound for the network that is wanted; None is a pause."""
    target, n_units, norm = wanted[:3]
    subject = (*wanted.identity[0], norm)
    known = _bounds.get(subject) or {}
    if n_units in known:
        yield known[n_units]
        return
    # In the mean, one run of dynamic programming gives all of these at once.
    together = norm == "rms" and n_units <= MOST_AT_ONCE
    sizes = range(1, MOST_AT_ONCE + 1) if together else [n_units]
    found = {}
    for proven in iter_bounds(target, norm, sizes):
        found.update([proven] if proven else [])
        yield found.get(n_units)
    _bounds.put(subject, known | found)
