"""The instrument "Linear": what Python believes and what it refuses to show."""

import numpy as np
import pytest

from ui.instruments.linear import linear_instrument, released_line


def test_what_the_browser_sends_is_checked():
    assert released_line({"phi0": 1, "phi1": -0.5, "revision": 3}) == (1.0, -0.5)


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        [0, 1],
        {},
        {"phi0": 1},
        {"phi0": 1, "phi1": float("nan")},
        {"phi0": float("inf"), "phi1": 1},
        {"phi0": 1, "phi1": 1.1e6},
        {"phi0": 10**400, "phi1": 1},
        {"phi0": "1", "phi1": 1},
        {"phi0": [1], "phi1": 1},
        {"phi0": True, "phi1": 1},
        {"phi0": None, "phi1": None},
    ],
    ids=lambda value: str(value)[-40:],
)
def test_nonsense_is_refused(nonsense):
    assert released_line(nonsense) is None


@pytest.mark.parametrize(
    ("x", "y", "line", "path", "message"),
    [
        ([0, 1], [0], (0, 0), [[0, 0]], "as long"),
        (range(501), range(501), (0, 0), [[0, 0]], "500"),
        ([1, 1], [0, 1], (0, 0), [[0, 0]], "two different"),
        ([0, 1], [0, np.nan], (0, 0), [[0, 0]], "finite"),
        ([0, 1], [0, 1], (0, 0), [[0, 0], [np.inf, 0]], "finite"),
        ([0, 1], [0, 1], (0, 0), [0, 0], "path"),
        ([0, 1], [0, 1], (0, 0), np.empty((0, 2)), "path"),
    ],
    ids=["lengths", "many", "upright", "nan", "diverged", "flat", "empty"],
)
def test_what_cannot_be_shown_is_refused(x, y, line, path, message):
    with pytest.raises(ValueError, match=message):
        linear_instrument(x, y, line, path, key="refused")
