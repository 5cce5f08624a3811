"""The solver for one input and one hidden layer, against what is known to be best."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators.knots.points import Points
from estimators.knots.segments import best_cuts, segment_costs
from estimators.losses import squared_error
from estimators.objective import Objective, Penalty, layer_views, n_parameters
from estimators.problem import merged_rows
from estimators.solvers.free_knots import free_knots
from estimators.solvers.lbfgs import lbfgs
from estimators.solvers.protocol import SolverOptions
from estimators.solvers.start import he_start
from estimators.solvers.threads import one_blas_thread
from tests.networks import seeds


def standardised(values):
    spread = values.std(axis=0)
    return (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1)


FREE = Penalty(0)


@pytest.fixture(autouse=True, scope="module")
def quietly():
    """Solvers are run like this, and on a busy machine it saves most of the time."""
    with one_blas_thread():
        yield


def objective_of(x, y, n_units, weight=None, penalty=FREE, dtype=np.float64):
    y = np.reshape(y, (len(x), -1))
    weight = np.ones(len(x)) if weight is None else weight
    X, y, weight = merged_rows(x[:, np.newaxis], y, weight)
    arrays = [values.astype(dtype) for values in (X, y, weight)]
    sizes = (1, n_units, y.shape[1])
    return Objective(sizes, *arrays, squared_error, penalty)


def options(choose_joints=False):
    random_state = np.random.RandomState(0)
    return SolverOptions(1e-3, 200, random_state, choose_joints=choose_joints)


def start_of(objective, seed=0):
    rng = np.random.RandomState(seed)
    sizes, X, weight = objective.sizes, objective.X, objective.sample_weight
    return he_start(sizes, X, weight, rng).astype(X.dtype)


def steps_of(objective, **settings):
    start = start_of(objective)
    return list(free_knots(objective, start, options(**settings)))


def least(objective, **settings):
    return min(step.total for step in steps_of(objective, **settings))


def least_straight(objective):
    X = objective.X.astype(float)
    root = np.sqrt(objective.sample_weight.astype(float))[:, np.newaxis]
    design, sides = root * np.hstack([np.ones_like(X), X]), root * objective.targets
    rest = sides - design @ np.linalg.lstsq(design, sides)[0]
    return (rest**2).mean(axis=1).sum() / (root**2).sum()


def broken(joints, slopes, x):
    """A broken line through the origin of its left end."""
    bends = np.diff(slopes)
    return slopes[0] * x + np.maximum(x[:, None] - joints, 0) @ bends


def bends_used(objective, step):
    return np.count_nonzero(layer_views(step.params, objective.sizes)[1][0].any(axis=0))


@pytest.mark.parametrize("n_joints", [1, 2, 5, 9])
@pytest.mark.parametrize("seed", range(3))
def test_a_broken_line_with_a_joint_less_than_units_is_recovered(n_joints, seed):
    rng = np.random.default_rng(seed)
    x = standardised(np.sort(rng.uniform(size=400)))
    joints = np.quantile(x, (np.arange(n_joints) + 1) / (n_joints + 1)) + 1e-3
    slopes = np.cumsum(rng.choice([-1, 1], n_joints + 1) * rng.uniform(1, 3))
    y = standardised(broken(joints, slopes, x))
    assert least(objective_of(x, y, n_joints + 1)) < 1e-20


@pytest.mark.parametrize("n_units", [2, 4, 7, 16, 30])
def test_a_zigzag_that_starts_level_is_recovered_with_a_joint_for_each_unit(n_units):
    rng = np.random.default_rng(n_units)
    x = standardised(np.linspace(0, 1, 500))
    joints = np.quantile(x, (np.arange(n_units) + 1) / (n_units + 1)) + 1e-4
    slopes = np.append(0, rng.uniform(1, 2, n_units) * (-1) ** np.arange(n_units))
    y = standardised(broken(joints, slopes, x))
    assert least(objective_of(x, y, n_units)) < 1e-20


def test_units_may_face_left_to_save_the_one_for_the_slope():
    # Slopes −1, 1, 4: the first unit faces left as no other choice would do.
    x = standardised(np.linspace(0, 1, 300))
    y = 1.0 * np.maximum(-0.5 - x, 0) + 4 * np.maximum(x - 0.4, 0)
    objective = objective_of(x, standardised(y), 2)
    steps = steps_of(objective)
    assert steps[-1].total < 1e-20
    (weight, _), _ = layer_views(steps[-1].params, objective.sizes)
    assert sorted(np.sign(weight[:, 0])) == [-1, 1]


@pytest.mark.parametrize("n_units", [3, 10, 30])
def test_what_cannot_do_without_a_unit_for_the_slope_gets_one(n_units):
    # All bends of exp have one sign, and its slope nowhere vanishes.
    x = np.linspace(0, 1, 600)
    y = standardised(np.exp(3 * x))
    x = standardised(x)
    points = Points.of_rows(x, y[:, np.newaxis], np.ones(600))
    costs = segment_costs(points, np.arange(601))
    *_, cuts = best_cuts(costs, n_units)
    optimum = costs[cuts[1:], cuts[:-1]].sum()
    assert least(objective_of(x, y, n_units)) < 1.02 * optimum


@pytest.mark.parametrize("n_units", [2, 5])
@pytest.mark.parametrize("alpha", [0, 1e-4, 1e-2])
def test_never_worse_than_lbfgs_from_some_starts(n_units, alpha):
    x = standardised(np.linspace(0, 1, 100))
    y = standardised(np.sin(3 * x))
    objective = objective_of(x, y, n_units, penalty=Penalty(alpha))
    ours = least(objective)
    for seed in range(3):
        *_, last = lbfgs(objective, start_of(objective, seed), options())
        assert ours <= last.total * (1 + 1e-6)


def test_a_weight_of_two_is_a_repeated_row():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=30), rng.normal(size=30)
    counts = rng.integers(1, 4, 30)
    repeated = objective_of(np.repeat(x, counts), np.repeat(y, counts), 5)
    weighted = objective_of(x, y, 5, counts.astype(float))
    for one, other in zip(steps_of(repeated), steps_of(weighted), strict=True):
        assert_array_equal(one.params, other.params)


def test_a_tiny_weight_is_nearly_no_row():
    x = standardised(np.linspace(0, 1, 60))
    y = np.abs(x)
    y[20] += 50
    weight = np.ones(60)
    weight[20] = 1e-14
    assert least(objective_of(x, y, 3, weight)) < 1e-10


def test_several_outputs_share_their_joints():
    x = standardised(np.linspace(0, 1, 300))
    joints = np.array([-0.8, 0.1, 0.9])
    rng = np.random.default_rng(1)
    slopes = rng.normal(size=(4, 3))
    y = np.column_stack([broken(joints, s, x) for s in slopes.T])
    assert least(objective_of(x, standardised(y), 4)) < 1e-20


def test_rows_that_differ_at_one_place_are_fitted_by_their_mean():
    x = standardised(np.repeat(np.arange(6.0), 4))
    y = standardised(np.random.default_rng(0).normal(size=(24, 2)))
    means = y.reshape(6, 4, 2).mean(axis=1)
    scatter = ((y - np.repeat(means, 4, axis=0)) ** 2).mean()
    assert_allclose(least(objective_of(x, y, 5)), scatter, rtol=1e-12)


@given(seeds, st.integers(1, 25), st.integers(1, 12), st.integers(1, 2), st.booleans())
@settings(max_examples=40)
def test_small_data_of_any_kind(seed, n, n_units, n_outputs, choose_joints):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n) if rng.uniform() < 0.5 else rng.integers(0, 9, n) * 1.0
    y = rng.standard_cauchy(size=(n, n_outputs))
    weight = rng.exponential(size=n) + 1e-3
    objective = objective_of(standardised(x), standardised(y), n_units, weight)
    start = start_of(objective)
    steps = list(free_knots(objective, start, options(choose_joints)))
    assert_array_equal(steps[0].params, start)
    totals = np.array([step.total for step in steps])
    assert np.isfinite(totals).all() and (np.diff(totals) <= 0).all()
    for step in (steps[0], steps[-1]):
        assert np.isfinite(step.params).all()
        assert step.total == objective.total(step.params)
    assert totals[-1] <= least_straight(objective) * (1 + 1e-9) + 1e-12
    if n_units >= n and not choose_joints:
        assert (
            totals[-1]
            <= 1e-9
            + Points.of_rows(
                objective.X[:, 0], objective.targets, objective.sample_weight
            ).scatter
        )


@pytest.mark.parametrize(
    ("alpha", "choose_joints"), [(0, False), (0, True), (1e-2, False)]
)
@pytest.mark.parametrize("which", ["x", "y", "both"])
def test_outliers_beyond_all_measure(which, alpha, choose_joints):
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 60))
    if which != "y":
        x[7] = 1e12
    if which != "x":
        y[7] = -1e12
    objective = objective_of(
        standardised(x), standardised(y), 6, penalty=Penalty(alpha)
    )
    steps = steps_of(objective, choose_joints=choose_joints)
    assert all(np.isfinite(step.params).all() for step in steps)
    if not alpha:
        assert steps[-1].total <= least_straight(objective) * (1 + 1e-9)


@pytest.mark.parametrize("choose_joints", [False, True])
def test_places_that_nearly_coincide(choose_joints):
    x = np.array([-1, 0, 1e-300, 1e-200, 1e-20, 2e-20, 1e-9, 0.5, 0.7, 1])
    y = standardised(np.random.default_rng(0).normal(size=10))
    for n_units in (1, 3, 20):
        objective = objective_of(x, y, n_units)
        steps = steps_of(objective, choose_joints=choose_joints)
        assert all(np.isfinite(step.params).all() for step in steps)
        assert steps[-1].total <= least_straight(objective) * (1 + 1e-9)


@pytest.mark.parametrize("n_units", [1, 4])
def test_constant_inputs_or_targets_leave_nothing_to_bend(n_units):
    y = standardised(np.random.default_rng(0).normal(size=9))
    assert_allclose(least(objective_of(np.zeros(9), y, n_units)), 1)
    assert least(objective_of(y, np.zeros(9), n_units)) < 1e-30


def test_one_row():
    objective = objective_of(np.zeros(1), np.array([[0.5, -2]]), 3)
    assert least(objective) < 1e-30


def test_float32_data_give_float32_parameters():
    x = standardised(np.linspace(0, 1, 200))
    y = standardised(np.sin(4 * x))
    for penalty in (Penalty(0), Penalty(1e-4)):
        single = objective_of(x, y, 8, penalty=penalty, dtype=np.float32)
        steps = steps_of(single)
        assert {step.params.dtype for step in steps} == {np.dtype(np.float32)}
        double = least(objective_of(x, y, 8, penalty=penalty))
        assert_allclose(steps[-1].total, double, rtol=1e-3)


@pytest.mark.parametrize("penalty", [Penalty(1e-3), Penalty(1e-3, relative=True)])
def test_a_penalty_ends_in_a_stationary_point(penalty):
    rng = np.random.default_rng(0)
    x = standardised(rng.uniform(size=80))
    y = standardised(np.sin(3 * x) + 0.3 * rng.normal(size=80))
    objective = objective_of(x, y, 4, penalty=penalty)
    last = steps_of(objective)[-1]
    for seed in range(5):
        change = np.random.default_rng(seed).normal(size=last.params.size) * 1e-4
        assert objective.total(last.params + change) >= last.total * (1 - 1e-6)


def test_nothing_is_random():
    x = standardised(np.random.default_rng(0).uniform(size=700))
    objective = objective_of(x, standardised(np.sin(7 * x)), 9)
    for one, other in zip(steps_of(objective), steps_of(objective), strict=True):
        assert_array_equal(one.params, other.params)


@pytest.mark.parametrize("periods", [1, 2])
def test_noise_is_not_followed(periods):
    rng = np.random.default_rng(periods)
    x = np.sort(rng.uniform(size=200))
    target = np.sin(2 * np.pi * periods * x)
    y = target + 0.1 * rng.normal(size=200)
    objective = objective_of(standardised(x), standardised(y), 30)

    def error(step):
        outputs = objective.outputs(step.params, standardised(x)[:, np.newaxis])
        fitted = outputs[:, 0] * y.std() + y.mean()
        return np.sqrt(((fitted - target) ** 2).mean())

    chosen = steps_of(objective, choose_joints=True)[-1]
    everything = steps_of(objective)[-1]
    assert error(chosen) < min(0.045, error(everything))


def test_no_noise_means_all_units():
    x = standardised(np.linspace(0, 1, 500))
    objective = objective_of(x, standardised(np.sin(5 * x)), 20)
    step = steps_of(objective, choose_joints=True)[-1]
    assert bends_used(objective, step) == 20
    assert step.params.size == n_parameters(objective.sizes)
