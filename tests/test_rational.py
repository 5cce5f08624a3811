"""The exact oracle itself, on what is known in closed form."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given

from estimators import ReLUNetwork
from tests.degenerate import BOX, DEGENERATE, he_network, lines, small_networks
from tests.networks import ten_parameter_network
from tests.rational import count_pieces, exact_pieces, exact_regions

LINE = [[-1, 1]]


def test_lecture_example_on_the_line():
    regions = exact_regions(ten_parameter_network(), [[0, 2]])
    ends = [region.vertices[1][0] for region in regions]
    assert [float(end) for end in ends] == pytest.approx([0.5, 1, 11 / 7, 2])
    active = [set(np.flatnonzero(region.pattern) + 1) for region in regions]
    assert active == [{3}, {1, 3}, {1, 2, 3}, {1, 2}]
    slopes = [float(region.slopes[0][0]) for region in regions]
    assert slopes == pytest.approx([-0.462, -0.982, 0.188, 0.650])
    assert sum(region.size for region in regions) == 2


@pytest.mark.parametrize("n", [1, 5, 16])
def test_generic_lines_cut_the_plane_as_zaslavsky_counts(n):
    everything = [[-1e4, 1e4], [-1e4, 1e4]]
    regions = exact_regions(he_network(0, [2, n, 1]), everything)
    assert len(regions) == 1 + n + comb(n, 2) == count_pieces(regions)
    assert sum(region.size for region in regions) == Fraction(2e4) ** 2


@pytest.mark.parametrize(
    ("name", "n_regions", "n_pieces"),
    [
        ("affine", 1, 1),
        ("all_dead_layer", 4, 1),
        ("duplicate", 4, 4),
        ("opposite", 4, 4),
        ("rescaled", 6, 6),  # one line more, since 3 · 0.3 ≠ 0.9
        ("parallel", 6, 6),
        ("concurrent_origin", 12, 12),
        ("on_box_edges", 2, 2),
        ("zero_on_a_region", 4, 4),
        (
            "absolute_values",
            16,
            16,
        ),  # four quadrants, each cut by |x| = |y| and a rhomb
        ("width_1", 3, 3),
        ("no_crossing", 1, 1),
    ],
)
def test_counts_by_hand(name, n_regions, n_pieces):
    regions = exact_regions(*DEGENERATE[name])
    assert len(regions) == n_regions
    assert count_pieces(regions) == n_pieces


def test_pieces_are_neighbours_with_one_map():
    # Layer 2 cuts x < 0 along y = 0 and x > 0 along two rays; the output is a[x].
    network = lines(
        [[1, 0, 0], [0, 1, 4]],
        ([[1, 0], [8, 1], [-16, 1]], [0, -4, -4]),
        ([[1, 0, 0]], [0]),
    )
    regions = exact_regions(network, BOX)
    assert len(regions) == 5
    left = [region.middle[0] < 0 for region in regions]
    assert sum(left) == 2
    assert len(set(zip(exact_pieces(regions), left))) == count_pieces(regions) == 2


def test_a_square_cut_by_its_diagonal():
    upper, lower = exact_regions(lines([[-1, 1, 0]]), BOX)
    assert upper.pattern == (True,) and lower.pattern == (False,)
    assert upper.size == lower.size == 2
    assert upper.thickness == pytest.approx(4 / (4 + np.sqrt(8)))
    assert upper.slopes == ((-1, 1),) and lower.slopes == ((0, 0),)


@given(small_networks(2), small_networks(1, n_outputs=2))
def test_regions_fill_the_box_and_their_maps_are_the_network(plane, line):
    for network, box in ((plane, BOX), (line, LINE)):
        regions = exact_regions(network, box)
        assert sum(region.size for region in regions) == 2 ** len(box)
        assert len({region.pattern for region in regions}) == len(regions)
        assert count_pieces(regions) <= len(regions)
        X = np.array([region.middle for region in regions], dtype=np.float64)
        linear = [
            [sum(s * v for s, v in zip(row, region.middle)) for row in region.slopes]
            for region in regions
        ]
        y = np.array(linear) + np.array([region.intercepts for region in regions])
        np.testing.assert_allclose(y.astype(np.float64), network(X), atol=1e-9)


def test_half_a_line_is_on_one_side():
    network = ReLUNetwork([[[1], [-2]], [[1, 1]]], [[-0.5, 0], [0]])
    regions = exact_regions(network, LINE)
    assert [region.vertices for region in regions] == [
        [(-1,), (0,)],
        [(0,), (Fraction(1, 2),)],
        [(Fraction(1, 2),), (1,)],
    ]
    assert [region.pattern for region in regions] == [(0, 1), (0, 0), (1, 0)]
