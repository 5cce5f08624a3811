"""161,051 regions built, counted and looked at, piece by piece."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators.bounds import max_regions
from estimators.geometry import linear_regions
from tests.depth_page import opened, printed
from tests.pages import curve, figure, press, run, text
from tests.rational import exact_regions
from ui.depth.counted_controls import COUNTED_BAR
from ui.depth.counted_view import fraction_text
from ui.depth.counting import (
    COLUMNS,
    MOST_DRAWN,
    Window,
    count_of,
    count_regions,
    envelope,
    folds,
    in_view,
    vertices,
    window_of,
)
from ui.depth.pieces import piece_of

LECTURE = (5, 10)


def test_471_parameters_make_161051_regions():
    count, _ = count_of(LECTURE)
    assert count.network.n_parameters == 471
    assert count.n_regions == 161_051 == 11**5 == max_regions(1, [10] * 5)
    assert count.certified


@pytest.mark.parametrize("width", range(3, 11))
def test_as_many_as_theorem_5_allows_certified_in_whole_numbers(width):
    for depth in (1, 2, 3, 4):
        count = count_regions((depth, width))
        assert count.n_regions == (width + 1) ** depth
        assert count.ends.size == count.n_regions + 1
        assert count.certified


def test_a_wrong_list_of_joints_is_not_certified():
    count, _ = count_of((3, 4))
    twice = np.insert(count.ends, 5, count.ends[5])
    assert not count._replace(ends=twice, values=np.arange(twice.size) % 2).certified
    moved = count.values.copy()
    moved[7] = 0.5
    assert not count._replace(values=moved).certified


@pytest.mark.parametrize("shape", [(1, 10), (2, 3), (3, 3), (2, 7), (3, 5)])
def test_every_piece_is_the_one_of_rational_arithmetic(shape):
    count, _ = count_of(shape)
    exact = exact_regions(count.network, [(0, 1)])
    assert len(exact) == count.n_regions
    for number, region in enumerate(exact, start=1):
        piece = piece_of(count, number)
        left, right = (end for (end,) in region.vertices)
        assert piece.left == (left if number > 1 else None)
        assert piece.right == (right if number < count.n_regions else None)
        assert (piece.slope, piece.intercept) == (
            region.slopes[0][0],
            region.intercepts[0],
        )
        assert sum(piece.pattern, ()) == region.pattern


@given(st.integers(1, 161_050))
def test_neighbours_meet_in_a_joint_where_one_unit_switches(number):
    count, _ = count_of(LECTURE)
    one, other = piece_of(count, number), piece_of(count, number + 1)
    assert one.right == other.left
    height = one.slope * one.right + one.intercept
    assert height == other.slope * other.left + other.intercept == number % 2
    switched = np.array(one.pattern) != np.array(other.pattern)
    assert switched.sum() == 1
    assert (one.right * 2**20).denominator == 1


@given(st.sampled_from([(5, 9), (4, 3), (3, 6)]), st.data())
def test_a_window_is_a_stretch_of_the_layers_followed(shape, data):
    depth, width = shape
    count, _ = count_of(shape)
    zoom = data.draw(st.integers(0, depth))
    number = data.draw(st.integers(1, count.n_regions))
    window = window_of(shape, zoom, number)
    assert window.first <= number <= window.last
    assert window.n_pieces == (width + 1) ** (depth - zoom)
    assert in_view(count, window) == window.n_pieces
    x, y = vertices(count, window, max(1, window.n_pieces // 1000))
    assert_allclose(count.network(x)[:, 0], y, atol=1e-9)
    if zoom:  # followed are the layers before: they make one piece of it
        followed, _ = count_of((zoom, width))
        ends = count.ends[[window.first - 1, window.last]]
        finer = count.cells // followed.cells
        place = np.searchsorted(followed.ends * finer, ends)
        assert_array_equal(followed.ends[place] * finer, ends)


@pytest.mark.parametrize("zoom", [1, 2, 3, 4])
def test_pieces_in_view_are_those_found_in_that_part_of_the_line_alone(zoom):
    count, _ = count_of(LECTURE)
    window = window_of(LECTURE, zoom, 80_526)
    low, high = count.ends[[window.first - 1, window.last]] / count.cells
    assert linear_regions(count.network, (low, high)).n_regions == window.n_pieces


@pytest.mark.parametrize("width", [4, 7, 10])
def test_vertices_are_where_the_network_is_to_the_last_digit(width):
    count, _ = count_of((4, width))
    x, y = vertices(count, Window(1, count.n_regions))
    assert_array_equal(count.network(x)[:, 0], y)


@pytest.mark.parametrize("shape", [(4, 10), (5, 3), (4, 5)])
def test_the_band_is_the_least_and_greatest_of_every_column(shape):
    count, _ = count_of(shape)
    window = Window(1, count.n_regions)
    band = envelope(count, window)
    x, y = vertices(count, window)
    assert window.n_pieces > MOST_DRAWN and len(band.low) == COLUMNS
    for k, (left, right) in enumerate(pairwise(band.borders)):
        inside = y[(x >= left) & (x <= right)]
        heights = [*inside, *np.interp([left, right], x, y)]
        assert (band.low[k], band.high[k]) == (min(heights), max(heights))


@pytest.mark.parametrize("zoom", [0, 1, 2, 3])
def test_one_layer_more_folds_every_window_alike(zoom):
    count, _ = count_of(LECTURE)
    shapes = []
    for number in (1, 80_526, 161_051):
        x, y = folds(count, window_of(LECTURE, zoom, number), zoom)
        assert len(x) == 12 and set(y) == {0, 1}
        lengths = np.diff(x) / (x[-1] - x[0])
        shapes.append(lengths if y[0] == 0 else lengths[::-1])
    assert_allclose(shapes, np.broadcast_to(shapes[0], (3, 11)), atol=1e-9)


@pytest.mark.parametrize("name", COUNTED_BAR.presets)
def test_every_preset_opens_with_a_picture_and_nothing_to_complain_about(name):
    at = opened("Counted")
    at.selectbox(key="counted").select(name)
    run(at)
    assert not at.error and not at.warning
    preset = COUNTED_BAR.presets[name]
    assert preset.look_for in text(at) and figure(at)["series"]
    for key, value in preset.values.items():
        assert at.session_state[key] == value


def test_the_count_its_time_and_the_program_are_on_the_page():
    at = opened("Counted")
    assert "471 parameters, 50 hidden units, 161,051 regions** = 11⁵" in text(at)
    assert "**161,051** in view, **161,051** in total, **161,051** at most" in text(at)
    assert "161,501: two digits are swapped" in text(at) and " s** " in text(at)
    assert printed(at)[-1] == (471, 161_051, 161_051)
    assert "just now" in text(press(at, "Count again"))
    assert "just now" not in text(run(at))


def test_one_can_zoom_down_to_any_piece():
    at = opened("Counted", counted_zoom="4", counted_piece="12345")
    window = window_of(LECTURE, 4, 12_345)
    x, y = curve(at, "Network: every piece")
    assert len(x) == 12 and set(y) == {0, 1}
    count, _ = count_of(LECTURE)
    assert_array_equal(x, count.ends[window.first - 1 : window.last + 1])
    assert "**11** in view" in text(at)
    piece = piece_of(count, 12_345)
    assert f"from x = **{fraction_text(piece.left)}**" in text(at)
    assert at.dataframe[0].value["which"].tolist() == [
        ", ".join(str(d) for d in range(1, 11) if layer[d - 1]) or "none"
        for layer in piece.pattern
    ]
    at.slider(key="counted_window_5_10_4").set_value(1)
    run(at)
    assert at.session_state["counted_piece"] == 6
    press(at, "The middle")
    assert at.session_state["counted_piece"] == 80_526
    press(at, "Show all")
    assert at.session_state["counted_zoom"] == 0
    press(at, "Zoom to this piece")
    assert "**11** in view" in text(at)


def test_a_number_beyond_the_last_piece_is_explained():
    at = opened("Counted", counted_depth="2", counted_width="4", counted_zoom="5")
    assert "This network has 25 pieces: shown is the last" in text(at)
    assert "**Piece 25** of 25" in text(at) and "to **∞**" in text(at)
    assert not at.error and not at.warning


def test_the_reader_can_be_asked_before_the_count():
    at = opened("Counted", ask="true")
    assert "161,051 regions" not in text(at) and "of 161,051" not in text(at)
    assert not any("161,051" in box.value for box in at.selectbox)
    assert not at.get("echarts_chart")
