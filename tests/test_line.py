"""Linear regions on a line, against the lecture, closed forms and exact arithmetic."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators import ReLUNetwork
from estimators.constructions import lecture, maximal_network
from estimators.geometry.crossings import SAME_POINT
from estimators.geometry.line import line_regions
from tests.degenerate import (
    DEGENERATE,
    he_network,
    scaled,
    small_networks,
    with_inputs_scaled,
)
from tests.networks import seeds, ten_parameter_network
from tests.rational import count_pieces, exact_regions

UNIT = np.array([[-1.0, 1.0]])
WHOLE = np.array([[-np.inf, np.inf]])
MANY = 10**6
boxes = st.sampled_from([(-1.0, 1.0), (0.0, 3.0), (-1000.0, 1000.0), (2.0, 2.125)])


def thick_patterns(patterns, lengths, shortest):
    """Patterns from left to right, without those of the shortest regions."""
    long = [tuple(map(bool, p)) for p, d in zip(patterns, lengths) if d > shortest]
    return [pattern for pattern, _ in groupby(long)]


def assert_exact(network, box):
    exact = exact_regions(network, box)
    found = line_regions(network, np.array(box), MANY)
    shortest = 4 * SAME_POINT * (box[0][1] - box[0][0])
    sizes = [float(region.size) for region in exact]
    patterns = [region.pattern for region in exact]
    assert thick_patterns(found.patterns, found.lengths, shortest) == thick_patterns(
        patterns, sizes, shortest
    )
    if min(sizes) < shortest:
        return
    ends = [float(region.vertices[1][0]) for region in exact[:-1]]
    assert_allclose(found.breakpoints, ends, rtol=0, atol=shortest)
    assert_array_equal(found.patterns, patterns)
    assert found.n_pieces == count_pieces(exact)
    slopes = np.array([region.slopes for region in exact], dtype=np.float64)
    rounding = 1e-12 * (1 + np.abs(slopes).max())
    assert_allclose(found.slopes, slopes, rtol=1e-9, atol=rounding)
    intercepts = np.array([region.intercepts for region in exact], dtype=np.float64)
    rounding = 1e-12 * (1 + np.abs(intercepts).max())
    assert_allclose(found.intercepts, intercepts, rtol=1e-9, atol=rounding)


def test_lecture_example():
    regions = line_regions(ten_parameter_network(), np.array([[0.0, 2.0]]), MANY)
    assert_allclose(regions.breakpoints, [0.5, 1, 11 / 7], rtol=1e-14)
    active = [set(np.flatnonzero(row) + 1) for row in regions.patterns]
    assert active == [{3}, {1, 3}, {1, 2, 3}, {1, 2}]
    assert_allclose(regions.slopes[:, 0, 0], [-0.462, -0.982, 0.188, 0.650])
    left = regions.slopes[:, 0, 0] * regions.edges[:-1] + regions.intercepts[:, 0]
    assert_allclose(left, [0.496, 0.265, -0.226, -0.1186], atol=1e-4)
    assert regions.n_regions == regions.n_pieces == 4


@pytest.mark.parametrize("box", [WHOLE, np.array([[0.0, 1.0]])])
def test_the_fold_composed_with_itself(box):
    fold = network = lecture("fold")
    for power in range(1, 6):
        regions = line_regions(network, box, MANY)
        assert regions.n_regions == regions.n_pieces == 4**power
        network = fold @ network


@given(seeds)
def test_generic_units_cut_the_line_once_each(seed):
    regions = line_regions(he_network(seed, [1, 50, 1]), WHOLE, MANY)
    assert regions.n_regions == regions.n_pieces == 51


def test_the_largest_number_of_regions_is_counted():
    regions = line_regions(maximal_network([10] * 5), np.array([[0.0, 1.0]]), MANY)
    assert regions.n_regions == 11**5 == 161_051
    assert (np.diff(regions.breakpoints) > 0).all()
    changes = regions.patterns[1:] != regions.patterns[:-1]
    assert (changes.sum(axis=1) == 1).all()


@given(small_networks(1, max_depth=4, n_outputs=2), boxes)
def test_agrees_with_exact_arithmetic(network, box):
    assert_exact(network, [box])


@pytest.mark.parametrize("sizes", [[1, 40, 40, 1], [1, *[10] * 8, 1]])
def test_agrees_with_exact_arithmetic_on_larger_networks(sizes):
    for seed in range(3):
        assert_exact(he_network(seed, sizes), [(-10.0, 10.0)])


@pytest.mark.parametrize("name", DEGENERATE)
def test_lines_through_networks_in_special_position(name):
    network, box = DEGENERATE[name]
    middle, half = box.mean(axis=1), np.diff(box, axis=1)[:, 0] / 2
    lines = [([0, 0], [1, 1]), ([0, 0], [1, 0.5]), ([0.25, 0], [0, 1])]
    lines += [([0, -0.5], [1, 0]), ([0, -1], [1, 0]), ([-1, 0], [0.5, -1])]
    for point, direction in lines:
        start, step = middle + half * point, half * direction
        line = ReLUNetwork([step[:, np.newaxis]], [start])
        assert_exact(network @ line, [(-1.0, 1.0)])


def test_joints_of_a_far_short_box_are_as_good_as_its_numbers():
    # Zeros at 1e8 + 1/3 up to rounding: numbers there are 1.5e-8 apart.
    slopes = np.random.default_rng(0).normal(size=50)
    biases = -slopes * (1e8 + 1 / 3)
    network = ReLUNetwork([slopes[:, np.newaxis], [slopes]], [biases, [0]])
    regions = line_regions(network, np.array([[1e8, 1e8 + 1]]), MANY)
    assert_allclose(regions.breakpoints - 1e8, [1 / 3], atol=3e-8)


def test_units_merged_at_a_joint_are_zero_there():
    # Layer 2 sees a unit that is off from 0.25 + 5e-13, a joint merged with 0.25, on.
    network = ReLUNetwork(
        [[[1], [-1]], [[0, 1]], [[1]]], [[-0.25, 0.25 + 5e-13], [0], [0]]
    )
    regions = line_regions(network, UNIT, MANY)
    assert regions.patterns.tolist() == [[False, True, True], [True, False, False]]


def test_a_zero_is_known_by_the_rounding_of_all_layers_before():
    # Layer 3 sees 1024 x − (1024 − 1/1024) x − x/1024 = 0, exactly; but between joints
    # at thirds and sevenths the first two are rounded a thousand times more coarsely.
    first = [[1024], [1024 - 1 / 1024], [1], [3], [7], [11], [13]]
    second = [[1, -1, 0, 0, 0, 0, 0], [0, 0, 1 / 1024, 0, 0, 0, 0]]
    network = ReLUNetwork(
        [first, second, [[1, -1], [-1, 1]], [[1, 1]]],
        [[0, 0, 0, -1, -2, -3, -4], [0, 0], [0, 0], [0]],
    )
    assert_exact(network, [(0.0, 1.0)])


@given(small_networks(1, max_depth=3))
def test_the_whole_line_is_a_long_one(network):
    whole = line_regions(network, WHOLE, MANY)
    breakpoints = whole.breakpoints
    assert (np.diff(breakpoints) > 0).all()
    reach = 2.0 ** np.ceil(np.log2(2 + np.abs(breakpoints).max(initial=0)))
    exact = exact_regions(network, [(-reach, reach)])
    sizes = [float(region.size) for region in exact]
    if min(sizes) < 1e-9 * max(1, reach):
        return
    assert_array_equal(whole.patterns, [region.pattern for region in exact])
    assert whole.n_pieces == count_pieces(exact)
    assert_allclose(
        breakpoints, [float(r.vertices[1][0]) for r in exact[:-1]], rtol=1e-9, atol=1e-9
    )


@given(small_networks(1, max_depth=3), st.integers(-8, 8))
def test_half_a_line_is_part_of_the_whole(network, start):
    start += 1 / np.pi
    whole = line_regions(network, WHOLE, MANY)
    skipped = np.searchsorted(whole.breakpoints, start)
    right = line_regions(network, np.array([[start, np.inf]]), MANY)
    left = line_regions(network, np.array([[-np.inf, start]]), MANY)
    assert_array_equal(right.patterns, whole.patterns[skipped:])
    assert_array_equal(left.patterns, whole.patterns[: skipped + 1])
    assert_allclose(right.breakpoints, whole.breakpoints[skipped:], atol=1e-12)
    assert_allclose(left.breakpoints, whole.breakpoints[:skipped], atol=1e-12)


@given(seeds, st.sampled_from([1e-8, 1e8]), st.sampled_from([UNIT, WHOLE]))
def test_symmetries(seed, factor, box):
    network = he_network(seed, [1, 8, 6, 1])
    regions = line_regions(network, box, MANY)
    (A, B, C), (a, b, c) = network.weights, network.biases
    rng = np.random.default_rng(seed)
    order = rng.permutation(8)
    permuted = ReLUNetwork([A[order], B[:, order], C], [a[order], b, c])
    twice = np.repeat(np.arange(8), 2)
    doubled = ReLUNetwork([A[twice], B[:, twice] / 2, C], [a[twice], b, c])
    rescaled = scaled(network, 10.0 ** rng.uniform(-8, 8, 8))
    for other in (permuted, doubled, rescaled):
        same = line_regions(other, box, MANY)
        assert_allclose(same.breakpoints, regions.breakpoints, rtol=1e-9, atol=1e-9)
        assert_allclose(same.slopes, regions.slopes, atol=1e-9)
        assert same.n_pieces == regions.n_pieces
    zoomed = line_regions(with_inputs_scaled(network, factor), factor * box, MANY)
    assert_array_equal(zoomed.patterns, regions.patterns)
    assert_allclose(
        zoomed.breakpoints, factor * regions.breakpoints, rtol=1e-9, atol=1e-9 * factor
    )


@pytest.mark.parametrize("box", [UNIT, WHOLE, np.array([[0.0, np.inf]])])
def test_inputs_are_located_where_their_pattern_is(box):
    network = he_network(0, [1, 32, 32, 32, 2])
    regions = line_regions(network, box, MANY)
    x = 3 * np.random.default_rng(0).standard_cauchy(100_000)
    where = regions.locate(x)
    inside = (x >= box[0, 0]) & (x <= box[0, 1])
    assert_array_equal(where >= 0, inside)
    x, where = x[inside], where[inside]
    assert_array_equal(regions.patterns[where], network.activation_pattern(x))
    y = regions.slopes[where, :, 0] * x[:, np.newaxis] + regions.intercepts[where]
    assert_allclose(y, network(x), rtol=1e-9, atol=1e-9)
    vertices, offsets = regions.corners()
    assert (vertices[offsets[where], 0] <= x).all()
    assert (x <= vertices[offsets[where] + 1, 0]).all()


def test_ends_and_neighbours():
    regions = line_regions(
        ReLUNetwork([[[1], [-2]], [[1, 1]]], [[-1, 6], [0]]), WHOLE, 9
    )
    vertices, offsets = regions.corners()
    assert vertices[:, 0].tolist() == [-np.inf, 1, 1, 3, 3, np.inf]
    assert offsets.tolist() == [0, 2, 4, 6]
    assert regions.lengths.tolist() == [np.inf, 2, np.inf]
    assert [pair.tolist() for pair in regions.neighbours()] == [[0, 1], [1, 2]]
    assert regions.locate([0, 1, 2, 3, 4]).tolist() == [0, 0, 1, 1, 2]


@pytest.mark.parametrize("box", [UNIT, WHOLE, np.array([[-np.inf, 0.0]])])
@pytest.mark.parametrize(
    "network",
    [
        ReLUNetwork([[[2], [3]]], [[1, 0]]),
        ReLUNetwork([[[0], [0]], [[1, 1]]], [[1, -1], [0]]),
        ReLUNetwork([[[0]], [[1]], [[1]]], [[0], [0], [0]]),
    ],
)
def test_what_never_bends_is_one_region(network, box):
    regions = line_regions(network, box, 1)
    assert regions.n_regions == regions.n_pieces == 1
    slopes, intercepts = network.local_linear_model([-0.5])
    assert_array_equal(regions.slopes, slopes)
    assert_array_equal(regions.intercepts, intercepts)
    assert_array_equal(regions.patterns, network.activation_pattern([-0.5]))


def test_single_precision_is_taken_at_its_word():
    network = he_network(3, [1, 9, 9, 1], dtype=np.float32)
    regions = line_regions(network, UNIT, MANY)
    same = line_regions(network.astype(np.float64), UNIT, MANY)
    assert regions.network.dtype == np.float64
    assert_array_equal(regions.breakpoints, same.breakpoints)


def test_too_many_regions_are_refused_but_not_many_crossings_of_few_points():
    network = maximal_network([10] * 4)
    box = np.array([[0.0, 1.0]])
    assert line_regions(network, box, 11**4).n_regions == 11**4
    with pytest.raises(ValueError, match=r"max_regions=14,640 .*about 1e\+04"):
        line_regions(network, box, 11**4 - 1)
    with pytest.raises(ValueError, match="max_regions=1,000 "):
        line_regions(network, box, 1000)
    copies = ReLUNetwork([np.ones((99, 1)), np.ones((1, 99))], [np.zeros(99), [0]])
    assert line_regions(copies, UNIT, 2).n_regions == 2


@pytest.mark.parametrize("box", [(-1, 1), (-np.inf, np.inf)])
def test_refuses_numbers_that_overflow(box):
    network = ReLUNetwork([[[1e200]], [[1e200]], [[1]]], [[1], [0], [0]])
    with pytest.raises(ValueError, match="overflow"):
        line_regions(network, np.array([box]), MANY)
