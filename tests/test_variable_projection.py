"""Variable projection: an optimal output layer, an exact gradient, never worse."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators.losses import squared_error
from estimators.objective import Objective, Penalty, layer_views, n_parameters
from estimators.problem import merged_rows
from estimators.scaling import Scaling
from estimators.solvers import projection
from estimators.solvers.lbfgs import lbfgs
from estimators.solvers.point_start import point_start
from estimators.solvers.projection import BLOCK_ROWS, ProjectedObjective
from estimators.solvers.protocol import SolverOptions
from estimators.solvers.start import he_start
from estimators.solvers.threads import one_blas_thread
from estimators.solvers.variable_projection import variable_projection
from tests.networks import seeds

NONE, SOME = Penalty(0), Penalty(0.01)
each_penalty = pytest.mark.parametrize("penalty", [NONE, SOME], ids=str)
few = settings(max_examples=25)


def standardised(X, Y, weights=None, widths=(5,), penalty=NONE, dtype=np.float64):
    """Prepare data as the estimators do."""
    weights = np.ones(len(X)) if weights is None else weights
    X, Y, weights = merged_rows(X, Y, weights.astype(float))
    scaling = Scaling.of_data(X, Y, weights)
    sizes = (X.shape[1], *widths, Y.shape[1])
    facts = (scaling.inputs(X, dtype), scaling.targets(Y, dtype), weights.astype(dtype))
    return Objective(sizes, *facts, squared_error, penalty)


def surface(n_rows=300, n_outputs=1, seed=0, **settings):
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1, 1, (n_rows, 2))
    waves = [np.sin((3 + k) * X[:, 0]) * np.cos(2 * X[:, 1]) for k in range(n_outputs)]
    return standardised(X, np.column_stack(waves), **settings)


def started(objective, seed=0):
    facts = (objective.sizes, objective.X, objective.sample_weight)
    return he_start(*facts, np.random.RandomState(seed)).astype(objective.X.dtype)


def solved(objective, n_steps=None, seed=0):
    options = SolverOptions(1e-3, 200, np.random.RandomState(seed))
    steps = variable_projection(objective, started(objective, seed), options)
    with one_blas_thread():
        return list(islice(steps, n_steps))


def ended(generator):
    """Run a generator to its end and take what it returns."""
    while True:
        try:
            next(generator)
        except StopIteration as end:
            return end.value


def hidden_of(objective, params):
    return params[: n_parameters(objective.sizes[:-1])]


@pytest.mark.parametrize("n_outputs", [1, 3])
@pytest.mark.parametrize("widths", [(), (6,), (5, 4)])
@each_penalty
def test_no_output_layer_is_better(widths, n_outputs, penalty):
    objective = surface(60, n_outputs, widths=widths, penalty=penalty)
    hidden = hidden_of(objective, started(objective))
    params = ended(ProjectedObjective(objective)(hidden)).params
    gradient = objective(params)[1]
    assert_allclose(gradient[hidden.size :], 0, atol=1e-8)
    assert_array_equal(params[: hidden.size], hidden)


@each_penalty
@few
@given(seeds, st.lists(st.integers(1, 4), min_size=1, max_size=3), st.integers(1, 2))
def test_gradient_matches_the_value(penalty, seed, widths, n_outputs):
    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(30, 2)), rng.normal(size=(30, n_outputs))
    weights = rng.uniform(0.5, 2, 30)
    objective = standardised(X, Y, weights, widths, penalty)
    function = ProjectedObjective(objective)
    hidden = rng.normal(size=n_parameters(objective.sizes[:-1]))
    value, gradient, params = ended(function(hidden))
    assert value == pytest.approx(objective.total(params), rel=1e-12)
    step = 1e-6
    for k, unit in enumerate(np.eye(hidden.size)):
        rise = ended(function(hidden + step * unit)).value
        fall = ended(function(hidden - step * unit)).value
        slope_right, slope_left = (rise - value) / step, (value - fall) / step
        # A joint at a data point makes the one-sided slopes differ.
        if abs(slope_right - slope_left) < 1e-4 * (1 + abs(slope_left)):
            expected = (rise - fall) / (2 * step)
            assert_allclose(gradient[k], expected, rtol=1e-3, atol=1e-4)


def test_neither_blocks_nor_forgotten_activations_show(monkeypatch):
    objective = surface(2 * BLOCK_ROWS + 17, widths=(7, 6))
    hidden = hidden_of(objective, started(objective))
    whole = ended(ProjectedObjective(objective)(hidden))
    monkeypatch.setattr(projection, "MOST_KEPT_BYTES", 0)
    again = ended(ProjectedObjective(objective)(hidden))
    assert_array_equal(whole.gradient, again.gradient)
    assert_allclose(whole.value, objective(whole.params)[0], rtol=1e-12)
    by_hidden = hidden_of(objective, objective(whole.params)[1])
    assert_allclose(whole.gradient, by_hidden, rtol=1e-9, atol=1e-12)


def test_scaling_a_unit_changes_nothing():
    objective = surface(60, widths=(6,))
    function = ProjectedObjective(objective)
    hidden = hidden_of(objective, started(objective))
    scaled = hidden.copy()
    ((weight, bias),) = layer_views(scaled, objective.sizes[:-1])
    factor = np.logspace(-6, 6, len(bias))
    weight *= factor[:, np.newaxis]
    bias *= factor
    value = ended(function(hidden)).value
    assert_allclose(ended(function(scaled)).value, value, rtol=1e-9)


def test_overflow_is_infinite_and_dead_units_are_harmless():
    objective = surface(60, widths=(6,))
    function = ProjectedObjective(objective)
    hidden = hidden_of(objective, started(objective))
    with np.errstate(over="ignore", invalid="ignore"):
        assert ended(function(hidden * 1e200)).value == np.inf
    dead = hidden.copy()
    ((_, bias),) = layer_views(dead, objective.sizes[:-1])
    bias[:] = -1e3
    assert ended(function(dead)).value == pytest.approx(1)  # the mean is left


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("n_outputs", [1, 2])
@each_penalty
def test_totals_are_the_objectives_and_never_rise(n_outputs, dtype, penalty):
    objective = surface(80, n_outputs, dtype=dtype, penalty=penalty)
    steps = solved(objective, 60)
    start = started(objective)
    assert_array_equal(steps[0].params, start)
    tolerance = 1e-12 if dtype == np.float64 else 1e-4
    for step in steps:
        assert step.params.dtype == dtype
        assert_allclose(step.total, objective.total(step.params), rtol=tolerance)
    assert (np.diff([step.total for step in steps]) <= 0).all()
    assert steps[-1].total < 0.9 * steps[0].total


def some_table(rng, n_rows, n_inputs, n_outputs, kind):
    X = rng.normal(size=(n_rows, n_inputs)).round(1)
    Y = rng.normal(size=(n_rows, n_outputs))
    if kind == "collinear":
        X[:, :] = X[:, :1]
    if kind == "one place":
        X[:] = 7
    if kind == "constant":
        Y[:] = 3
    if kind == "outliers":
        X[0], Y[-1] = 1e12, -1e12
    return X, Y


@few
@given(
    seeds,
    st.integers(1, 12),
    st.integers(1, 3),
    st.integers(1, 2),
    st.lists(st.integers(1, 4), max_size=2),
    st.sampled_from(["any", "collinear", "one place", "constant", "outliers"]),
    st.sampled_from([NONE, SOME]),
    st.sampled_from([np.float64, np.float32]),
)
def test_whatever_the_data_it_ends_and_is_not_worse_than_its_start(
    seed, n_rows, n_inputs, n_outputs, widths, kind, penalty, dtype
):
    rng = np.random.default_rng(seed)
    X, Y = some_table(rng, n_rows, n_inputs, n_outputs, kind)
    objective = standardised(X, Y, widths=widths, penalty=penalty, dtype=dtype)
    steps = solved(objective, 5000, seed % 1000)
    assert len(steps) < 5000
    totals = np.array([step.total for step in steps])
    assert np.isfinite(totals).all() and (np.diff(totals) <= 0).all()
    assert all(np.isfinite(step.params).all() for step in steps)


def test_weights_equal_repetition():
    rng = np.random.default_rng(1)
    X, Y = rng.normal(size=(40, 2)), rng.normal(size=(40, 1))
    counts = rng.integers(1, 4, 40)
    weighted = solved(standardised(X, Y, counts), 60)
    repeated = standardised(np.repeat(X, counts, axis=0), np.repeat(Y, counts, axis=0))
    for one, other in zip(weighted, solved(repeated, 60), strict=True):
        assert_array_equal(one.params, other.params)


def test_a_weight_of_two_is_a_repeated_row():
    rng = np.random.default_rng(2)
    X, Y = rng.normal(size=(40, 2)), rng.normal(size=(40, 1))
    counts = rng.integers(1, 4, 40)
    rows = np.repeat(np.arange(40), counts)
    sizes, once = (2, 3, 2, 1), np.ones(rows.size)
    weighted = Objective(sizes, X, Y, counts.astype(float), squared_error, NONE)
    repeated = Objective(sizes, X[rows], Y[rows], once, squared_error, NONE)
    hidden = rng.normal(size=n_parameters(sizes[:-1]))
    one, other = (ended(ProjectedObjective(o)(hidden)) for o in (weighted, repeated))
    assert_allclose(one.value, other.value, rtol=1e-12)
    assert_allclose(one.gradient, other.gradient, rtol=1e-9, atol=1e-12)


def test_same_seed_same_bits():
    objective = surface(100)
    first, second = solved(objective, 80), solved(objective, 80)
    assert [step.total for step in first] == [step.total for step in second]
    assert_array_equal(first[-1].params, second[-1].params)


def test_a_network_of_its_own_kind_is_found():
    """A target made of two units is fitted to rounding."""
    X = np.random.default_rng(3).normal(size=(200, 2))
    target = np.maximum(X @ [1, 2] + 0.3, 0) - 2 * np.maximum(X @ [1, -1] - 0.2, 0)
    objective = standardised(X, target[:, np.newaxis], widths=(4,))
    assert solved(objective)[-1].total < 1e-12


@pytest.mark.parametrize("widths", [(20,), (10, 10)])
def test_gets_further_than_lbfgs_from_the_same_start(widths):
    objective = surface(500, widths=widths)
    start = started(objective)
    with one_blas_thread():
        options = SolverOptions(1e-3, 200, np.random.RandomState(0))
        *_, peer = islice(lbfgs(objective, start, options), 500)
        steps = variable_projection(objective, start, options)
        assert any(step.total < 0.5 * peer.total for step in steps)


@given(seeds, st.integers(1, 8))
def test_every_drawn_unit_bends_at_a_data_point(seed, width):
    X = np.random.default_rng(seed).normal(size=(30, 2))
    objective = standardised(X, X[:, :1] ** 2, widths=(width,))
    random_state = np.random.RandomState(seed % 1000)
    hidden = ended(point_start(objective, random_state))
    ((weight, bias),) = layer_views(hidden, objective.sizes[:-1])
    z = objective.X @ weight.T + bias
    assert_allclose(np.abs(z).min(axis=0), 0, atol=1e-9)


def test_drawn_units_explain_more_than_the_same_number_at_random():
    objective = surface(500, widths=(10,))
    function = ProjectedObjective(objective)
    for seed in range(5):
        selected = ended(point_start(objective, np.random.RandomState(seed)))
        at_random = hidden_of(objective, started(objective, seed))
        assert ended(function(selected)).value < ended(function(at_random)).value
