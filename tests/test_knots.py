"""The parts of the free-knot fit: points, cuts, hats, steps, and how many joints."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators.knots.choice import criterion, ladder, number_of_joints
from estimators.knots.hats import BrokenLine, best_values
from estimators.knots.points import Points
from estimators.knots.refine import balance_derivatives, normal_equations, refine
from estimators.knots.segments import (
    best_cuts,
    improved_cuts,
    joints_of_cuts,
    segment_costs,
    spread_cuts,
)
from estimators.knots.smooth import smooth_line
from estimators.knots.start import nodes_of_cuts, starting_cuts
from estimators.knots.units import balance_of
from tests.broken_lines import at, few, some_points
from tests.networks import seeds


def some_nodes(seed, points, n_joints):
    rng = np.random.default_rng(seed)
    start, end = points.x[[0, -1]]
    joints = np.sort(rng.uniform(start, end, n_joints))
    return np.concatenate([[start], joints, [end]])


def result(generator):
    """What a generator returns, its pauses skipped."""
    while True:
        try:
            next(generator)
        except StopIteration as end:
            return end.value


@given(seeds, few)
def test_merging_places_only_takes_off_what_no_line_can_explain(seed, n_outputs):
    rng = np.random.default_rng(seed)
    x, y = rng.integers(0, 4, 12).astype(float), rng.normal(size=(12, n_outputs))
    weight = rng.uniform(0.5, 2, 12)
    points = Points.of_rows(x, y, weight)
    slope, intercept = rng.normal(size=(2, n_outputs))

    def loss(x, y, weight):
        return weight @ ((intercept + slope * x[:, None] - y) ** 2).mean(axis=1)

    assert (np.diff(points.x) > 0).all()
    merged = loss(points.x, points.y, points.weight) + points.scatter
    assert_allclose(merged, loss(x, y, weight / weight.sum()))


def test_condensing_keeps_means_and_remembers_the_noise():
    rng = np.random.default_rng(0)
    x = np.linspace(0, 1, 20_000)
    y = np.sin(9 * x)[:, np.newaxis] + 0.1 * rng.normal(size=(20_000, 2))
    points = Points.of_rows(x, y, rng.uniform(0.5, 2, 20_000))
    cells = points.condensed(1000)
    assert cells.n_places == 1000 and (np.diff(cells.x) > 0).all()
    assert_allclose(cells.weight.sum(), 1)
    assert_allclose(cells.weight @ cells.y, points.weight @ points.y)
    # 20 points in a cell, whose mean keeps a twentieth of the variance.
    assert_allclose(cells.scatter, 0.01 * 19 / 20, rtol=0.05)


@given(seeds, few)
def test_segment_costs_are_those_of_least_squares_lines(seed, n_outputs):
    points = some_points(seed, 8, n_outputs)
    costs = segment_costs(points, np.arange(9))
    for start, end in combinations(range(9), 2):
        run = slice(start, end)
        root = np.sqrt(points.weight[run])
        design = np.column_stack([np.ones(end - start), points.x[run]])
        sides = points.y[run] * root[:, np.newaxis]
        design *= root[:, np.newaxis]
        rest = sides - design @ np.linalg.lstsq(design, sides)[0]
        assert_allclose(costs[end, start], (rest**2).sum() / n_outputs, atol=1e-8)
    assert np.isinf(costs[np.triu_indices(9)]).all()


@given(seeds)
def test_best_cuts_are_the_best_of_all(seed):
    costs = segment_costs(some_points(seed, 9), np.arange(10))
    for n_runs, chosen in enumerate(best_cuts(costs, 5), 1):
        assert len(chosen) == n_runs + 1 and chosen[0] == 0 and chosen[-1] == 9

        def total(cuts):
            return costs[list(cuts[1:]), list(cuts[:-1])].sum()

        candidates = combinations(range(1, 9), n_runs - 1)
        least = min(total((0, *inner, 9)) for inner in candidates)
        assert_allclose(total(tuple(chosen)), least, atol=1e-12)


@given(st.sets(st.integers(1, 39), max_size=8), st.integers(1, 40))
def test_spread_cuts_are_different_and_keep_the_ends(inner, n_segments):
    spread = spread_cuts(np.array([0, *sorted(inner), 40]), n_segments)
    assert len(spread) == n_segments + 1
    assert spread[0] == 0 and spread[-1] == 40 and (np.diff(spread) > 0).all()


@given(seeds, few, st.sets(st.integers(1, 99), max_size=9))
def test_improving_cuts_does_and_keeps_the_ends(seed, n_outputs, inner):
    points = some_points(seed, 100, n_outputs)
    cuts = np.array([0, *sorted(inner), 100])
    improved = improved_cuts(points, cuts)
    costs = segment_costs(points, np.arange(101))

    def total(cuts):
        return costs[cuts[1:], cuts[:-1]].sum()

    assert len(improved) == len(cuts) and (np.diff(improved) > 0).all()
    assert improved[0] == 0 and improved[-1] == 100
    assert total(improved) <= total(cuts) + 1e-12


def test_improving_cuts_finds_the_best_ones_of_a_smooth_curve():
    x = np.sort(np.random.default_rng(0).uniform(size=300))
    points = Points.of_rows(x, np.exp(3 * x)[:, np.newaxis], np.ones(300))
    costs = segment_costs(points, np.arange(301))
    *_, best = best_cuts(costs, 6)
    assert_allclose(improved_cuts(points, spread_cuts(best[[0, -1]], 6)), best)


@given(seeds, few, st.integers(3, 40), st.data())
def test_starting_nodes_are_in_order_and_inside(seed, n_outputs, n, data):
    points = some_points(seed, n, n_outputs)
    size = data.draw(st.integers(1, n - 2))
    nodes = nodes_of_cuts(points, result(starting_cuts(points, [size]))[size])
    assert len(nodes) == size + 2 and (np.diff(nodes) > 0).all()


def test_joints_start_where_neighbouring_lines_cross():
    x = np.linspace(0, 1, 21)
    y = np.abs(x - 0.33)[:, np.newaxis]
    points = Points.of_rows(x, y, np.ones(21))
    assert_allclose(joints_of_cuts(points, np.array([0, 7, 21])), 0.33)


@given(seeds, st.integers(0, 5), few, st.booleans())
def test_best_values_are_the_constrained_least_squares_solution(
    seed, n_joints, n_outputs, constrained
):
    points = some_points(seed, 30, n_outputs)
    nodes = np.linspace(points.x[0], points.x[-1], n_joints + 2)
    rng = np.random.default_rng(seed)
    balance = rng.normal(size=n_joints + 1) if constrained else None
    guess = rng.normal(size=(n_joints + 2, n_outputs))
    fit = best_values(points, nodes, guess, balance)
    fit = best_values(points, nodes, fit.line.values, balance)
    residuals = points.y - at(fit.line, points.x)
    loss = points.weight @ (residuals**2).mean(axis=1)
    assert_allclose(fit.line.loss, loss + points.scatter)
    # Every line that meets the condition is at least as bad.
    for _ in range(5):
        other = rng.normal(size=guess.shape)
        if constrained:
            rate = balance / np.diff(nodes)
            normal = np.append(-rate, 0) + np.append(0, rate)
            assert_allclose(normal @ fit.line.values, 0, atol=1e-7 * abs(normal).max())
            other -= np.outer(normal, normal @ other) / (normal @ normal)
        changed = residuals - at(BrokenLine(nodes, 1e-3 * other, 0.0), points.x)
        changed_loss = points.weight @ (changed**2).mean(axis=1)
        assert changed_loss >= loss * (1 - 1e-9)


@given(seeds, st.integers(1, 4), few)
def test_normal_equations_and_balance_match_finite_differences(
    seed, n_joints, n_outputs
):
    points = some_points(seed, 40, n_outputs)
    nodes = np.linspace(points.x[0], points.x[-1], n_joints + 2)
    fit = best_values(points, nodes, np.zeros((n_joints + 2, n_outputs)))
    line, slopes = fit.line, fit.line.slopes
    rng = np.random.default_rng(seed)
    balance = rng.normal(size=n_joints + 1)
    mean_slopes = np.zeros_like(line.values)
    mean_slopes[1:-1] = (slopes[:-1] + slopes[1:]) / 2
    step = 1e-7
    jacobian, condition = [], []
    for node, which in product(range(n_joints + 2), range(1 + n_outputs)):
        moved_nodes, moved_values = line.nodes.copy(), line.values.copy()
        if which:
            moved_values[node, which - 1] += step
        elif 0 < node < n_joints + 1:
            moved_nodes[node] += step
            moved_values[node] += step * mean_slopes[node]
        moved = BrokenLine(moved_nodes, moved_values, 0.0)
        change = (at(moved, points.x) - at(line, points.x)) / step
        jacobian.append((np.sqrt(points.weight)[:, None] * change).ravel())
        condition.append(balance @ (moved.slopes - slopes) / step)
    jacobian = np.array(jacobian)
    band, half_bends = normal_equations(fit, 0.0)
    dense = np.zeros((band.shape[1],) * 2)
    for offset in range(len(band)):
        values = band[len(band) - 1 - offset, offset:]
        dense += np.diag(values, offset)
        dense += np.diag(values, -offset) if offset else 0
    # The ends only get what keeps them in their places.
    for end in (0, -1 - n_outputs):
        dense[end, end] = 0
    scale = max(1, abs(half_bends).max()) ** 2
    # A point within the step of a joint makes the differences wrong.
    nearest = abs(points.x[:, None] - nodes[1:-1]).min()
    if nearest > 2 * step:
        assert_allclose(jacobian @ jacobian.T, dense, atol=1e-5 * scale)
    derivatives = balance_derivatives(line, half_bends, balance)
    size = abs(derivatives).max() + 1
    assert_allclose(np.array(condition), derivatives, atol=1e-4 * size * scale)


@given(seeds, st.integers(1, 6), few, st.booleans())
def test_refining_never_gets_worse_and_keeps_order_and_balance(
    seed, n_joints, n_outputs, constrained
):
    points = some_points(seed, 30, n_outputs)
    nodes = some_nodes(seed, points, n_joints)
    facing_left = np.random.default_rng(seed).uniform(size=n_joints) < 0.5
    balance = balance_of(facing_left) if constrained else None
    lines = list(refine(points, nodes, balance))
    losses = [line.loss for line in lines]
    assert (np.diff(losses) <= 0).all()
    for line in lines:
        assert (np.diff(line.nodes) > 0).all()
        assert (line.nodes[[0, -1]] == points.x[[0, -1]]).all()
        if constrained:
            excess = balance @ line.slopes
            assert_allclose(excess, 0, atol=1e-6 * (1 + abs(line.slopes).max()))


@pytest.mark.parametrize("most", [0, 1, 7, 30, 99, 1000])
def test_the_ladder_ends_at_the_top_and_is_short(most):
    rungs = ladder(most)
    assert rungs[0] == 0 and rungs[-1] == most and (np.diff(rungs) > 0).all()
    assert len(rungs) < 50


def test_the_criterion_lets_nothing_come_near_interpolation():
    assert criterion(1e-9, 99, 99.5) > criterion(1.0, 2, 99.5)
    assert criterion(0.5, 10, 1e6) < criterion(1.0, 2, 1e6)


def test_a_sine_without_noise_gets_all_joints_and_noise_gets_none():
    rng = np.random.default_rng(0)
    x = np.linspace(0, 1, 200)
    sine = Points.of_rows(x, np.sin(9 * x)[:, np.newaxis], np.ones(200))
    noise = Points.of_rows(x, rng.normal(size=(200, 1)), np.ones(200))
    assert result(number_of_joints(sine, 29))[0] == 29
    assert result(number_of_joints(noise, 29))[0] <= 1


@given(seeds, st.integers(1, 20), few)
def test_a_smooth_line_has_the_loss_that_its_components_say(seed, n_joints, n_outputs):
    rng = np.random.default_rng(seed)
    x = np.linspace(0, 1, 60)
    y = np.sin(6 * x)[:, np.newaxis] + 0.3 * rng.normal(size=(60, n_outputs))
    points = Points.of_rows(x, y, rng.uniform(0.5, 2, 60))
    line, value = smooth_line(points, n_joints)
    residuals = points.y - at(line, points.x)
    assert_allclose(line.loss, points.weight @ (residuals**2).mean(axis=1))
    assert np.isfinite(value) and len(line.nodes) == n_joints + 2


def test_a_smooth_line_follows_a_sine_and_not_its_noise():
    rng = np.random.default_rng(0)
    x = np.linspace(0, 1, 200)
    target = np.sin(6 * x)[:, np.newaxis]
    noise = 0.1 * rng.normal(size=(200, 1))
    line, _ = smooth_line(Points.of_rows(x, target + noise, np.ones(200)), 29)
    assert np.sqrt(((at(line, x) - target) ** 2).mean()) < 0.03
    assert line.loss > 0.8 * (noise**2).mean()


def test_a_smooth_line_through_points_on_a_straight_one_is_straight():
    x = np.linspace(0, 1, 50)
    line, _ = smooth_line(Points.of_rows(x, x[:, np.newaxis], np.ones(50)), 9)
    assert_allclose(line.values, line.nodes[:, np.newaxis], atol=1e-12)
