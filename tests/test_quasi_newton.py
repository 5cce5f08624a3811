"""L-BFGS by the textbook, and on functions with kinks."""

from itertools import islice
from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators.solvers.quasi_newton import Pairs, descend
from tests.networks import seeds


class Valley(NamedTuple):
    """Rosenbrock's function at a point."""

    value: float
    gradient: np.ndarray

    @classmethod
    def at(cls, point):
        x, y = point
        slope = [-400 * x * (y - x**2) - 2 * (1 - x), 200 * (y - x**2)]
        yield
        return cls(100 * (y - x**2) ** 2 + (1 - x) ** 2, np.array(slope))


def test_descent_finds_the_end_of_rosenbrocks_valley():
    start = np.array([-1.2, 1])
    iterates = [found for found in descend(Valley.at, start) if found]
    values = [iterate.evaluation.value for iterate in iterates]
    assert (np.diff(values) < 0).all() and len(values) < 100
    assert_allclose(iterates[-1].point, 1, atol=1e-7)


@given(seeds, st.integers(1, 6), st.integers(1, 120))
def test_pairs_imply_the_two_loop_recursion(seed, size, n_pairs):
    """The compact form is the textbook's loop (Nocedal, Wright, algorithm 7.4)."""
    rng = np.random.default_rng(seed)
    hessian = np.diag(rng.uniform(0.5, 2, size))
    pairs, kept = Pairs(size), []
    for _ in range(n_pairs):
        step = rng.normal(size=size)
        pairs.append(step, hessian @ step)
        kept.append((step, hessian @ step))
    kept = kept[-len(pairs) :]
    gradient = rng.normal(size=size)
    expected, factors = gradient.copy(), []
    for step, change in reversed(kept):
        factors.append(step @ expected / (step @ change))
        expected -= factors[-1] * change
    step, change = kept[-1]
    expected *= step @ change / (change @ change)
    for (step, change), factor in zip(kept, reversed(factors), strict=True):
        expected += (factor - change @ expected / (step @ change)) * step
    assert_allclose(pairs.direction(gradient), -expected, rtol=1e-6, atol=1e-6)


class Roof(NamedTuple):
    """A polyhedral function with a kink along every path to its minimum at 0."""

    value: float
    gradient: np.ndarray

    @classmethod
    def at(cls, point):
        yield
        slopes = np.array([1.0, 10.0, 0.1])
        return cls(float(slopes @ np.abs(point)), slopes * np.sign(point))


@given(seeds)
def test_kinks_do_not_stop_descent(seed):
    start = np.random.default_rng(seed).normal(size=3)
    found = (iterate for iterate in descend(Roof.at, start) if iterate)
    *_, last = islice(found, 100)
    assert last.evaluation.value < 1e-3 * (np.abs(start) @ [1, 10, 0.1])


def test_a_start_outside_the_domain_is_left_alone():
    def nowhere(point):
        yield
        return Roof(np.inf, point)

    assert [found for found in descend(nowhere, np.ones(2)) if found] == []
