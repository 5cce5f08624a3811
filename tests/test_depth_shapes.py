"""Shapes of equal widths against theorems, brute force and the lectures' integers."""

from math import comb, log10

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimators import ReLUNetwork
from estimators.bounds import count_parameters, max_regions, reachable_regions
from estimators.constructions import triangle_wave
from tests.rational import exact_regions
from ui.depth.misprints import LEFT, RIGHT, misprints
from ui.depth.region_words import budget_sentence, conditions_sentence, digits_text
from ui.depth.regions_step import END, INPUTS, TRIED
from ui.depth.shapes import (
    Shape,
    best,
    candidates,
    counted_text,
    growing,
    least_deep,
    widest,
)
from ui.downloads import data_file

inputs = st.sampled_from([1, 2, 3, 5, 10])


def known(shape):
    """What is known to be reached, from the library; 0 where nothing is."""
    n_inputs, n_layers, width = shape
    if n_layers > 1 and width < 3 * n_inputs:
        return 0
    return reachable_regions(n_inputs, [width] * n_layers)


@pytest.mark.parametrize(
    ("shape", "parameters", "reachable", "bound"),
    [
        (LEFT, 471, 161_051, 161_051),
        (RIGHT, 10_801, 179562019186562049740867382427559978336256,
         437343146716749169996437945366609958822560909771776),
        (Shape(1, 1, 156), 469, 157, 157),
        (Shape(1, 5, 50), 10_351, 345_025_251, 345_025_251),
        (Shape(1, 10, 5), 286, 60_466_176, 60_466_176),
        (Shape(1, 1, 95), 286, 96, 96),
        (Shape(10, 1, 50), 601, 13_432_735_556, 13_432_735_556),
        (Shape(2, 1, 5), 21, 16, 16),
    ],
)  # fmt: skip
def test_the_lectures_networks(shape, parameters, reachable, bound):
    assert shape.n_parameters == parameters
    assert (shape.reachable, shape.bound) == (reachable, bound)
    assert shape.is_exact is (reachable == bound)


@given(inputs, st.integers(1, 5), st.integers(1, 60))
def test_a_band_is_not_upside_down_and_exact_where_a_theorem_says_so(n, k, width):
    shape = Shape(n, k, width)
    if k > 1 and width < 3 * n:
        assert shape.reachable is None and not shape.is_exact
    else:
        assert 0 < shape.reachable <= shape.bound
        assert shape.is_exact or n > 1
    if k == 1:
        assert shape.reachable == sum(comb(width, j) for j in range(n + 1))
    assert shape.bound <= 2 ** (k * width)


@given(inputs, st.integers(1, 12), st.integers(1, 200_000))
def test_the_widest_that_fits_is_the_widest_that_fits(n_inputs, n_layers, budget):
    shape = widest(n_inputs, n_layers, budget)
    if shape is None:
        assert count_parameters(n_inputs, [1] * n_layers) > budget
    else:
        n, k, width = shape
        assert count_parameters(n, [width] * k) <= budget
        assert count_parameters(n, [width + 1] * k) > budget


def all_that_fit(n_inputs, budget, most_layers):
    return [
        Shape(n_inputs, k, width)
        for k in range(1, most_layers + 1)
        for width in range(1, budget)
        if count_parameters(n_inputs, [width] * k) <= budget
    ]


@given(inputs, st.integers(5, 700), st.sampled_from([1, 2, 5, 12]))
def test_no_shape_of_equal_widths_is_better_by_brute_force(n_inputs, budget, most):
    fitting = all_that_fit(n_inputs, budget, most)
    shapes = candidates(n_inputs, budget, most)
    assert bool(shapes) == bool(fitting)
    if fitting:
        assert known(best(shapes)) == max(map(known, fitting))
        assert max(s.bound for s in shapes) == max(
            max_regions(n, [width] * k) for n, k, width in fitting
        )


@settings(max_examples=40)
@given(inputs, st.integers(5, 700), st.sampled_from([2, 5, 12, 40]))
def test_what_is_said_of_deeper_and_narrower_shapes_is_so(n_inputs, budget, most):
    fitting = all_that_fit(n_inputs, budget, most)
    if not fitting:
        return
    shapes = candidates(n_inputs, budget, most)
    said = budget_sentence(shapes, budget, most)
    shallow = shapes[0].bound
    deeper = max((s.bound for s in fitting if s.n_layers > 1), default=0)
    assert ("No deeper shape can have more" in said) == (0 < deeper <= shallow)
    assert ("The bound allows deeper shapes up to" in said) == (
        best(shapes).n_layers == 1 and deeper > shallow
    )

    def by_montufar(shape):
        _, k, width = shape
        sums = sum(comb(width, j) for j in range(n_inputs + 1))
        return (width // n_inputs) ** (n_inputs * (k - 1)) * sums

    most_narrow = max(map(by_montufar, fitting))
    assert ("Montúfar" in said) == (most_narrow > max(map(known, fitting)))
    if "Montúfar" in said:
        assert f"**{counted_text(most_narrow)}**." in said


@pytest.mark.parametrize(("lines", "regions"), [(2, 4 * 4), (4, 4 * 11)])
def test_layers_too_narrow_for_one_theorem_reach_the_others_number(lines, regions):
    """Two units fold each of two coordinates once; the last layer cuts all copies."""
    wave = triangle_wave(2)
    zero = np.zeros((2, 1))
    fold = ReLUNetwork(
        [
            np.block([[wave.weights[0], zero], [zero, wave.weights[0]]]),
            np.block([[wave.weights[1], zero.T], [zero.T, wave.weights[1]]]),
        ],
        [np.tile(bias, 2) for bias in wave.biases],
    )
    angle = np.pi * (np.arange(lines) + 0.25) / lines
    normals = np.column_stack([np.cos(angle), np.sin(angle)])
    offset = 0.01 * np.arange(lines) ** 2 % 0.07
    cut = ReLUNetwork(
        [normals, np.ones((1, lines))], [-normals.sum(axis=1) / 2 - offset, [0]]
    )
    found = len(exact_regions(cut @ fold, [(0, 1)] * 2))
    assert found == regions
    if lines == 4:
        shape = Shape(2, 2, 4)
        assert shape.reachable is None
        assert shape.reachable_narrow == regions <= shape.bound


@given(inputs, st.integers(1, 5), st.integers(1, 60))
def test_the_theorem_that_asks_less_never_gives_more(n, k, width):
    shape = Shape(n, k, width)
    assert shape.reachable_narrow <= (shape.reachable or shape.bound)
    assert (shape.reachable_narrow == 0) == (k > 1 and width < n)


def test_of_equals_the_one_with_fewer_parameters_is_the_best():
    # (15 + 1) = (3 + 1)²: 46 parameters against 22.
    assert best([Shape(1, 1, 15), Shape(1, 2, 3)]) == Shape(1, 2, 3)


@pytest.mark.parametrize(
    ("n_inputs", "budget", "most", "shape", "shallow"),
    [
        (1, 471, 5, LEFT, 157),
        (1, 471, 12, Shape(1, 12, 5), 157),
        (1, 471, 40, Shape(1, 39, 3), 157),
        (10, 10_801, 5, RIGHT, 92420246518264290600376),
        (10, 1_290, 12, Shape(10, 1, 107), None),
        (10, 1_291, 12, Shape(10, 2, 30), None),
        (100, 120_900, 12, Shape(100, 1, 1185), None),
    ],
)
def test_best_shapes(n_inputs, budget, most, shape, shallow):
    shapes = candidates(n_inputs, budget, most)
    assert best(shapes) == shape
    if shallow and n_inputs == 1:
        assert shapes[0].bound == shallow
    elif shallow:
        assert shapes[0].bound == sum(comb(900, j) for j in range(11))
        assert f"{shapes[0].bound:.4e}" == f"{9.2420e22:.4e}"


@pytest.mark.parametrize("n_inputs", [1, 2, 5, 10, 50, 100])
@pytest.mark.parametrize("n_layers", [1, 2, 5])
def test_curves_have_all_narrow_shapes_and_both_sides_of_jumps(n_inputs, n_layers):
    for most in (500, 12_000):
        shapes = growing(n_inputs, n_layers, most)
        widths = [shape.width for shape in shapes]
        assert widths == sorted(set(widths)) and widths[0] == 1
        assert shapes[-1] == widest(n_inputs, n_layers, most)
        if n_layers > 1:
            for fold in range(3, 10):
                edge = {fold * n_inputs - 1, fold * n_inputs} - {0}
                assert {w for w in edge if w <= widths[-1]} <= set(widths)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (161_051, "161,051"),
        (10**15 - 1, "999,999,999,999,999"),
        (10**15, "1.0000 · 10¹⁵"),
        (999_999 * 10**20, "1.0000 · 10²⁶"),
        (2**5000, "1.4125 · 10¹⁵⁰⁵"),
        (RIGHT.reachable, "1.7956 · 10⁴¹"),
        (RIGHT.bound, "4.3734 · 10⁵⁰"),
    ],
)
def test_numbers_are_written_out_or_as_powers_of_ten(number, written):
    assert counted_text(number) == written


def test_the_slides_numbers_and_how_they_came_about():
    left, right, figure = misprints()
    assert left[1:3] == ("161,501", "161,051")
    assert sorted(left.printed) == sorted(left.right)  # the same digits
    assert right.printed == "10¹³⁴" and "gives 10¹³⁴" in right.why
    twice = 6 ** (10 * 4 * 4) * sum(comb(50, j) for j in range(11))
    assert len(str(twice)) == 135
    assert twice > 2**250 > RIGHT.bound  # more than there are patterns
    assert "1.8093 · 10⁷⁵" in right.why
    assert "1.7956 · 10⁴¹" in right.right and "4.3734 · 10⁵⁰" in right.right
    assert figure[1:3] == ("15139", "15,319")
    assert 41 * 63 + 3 * 64 * 63 + 64 * 10 == 15_319


def test_all_digits_are_python():
    scope = {}
    exec(compile(digits_text({"best": RIGHT, "one": LEFT}), "digits", "exec"), scope)
    assert scope["best_reachable"] == RIGHT.reachable
    assert scope["best_at_most"] == RIGHT.bound
    assert scope["one_at_most"] == 161_051


@pytest.mark.parametrize(
    ("n_inputs", "n_layers", "most", "said"),
    [
        (1, 5, 500, "solid curves are the maximum"),
        (10, 5, 12_000, "at least 3 · Dᵢ = 30, with two layers from 1,291 parameters"),
        (10, 5, 12_000, "**band**"),
        (100, 5, 500, "only the upper bound is drawn, dashed"),
        (100, 1, 500, "**K = 1** is exact (Zaslavsky)."),
    ],
)
def test_the_theorems_condition_is_said(n_inputs, n_layers, most, said):
    sentence = conditions_sentence(n_inputs, n_layers, most)
    assert said in sentence
    assert ("none of the curves" in sentence) == ((n_inputs, n_layers) == (100, 5))


@pytest.mark.parametrize("n_layers", [1, 2, 3, 5])
def test_with_ten_inputs_slopes_are_the_powers_that_the_preset_names(n_layers):
    def slope(width):
        near, far = (Shape(10, n_layers, w) for w in (width, 2 * width))
        return (log10(far.reachable) - log10(near.reachable)) / (
            log10(far.n_parameters) - log10(near.n_parameters)
        )

    power = 10 if n_layers == 1 else 5 * n_layers
    assert slope(10**6) == pytest.approx(power, rel=1e-3)


def test_the_largest_numbers_have_fewer_digits_than_python_writes_at_once():
    end = max(e for e in END.options if isinstance(e, int))
    for n_inputs in INPUTS.options:
        for shape in candidates(n_inputs, end, max(TRIED.options)):
            assert len(str(shape.bound)) < 4300


def test_a_file_has_all_digits():
    file = data_file(("K", "at most"), ([5], [str(RIGHT.bound)]))
    assert file.decode().split() == ["K,at", "most", f"5,{RIGHT.bound}"]


def test_two_layers_first_have_a_reachable_number_where_it_is_said():
    for n_inputs in INPUTS.options:
        first = least_deep(n_inputs)
        assert first.reachable
        assert widest(n_inputs, 2, first.n_parameters - 1).reachable is None
