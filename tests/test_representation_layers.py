"""What layers make of a plane, against dense sampling and the network itself."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estimators import DeepReLUClassifier, ReLUNetwork
from estimators.geometry import linear_regions, segment_network
from estimators.representation import (
    decision_boundary,
    decision_regions,
    embeddings,
    grid_polylines,
    preimage,
    truncated,
)
from tests.networks import random_network, seeds

BOX = np.array([[-2.0, 3.0], [-1.0, 1.5]])
plane_widths = st.lists(st.integers(1, 6), min_size=0, max_size=3)


def in_box(seed, n=200):
    return np.random.default_rng(seed).uniform(*BOX.T, size=(n, 2))


@given(seeds, plane_widths, st.integers(1, 3))
def test_embeddings_are_what_the_network_computes(seed, widths, n_outputs):
    network = random_network(seed, [2, *widths, n_outputs])
    X = in_box(seed)
    inputs, *hidden, outputs = embeddings(network, X)
    assert (inputs == X).all()
    assert (outputs == network(X)).all()
    for ours, theirs in zip(hidden, network.hidden(X), strict=True):
        assert (ours == theirs).all()
    for k, values in enumerate(embeddings(network, X)):
        assert np.allclose(truncated(network, k)(X), values, rtol=0, atol=1e-13)


@given(seeds, plane_widths)
def test_grid_lines_are_straight_between_their_vertices(seed, widths):
    network = random_network(seed, [2, *widths, 1])
    for layer in range(network.depth + 2):
        for line in grid_polylines(network, BOX, 3, layer):
            t = np.linspace(0, 1, 400)
            ends = line.vertices_in[[0, -1]]
            dense = truncated(network, layer)(np.column_stack([1 - t, t]) @ ends)
            for values, corners in zip(dense.T, line.vertices_out.T, strict=True):
                drawn = np.interp(t, line.parameter, corners)
                assert np.abs(drawn - values).max() <= 1e-9 * (1 + np.abs(dense).max())


@given(seeds, plane_widths)
def test_grid_lines_have_a_vertex_at_every_joint_and_nowhere_else(seed, widths):
    network = random_network(seed, [2, *widths, 1])
    for line in grid_polylines(network, BOX, 3, network.depth):
        along = segment_network(network, *line.vertices_in[[0, -1]])
        joints = linear_regions(along, (0, 1)).edges
        assert len(joints) == len(line.parameter)
        assert np.abs(joints - line.parameter).max() <= 1e-9
        assert np.allclose(
            truncated(network, network.depth)(line.vertices_in), line.vertices_out
        )


def test_the_grid_is_upright_lines_then_level_ones():
    lines = grid_polylines(ReLUNetwork([np.eye(2)], [[0, 0]]), BOX, 3, 0)
    ends = [line.vertices_in[[0, -1]].tolist() for line in lines]
    assert ends == [
        [[-2.0, -1.0], [-2.0, 1.5]],
        [[0.5, -1.0], [0.5, 1.5]],
        [[3.0, -1.0], [3.0, 1.5]],
        [[-2.0, -1.0], [3.0, -1.0]],
        [[-2.0, 0.25], [3.0, 0.25]],
        [[-2.0, 1.5], [3.0, 1.5]],
    ]


@given(seeds, plane_widths, st.floats(-1, 1))
def test_a_preimage_is_the_zero_set(seed, widths, offset):
    network = random_network(seed, [2, *widths, 1])
    random = np.random.default_rng(seed)
    for layer in range(network.depth + 2):
        ending = truncated(network, layer)
        normal = random.normal(size=ending.n_outputs)
        segments = preimage(network, layer, normal, offset, BOX)
        points = np.concatenate(
            [(1 - t) * segments[:, 0] + t * segments[:, 1] for t in (0, 0.3, 1)]
        )
        if len(points):
            assert np.abs(ending(points) @ normal - offset).max() <= 1e-9


@given(seeds, plane_widths)
def test_a_boundary_is_crossed_exactly_where_the_answer_changes(seed, widths):
    network = random_network(seed, [2, *widths, 1])
    segments = decision_boundary(network, BOX)
    X = in_box(seed, 20)
    for start, end in pairwise(X):
        changes = sign_changes(network, start, end)
        assert changes == n_crossings(segments, start, end)


def sign_changes(network, start, end):
    """Along a line, from the exact regions of the network on it."""
    along = segment_network(network, start, end)
    t = linear_regions(along, (0, 1)).edges
    signs = np.sign(along(t)[:, 0])
    signs = signs[signs != 0]
    return int((signs[1:] != signs[:-1]).sum())


def n_crossings(segments, start, end):
    def side(tail, head, points):
        along, beyond = head - tail, points - tail
        return along[..., 0] * beyond[..., 1] - along[..., 1] * beyond[..., 0] > 0

    p, q = segments[:, 0], segments[:, 1]
    cut = side(start, end, p) != side(start, end, q)
    return int((cut & (side(p, q, start) != side(p, q, end))).sum())


@given(seeds, st.lists(st.integers(1, 6), min_size=1, max_size=3))
def test_pieces_of_a_boundary_join_up_or_end_on_the_box(seed, widths):
    segments = decision_boundary(random_network(seed, [2, *widths, 1]), BOX)
    ends, counts = np.unique(segments.reshape(-1, 2), axis=0, return_counts=True)
    on_box = (np.abs(ends[:, :, np.newaxis] - BOX) < 1e-9).any(axis=(1, 2))
    assert (counts[~on_box] % 2 == 0).all()


@given(seeds, st.lists(st.integers(1, 5), min_size=1, max_size=2), st.integers(1, 4))
def test_regions_have_the_answer_of_the_network(seed, widths, n_outputs):
    network = random_network(seed, [2, *widths, n_outputs])
    decided = decision_regions(network, BOX)
    polygons = np.split(decided.vertices, decided.offsets[1:-1])
    middles = np.array([polygon.mean(axis=0) for polygon in polygons])
    logits = network(middles)
    if n_outputs == 1:
        logits = np.column_stack([np.zeros(len(logits)), logits[:, 0]])
    clear = np.ptp(np.sort(logits, axis=1)[:, -2:], axis=1) > 1e-9
    assert (decided.answers == logits.argmax(axis=1))[clear].all()
    sizes = [area(polygon) for polygon in polygons]
    assert np.sum(sizes) == pytest.approx(np.prod(np.diff(BOX)))
    ends = decided.boundary.reshape(-1, 2)
    top = np.sort(network(ends), axis=1)
    gap = top[:, -1] - top[:, -2] if n_outputs > 1 else network(ends)[:, 0]
    assert np.abs(gap).max(initial=0) <= 1e-9


def area(polygon):
    x, y = polygon.T
    return (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2


def test_the_boundary_of_a_trained_network_is_its_zero_set():
    random = np.random.RandomState(0)
    X = random.standard_normal((200, 2))
    labels = (np.hypot(*X.T) > 1).astype(int)
    model = DeepReLUClassifier(2, 8, solver="lbfgs", random_state=0).fit(X, labels)
    network, box = model.network_, [[-3, 3], [-3, 3]]
    segments = decision_boundary(network, box)
    assert len(segments) > 3
    assert np.abs(network(segments.reshape(-1, 2))).max() <= 1e-9
    # The straight cut in the last hidden layer is the same cut.
    same = preimage(network, 2, network.weights[-1][0], -network.biases[-1][0], box)
    assert same == pytest.approx(segments, abs=1e-9)


def test_where_a_whole_region_lies_on_the_hyperplane_its_rim_is_the_preimage():
    cross = ReLUNetwork([np.eye(2), [[1, 1]]], [[0, 0], [0]])
    segments = preimage(cross, 1, [1, 0], 0, [[-1, 1], [-1, 1]])
    assert (segments[:, :, 0] == 0).all()
    assert sorted(segments[:, :, 1].ravel().tolist()) == [-1, 0, 0, 1]
    assert preimage(cross, 1, [1, 0], -1, [[-1, 1], [-1, 1]]).shape == (0, 2, 2)


def test_the_length_of_the_normal_does_not_matter():
    network = random_network(0, [2, 4, 3, 1])
    once = preimage(network, 2, [1, -1, 0.5], 0.1, BOX)
    assert len(once)
    for factor in (1e-9, 1e9):
        scaled = preimage(
            network, 2, factor * np.array([1, -1, 0.5]), 0.1 * factor, BOX
        )
        assert scaled == pytest.approx(once, abs=1e-9)


NETWORK = random_network(0, [2, 3, 1])
ONE_INPUT = random_network(0, [1, 3, 1])
HUGE = ReLUNetwork([[[1e300, 0], [0, 1]], [[1e300, 1]], [[1]]], [[0, 0], [0], [0]])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: truncated(NETWORK, -1), "from 0 to 2"),
        (lambda: truncated(NETWORK, 3), "at most 2"),
        (lambda: truncated(NETWORK, True), "must be an int"),
        (lambda: embeddings(NETWORK, [[np.nan, 0]]), "NaN"),
        (lambda: grid_polylines(ONE_INPUT, BOX, 3, 1), "two inputs"),
        (lambda: grid_polylines(NETWORK, BOX, 1, 1), "at least 2"),
        (lambda: grid_polylines(NETWORK, [[0, 0], [0, 1]], 3, 1), "lower limit"),
        (lambda: grid_polylines(HUGE, BOX, 3, 2), "overflow"),
        (lambda: preimage(ONE_INPUT, 1, [1, 1, 1], 0, BOX), "two inputs"),
        (lambda: preimage(NETWORK, 1, [1, 1], 0, BOX), "normal must have shape"),
        (lambda: preimage(NETWORK, 1, [0, 0, 0], 0, BOX), "must not be zero"),
        (lambda: preimage(NETWORK, 1, [1, 1, 1], np.nan, BOX), "finite"),
        (lambda: preimage(NETWORK, 1, [1, 1, np.inf], 0, BOX), "finite"),
        (lambda: preimage(NETWORK, 1, [1, 1, 1], 0, [[0, np.inf]] * 2), "finite"),
        (lambda: decision_regions(ONE_INPUT, [[0, 1]]), "two inputs"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
