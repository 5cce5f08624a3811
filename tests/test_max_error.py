"""``loss="max_error"``: the smallest largest error, against theory and exhaustion."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning

from estimators import DeepReLURegressor, ReLUNetwork, ShallowReLURegressor
from estimators.minimax import best_broken_line
from estimators.scaling import Scaling
from tests.networks import seeds
from tests.tasks import curve
from tests.test_callbacks import Recorder
from tests.test_minimax import least_error


def model_of(width, **parameters):
    return ShallowReLURegressor(
        width, loss="max_error", **{"random_state": 0, **parameters}
    )


def largest_error(model, X, y):
    return np.abs(model.predict(X) - y).max()


def noisy(seed, n_samples=60):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-3, 5, n_samples)
    return x[:, np.newaxis], 100 * np.sin(x) + 20 * rng.normal(size=n_samples)


@pytest.mark.parametrize("width", [1, 2, 3, 7])
def test_parabola_is_met_by_a_level_piece_and_equal_ones_of_twice_its_length(width):
    # Let e = h²/2. The level line at height e is within e of x² on [0, h], and misses
    # it by e, with opposite signs, at both ends. The chord of x² − e over a stretch of
    # length 2h is e too low at both ends and e too high in the middle. So D units fill
    # (2D + 1) h = 1; errors alternate at multiples of h.
    # Between points a joint is free, so a little less is left where pieces meet.
    h = 1 / (2 * width + 1)
    x = np.linspace(0, 1, 400 * (2 * width + 1) + 1)
    model = model_of(width).fit(x[:, None], x**2)
    assert model.solver_ == "minimax"
    assert_allclose(model.loss_, h**2 / 2, rtol=1e-9)
    errors = (model.predict(x[:, None]) - x**2)[::400]
    signs = (-1.0) ** np.arange(errors.size)
    assert_allclose(errors, signs * h**2 / 2, rtol=0.1)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-6, 6)), min_size=1))
def test_no_single_unit_is_better(pairs):
    x, y = np.array(pairs[:8], dtype=float).T
    # On one side of its joint a single unit is level.
    best = min(least_error(side * x, y, 1, level_start=True) for side in (1, -1))
    best = min(best, least_error(x, y, 0))
    assert_allclose(model_of(1).fit(x[:, None], y).loss_, best, atol=1e-6)


@pytest.mark.parametrize("width", [1, 3, 10, 40])
@pytest.mark.parametrize("scale", [1e-6, 1, 1e9])
def test_no_line_with_a_joint_less_than_units_is_better(width, scale):
    X, y = noisy(width, 300)
    x, y = scale * X[:, 0], 1e-3 * scale * y
    bound = best_broken_line(x, y, width - 1).lower_bound
    model = model_of(width).fit(x[:, None], y)
    assert largest_error(model, x[:, None], y) <= bound * (1 + 1e-9)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("solver", ["lbfgs", "adam", "free_knots"])
@pytest.mark.parametrize("width", [2, 5, 12])
def test_the_squared_error_leads_to_no_smaller_largest_error(solver, width):
    options = {"solver": solver, "alpha": 0, "random_state": 0}
    for X, y in (noisy(width), curve(200)):
        # A unit less bends once less. With as many, the network may be an exception:
        # one that needs no unit for its slope and is level at neither end.
        narrower = ShallowReLURegressor(width - 1 or 1, **options).fit(X, y)
        assert model_of(width).fit(X, y).loss_ <= largest_error(narrower, X, y)
        model = ShallowReLURegressor(width, **options).fit(X, y)
        before = largest_error(model, X, y)
        model.set_params(loss="max_error", solver="auto", warm_start=True).fit(X, y)
        assert model.loss_ == largest_error(model, X, y) <= before


levels = st.sampled_from([1, 2, 5, 10**9])
powers = st.integers(-140, 140)


@settings(max_examples=120)
@given(
    seeds,
    st.integers(1, 30),
    st.integers(1, 8),
    st.tuples(levels, powers),
    st.tuples(levels, powers),
    st.floats(-1e3, 1e3),
    st.sampled_from([np.float64, np.float32]),
)
def test_any_table_gives_the_error_of_its_own_network(
    seed, n_samples, width, of_x, of_y, shift, dtype
):
    rng = np.random.default_rng(seed)
    shares = 1 if dtype is np.float64 else 10  # of the powers that float32 has
    x, y = (
        (np.floor(rng.uniform(size=n_samples) * n_levels) / n_levels + shift)
        * 10.0 ** (power / shares)
        for n_levels, power in (of_x, of_y)
    )
    X, y = x[:, np.newaxis].astype(dtype), y.astype(dtype)
    model = model_of(width).fit(X, y)
    assert model.network_.dtype == dtype
    assert np.isfinite(model.loss_) and np.isfinite(model.predict(X)).all()
    rounding = rounding_of(model.network_, X)
    assert abs(model.loss_ - largest_error(model, X, y)) <= rounding
    # A constant does as well.
    middle = np.finfo(dtype).eps * np.abs(y).max()
    assert model.loss_ <= (float(y.max()) - float(y.min())) / 2 + 4 * middle


def rounding_of(network, X):
    """Bound how far two orders of the same additions lie apart."""
    (theta, phi), (beta, offset) = network.weights, network.biases
    terms = np.maximum(X @ theta.T + beta, 0) @ np.abs(phi).T + np.abs(offset)
    return 2 * theta.size * np.finfo(network.dtype).eps * float(terms.max())


@pytest.mark.parametrize(
    ("x", "y", "width", "error"),
    [
        ([3], [7], 1, 0),
        ([3, 3], [4, 5], 4, 0.5),
        ([1, 2, 3], [0.1, 0.1, 0.1], 2, 0),
        ([0, 0, 0, 1, 1], [0, 1, 2, 5, 7], 1, 1),
        ([0, 1, 2], [5, 5, 7], 9, 0),
        ([0, 1, 2, 3, 1e12], [0, 1, 0, 1, 0], 2, 0.5),
        ([0, 1, 2, 3, 4], [0, 0, 1e-300, 0, 0], 1, 5e-301),
        ([0, 1, 2, 3], [0, 1e150, 0, 1e149], 1, 5e149),
        # Too close for a piece between them, so they are one place.
        ([0, 1e-310, 1, 2], [0, 1, 0, 3], 3, 0.5),
        ([1, 1 + 3e-16, 2, 3], [0, 1, 0, 3], 3, 0.5),
    ],
)
def test_special_data(x, y, width, error):
    x, y = np.array(x, dtype=float)[:, None], np.array(y, dtype=float)
    model = model_of(width).fit(x, y)
    assert_allclose(model.loss_, error, rtol=1e-9, atol=1e-15 * np.abs(y).max())
    assert_allclose(largest_error(model, x, y), model.loss_, rtol=1e-9)


def test_weights_make_no_difference_unless_they_are_zero():
    X, y = noisy(0)
    network = model_of(4).fit(X, y).network_
    rng = np.random.default_rng(0)
    for weight in (np.full(60, 5.0), rng.uniform(0.1, 9, 60), 1 + np.arange(60) % 2):
        assert model_of(4).fit(X, y, sample_weight=weight).network_ == network
    repeated = rng.permutation(np.repeat(np.arange(60), rng.integers(1, 4, 60)))
    assert model_of(4).fit(X[repeated], y[repeated]).network_ == network
    outliers = np.append(y, [1e6, -1e6])
    weight = np.append(np.ones(60), [0, 0])
    X = np.append(X, [[0], [1]], axis=0)
    assert model_of(4).fit(X, outliers, sample_weight=weight).network_ == network


@pytest.mark.parametrize("power", [-400, 400])
def test_powers_of_two_change_no_bit(power):
    X, y = noisy(1)
    plain = model_of(5).fit(X, y)
    scaled = model_of(5).fit(X * 2.0**power, y * 2.0**power)
    assert_array_equal(scaled.predict(X * 2.0**power), plain.predict(X) * 2.0**power)
    assert scaled.loss_curve_ == [loss * 2.0**power for loss in plain.loss_curve_]


@given(seeds)
def test_scaling_by_powers_of_two_folds_and_unfolds_to_the_last_bit(seed):
    rng = np.random.default_rng(seed)
    scales = 10.0 ** rng.uniform(-9, 9, 2)
    X, y = (scale * rng.normal(1e3, 1, (20, 1)) for scale in scales)
    scaling = Scaling.of_data(X, y, np.ones(20)).without_rounding()
    weights = [rng.normal(size=(3, 1)), rng.normal(size=(1, 3))]
    network = ReLUNetwork(weights, [rng.normal(size=3), rng.normal(size=1)])
    assert scaling.fold(scaling.unfold(network), (1, 3, 1), X.dtype) == network


def test_iter_fit_yields_what_fit_keeps():
    X, y = noisy(2, 4000)
    model = model_of(9)
    moments = list(model.iter_fit(X, y, X_val=X[::7] + 0.1, y_val=y[::7]))
    states = list(dict.fromkeys(moments))
    assert len(moments) > len(states) + 20  # pauses
    assert [s.iteration for s in states] == list(range(model.n_iter_ + 1))
    assert [s.loss for s in states[1:]] == model.loss_curve_
    assert (np.diff([s.loss for s in states]) < 0).all()
    assert [s.loss for s in states] == [s.total for s in states]
    for state in states:
        error = np.abs(state.network(X)[:, 0] - y).max()
        assert_allclose(state.loss, error, rtol=1e-12)
        elsewhere = np.abs(state.network(X[::7] + 0.1)[:, 0] - y[::7]).max()
        assert_allclose(state.validation_loss, elsewhere, rtol=1e-12)
    assert states[-1].validation_score == pytest.approx(
        model.score(X[::7] + 0.1, y[::7])
    )
    assert model.network_ == states[-1].network == clone(model).fit(X, y).network_


def test_neither_seed_nor_restarts_nor_alpha_zero_make_a_difference():
    X, y = noisy(3)
    plain = model_of(4).fit(X, y)
    for change in ({"random_state": 7}, {"n_restarts": 9}, {"alpha": 0}):
        model = model_of(4, **change).fit(X, y)
        assert model.network_ == plain.network_
        assert model.loss_curve_[-1] == plain.loss_
    explicit = pickle.loads(pickle.dumps(model_of(4, solver="minimax")))
    assert explicit.fit(X, y).network_ == plain.network_


def test_stopping_early_keeps_the_best():
    X, y = noisy(4)
    model = model_of(6)
    states = model.iter_fit(X, y)
    while next(states).iteration < 2:
        pass
    states.close()
    assert model.loss_ == model.loss_curve_[1] == largest_error(model, X, y)
    recorder = Recorder(stop_at=3)
    stopped = model_of(6).set_callbacks(recorder).fit(X, y)
    assert stopped.n_iter_ == 3 and stopped.network_ == recorder.networks[-1]
    with pytest.warns(ConvergenceWarning, match="max_iter=1"):
        model_of(6, max_iter=1).fit(X, y)


def test_early_stopping_goes_by_the_largest_error_on_validation_rows():
    X, y = noisy(5, 40)
    X_val, y_val = noisy(6, 40)
    model = model_of(30, early_stopping=True).fit(X, y, X_val=X_val, y_val=y_val)
    assert_allclose(
        largest_error(model, X_val, y_val), min(model.validation_loss_curve_)
    )
    assert len(model.validation_scores_) == model.n_iter_
    best = int(np.argmin(model.validation_loss_curve_))
    assert model.loss_ == model.loss_curve_[best]
    model_of(3, early_stopping=True).fit(X, y)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_warm_start_is_never_worse_than_its_start():
    x = np.linspace(0, 4, 81)[:, None]
    # Four units that face both ways: more than the solver is sure to find.
    network = ReLUNetwork(
        [[[1], [-1], [1], [-1]], [[3, 2, -9, 4]]], [[-3, 1, -3.5, 2], [5]]
    )
    y = network(x)[:, 0] + 1e-3 * np.cos(40 * x[:, 0])
    model = ShallowReLURegressor.from_network(network)
    model.set_params(loss="max_error", warm_start=True)
    start, *_ = model.iter_fit(x, y)
    assert start.network == network
    assert model.loss_ <= start.loss
    before = model.network_
    assert model.fit(x, y).network_ == before  # nothing better than the best
    model.set_params(width=5)
    with pytest.raises(ValueError, match="warm_start=False"):
        model.fit(x, y)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"solver": "lbfgs"}, "solver='minimax' alone, got solver='lbfgs'"),
        ({"solver": "free_knots"}, "got solver='free_knots'; set solver='auto'"),
        ({"alpha": 0.1}, "takes no penalty, got alpha=0.1"),
        ({"loss": "squared_error", "solver": "minimax"}, "set loss='max_error'"),
        ({"loss": "absolute_error"}, "'loss' parameter"),
    ],
)
def test_refuses_parameters_that_contradict_each_other(parameters, message):
    X, y = curve(20)
    model = model_of(3).set_params(**parameters)
    for method in (model.fit, model.iter_fit):
        with pytest.raises(ValueError, match=message):
            method(X, y)


def test_refuses_what_has_no_method():
    X, y = curve(20)
    model = model_of(3)
    with pytest.raises(ValueError, match=r"needs one input, X has 2; .*squared_error"):
        model.fit(np.hstack([X, X**2]), y)
    with pytest.raises(ValueError, match=r"needs one output, y has 2; .*estimator"):
        model.fit(X, np.column_stack([y, y]))
    with pytest.raises(ValueError, match="call fit on all rows"):
        model.partial_fit(X, y)
    with pytest.raises(ValueError, match="divide y by a constant"):
        model.fit(X, 1e160 * y)
    with pytest.raises(TypeError, match="loss"):
        DeepReLURegressor(loss="max_error")
