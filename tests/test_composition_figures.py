"""The charts of the Composition page: what is sent is what is so."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ui.composition.dividing import BOX, FIRSTS, SECONDS, divide
from ui.composition.pairs import PAIRS
from ui.figures.composition import (
    Line,
    errors_chart,
    lines_alt,
    lines_chart,
    matrix_alt,
    matrix_chart,
)
from ui.figures.divided import polygons_chart
from ui.regression.readings import exact_line

NINE = PAIRS["nine"]


def line(name="y", joints=(0.2, 0.6)):
    x = np.array([0.0, *joints, 1.0])
    return Line(name, (x, x**2), "#0072B2")


def test_joints_are_dots_and_ends_are_none():
    (series,) = lines_chart([line()])["series"]
    first, *between, last = series["data"]
    assert first["symbolSize"] == last["symbolSize"] == 0
    assert_allclose(between, [[0.2, 0.04], [0.6, 0.36]])


def test_of_very_many_joints_there_are_no_dots():
    (series,) = lines_chart([line(joints=np.linspace(0.1, 0.9, 500))])["series"]
    assert not series["showSymbol"] and len(series["data"]) == 502


def test_shared_joints_are_upright_lines():
    chart = lines_chart([line(), line("other")], joints=[0.2, 0.6])
    marks = chart["series"][0]["markLine"]["data"]
    assert [mark["xAxis"] for mark in marks] == [0.2, 0.6]
    assert "markLine" not in chart["series"][1]


def test_heights_given_are_those_of_the_axis():
    axis = lines_chart([line()], heights=(-10, 10))["yAxis"]
    assert axis["min"] < -10 and axis["max"] > 10


def test_the_words_have_the_joints():
    said = lines_alt([Line("y′", exact_line(NINE.composed, -1, 1), "#0072B2")])
    assert said.startswith("y′: 8 joints at -0.6, -0.35, 0, ")
    assert "1 joint at 0.5," in lines_alt([line(joints=[0.5])])


def test_a_matrix_has_its_numbers_where_they_are():
    matrix = np.array([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]])
    chart = matrix_chart(matrix, "h′", "h")
    for cell in chart["series"][0]["data"]:
        column, row, value = cell["value"]
        assert value == matrix[row, column]
    assert chart["xAxis"]["data"] == ["h₁", "h₂", "h₃"]
    assert (chart["visualMap"]["min"], chart["visualMap"]["max"]) == (-3, 3)
    assert "row 2: 3, 0, -1" in matrix_alt("Ω₁", matrix)
    assert matrix_chart(np.zeros((1, 1)), "h′", "h")["visualMap"]["max"] > 0


def test_errors_of_zero_have_no_logarithm():
    chart = errors_chart([0, 1, 2], [("A", [1.0, 0.1, 0.0], "train")])
    assert chart["series"][0]["data"] == [[0, 1], [1, 0.1]]


@pytest.mark.parametrize("first", FIRSTS)
def test_polygons_are_closed_paths_from_their_leftmost_corner(first):
    division = divide(FIRSTS[first], SECONDS["three"])
    chart = polygons_chart(division.polygons, division.creases, np.array(BOX))
    *areas, creases, numbers = chart["series"]
    assert len(numbers["data"]) == division.before
    assert len(areas) == division.in_view
    for series, polygon in zip(areas, division.polygons):
        path = np.array(series["data"])
        assert_allclose(path[0], path[-1])
        assert path[0, 0] == path[:, 0].min()
        assert len(path) == len(polygon.vertices) + 1
    assert creases["data"].count(None) == len(division.creases)
