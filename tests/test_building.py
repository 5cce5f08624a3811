"""What the Build step computes from a network: regions, programs, other sizes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators.geometry import joints
from tests.networks import random_network, seeds, ten_parameter_network
from ui.network_text import network_from_text
from ui.regression.building import (
    PRESETS,
    build_snippet,
    region_table,
    with_outputs,
    with_units,
)

widths = st.integers(1, 10)
n_outputs = st.integers(1, 2)
X = np.linspace(-5, 5, 101)


def shown(name):
    preset = PRESETS[name]
    return network_from_text(preset.text), preset.low, preset.high


def test_two_outputs_bend_as_the_book_draws_them():
    """UDL figure 3.6: values at 0, at the four joints and at 2, read off."""
    network, low, high = shown("Two outputs, the same joints")
    assert_allclose(joints(network, low, high), [0.356, 1.095, 1.487, 1.779])
    values = [
        [0.147, 0.146, -0.274, -0.034, 0.329, 0.41],
        [-0.438, -0.438, 0.36, 0.168, -0.417, -0.16],
    ]
    places = [0, 0.356, 1.095, 1.487, 1.779, 2]
    assert_allclose(network(places).T, values, atol=0.02)


def test_one_preset_is_a_challenge_and_starts_as_a_straight_line():
    assert [p for p in PRESETS if PRESETS[p].challenge] == ["By hand: twelve points"]
    network, low, high = shown("By hand: twelve points")
    assert network.widths == (3,) and (low, high) == (0, 2)
    x = np.linspace(low, high, 50)
    assert_allclose(np.diff(network(x)[:, 0], n=2), 0, atol=1e-12)


@given(seeds, widths, n_outputs)
def test_the_table_says_what_the_outputs_do_in_each_region(seed, width, n_outputs):
    network = random_network(seed, (1, width, n_outputs))
    table = region_table(network, -5, 5)
    assert table["from"].iloc[0] == -5 and table["to"].iloc[-1] == 5
    assert list(table["to"][:-1]) == list(table["from"][1:])
    ends = table[["from", "to"]].to_numpy()
    outputs = [""] if n_outputs == 1 else [" of y₁", " of y₂"]
    for output, of in enumerate(outputs):
        lines = table[f"value{of} at x = 0"].to_numpy()[:, np.newaxis]
        lines = lines + table[f"slope{of}"].to_numpy()[:, np.newaxis] * ends
        at_ends = network(ends.ravel())[:, output].reshape(ends.shape)
        assert_allclose(lines, at_ends, atol=1e-9)


@pytest.mark.parametrize("output", [0, 1])
def test_the_sums_of_two_outputs_add_up_to_their_slopes(output):
    network, low, high = shown("Two outputs, the same joints")
    table = region_table(network, low, high)
    of = (" of y₁", " of y₂")[output]
    assert list(table["units on"]) == ["none", "1", "1, 2", "1, 2, 3", "1, 2, 3, 4"]
    for text, slope in zip(table[f"sum of θ·φ{of}"], table[f"slope{of}"]):
        products = [term.strip("()").split(")·(") for term in text.split(" + ")]
        total = sum(float(a) * float(*b or "1") for a, *b in products)
        assert total == pytest.approx(slope, abs=1e-12)


def test_one_output_keeps_its_plain_names():
    table = region_table(ten_parameter_network(), 0, 2)
    names = ["from", "to", "units on", "slope", "sum of θ·φ", "value at x = 0"]
    assert list(table) == names
    assert_allclose(table["slope"], [-0.462, -0.982, 0.188, 0.650])


@pytest.mark.parametrize("name", PRESETS)
def test_the_snippet_of_every_preset_prints_the_tables_numbers(name):
    network, low, high = shown(name)
    printed = []
    scope = {"print": lambda values: printed.append(np.array(values))}
    exec(compile(build_snippet(network, low, high), "snippet", "exec"), scope)
    table = region_table(network, low, high)
    assert scope["network"] == network
    assert list(printed[0]) == list(table["to"][:-1])
    slopes = [table[column] for column in table if column.startswith("slope")]
    assert_allclose(printed[1:], slopes)


@given(seeds, widths, widths, n_outputs)
def test_new_units_add_nothing_to_any_output(seed, width, n_units, n_outputs):
    network = random_network(seed, (1, width, n_outputs))
    changed = with_units(network, n_units)
    assert changed.widths == (n_units,) and changed.n_outputs == n_outputs
    if n_units >= width:
        assert_allclose(changed(X), network(X), atol=1e-12)
    assert with_units(changed, min(width, n_units)) == with_units(
        network, min(width, n_units)
    )


@given(seeds, widths)
def test_a_second_output_mirrors_the_first_over_the_same_joints(seed, width):
    one = random_network(seed, (1, width, 1))
    two = with_outputs(one, 2)
    assert_allclose(two(X), one(X) * [1, -1], atol=1e-12)
    assert np.array_equal(joints(two), joints(one))
    assert with_outputs(two, 1) == with_outputs(one, 1) == one
    assert with_outputs(two, 2) == two


@pytest.mark.parametrize("n_outputs", [0, 3])
def test_other_numbers_of_outputs_are_refused(n_outputs):
    with pytest.raises(ValueError, match="1 or 2 outputs"):
        with_outputs(ten_parameter_network(), n_outputs)
