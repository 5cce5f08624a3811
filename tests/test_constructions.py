"""The interpolant, and the lectures' numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators.constructions import LECTURES, interpolant, lecture
from tests.rational import count_pieces, exact_regions

eighths = st.integers(-80, 80).map(lambda k: k / 8)
gaps = st.sampled_from([0.25, 0.5, 1.0, 2.0])


@given(eighths, st.lists(st.tuples(gaps, eighths), min_size=1, max_size=12), eighths)
def test_dyadic_points_are_met_exactly(start, steps, first):
    x = np.cumsum([start, *(gap for gap, _ in steps)])
    y = np.array([first, *(value for _, value in steps)])
    network = interpolant(x, y)
    assert_array_equal(network(x)[:, 0], y)
    assert_array_equal(network((x[1:] + x[:-1]) / 2)[:, 0], (y[1:] + y[:-1]) / 2)
    assert network.widths == (len(steps),)
    beyond = y[-1] + (y[-1] - y[-2]) / (x[-1] - x[-2])
    assert_array_equal(network([x[0] - 1, x[-1] + 1])[:, 0], [y[0], beyond])


reals = st.floats(-1e3, 1e3)


@given(
    st.lists(reals, min_size=2, max_size=20, unique_by=lambda v: round(v, 2)),
    st.data(),
)
def test_any_points_are_met_to_rounding(x, data):
    y = np.array(data.draw(st.lists(reals, min_size=len(x), max_size=len(x))))
    x = np.array(x)
    network = interpolant(x, y)
    grid = np.concatenate([x, np.linspace(x.min(), x.max(), 50)])
    order = np.argsort(x)
    # What the sum of this many terms of this size may lose.
    size = np.abs(y[order[0]]) + (
        np.maximum(grid[:, np.newaxis] - np.sort(x)[:-1], 0)
        @ np.abs(network.weights[1][0])
    )
    error = np.abs(network(grid)[:, 0] - np.interp(grid, x[order], y[order]))
    assert (error <= 1e-13 * size).all()


def test_order_does_not_matter_and_outputs_share_joints():
    x, y = np.array([2.0, -1, 0.5, 4]), np.arange(12.0).reshape(4, 3) ** 2
    network = interpolant(x, y)
    assert network == interpolant(x[::-1], y[::-1])
    assert network.n_outputs == 3
    assert_allclose(network(x), y, rtol=1e-14)
    joints = -network.biases[0] / network.weights[0][:, 0]
    assert_array_equal(joints, [-1, 0.5, 2])


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([0], [1], "at least two points"),
        ([[0, 1]], [1, 2], r"x must have shape \(n_points,\)"),
        ([0, 1], [1, 2, 3], r"y must have shape \(2,\) or \(2, n_outputs\)"),
        ([0, 1], 3, "y must have shape"),
        ([0, 1], np.zeros((2, 0)), "y must have shape"),
        ([0, 1], np.zeros((2, 1, 1)), "y must have shape"),
        ([0, 1, 0], [1, 2, 1], "x must be distinct, but 0 comes more than once"),
        ([0, np.nan], [1, 2], "x contains NaN"),
        ([0, 1], [1, np.inf], "y contains NaN or infinity"),
        ([0, "a"], [1, 2], "x must hold real numbers"),
        ([0, 1], [[1], [2, 3]], "y must hold real numbers"),
        ([0, 5e-324], [0, 1], "beyond the range"),
        ([0, 1, 2], [0, 1.7e308, -1.7e308], "beyond the range"),
    ],
)
def test_interpolant_refuses(x, y, message):
    with pytest.raises(ValueError, match=message):
        interpolant(x, y)


def test_ten_parameters():
    network = lecture("ten_parameters")
    joints = [0.5, 1, 11 / 7]
    assert_allclose(-network.biases[0] / network.weights[0][:, 0], joints)
    assert_allclose(
        network([0, *joints, 2])[:, 0], [0.496, 0.265, -0.226, -0.1186, 0.16], atol=5e-5
    )
    regions = exact_regions(network, [(0, 2)])
    active = [set(np.flatnonzero(region.pattern) + 1) for region in regions]
    assert active == [{3}, {1, 3}, {1, 2, 3}, {1, 2}]
    slopes = [float(region.slopes[0][0]) for region in regions]
    assert_allclose(slopes, [-0.462, -0.982, 0.188, 0.650])


def test_one_input_two_outputs():
    network = lecture("one_input_two_outputs")
    assert network.widths == (4,)
    joints = [0.356, 1.095, 1.487, 1.779]
    assert_allclose(-network.biases[0] / network.weights[0][:, 0], joints)
    values = [
        [0.147, 0.146, -0.274, -0.034, 0.329, 0.41],
        [-0.438, -0.438, 0.36, 0.168, -0.417, -0.16],
    ]
    assert_allclose(network([0, *joints, 2]).T, values, atol=0.01)


def test_two_inputs():
    network = lecture("two_inputs")
    regions = exact_regions(network, [(-1, 1), (-1, 1)])
    patterns = {"".join(str(int(on)) for on in region.pattern) for region in regions}
    assert len(regions) == 7
    assert patterns == {"000", "001", "011", "100", "101", "110", "111"}
    flat = next(region for region in regions if not any(region.pattern))
    assert flat.slopes == ((0, 0),)
    corners = [(0.26, -0.66), (-8 / 15, 2 / 15), (0.377, 0.393)]
    z = network.pre_activations(np.array(corners))[0]
    assert_allclose(np.sort(np.abs(z), axis=1)[:, :2], 0, atol=1e-3)


HANDLES = {
    "composition_first": ([-1, 0, 0.6, 1], [-1, 1, -1, 1]),
    "composition_second": ([-1, -0.2, 0.3, 1], [0.6, -0.8, 0.3, -0.2]),
    "fold": ([0, 1 / 6, 1 / 3, 2 / 3, 1], [0, 1, 0, 1, 0]),
}


@pytest.mark.parametrize("name", HANDLES)
def test_through_the_handles(name):
    x, y = HANDLES[name]
    network = lecture(name)
    between = np.linspace(x[0], x[-1], 101)
    assert network.n_parameters == 10
    assert_allclose(network(between)[:, 0], np.interp(between, x, y), atol=1e-14)


def test_composed():
    network = lecture("composed")
    first, second = lecture("composition_first"), lecture("composition_second")
    x = np.linspace(-1, 1, 201)
    assert_allclose(network(x), second(first(x)), atol=1e-14)
    assert np.linalg.matrix_rank(network.weights[1]) == 1
    regions = exact_regions(network, [(-1, 1)])
    assert len(regions) == count_pieces(regions) == 9


def test_three_units_composed_with_themselves_fold_fourfold_each_time():
    fold = lecture("fold")
    network = fold
    for regions in (4, 16, 64, 256):
        assert len(exact_regions(network, [(-2, 3)])) == regions
        network = fold @ network


def test_clip_and_recombine():
    network = lecture("clip_and_recombine")
    assert network.widths == (3, 3)
    inside = -network.biases[0] / network.weights[0][:, 0]
    assert_allclose(inside[(inside > 0) & (inside < 2)], [1, 1.6])
    lines = [
        [-0.75, 0.8, -0.8, 0.8],
        [-0.18, 0.5, -0.2, 0.8],
        [0.48, -0.25, 0.93, -0.2],
    ]
    assert_allclose(network.pre_activations([0, 1, 1.6, 2])[1].T, lines, atol=1e-14)
    expected = np.array([-1, 1.6, 0.7]) @ np.maximum(lines, 0) - 0.36
    assert_allclose(network([0, 1, 1.6, 2])[:, 0], expected, atol=1e-14)


def test_all_lectures_have_a_network_and_other_names_have_none():
    assert {*HANDLES, "two_inputs", "composed"} < set(LECTURES)
    for name in LECTURES:
        assert lecture(name) == lecture(name)
    for name in ("zigzag", None, ["fold"]):
        with pytest.raises(ValueError, match=r"must be one of ten_parameters, .* got"):
            lecture(name)
