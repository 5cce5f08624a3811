"""What the Universal approximation page is made of, piece by piece."""

import numpy as np
import pytest

from estimators import ReLUNetwork
from estimators.bounds import zaslavsky
from ui.approximation.building import Frame
from ui.figures.approximation import (
    Law,
    aligned,
    law_alt,
    law_chart,
    leftover_chart,
    network_alt,
    network_chart,
)
from ui.figures.maps import map_chart
from ui.instruments.built_up import built_up_instrument, released_units
from ui.square_counts import counted_on_square

X = np.linspace(0, 1, 50)
LINE = (np.array([0.0, 0.5, 1.0]), np.array([0.0, 1.0, 0.0]))


# -- charts -------------------------------------------------------------------------


def test_joints_are_drawn_as_long_as_they_can_be_told_apart():
    target = (X, np.sin(X))
    *_, dots = network_chart(target, LINE)["series"]
    assert dots["data"] == [[0.5, 1.0]]
    many = np.linspace(0, 1, 500)
    *_, dots = network_chart(target, (many, many))["series"]
    assert dots["data"] == []
    assert "498 joints" in network_alt((many, many), 1, 1)
    assert "1 joint at x = 0.5." in network_alt(LINE, 1, 1)


def test_two_charts_in_line():
    upper = network_chart((X, X), LINE)
    lower = leftover_chart((X, 1e-5 * X), (1.0, 1e-5))
    lefts = [chart["grid"]["left"] for chart in aligned(upper, lower)]
    assert lefts[0] == lefts[1] == max(upper["grid"]["left"], lower["grid"]["left"])


def test_what_has_no_logarithm_and_what_is_rounding_is_not_drawn():
    laws = [Law("a", [1, 2, 3], [1.0, 1e-16, 0.0], "fit"), Law("b", [], [], "train")]
    chart = law_chart(laws, "Error", widest=3, shown=2)
    assert [row[0] for row in chart["series"][0]["data"]] == [1.0, 2.0]
    assert chart["yAxis"]["min"] == pytest.approx(1e-8)
    assert "a: 1 at D = 1, 0 at D = 3" in law_alt(laws, "Error")
    assert law_chart([], "Error", widest=3)["series"] == []


def test_every_cell_of_a_map_is_where_it_belongs():
    values = np.arange(6.0).reshape(2, 3)
    chart = map_chart(np.arange(3), np.arange(2), values, limits=(0, 5), signed=False)
    cells = {(i, j): v for i, j, v in chart["series"][0]["data"]}
    assert cells == {(i, j): values[j, i] for i in range(3) for j in range(2)}


# -- two inputs ---------------------------------------------------------------------


def test_the_regions_of_the_lectures_two_input_network():
    network = ReLUNetwork(
        [[[0.5, 0.5], [0.9, -0.1], [0.2, -0.7]], [[-1, 1.8, -0.5]]],
        [[0.2, -0.3, 0.2], [0.4]],
    )
    assert counted_on_square(network, -1, 1) == (7, 7, 7)
    assert counted_on_square(network, -0.01, 0.01) == (1, 7, 7)


@pytest.mark.parametrize("seed", range(3))
def test_creases_in_general_position_reach_zaslavskys_number(seed):
    rng = np.random.default_rng(seed)
    layers = [rng.normal(size=(6, 2)), rng.normal(size=(1, 6))]
    network = ReLUNetwork(layers, [rng.normal(size=6), [0.0]])
    in_view, in_total, maximum = counted_on_square(network, -1, 1)
    assert in_view <= in_total == maximum == zaslavsky(2, 6)


# -- what a browser sends -----------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ({"units": 7}, 7),
        ({"units": True}, None),
        ({"units": 0}, None),
        ({"units": 101}, None),
        ({"units": 2.0}, None),
        ({"units": "7"}, None),
        ({}, None),
        ([7], None),
        (None, None),
    ],
)
def test_only_numbers_of_units_are_read(sent, read):
    assert released_units(sent) == read


@pytest.mark.parametrize(
    ("target", "frames", "says"),
    [
        ((X, X), [], "1 to 100 frames"),
        ((X, X), [Frame(1, *LINE, 1.0, 1.0, 0.0)] * 101, "1 to 100 frames"),
        ((np.zeros(2001),) * 2, [Frame(1, *LINE, 1.0, 1.0, 0.0)], "2000 points"),
        ((X, X * np.nan), [Frame(1, *LINE, 1, 1, 0)], "finite"),
    ],
)
def test_the_instrument_refuses_what_it_cannot_show(target, frames, says):
    with pytest.raises(ValueError, match=says):
        built_up_instrument(
            target, frames, [], 1, key="test", subject="test", playable=40
        )
