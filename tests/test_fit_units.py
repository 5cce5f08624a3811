"""What hidden units do on the training data, and how their joints move."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estimators import ReLUNetwork
from estimators.analysis import unit_status
from estimators.constructions import lecture
from ui.regression import units
from ui.regression.units import dead_sentence, joint_tracks, unit_table

X = np.array([0.0, 0.5, 2.0])
STATUS = "On the training data"
NUMBERS = st.integers(-20, 20).map(lambda n: n / 4)


def network(*triples):
    """Hidden units by θ_d0, θ_d1 and φ_d."""
    bias, slope, weight = map(list, zip(*triples, strict=True))
    return ReLUNetwork([np.transpose([slope]), [weight]], [bias, [0.0]])


def test_the_ten_parameters_of_the_lecture():
    table = unit_table(lecture("ten_parameters"), np.linspace(0, 2, 12))
    np.testing.assert_allclose(
        table["Joint at x"].astype(float), [0.5, 0.9 / 0.9, 1.1 / 0.7]
    )
    np.testing.assert_allclose(table["θ_d0"], [-0.2, -0.9, 1.1])
    np.testing.assert_allclose(table["θ_d1"], [0.4, 0.9, -0.7])
    np.testing.assert_allclose(table["φ_d"], [-1.3, 1.3, 0.66])
    assert set(table[STATUS]) == {units.BENDS}


@pytest.mark.parametrize(
    ("bias", "slope", "status"),
    [
        (-1, 1, units.BENDS),
        (1, -1, units.BENDS),
        (3, 1, units.ALWAYS_ON),
        (3, -1, units.ALWAYS_ON),
        (-3, 1, units.DEAD),
        (-1, -1, units.DEAD),
        (1, 0, units.ALWAYS_ON),
        (-1, 0, units.DEAD),
        (0, 0, units.DEAD),
        (0, 1, units.ALWAYS_ON),  # bends at the very first row
        (0, -1, units.DEAD),
        (-2, 1, units.DEAD),  # bends at the very last row
    ],
)
def test_every_way_to_be(bias, slope, status):
    table = unit_table(network((bias, slope, 1)), X)
    assert table[STATUS].tolist() == [status]
    assert (table["Joint at x"].tolist() == ["none"]) is (slope == 0)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=6))
def test_the_status_is_what_all_rows_and_the_exact_geometry_say(triples):
    net = network(*triples)
    table = unit_table(net, X)
    on = net.activation_pattern(X[:, None])
    exact = unit_status(net, (X.min(), X.max()))
    for d, status in enumerate(table[STATUS]):
        assert (status == units.DEAD) == (not on[:, d].any())
        assert (status == units.DEAD) == ((0, d) in exact.dead)
        assert (status == units.ALWAYS_ON) == ((0, d) in exact.always_on)


def test_a_dead_unit_has_no_gradient():
    """Moving any number of a dead unit a little moves no output on the data."""
    before = network((-3, 1, 2), (-1, 1, 1))
    after = network((-3 + 1e-3, 1 - 1e-3, 7), (-1, 1, 1))
    np.testing.assert_array_equal(before(X[:, None]), after(X[:, None]))
    assert "Unit 1 is off" in dead_sentence(before, X)


def test_the_sentence_names_the_dead_and_says_nothing_without_any():
    assert dead_sentence(network((-1, 1, 1)), X) == ""
    two = dead_sentence(network((-3, 1, 1), (-1, 1, 1), (-9, 1, 1)), X)
    assert "**2 dead**: Units 1, 3 are off" in two and "bring them back" in two
    many = dead_sentence(network(*[(-9, 1, 1)] * 100), X)
    assert "**100 dead**" in many and "and more" in many


def frame(iteration, *triples):
    return SimpleNamespace(iteration=iteration, network=network(*triples))


def test_tracks_are_where_the_units_are_zero():
    frames = [
        frame(0, (-1, 1, 1), (1, -1, 1)),
        frame(1, (-2, 4, 1), (1, 0, 1)),
        frame(5, (-3, 1, 1), (1, 1, 1)),
    ]
    tracks = joint_tracks(frames, X)
    assert tracks.iterations.tolist() == [0, 1, 5]
    np.testing.assert_array_equal(tracks.joints, [[1, 1], [0.5, np.nan], [3, -1]])
    np.testing.assert_array_equal(tracks.facing, [[1, -1], [1, 0], [1, 1]])
    np.testing.assert_array_equal(
        tracks.dead, [[False, False], [False, False], [True, False]]
    )
