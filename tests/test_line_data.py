"""Data as the Linear step takes them: few, readable, and rebuilt by their code."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from ui.regression.line_data import line_data


@given(st.integers(2, 2000), st.integers(0, 99), st.booleans())
def test_few_points_are_kept_and_the_code_makes_these_very_numbers(n, seed, standard):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=n).round(1), rng.normal(size=n) * 10.0 ** (seed - 50)
    x[0] += 1  # not all the same
    data = line_data(
        x, y, ("a", "b"), "x, y = given", max_points=500, standardised=standard
    )
    scope = {"np": np, "given": (x, y)}
    exec(data.code, scope)
    assert_array_equal(scope["x"], data.x)
    assert_array_equal(scope["y"], data.y)
    assert data.x.size == min(n, 500)
    assert bool(data.note) == (n > 500)
    if not standard:
        assert (data.x.min(), data.x.max()) == (x.min(), x.max())
    assert 1e-3 < np.abs(data.y).max() < 1e5 or np.abs(y).max() < 1e-300


def test_large_numbers_come_in_a_unit_that_the_axis_names():
    years = np.arange(1850.0, 2001.0)
    people = 1.2e9 * 1.011 ** (years - 1850)
    data = line_data(
        years, people, ("year", "people"), "", max_points=500, standardised=True
    )
    assert data.names == ("year, standardised", "people in 10⁶")
    assert_allclose(data.y, people / 1e6)
    assert data.x.mean() == pytest.approx(0) and data.x.std() == pytest.approx(1)
