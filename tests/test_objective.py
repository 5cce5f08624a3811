"""Losses and the objective: value and gradient belong together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.metrics import log_loss

from estimators.losses import class_probabilities, cross_entropy, squared_error
from estimators.objective import Objective, Penalty, layer_views, n_parameters
from estimators.passes import rows_at_a_time
from tests.networks import seeds

PENALTIES = [Penalty(0), Penalty(0.3), Penalty(0.3, relative=True)]


def some_objective(seed, sizes, loss, penalty, n_rows=7):
    rng = np.random.default_rng(seed)
    if loss is squared_error:
        targets = rng.normal(size=(n_rows, sizes[-1]))
    elif sizes[-1] == 1:
        targets = rng.integers(0, 2, (n_rows, 1)).astype(float)
    else:
        targets = np.eye(sizes[-1])[rng.integers(0, sizes[-1], n_rows)]
    weight = rng.uniform(0.5, 2, n_rows)
    X = rng.normal(size=(n_rows, sizes[0]))
    params = rng.normal(size=n_parameters(sizes))
    return Objective(sizes, X, targets, weight, loss, penalty), params


@given(
    seeds,
    st.lists(st.integers(1, 4), min_size=2, max_size=4),
    st.sampled_from([squared_error, cross_entropy]),
    st.sampled_from(PENALTIES),
)
def test_gradient_matches_the_value_for_any_number_of_outputs(
    seed, sizes, loss, penalty
):
    objective, params = some_objective(seed, sizes, loss, penalty)
    total, gradient = objective(params)
    assert_allclose(total, objective.total(params), rtol=1e-12)
    step = 1e-6
    for k, unit in enumerate(np.eye(params.size)):
        rise = objective.total(params + step * unit)
        fall = objective.total(params - step * unit)
        slope_right, slope_left = (rise - total) / step, (total - fall) / step
        # A joint between the two points makes the one-sided slopes differ.
        if abs(slope_right - slope_left) < 1e-3 * (1 + abs(slope_left)):
            expected = (rise - fall) / (2 * step)
            assert_allclose(gradient[k], expected, rtol=1e-4, atol=1e-5 * (1 + total))


def test_squared_error_is_the_mean_over_samples_and_outputs():
    outputs, targets = np.array([[1.0, 2], [3, 4]]), np.array([[1.0, 0], [0, 4]])
    value, _ = squared_error(outputs, targets, np.full(2, 1 / 2))
    assert value == (0 + 4 + 9 + 0) / 4


@pytest.mark.parametrize("n_classes", [2, 3])
def test_cross_entropy_is_scikit_learns_log_loss(n_classes):
    rng = np.random.default_rng(0)
    codes = np.arange(20) % n_classes
    outputs = 5 * rng.normal(size=(20, 1 if n_classes == 2 else n_classes))
    targets = codes[:, None] if n_classes == 2 else np.eye(n_classes)[codes]
    value, _ = cross_entropy(outputs, targets.astype(float), np.full(20, 1 / 20))
    assert_allclose(value, log_loss(codes, class_probabilities(outputs)))


def test_cross_entropy_of_certain_answers_does_not_overflow():
    for outputs in (np.array([[1e4], [-1e4]]), np.array([[1e4, 0], [0, 1e4]])):
        targets = np.array([[1.0], [0.0]]) if outputs.shape[1] == 1 else np.eye(2)
        value, gradient = cross_entropy(outputs, targets, np.full(2, 0.5))
        assert value == 0 and np.isfinite(gradient).all()


@pytest.mark.parametrize("loss", [squared_error, cross_entropy])
@pytest.mark.parametrize("penalty", PENALTIES)
@pytest.mark.parametrize("widths", [(3,), (90, 60), (110, 100)], ids=str)
def test_blocks_do_not_show(loss, penalty, widths):
    sizes = (2, *widths, 2)
    block_rows = rows_at_a_time(sizes)
    n_rows = 2 * block_rows + 17
    objective, params = some_objective(1, sizes, loss, penalty, n_rows)
    total, gradient = objective(params)
    rows = np.arange(n_rows)
    parts = [rows[:block_rows], rows[block_rows:]]
    share = [objective.sample_weight[part].sum() for part in parts]
    losses = [objective.loss(params, objective(params, part)[0]) for part in parts]
    assert_allclose(objective.loss(params, total), np.average(losses, weights=share))
    assert_allclose(objective.total(params), total, rtol=1e-12)
    reversed_total, reversed_gradient = objective(params, rows[::-1])
    assert_allclose(reversed_total, total, rtol=1e-12)
    assert_allclose(reversed_gradient, gradient, rtol=1e-9, atol=1e-12)


def test_outputs_are_the_recursion_of_the_lectures():
    """h_0 = x, h_{k+1} = ReLU(β_k + Ω_k h_k), y = β_K + Ω_K h_K."""
    sizes = (2, 3, 4, 2)
    objective, params = some_objective(3, sizes, squared_error, Penalty(0))
    # More rows than there are to train on.
    X = np.random.default_rng(4).normal(size=(3000, 2))
    h = X
    for k, (weight, bias) in enumerate(layer_views(params, sizes)):
        h = (np.maximum(h, 0) if k else h) @ weight.T + bias
    assert_allclose(objective.outputs(params, X), h, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("loss", [squared_error, cross_entropy])
def test_one_evaluation_leaves_no_trace_in_the_next(loss):
    objective, params = some_objective(5, (2, 70, 60, 2), loss, Penalty(0.1), 500)
    total, gradient = objective(params)
    # An overflow and a shorter mini-batch use the same memory.
    assert not np.isfinite(objective(1e200 * params)[0])
    objective(-params, np.arange(123))
    again, same_gradient = objective(params)
    assert again == total
    assert_array_equal(same_gradient, gradient)


@pytest.mark.parametrize("loss", [squared_error, cross_entropy])
@pytest.mark.parametrize("penalty", PENALTIES)
def test_float32_stays_float32_and_is_close_to_float64(loss, penalty):
    objective, params = some_objective(6, (3, 8, 9, 2), loss, penalty, 1500)
    single = objective.astype(np.float32)
    rounded = params.astype(np.float32)
    total, gradient = single(rounded)
    assert gradient.dtype == single.outputs(rounded, single.X).dtype == np.float32
    expected_total, expected_gradient = objective(params)
    assert_allclose(total, expected_total, rtol=1e-5)
    scale = np.abs(expected_gradient).max()
    assert_allclose(gradient, expected_gradient, atol=1e-4 * scale)


@pytest.mark.parametrize("penalty", PENALTIES[1:])
def test_biases_are_free(penalty):
    objective, params = some_objective(7, (2, 3, 2), squared_error, penalty)
    squares = [float(np.sum(w**2)) for w, _ in layer_views(params, objective.sizes)]
    loss, _ = objective.with_penalty(Penalty(0))(params)
    expected = penalty.total(loss, sum(squares))
    assert_allclose(objective(params)[0], expected, rtol=1e-13)
    assert_allclose(objective.total(params), expected, rtol=1e-13)


@pytest.mark.parametrize("penalty", PENALTIES[1:])
def test_the_penalty_depends_neither_on_samples_nor_on_batches(penalty):
    objective, params = some_objective(2, [2, 3, 1], squared_error, penalty)
    twice = Objective(
        objective.sizes,
        np.tile(objective.X, (2, 1)),
        np.tile(objective.targets, (2, 1)),
        np.tile(objective.sample_weight, 2),
        squared_error,
        penalty,
    )
    assert_allclose(twice(params)[0], objective(params)[0], rtol=1e-14)
    assert_allclose(twice(params)[1], objective(params)[1], rtol=1e-12, atol=1e-14)
    batch = twice(params, np.arange(7))
    assert_allclose(batch[0], objective(params)[0], rtol=1e-14)


@given(seeds, st.floats(1e-8, 1e8))
def test_a_common_factor_of_the_weights_changes_nothing(seed, factor):
    objective, params = some_objective(seed, [2, 3, 1], squared_error, Penalty(0.1))
    scaled = Objective(
        objective.sizes,
        objective.X,
        objective.targets,
        objective.sample_weight * factor,
        squared_error,
        objective.penalty,
    )
    assert_allclose(scaled(params)[0], objective(params)[0], rtol=1e-13)
