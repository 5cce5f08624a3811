"""Regions of the whole plane, patterns that never occur, and the page's networks."""

from fractions import Fraction
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.optimize import linprog

from estimators import ReLUNetwork
from estimators.bounds import max_regions, zaslavsky
from estimators.constructions import lecture
from estimators.geometry import linear_regions
from ui.figures.two_inputs import solid_alt, solid_figure
from ui.instruments.planemap import MAX_POLYGONS
from ui.network_text import network_from_text, network_to_text
from ui.two_inputs.building import MOST_DRAWN, counted, with_units
from ui.two_inputs.deep_networks import (
    folded_code,
    folded_network,
    random_code,
    random_network,
)
from ui.two_inputs.everywhere import patterns_everywhere
from ui.two_inputs.examples import EXAMPLES
from ui.two_inputs.missing import missing_patterns, obstacle, pattern_text, reasons

SQUARE = ((-1.0, 1.0), (-1.0, 1.0))
LECTURE = lecture("two_inputs")
NETWORKS = {name: network_from_text(e.text, 2) for name, e in EXAMPLES.items()}

small = st.integers(-3, 3)
lines = st.lists(st.tuples(small, small, small), min_size=1, max_size=5)


def shallow(lines):
    theta = [[a, b] for a, b, _ in lines]
    return ReLUNetwork([theta, [[1] * len(lines)]], [[c for *_, c in lines], [0]])


def cells_of(lines):
    """The number of parts into which lines cut the plane, in rational numbers.

    One more than the lines, and as many more in each point as lines meet there but one.
    """
    distinct = set()
    for a, b, c in lines:
        if a or b:
            lead = a or b
            distinct.add(tuple(Fraction(each, lead) for each in (a, b, c)))
    points = {}
    for first, second in combinations(distinct, 2):
        turn = first[0] * second[1] - first[1] * second[0]
        if turn:
            x = (first[1] * second[2] - second[1] * first[2]) / turn
            y = (second[0] * first[2] - first[0] * second[2]) / turn
            points.setdefault((x, y), set()).update((first, second))
    return 1 + len(distinct) + sum(len(there) - 1 for there in points.values())


def occurs(lines, pattern):
    """Whether a point is well on all sides that a pattern asks for, by a program."""
    rows, limits = [], []
    for (a, b, c), on in zip(lines, pattern):
        sign = 1 if on else -1
        if not (a or b):
            if on != (c > 0):
                return False
            continue
        rows.append([-sign * a, -sign * b, 1])
        limits.append(sign * c)
    if not rows:
        return True
    found = linprog([0, 0, -1], rows, limits, bounds=[(None, None)] * 2 + [(0, 1)])
    return found.x is not None and found.x[2] > 1e-7


@settings(max_examples=150)
@given(lines)
def test_the_plane_has_as_many_regions_as_lines_cut_it_into(lines):
    found = patterns_everywhere(shallow(lines), SQUARE)
    assert len(found) == cells_of(lines)


@settings(max_examples=100)
@given(lines)
def test_patterns_occur_or_are_proved_impossible(lines):
    network = shallow(lines)
    found = {tuple(row) for row in patterns_everywhere(network, SQUARE).tolist()}
    for pattern in product((False, True), repeat=len(lines)):
        proof = obstacle(network, pattern)
        assert occurs(lines, pattern) == (pattern in found) == (proof is None)
        if proof is None:
            continue
        # The multipliers prove it: the sum does not depend on x and is not positive.
        z = network.pre_activations(np.random.default_rng(0).normal(size=(9, 2)))[0]
        signs = np.where(pattern, 1, -1)
        total = sum(m * signs[d] * z[:, d] for m, d in zip(proof[1], proof.units))
        assert len(proof.units) <= 3 and min(proof.multipliers) > 0
        assert_allclose(total, proof.total, atol=1e-9)
        assert proof.total <= 0


@pytest.mark.parametrize("widths", [(5,), (4, 4), (6, 5, 4)])
@pytest.mark.parametrize("seed", range(3))
def test_all_regions_are_found_from_wherever_one_looks(widths, seed):
    rng = np.random.default_rng(seed)
    sizes = (2, *widths, 1)
    network = ReLUNetwork(
        [rng.normal(size=(b, a)) for a, b in pairwise(sizes)],
        [rng.normal(size=b) for b in sizes[1:]],
    )
    here = patterns_everywhere(network, SQUARE)
    there = patterns_everywhere(network, ((2, 5), (-0.5, 1.5)))
    assert_array_equal(here, there)
    # What is seen far and wide is among it, and samples from afar are as well.
    seen = linear_regions(network, ((-1e3, 1e3), (-1e3, 1e3))).patterns
    samples = network.activation_pattern(
        10 ** rng.uniform(-2, 6, (2000, 1)) * rng.normal(size=(2000, 2))
    )
    known = set(map(tuple, here.tolist()))
    assert set(map(tuple, seen.tolist())) <= known
    assert set(map(tuple, samples.tolist())) <= known
    assert len(here) <= max_regions(2, widths)


def test_the_lectures_example_has_seven_patterns_and_never_010():
    found = sorted(map(pattern_text, patterns_everywhere(LECTURE, SQUARE)))
    assert found == ["000", "001", "011", "100", "101", "110", "111"]
    assert list(missing_patterns(3, patterns_everywhere(LECTURE, SQUARE))) == [
        (False, True, False)
    ]
    ((why, patterns),) = reasons(LECTURE, patterns_everywhere(LECTURE, SQUARE)).items()
    assert patterns == ("010",)
    assert why.startswith("with unit 1 off, unit 2 on and unit 3 off")
    regions = linear_regions(LECTURE, SQUARE)
    assert_allclose(regions.areas.sum(), 4, rtol=1e-12)
    (flat,) = np.flatnonzero(~regions.patterns.any(axis=1))
    assert not regions.slopes[flat].any()


@pytest.mark.parametrize(
    ("name", "numbers"),
    {
        "The lecture's three units": (7, 7, 7, 7),
        "A second output: the same polygons": (7, 7, 7, 7),
        "Three lines through one point": (6, 6, 7, 6),
        "Parallel lines: like one input": (4, 4, 7, 4),
        "A pyramid from four units": (4, 4, 11, 4),
        "A saddle from four units": (4, 4, 11, 4),
        "Two regions, one plane": (4, 4, 7, 2),
        "Seven regions, four in view": (4, 7, 7, 4),
        "Seven lines, twenty-nine polygons": (29, 29, 29, 29),
    }.items(),
)
def test_the_presets_have_the_regions_that_they_speak_of(name, numbers):
    assert counted(NETWORKS[name], SQUARE) == numbers


def test_no_preset_is_left_out_above():
    assert len(EXAMPLES) == 9


def test_the_presets_are_what_they_say():
    X = np.random.default_rng(0).uniform(-2, 2, (200, 2))
    u, v = X.T
    pyramid, saddle = (
        NETWORKS[f"A {name} from four units"](X)[:, 0] for name in ("pyramid", "saddle")
    )
    assert_allclose(pyramid, 1 - abs(u) - abs(v), atol=1e-12)
    smaller = np.minimum(abs(u), abs(v))
    assert_allclose(saddle, np.sign(u * v) * smaller, atol=1e-12)
    two = NETWORKS["A second output: the same polygons"]
    assert_allclose(two(X)[:, 0], LECTURE(X)[:, 0], atol=1e-12)
    cancel = NETWORKS["Two regions, one plane"]
    plain = ReLUNetwork([[[0.2, -1]], [[0.6]]], [[0.3], [0]])
    assert_allclose(cancel(X) - (u + v / 2)[:, None], plain(X), atol=1e-12)


def test_the_slope_changes_across_a_line_by_as_much_everywhere_along_it():
    regions = linear_regions(NETWORKS["A second output: the same polygons"], SQUARE)
    (theta, phi), _ = regions.network.weights, regions.network.biases
    for first, second in zip(*regions.neighbours()):
        (unit,) = np.flatnonzero(regions.patterns[first] != regions.patterns[second])
        sign = 1 if regions.patterns[second][unit] else -1
        jump = regions.slopes[second] - regions.slopes[first]
        assert_allclose(jump, sign * np.outer(phi[:, unit], theta[unit]), atol=1e-12)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_the_plane_folded_once_a_layer_has_four_times_as_many_squares(depth):
    regions = linear_regions(folded_network(depth), SQUARE)
    assert regions.n_regions == regions.n_pieces == 4**depth
    assert_allclose(regions.areas, 4 / 4**depth)
    assert 4**depth > zaslavsky(2, 4 * depth) or depth < 4
    scope = {}
    exec(compile(folded_code(depth), "snippet", "exec"), scope)
    assert scope["network"] == folded_network(depth)


@pytest.mark.parametrize("biases", [True, False])
def test_the_random_network_is_that_of_its_program(biases):
    network = random_network(3, 7, 5, biases)
    scope = {}
    exec(compile(random_code(3, 7, 5, biases), "snippet", "exec"), scope)
    assert scope["network"] == network
    assert network.widths == (7, 7, 7)
    # Every unit of the first layer bends within the square, or they meet at 0.
    z = network.pre_activations(np.random.default_rng(1).uniform(-1, 1, (5000, 2)))[0]
    assert (z.min(axis=0) < 0).all() and (z.max(axis=0) > 0).all()
    assert biases or not np.concatenate(network.biases).any()


def test_a_network_without_biases_looks_the_same_at_every_scale():
    network = random_network(3, 12, 0, False)
    near, far = (linear_regions(network, np.array(SQUARE) * r) for r in (0.03, 30))
    assert near.n_regions == far.n_regions == counted(network, SQUARE).in_total


def test_all_that_is_drawn_can_be():
    assert MOST_DRAWN <= MAX_POLYGONS


def test_units_are_added_without_effect_and_taken_from_the_end():
    X = np.random.default_rng(0).normal(size=(50, 2))
    more = with_units(NETWORKS["A second output: the same polygons"], 6)
    assert more.widths == (6,)
    assert_allclose(more(X)[:, 0], LECTURE(X)[:, 0], atol=1e-12)
    assert with_units(with_units(LECTURE, 9), 3) == LECTURE
    assert with_units(LECTURE, 1).widths == (1,)


@given(st.lists(st.floats(-1e6, 1e6), min_size=9, max_size=9), st.sampled_from([1, 2]))
def test_a_network_of_two_inputs_survives_being_written(numbers, n_outputs):
    theta, phi = np.reshape(numbers[:4], (2, 2)), np.reshape(numbers[4:8], (2, 2))
    network = ReLUNetwork(
        [theta, phi[:n_outputs]], [numbers[:2], numbers[7 : 7 + n_outputs]]
    )
    assert network_from_text(network_to_text(network), n_inputs=2) == network


@pytest.mark.parametrize(
    ("text", "complaint"),
    {
        "0~1,2,3": "must be four for each, after one φ0: φ0~θ10,θ11,θ12,φ1~θ20",
        "0,0~1,2,3,4": "must be five for each",
        "0,0,0~1,2,3,4": "begins with 3 numbers",
        "0": "has 0 hidden units",
        "0~1,2,x,3": "“x” is not a number",
        "0~1,2,1e7,3": "too large",
        "9" * 5000: "longer than 10 units",
    }.items(),
)
def test_text_that_is_no_network_of_two_inputs_gets_a_sentence(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        network_from_text(text, n_inputs=2)


def test_the_surface_in_space_is_made_of_the_polygons():
    regions = linear_regions(LECTURE, SQUARE)
    corners, offsets = regions.polygons()
    heights = LECTURE(corners)[:, 0]
    mesh, edges = solid_figure(corners, offsets, heights).data
    ends = np.stack([mesh.x, mesh.y], axis=1)[np.stack([mesh.i, mesh.j, mesh.k])]
    (a, b), (c, d) = (ends[1] - ends[0]).T, (ends[2] - ends[0]).T
    assert_allclose(abs(a * d - b * c).sum() / 2, 4, rtol=1e-6)
    assert len(mesh.i) == len(corners) - 2 * regions.n_regions
    assert np.isnan(edges.x).sum() == regions.n_regions
    assert len(edges.x) == len(corners) + 2 * regions.n_regions
    alt = solid_alt(regions.n_regions, tuple(regions.box.T), heights)
    assert alt.startswith("A surface of 7 flat facets over -1 to 1 and -1 to 1")


def test_a_strangers_name_does_nothing_in_the_surfaces_titles():
    corners, offsets = linear_regions(LECTURE, SQUARE).polygons()
    heights = LECTURE(corners)[:, 0]
    figure = solid_figure(corners, offsets, heights, names=("<b>x</b>", "y", "z"))
    assert "<" not in figure.layout.scene.xaxis.title.text
