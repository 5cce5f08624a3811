"""A hidden layer in space, as the step Warping shows it."""

import pytest

from tests.pages import errors, run, text
from tests.representation_page import opened, settled


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"cloud": "Circles", "units_each": "3"}, "the one plane drawn"),
        ({"cloud": "Two moons", "units_each": "4"}, "three principal components"),
    ],
)
def test_a_layer_of_three_units_or_more_is_seen_in_space(query, words):
    at = opened("Warping", **query)
    at.session_state["show_space"] = True
    settled(run(at))
    assert errors(at) == []
    assert words in text(at)
    assert len(at.get("plotly_chart")) == 1


def test_two_units_need_no_space():
    at = settled(opened("Warping"))
    assert errors(at) == []
    assert not at.get("plotly_chart")
    assert "in space" not in text(at)
