"""Broken lines as hidden units: which way the units face."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators.knots.hats import BrokenLine
from estimators.knots.orientations import (
    all_masks,
    meet_in_the_middle,
    promising_orientations,
)
from estimators.knots.points import Points
from estimators.knots.units import balance_of, units_with_slope, units_without_slope
from estimators.objective import layer_views
from tests.broken_lines import at, few
from tests.networks import seeds


def some_line(seed, n_joints, n_outputs=1):
    rng = np.random.default_rng(seed)
    nodes = np.cumsum(rng.uniform(0.1, 1, n_joints + 2))
    return BrokenLine(nodes, rng.normal(size=(n_joints + 2, n_outputs)), 0.0)


def outputs(params, n_units, n_outputs, x):
    (weight, bias), (output_weight, output_bias) = layer_views(
        params, (1, n_units, n_outputs)
    )
    hidden = np.maximum(x[:, np.newaxis] * weight.T + bias, 0)
    return hidden @ output_weight.T + output_bias


@given(seeds, st.integers(0, 6), few, st.integers(1, 3))
def test_a_line_and_its_units_are_the_same_function(seed, n_joints, n_outputs, spare):
    line = some_line(seed, n_joints, n_outputs)
    n_units = n_joints + spare
    params = units_with_slope(line, n_units)
    x = np.linspace(*line.nodes[[0, -1]], 50)
    size = 1e-11 * (1 + abs(line.slopes).max())
    assert_allclose(outputs(params, n_units, n_outputs, x), at(line, x), atol=size)
    (weight, bias), (output_weight, _) = layer_views(params, (1, n_units, n_outputs))
    idle = (output_weight == 0).all(axis=0)
    joints = -bias / weight[:, 0]
    inside = (joints > line.nodes[0]) & (joints < line.nodes[-1])
    assert idle.sum() == spare - 1 and inside[idle].all()


@given(seeds, st.integers(1, 6), few, st.data())
def test_a_balanced_line_needs_no_unit_for_its_slope(seed, n_joints, n_outputs, data):
    facing_left = np.array(data.draw(st.tuples(*[st.booleans()] * n_joints)))
    rng = np.random.default_rng(seed)
    nodes = np.cumsum(rng.uniform(0.1, 1, n_joints + 2))
    bends = rng.normal(size=(n_joints, n_outputs))
    first = -bends[facing_left].sum(axis=0)
    slopes = np.vstack([first, first + np.cumsum(bends, axis=0)])
    rises = np.cumsum(slopes * np.diff(nodes)[:, np.newaxis], axis=0)
    line = BrokenLine(nodes, np.vstack([np.zeros_like(first), rises]), 0.0)
    assert_allclose(balance_of(facing_left) @ line.slopes, 0, atol=1e-9)
    params = units_without_slope(line, facing_left)
    x = np.linspace(nodes[0], nodes[-1], 50)
    assert_allclose(outputs(params, n_joints, n_outputs, x), at(line, x), atol=1e-9)


def test_all_masks_are_all_subsets():
    masks = {tuple(mask) for mask in all_masks(4)}
    assert masks == set(product([False, True], repeat=4))


@given(seeds, st.integers(13, 24), st.integers(1, 2))
@settings(max_examples=20)
def test_meeting_in_the_middle_finds_what_cancels_exactly(seed, n_units, n_outputs):
    rng = np.random.default_rng(seed)
    bends = rng.normal(size=(n_units, n_outputs))
    planted = rng.uniform(size=n_units) < 0.5
    first_slope = -bends[planted].sum(axis=0)
    masks = meet_in_the_middle(bends, first_slope)
    excess = np.linalg.norm([first_slope + bends[m].sum(axis=0) for m in masks], axis=1)
    assert excess.min() < 1e-9


def test_many_units_nearly_cancel_anything():
    rng = np.random.default_rng(0)
    bends = rng.normal(size=(200, 1))
    masks = meet_in_the_middle(bends, np.array([3.7]))
    assert abs(3.7 + bends[masks[0]].sum()) < 1e-5


@given(seeds, st.integers(2, 6))
def test_a_set_that_balances_already_costs_nothing_and_comes_first(seed, n_joints):
    rng = np.random.default_rng(seed)
    x = np.linspace(-1, 1, 200)
    nodes = np.linspace(-1, 1, n_joints + 2)
    slopes = np.append(0, rng.uniform(0.5, 2, n_joints) * (-1) ** np.arange(n_joints))
    values = np.append(0, np.cumsum(slopes * np.diff(nodes)))[:, np.newaxis]
    line = BrokenLine(nodes, values, 0.0)
    points = Points.of_rows(x, at(line, x), np.ones(200))
    masks = promising_orientations(points, line, 3)
    excess = balance_of(masks[0]) @ line.slopes
    assert_allclose(excess, 0, atol=1e-9)
