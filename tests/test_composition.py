"""What the Composition page computes: counts, fusing, rank 1, dividing, layers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators.bounds import max_regions
from estimators.constructions import lecture
from estimators.geometry import linear_regions
from tests.networks import hidden_widths, random_network, seeds
from ui.composition import clipping, folding, fusing, layering, pairs
from ui.composition.deep_text import deep_from_text, deep_to_text
from ui.composition.dividing import FIRSTS, SECONDS, divide, shifted
from ui.composition.pairs import PAIRS, Pair, through_handles
from ui.composition.versus import rival, rival_width, versus_table
from ui.network_text import network_from_text, network_to_text

NINE, FOLD = PAIRS["nine"], PAIRS["fold"]


def random_pair(seed, n_first=3, n_second=3):
    first = random_network(seed, [1, n_first, 1])
    return Pair(first, random_network(seed + 1, [1, n_second, 1]), -1.0, 1.0)


def test_the_lectures_networks_go_through_their_handles():
    assert_allclose(NINE.first([-1, 0, 0.6, 1])[:, 0], [-1, 1, -1, 1], atol=1e-12)
    assert_allclose(
        NINE.second([-1, -0.2, 0.3, 1])[:, 0], [0.6, -0.8, 0.3, -0.2], atol=1e-12
    )
    x = np.linspace(-1, 1, 101)
    assert_allclose(NINE.composed(x), lecture("composed")(x), atol=1e-12)


@given(seeds)
def test_handles_become_weights_by_the_lectures_rule(seed):
    rng = np.random.default_rng(seed)
    x = np.cumsum(rng.uniform(0.1, 1, 5))
    y = rng.normal(size=5)
    network = through_handles(x, y)
    assert_allclose(network(x)[:, 0], y, atol=1e-9)
    assert set(np.abs(network.weights[1][0])) <= {0.0, 1.0}
    assert (network.weights[0] >= 0).all() and network.biases[1] == y[0]


def test_counts_of_the_lecture():
    assert pairs.composed_counts(NINE) == (9, 10, 16)
    assert NINE.first.n_parameters + NINE.second.n_parameters == 20
    assert pairs.composed_counts(FOLD).in_view == 16 == max_regions(1, [3, 3])
    assert pairs.composed_counts(PAIRS["zigzag"]).in_view == 25


def test_of_a_rising_network_regions_only_add():
    rising = PAIRS["rising"]
    joints = [
        linear_regions(network, (-1, 1)).n_regions - 1
        for network in (rising.first, rising.second)
    ]
    assert pairs.composed_counts(rising).in_view == sum(joints) + 1
    identity = PAIRS["identity"]
    x = np.linspace(-1, 1, 101)
    assert_allclose(identity.composed(x), identity.second(x), atol=1e-12)


@pytest.mark.parametrize("name", PAIRS)
def test_slopes_of_both_are_products_of_slopes(name):
    table = pairs.piece_table(PAIRS[name])
    product = table["slope of the first"] * table["slope of the second"]
    assert_allclose(table["slope of both"], product, atol=1e-9)
    assert len(table) == pairs.composed_counts(PAIRS[name]).in_view
    meet = table[["piece of the first", "piece of the second"]]
    assert not meet.duplicated().any()  # else they would be one region


def test_the_best_fold_composed_with_itself():
    table = folding.fold_table(FOLD)
    assert list(table["regions in view"]) == [4, 16, 64, 256, 1024, 4096]
    assert list(table["regions at most"]) == [4, 16, 64, 256, 1024, 4096]
    assert list(table["shallow units for as many"])[-1] == 4095
    for times in range(1, 4):
        network = folding.folded_times(FOLD, times)
        assert network.widths == (3,) * (times + 1)
        assert linear_regions(network, (0, 1)).n_regions == 4 ** (times + 1)


@given(seeds, hidden_widths, hidden_widths)
def test_fused_equals_composed_at_any_depth(seed, before, after):
    first = random_network(seed, [2, *before, 2])
    second = random_network(seed + 1, [2, *after, 1])
    X = np.random.default_rng(seed).normal(size=(50, 2))
    apart = second(first(X))
    between = [apart, first(X), *second.hidden(first(X))]
    size = max(np.abs(values).max() for values in between)
    assert_allclose((second @ first)(X), apart, rtol=0, atol=1e-12 * max(1.0, size))


@given(seeds, st.integers(1, 4), st.integers(1, 4))
def test_the_fused_matrix_has_rank_one(seed, n_first, n_second):
    pair = random_pair(seed, n_first, n_second)
    fusion = fusing.fuse(pair)
    product = np.outer(pair.second.weights[0][:, 0], pair.first.weights[1][0])
    assert_allclose(fusion.psi, product, rtol=1e-15)
    assert fusing.rank(fusion.singular_values, max(fusion.psi.shape)) == 1
    assert np.linalg.matrix_rank(fusion.psi) == 1
    values = np.abs(pair.second(np.linspace(-1, 1, 11))).max()
    assert fusion.difference <= 1e-12 * max(1.0, values, np.abs(fusion.psi).max())


def test_the_numbers_of_the_fused_network_are_in_the_equations():
    latex = fusing.fusion_latex(NINE)
    assert latex.count("1.75") == 6  # θ′₁ twice, θ′₁₀, the first row of ψ
    assert r"\cdot (-1)" in latex
    assert "-3.16" in latex and "-3.79" in latex


@pytest.mark.parametrize("name", ["nine", "fold", "zigzag"])
def test_no_shallow_network_of_as_many_parameters_comes_near(name):
    pair = PAIRS[name]
    other = rival(pair)
    assert other.network.n_parameters <= pair.first.n_parameters * 2
    x = np.linspace(pair.low, pair.high, 5001)
    sampled = np.abs(other.network(x) - pair.composed(x)).max()
    assert sampled <= other.difference + 1e-9
    assert other.difference > 0.3
    table = versus_table(pair, other)
    assert table["regions at most"].iloc[-1] == rival_width(pair) + 1


def test_twenty_parameters_against_nineteen():
    table = versus_table(NINE, rival(NINE))
    assert list(table["parameters"]) == [20, 22, 19]
    assert list(table["regions at most"]) == [16, 16, 7]
    assert table["regions in view"].iloc[0] == "9"


# -- clipping ------------------------------------------------------------------------


@pytest.mark.parametrize("name", clipping.PRESETS)
def test_clipped_weighted_lines_sum_to_the_network(name):
    preset = clipping.PRESETS[name]
    network = preset.network
    x = np.linspace(preset.low, preset.high, 201)
    units = range(network.widths[1])
    parts = [clipping.unit_network(network, 1, d, 2)(x) for d in units]
    assert_allclose(sum(parts) + network.biases[-1], network(x), atol=1e-9)
    for d in units:
        line, clipped = (clipping.unit_network(network, 1, d, s)(x) for s in (0, 1))
        assert_allclose(clipped, np.maximum(line, 0), atol=1e-12)
        assert_allclose(line[:, 0], network.pre_activations(x)[1][:, d], atol=1e-12)


def test_the_lectures_lines_share_their_joints():
    network = clipping.PRESETS["The lecture's figure"].network
    heights = [
        (-0.75, 0.8, -0.8, 0.8), (-0.18, 0.5, -0.2, 0.8), (0.48, -0.25, 0.93, -0.2)
    ]  # fmt: skip
    for d, expected in enumerate(heights):
        line = clipping.unit_network(network, 1, d, 0)
        assert_allclose(line([0, 1.0, 1.6, 2])[:, 0], expected, atol=1e-9)
        inside = linear_regions(line, (0, 2)).breakpoints
        assert_allclose(inside, [1.0, 1.6])
    crossing = clipping.PRESETS["Crossing on every piece"].network
    assert linear_regions(crossing, (0, 2)).n_regions == 20


# -- two inputs ----------------------------------------------------------------------


def test_six_of_seven_polygons_are_divided_in_two():
    division = divide(FIRSTS["lecture"], SECONDS["one"])
    assert (division.before, division.in_view) == (7, 13)
    assert sorted(division.table["divided into"]) == [1, 2, 2, 2, 2, 2, 2]
    (undivided,) = division.table[division.table["divided into"] == 1]["units on"]
    assert undivided == "none"  # where the first network is flat


@given(st.floats(-0.072, 0.391))
@settings(max_examples=10)
def test_thirteen_wherever_the_joint_is_between_the_corners(y):
    assert divide(FIRSTS["lecture"], shifted(SECONDS["one"], y)).in_view == 13


@pytest.mark.parametrize("y", [-0.0725, 0.392, 0.6])
def test_not_thirteen_outside(y):
    assert divide(FIRSTS["lecture"], shifted(SECONDS["one"], y)).in_view != 13


@pytest.mark.parametrize("first", FIRSTS)
@pytest.mark.parametrize("second", SECONDS)
def test_polygons_fill_the_box_and_creases_are_joints_of_the_second(first, second):
    division = divide(FIRSTS[first], SECONDS[second])
    areas = []
    for corners, _, _ in division.polygons:
        x, y = corners.T
        areas.append((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)
    assert_allclose(sum(areas), 4)
    joints = -SECONDS[second].biases[0] / SECONDS[second].weights[0][:, 0]
    for ends in division.creases:
        heights = FIRSTS[first](ends)[:, 0]
        assert np.abs(heights[:, None] - joints).min(axis=1).max() < 1e-9
    once = {tuple(sorted(each.ravel().round(9))) for each in division.creases}
    assert len(once) == len(division.creases)


# -- any depth -----------------------------------------------------------------------


@given(seeds, st.lists(st.integers(1, 6), min_size=1, max_size=4))
def test_a_deep_network_as_text_keeps_every_bit(seed, widths):
    network = random_network(seed, [2, *widths, 1])
    assert deep_from_text(deep_to_text(network), 2) == network


@given(st.text(alphabet="0123456789.,~|-e x", max_size=40))
def test_text_that_is_no_network_gets_a_sentence(text):
    try:
        network = deep_from_text(text, 1)
    except ValueError as error:
        assert str(error)[-1] in ".…" or "unit" in str(error)
    else:
        assert network.n_inputs == 1 and network.n_outputs == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0,1", "0 hidden layers"),
        ("0,1|0,1,2", "Layer 2, unit 1 has 3 numbers"),
        ("0,1|0,1~0,1", "it is the output, one of them"),
        ("~".join(["0,1"] * 11) + "|0", "at most 10 units"),
        ("0,x|0,1", "“x” is not a number"),
        ("0,1|" * 9 + "0,1", "9 hidden layers"),
        ("0,1|0,1" + " " * 5000, "longer than"),
    ],
)
def test_what_is_wrong_is_named(text, said):
    with pytest.raises(ValueError, match=said.replace("|", "[|]")):
        deep_from_text(text, 1)


@pytest.mark.parametrize(
    "text", ["", "3;x", "3, 0", "11", "3," * 9 + "3", "-3", "1e3", "3.5"]
)
def test_widths_that_are_none_get_a_sentence(text):
    with pytest.raises(ValueError, match=r"[.]$"):
        layering.widths_from_text(text)


def test_layers_multiply():
    network = layering.make(layering.MAXIMAL, (8, 4, 3), 0)
    table = layering.layer_table(network, 0, 1)
    assert list(table["at most"]) == [9, 45, 180]
    assert list(table["regions in view"]) == [9, 45, 180]
    fold = layering.make(layering.FOLD, (3, 3, 3), 0)
    assert list(layering.layer_table(fold, 0, 1)["regions in view"]) == [4, 16, 64]


@given(seeds, st.lists(st.integers(1, 8), min_size=1, max_size=4))
def test_random_networks_have_joints_in_view_and_obey_the_bound(seed, widths):
    network = layering.random_network(tuple(widths), seed % 10_000)
    table = layering.layer_table(network, 0, 1)
    assert (table["regions in view"] <= table["at most"]).all()
    assert (table["regions in view"].diff().fillna(0) >= 0).all()
    assert table["regions in view"].iloc[0] > 1 or widths[0] <= 2


@pytest.mark.parametrize("name", PAIRS)
def test_the_texts_of_presets_are_those_networks(name):
    for network in PAIRS[name][:2]:
        assert network_from_text(network_to_text(network)) == network
