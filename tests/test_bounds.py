"""Region and parameter counts: the lectures' integers, brute force, real networks."""

from itertools import product
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estimators import ReLUNetwork
from estimators.bounds import (
    count_parameters,
    max_regions,
    reachable_regions,
    zaslavsky,
)
from estimators.constructions import maximal_network
from tests.networks import random_network, seeds
from tests.rational import exact_regions

inputs = st.integers(1, 5)
small_widths = st.lists(st.integers(1, 5), max_size=4)


@pytest.mark.parametrize(
    ("n_inputs", "width", "regions"),
    [(2, 3, 7), (2, 5, 16), (10, 50, 13_432_735_556), (10, 8, 256), (1, 156, 157)],
)
def test_one_layer_in_the_lectures(n_inputs, width, regions):
    assert zaslavsky(n_inputs, width) == regions
    assert max_regions(n_inputs, [width]) == regions
    assert reachable_regions(n_inputs, [width]) == regions


@given(inputs, st.integers(1, 20))
def test_one_more_hyperplane_cuts_what_lies_on_it(n_inputs, width):
    # Deletion and restriction: the new regions are those of the others' traces on it.
    on_it = zaslavsky(n_inputs - 1, width - 1) if n_inputs > 1 else 1
    assert zaslavsky(n_inputs, width) == zaslavsky(n_inputs, width - 1) + on_it


@pytest.mark.parametrize(
    ("widths", "regions"),
    [
        ([10] * 5, 161_051),
        ([50] * 5, 345_025_251),
        ([5] * 10, 60_466_176),
        ([6], 7),
        ([3, 3], 16),
        ([95], 96),
    ],
)
def test_one_input_in_the_lectures(widths, regions):
    assert max_regions(1, widths) == reachable_regions(1, widths) == regions


def test_ten_inputs_in_the_lectures():
    widths = [50] * 5
    reachable = 179562019186562049740867382427559978336256
    bound = 437343146716749169996437945366609958822560909771776
    assert reachable_regions(10, widths) == reachable
    assert max_regions(10, widths) == bound
    assert round(max_regions(10, [900]) / 1e22, 4) == 9.2420


@pytest.mark.parametrize(
    ("n_inputs", "widths", "n_outputs", "parameters"),
    [
        (1, [10] * 5, 1, 471),
        (1, [156], 1, 469),
        (1, [50] * 5, 1, 10_351),
        (1, [5] * 10, 1, 286),
        (1, [95], 1, 286),
        (10, [50] * 5, 1, 10_801),
        (10, [900], 1, 10_801),
        (1, [6], 1, 19),
        (40, [298], 10, 15_208),
        (40, [100] * 2, 10, 15_210),
        (40, [75] * 3, 10, 15_235),
        (40, [63] * 4, 10, 15_319),
        (3, [], 2, 8),
    ],
)
def test_parameters_in_the_lectures(n_inputs, widths, n_outputs, parameters):
    assert count_parameters(n_inputs, widths, n_outputs) == parameters


@given(inputs, small_widths, st.integers(1, 3))
def test_parameters_of_a_network(n_inputs, widths, n_outputs):
    network = random_network(0, [n_inputs, *widths, n_outputs])
    assert count_parameters(n_inputs, widths, n_outputs) == network.n_parameters


def theorem_1(n_inputs, widths):
    """Serra et al. 2018, term by term."""
    total = 0
    for J in product(*(range(n + 1) for n in widths)):
        limits = [
            min([n_inputs, n] + [m - i for m, i in zip(widths[:layer], J)])
            for layer, n in enumerate(widths)
        ]
        if all(j <= limit for j, limit in zip(J, limits)):
            total += prod(map(comb, widths, J))
    return total


@given(inputs, small_widths)
def test_upper_bound_by_brute_force(n_inputs, widths):
    assert max_regions(n_inputs, widths) == theorem_1(n_inputs, widths)


@given(st.lists(st.integers(3, 60), max_size=6))
def test_one_input_multiplies(widths):
    assert max_regions(1, widths) == prod(n + 1 for n in widths)
    assert reachable_regions(1, widths) == max_regions(1, widths)


@given(inputs, small_widths, st.data())
def test_more_of_anything_never_lowers_the_bound(n_inputs, widths, data):
    bound = max_regions(n_inputs, widths)
    place = data.draw(st.integers(0, len(widths)))
    wider = [n + (k == place) for k, n in enumerate(widths)]
    assert max_regions(n_inputs + 1, widths) >= bound
    assert max_regions(n_inputs, wider) >= bound
    assert max_regions(n_inputs, [*widths, 1]) >= bound
    assert bound <= 2 ** sum(widths)


@given(st.integers(1, 3), st.lists(st.integers(9, 20), max_size=5))
def test_reachable_is_at_most_the_maximum(n_inputs, widths):
    assert reachable_regions(n_inputs, widths) <= max_regions(n_inputs, widths)


@given(seeds, st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_no_network_exceeds_the_bound(seed, widths):
    for box in ([(-8, 8)], [(-8, 8), (-8, 8)]):
        network = random_network(seed, [len(box), *widths, 1])
        assert len(exact_regions(network, box)) <= max_regions(len(box), widths)


@given(seeds)
def test_two_units_twice_never_reach_their_bound(seed):
    assert max_regions(1, [2, 2]) == 9
    assert len(exact_regions(random_network(seed, [1, 2, 2, 1]), [(-99, 99)])) <= 7


def test_two_units_twice_reach_seven_and_one_unit_twice_reaches_three():
    twice = ReLUNetwork(
        [[[1], [-1]], [[1, 1], [1, 1]], [[1, 1]]], [[-1, 0], [-0.5, -1], [0]]
    )
    assert len(exact_regions(twice, [(-3, 3)])) == 7
    single = ReLUNetwork([[[1]], [[1]], [[1]]], [[0], [-1], [0]])
    assert len(exact_regions(single, [(-3, 3)])) == max_regions(1, [1, 1]) == 3


@pytest.mark.parametrize(("groups", "lines"), [((3, 3), 6), ((3, 4), 7)])
def test_reachable_regions_are_reached(groups, lines):
    """The theorem's own construction: fold both coordinates, then cut every copy."""
    first, second = (maximal_network([n]) for n in groups)
    zero = np.zeros
    fold = ReLUNetwork(
        [
            np.block(
                [
                    [first.weights[0], zero((groups[0], 1))],
                    [zero((groups[1], 1)), second.weights[0]],
                ]
            ),
            np.block(
                [
                    [first.weights[1], zero((1, groups[1]))],
                    [zero((1, groups[0])), second.weights[1]],
                ]
            ),
        ],
        [np.concatenate([a, b]) for a, b in zip(first.biases, second.biases)],
    )
    # Lines in general position that all meet each other well inside the unit square.
    angle = np.pi * (np.arange(lines) + 0.25) / lines
    normals = np.column_stack([np.cos(angle), np.sin(angle)])
    offset = 0.01 * np.arange(lines) ** 2 % 0.07
    cut = ReLUNetwork(
        [normals, np.ones((1, lines))], [-normals.sum(axis=1) / 2 - offset, [0]]
    )
    assert len(exact_regions(cut, [(0, 1)] * 2)) == zaslavsky(2, lines)
    network = cut @ fold
    found = len(exact_regions(network, [(0, 1)] * 2))
    folds = (groups[0] + 1) * (groups[1] + 1)
    assert found == folds * zaslavsky(2, lines) >= reachable_regions(2, network.widths)
    if groups == (3, 3):
        assert found == reachable_regions(2, network.widths)


def test_without_a_hidden_layer_there_is_one_region():
    assert max_regions(4, []) == reachable_regions(4, ()) == zaslavsky(4, 0) == 1


def test_any_sequence_of_integers_will_do():
    widths = np.array([3, 4])
    assert max_regions(np.int64(1), widths) == max_regions(1, (3, 4)) == 20
    assert type(max_regions(np.int64(1), widths)) is int


@pytest.mark.parametrize("count", [max_regions, reachable_regions, count_parameters])
@pytest.mark.parametrize(
    ("n_inputs", "widths", "message"),
    [
        (0, [3], "n_inputs must be an integer >= 1, got 0"),
        (True, [3], "n_inputs must be an integer"),
        (1.0, [3], "n_inputs must be an integer"),
        (1, 3, r"widths must be a sequence .* such as \(10, 10\), got 3"),
        (1, [3, 0], r"widths\[1\] must be an integer >= 1, got 0"),
        (1, [3.5], r"widths\[0\] must be an integer"),
        (1, [False], r"widths\[0\] must be an integer"),
        (1, "33", r"widths\[0\] must be an integer"),
    ],
)
def test_refuses_what_is_no_shape(count, n_inputs, widths, message):
    with pytest.raises(ValueError, match=message):
        count(n_inputs, widths)


def test_refuses_other_nonsense():
    with pytest.raises(ValueError, match="width must be an integer >= 0, got -1"):
        zaslavsky(2, -1)
    with pytest.raises(ValueError, match="n_inputs must be an integer >= 1"):
        zaslavsky(0, 3)
    with pytest.raises(ValueError, match="n_outputs must be an integer >= 1"):
        count_parameters(1, [3], 0)


def test_the_condition_of_the_reachable_count():
    with pytest.raises(ValueError, match=r"at least 3 · n_inputs = 6 .* max_regions"):
        reachable_regions(2, [6, 5])
    assert reachable_regions(2, [5]) == 16
