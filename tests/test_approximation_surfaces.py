"""Networks of two inputs for a surface: errors on a grid, and with more units."""

import numpy as np
import pytest

from ui.approximation.surface_fit import (
    iter_surface_fit,
    iter_surface_marks,
    surface_errors,
)
from ui.surfaces import SURFACES


def test_creases_of_a_pyramid_are_found():
    # |x| + |y| = a[x] + a[−x] + a[y] + a[−y], so units need not be many.
    surface = SURFACES["pyramid"]
    marks = [m for m in iter_surface_marks(surface, (1, 10)) if m]
    assert [mark.n_units for mark in marks] == [1, 10]
    assert marks[1].rms < 0.05 * marks[0].rms


def test_surface_errors_on_a_grid():
    surface = SURFACES["hill"]
    *_, network = iter_surface_fit(surface, 20)
    errors = surface_errors(network, surface)
    x, y = errors.where
    point = network([[x, y]])[0, 0] - surface.function(np.array(x), np.array(y))
    assert abs(point) == pytest.approx(errors.max_error)
    assert errors.rms <= errors.max_error < 0.2
    with pytest.raises(ValueError, match="between 1 and 200"):
        next(iter_surface_fit(surface, 0))


def test_a_surface_that_is_not_finite_is_refused_in_words():
    pole = SURFACES["hill"]._replace(function=lambda x, y: np.log(x + y))
    with pytest.raises(ValueError, match=r"no finite value at x = .*, y = "):
        next(iter_surface_fit(pole, 3))
