"""L-BFGS for functions that are only piecewise smooth, as a plain generator."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dtrtrs

Array = NDArray[np.float64]

MOST_PAIRS = 50
# Step and gradient pairs of very many parameters are limited by memory, not by use.
MOST_STORED_NUMBERS = 20_000_000
SUFFICIENT_DECREASE, SUFFICIENT_FLATTENING = 1e-4, 0.9
MOST_TRIALS = 30


class Evaluation(Protocol):
    """A function's value and gradient; whatever else it carries is passed on."""

    value: float
    gradient: Array


E = TypeVar("E", bound=Evaluation)


class Iterate(NamedTuple):
    """A point that descent has reached, and what the function said there."""

    point: Array
    evaluation: Evaluation


def descend(
    function: Callable[[Array], Generator[None, None, E]], start: Array
) -> Iterator[Iterate | None]:
    """Minimise a nonnegative function by L-BFGS with weak-Wolfe steps.

    Where a function has kinks, the strong Wolfe condition can be unattainable along a
    line, while the weak one always holds on an interval that bisection finds.

    Parameters
    ----------
    function : callable
        Takes a point and returns a generator that may pause by yielding None and
        finally returns the evaluation there. A value that is not finite stands for a
        point outside the domain.
    start : ndarray of shape (n_parameters,)
        Where to begin; its value must be finite, or nothing is done.

    Yields
    ------
    Iterate or None
        The start, then the state after each iteration, with falling values; None
        whenever the function pauses. Ends when no step descends any more.

    References
    ----------
    Lewis, Overton, "Nonsmooth optimization via quasi-Newton methods", Mathematical
    Programming 141 (2013), algorithm 2.6 (the line search).
    """
    state = Iterate(start, (yield from function(start)))
    if not np.isfinite(state.evaluation.value):
        return
    yield state
    pairs = Pairs(start.size)
    while np.linalg.norm(state.evaluation.gradient) > 0:
        following = None
        direction = pairs.direction(state.evaluation.gradient)
        if direction is not None:
            following = yield from _searched(function, state, direction)
        if following is None and (direction is None or pairs):
            # The curvature may belong to pieces left behind: forget it, once.
            pairs.clear()
            direction = _first_direction(state)
            following = yield from _searched(function, state, direction)
        if following is None:
            return
        pairs.append(
            following.point - state.point,
            following.evaluation.gradient - state.evaluation.gradient,
        )
        state = following
        yield state


def _first_direction(state: Iterate) -> Array:
    """Scale steepest descent to where the linear model vanishes, or to a short step."""
    value, gradient = state.evaluation.value, state.evaluation.gradient
    steepness = np.linalg.norm(gradient)
    length = min(value / steepness, 0.1 * np.linalg.norm(state.point) + 1e-3)
    return gradient * (-length / steepness)


def _searched(
    function: Callable[[Array], Generator[None, None, E]],
    state: Iterate,
    direction: Array,
) -> Generator[None, None, Iterate | None]:
    """Find a point that satisfies the weak Wolfe conditions; None without descent."""
    value = state.evaluation.value
    slope = state.evaluation.gradient @ direction
    if not slope < 0:
        return None
    lower, upper, rate = 0.0, np.inf, 1.0
    descended = None
    for _ in range(MOST_TRIALS):
        point = state.point + rate * direction
        evaluation = yield from function(point)
        if not evaluation.value < value + SUFFICIENT_DECREASE * rate * slope:
            upper = rate
        else:
            descended = Iterate(point, evaluation)
            if evaluation.gradient @ direction >= SUFFICIENT_FLATTENING * slope:
                break
            lower = rate
        rate = 2 * lower if upper == np.inf else (lower + upper) / 2
    return descended


class Pairs:
    """The latest steps and gradient changes, and the inverse Hessian they imply.

    Kept in the compact form, whose work is four matrix-vector products instead of a
    long loop over short vectors.

    Parameters
    ----------
    size : int
        Number of parameters.

    References
    ----------
    Byrd, Nocedal, Schnabel, "Representations of quasi-Newton matrices and their use
    in limited memory methods", Mathematical Programming 63 (1994), theorem 2.2.
    """

    def __init__(self, size: int) -> None:
        affordable = MOST_STORED_NUMBERS // (2 * max(size, 1))
        most = int(np.clip(affordable, 5, MOST_PAIRS))
        self._steps = np.empty((most, size))
        self._changes = np.empty((most, size))
        self._steps_by_changes = np.zeros((most, most))
        self._changes_by_changes = np.zeros((most, most))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def clear(self) -> None:
        """Forget all pairs."""
        self._count = 0

    def append(self, step: Array, change: Array) -> None:
        """Remember a pair, unless the function was not convex along the step."""
        curvature = step @ change
        sizes = np.linalg.norm(step) * np.linalg.norm(change)
        # Below the second bound, products of changes underflow.
        if not curvature > max(1e-12 * sizes, 1e-150):
            return
        if self._count == len(self._steps):
            for vectors in (self._steps, self._changes):
                vectors[:-1] = vectors[1:]
            for table in (self._steps_by_changes, self._changes_by_changes):
                table[:-1, :-1] = table[1:, 1:].copy()
            self._count -= 1
        last = self._count
        self._count += 1
        self._steps[last], self._changes[last] = step, change
        earlier = slice(self._count)
        self._steps_by_changes[earlier, last] = self._steps[earlier] @ change
        products = self._changes[earlier] @ change
        self._changes_by_changes[earlier, last] = products
        self._changes_by_changes[last, earlier] = products

    def direction(self, gradient: Array) -> Array | None:
        """Return the quasi-Newton direction; None if there is none to be had."""
        if not self._count:
            return None
        kept = slice(self._count)
        steps, changes = self._steps[kept], self._changes[kept]
        upper = self._steps_by_changes[kept, kept]
        products = self._changes_by_changes[kept, kept]
        scale = upper[-1, -1] / products[-1, -1]
        by_steps, failed = dtrtrs(upper, steps @ gradient)
        if failed:
            return None
        middle = scale * (products @ by_steps - changes @ gradient)
        middle += upper.diagonal() * by_steps
        by_changes, _ = dtrtrs(upper, middle, trans=1)
        return scale * (by_steps @ changes - gradient) - by_changes @ steps
