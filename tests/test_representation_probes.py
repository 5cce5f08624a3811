"""Which layers a straight cut separates, and what two hidden units never can."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import ConvexHull

from estimators import DeepReLUClassifier, ReLUNetwork
from estimators.representation import (
    enclosing_triangle,
    layer_probes,
    linear_probe,
    two_units_never_separate,
)
from tests.networks import seeds

SQUARE = np.array([[-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]])


def ring(n, radius, start=0.0):
    angle = start + 2 * np.pi * np.arange(n) / n
    return radius * np.column_stack([np.cos(angle), np.sin(angle)])


@given(seeds, st.integers(1, 5))
def test_a_probe_separates_what_a_hyperplane_separates(seed, width):
    random = np.random.default_rng(seed)
    normal = random.normal(size=width)
    H = random.normal(size=(60, width)) * 10.0 ** random.integers(-6, 7, size=width)
    side = (H - H.mean(axis=0)) / H.std(axis=0) @ normal / np.linalg.norm(normal)
    far = np.abs(side) > 0.2
    labels = np.where(side > 0, "right", "left")[far]
    if len(set(labels)) == 2:
        assert linear_probe(H[far], labels).accuracy == 1


def test_no_line_separates_xor_and_one_layer_of_two_units_does():
    labels = [0, 0, 1, 1]
    # Exactly: how far x1 - x2 is from zero, on either side.
    network = ReLUNetwork([[[1, -1], [-1, 1]], [[1, 1]]], [[0, 0], [-1]])
    at_input, hidden, outputs = layer_probes(network, SQUARE, labels)
    assert at_input.accuracy < 1
    assert hidden.accuracy == 1
    assert outputs.accuracy == 1


def test_probes_are_the_same_every_time():
    random = np.random.RandomState(0)
    H, labels = random.standard_normal((100, 4)), random.randint(0, 3, 100)
    first, second = (linear_probe(H, labels).model[-1].coef_ for _ in range(2))
    assert (first == second).all()


def test_a_dead_layer_leaves_the_most_frequent_class():
    assert linear_probe(np.zeros((10, 3)), [0] * 7 + [1] * 3).accuracy == 0.7


@pytest.mark.parametrize(
    ("H", "labels", "words"),
    [
        ([[0.0], [1.0]], [1, 1], "two classes"),
        ([[0.0], [np.nan]], [0, 1], "NaN"),
        ([[0.0], [1.0]], [0, 1, 1], "inconsistent numbers"),
    ],
)
def test_what_cannot_be_probed_is_refused_in_words(H, labels, words):
    with pytest.raises(ValueError, match=words):
        linear_probe(H, labels)


def test_two_units_never_cut_out_a_ring_and_three_do():
    inside, outside = ring(20, 1), ring(20, 4)
    assert two_units_never_separate(inside, outside)
    assert two_units_never_separate(outside, inside)
    network = enclosing_triangle(inside, outside)
    assert network.widths == (3,)
    assert (network(inside) > 0).all()
    assert (network(outside) < 0).all()
    assert enclosing_triangle(outside, inside) is None


def test_a_gap_in_the_ring_is_a_way_out():
    inside, outside = ring(20, 1), ring(20, 4)
    assert not two_units_never_separate(inside, outside[7:])


def test_a_single_point_always_has_a_way_out_and_three_points_do_not():
    around = ring(12, 1, 0.1)
    assert not two_units_never_separate([[0, 0]], around)
    assert two_units_never_separate(ring(3, 0.5), around)


def test_opposite_corners_are_not_in_the_way():
    assert not two_units_never_separate(SQUARE[:2], SQUARE[2:])


def test_the_same_point_in_both_classes_is_in_the_way():
    assert two_units_never_separate([[0, 0], [1, 1]], [[1, 1], [2, 2]])


@given(seeds)
def test_what_two_units_separate_is_never_said_to_be_beyond_them(seed):
    random = np.random.default_rng(seed)
    network = ReLUNetwork(
        [random.normal(size=(2, 2)), random.normal(size=(1, 2))],
        [random.normal(size=2), random.normal(size=1)],
    )
    X = random.uniform(-4, 4, size=(80, 2))
    above = network(X)[:, 0] > 0
    if above.any() and not above.all():
        assert not two_units_never_separate(X[above], X[~above])


@given(seeds, st.integers(3, 6), st.integers(3, 6))
def test_the_proof_agrees_with_looking_in_every_direction(seed, n_first, n_second):
    random = np.random.default_rng(seed)
    first = random.normal(size=(n_first, 2))
    second = random.choice([0.3, 1, 2]) * random.normal(size=(n_second, 2))
    # What is seen changes only where a direction passes through two points.
    ways = (first[:, np.newaxis] - second).reshape(-1, 2)
    angles = np.sort(np.arctan2(*np.vstack([ways, -ways]).T[::-1]))
    middles = (angles + np.append(angles[1:], angles[0] + 2 * np.pi)) / 2
    blocked = all(
        seen_from(near, far, angle)
        for near, far in ((first, second), (second, first))
        for angle in middles
    )
    assert two_units_never_separate(first, second) == blocked


def seen_from(near, far, angle):
    """Whether a point of `far` lies in the hull of `near` moved on for ever."""
    along = np.array([np.cos(angle), np.sin(angle)])
    moved = np.vstack([near, near + 1e6 * along])
    equations = ConvexHull(moved).equations
    return bool((far @ equations[:, :2].T + equations[:, 2] <= 1e-9).all(axis=1).any())


def test_training_finds_no_two_units_where_there_are_none():
    inside, outside = ring(20, 1), ring(20, 4)
    X, labels = np.vstack([inside, outside]), np.repeat([0, 1], 20)
    two, three = (
        DeepReLUClassifier(
            1, width, solver="lbfgs", alpha=1e-5, n_restarts=10, random_state=0
        ).fit(X, labels)
        for width in (2, 3)
    )
    assert two.score(X, labels) < 1
    assert three.score(X, labels) == 1


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (np.empty((0, 2)), "at least 1"),
        ([[1, 2, 3]], "shape"),
        ([[1, np.nan]], "finite"),
        ([["a", "b"]], "numbers"),
    ],
)
def test_points_that_are_none_are_refused_in_words(points, words):
    with pytest.raises(ValueError, match=words):
        two_units_never_separate([[0, 0]], points)
