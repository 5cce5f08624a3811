"""What the estimators promise beyond scikit-learn's checks."""

import pickle
import warnings

import numpy as np
import pytest
import sklearn
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import clone
from sklearn.datasets import load_diabetes, load_iris, load_linnerud, make_moons
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from estimators import (
    DeepReLUClassifier,
    DeepReLURegressor,
    ReLUNetwork,
    ShallowReLURegressor,
)
from estimators.solvers import SOLVERS
from tests.networks import random_network, seeds, ten_parameter_network

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")

ALL = [ShallowReLURegressor, DeepReLURegressor, DeepReLUClassifier]
each_estimator = pytest.mark.parametrize("Estimator", ALL)
each_solver = pytest.mark.parametrize("solver", SOLVERS)


def curve(n_samples=80, n_outputs=1, dtype=np.float64):
    x = np.linspace(-1, 2, n_samples)
    y = np.column_stack([np.sin((2 + k) * x) for k in range(n_outputs)])
    return x[:, None].astype(dtype), (y if n_outputs > 1 else y[:, 0]).astype(dtype)


def task(Estimator, n_samples=80, dtype=np.float64):
    if Estimator is DeepReLUClassifier:
        X, y = make_moons(n_samples, noise=0.2, random_state=0)
        return X.astype(dtype), y
    return curve(n_samples, dtype=dtype)


# -- quality on raw data ------------------------------------------------------------


@pytest.fixture(scope="module")
def diabetes():
    return load_diabetes(return_X_y=True, scaled=False)


def diabetes_scores(estimator, X, y):
    folds = KFold(5, shuffle=True, random_state=0)
    return cross_val_score(estimator, X, y, cv=folds)


def test_diabetes_at_defaults_on_raw_data(diabetes):
    score = diabetes_scores(ShallowReLURegressor(random_state=0), *diabetes).mean()
    linear = diabetes_scores(LinearRegression(), *diabetes).mean()
    assert score >= 0.45
    assert score > linear


def test_scores_do_not_depend_on_units(diabetes):
    X, y = diabetes
    estimator = ShallowReLURegressor(random_state=0)
    plain = diabetes_scores(estimator, X, y)
    moved = diabetes_scores(estimator, X * 1e6 + 1e7, y * 1e6 - 1e7)
    # Rounding of the shifted data is not rounding of the plain data; over hundreds of
    # iterations the difference grows, but not to anything that a score would show.
    assert_allclose(moved, plain, atol=2e-3)


@pytest.mark.parametrize("power", [-500, -100, 100, 500])
def test_powers_of_two_change_no_bit(power):
    X, y = curve()
    factor = 2.0**power
    plain = ShallowReLURegressor(5, random_state=0).fit(X, y)
    scaled = ShallowReLURegressor(5, random_state=0).fit(X * factor, y * factor)
    assert_array_equal(scaled.predict(X * factor), plain.predict(X) * factor)


@pytest.mark.parametrize(
    ("n_units", "target"), [(1, np.abs), (2, lambda x: np.abs(x - 1) - x)]
)
def test_finds_a_function_that_it_can_represent(n_units, target):
    x = np.linspace(-2, 3, 101)
    model = ShallowReLURegressor(n_units + 1, random_state=0).fit(x[:, None], target(x))
    assert model.score(x[:, None], target(x)) > 1 - 1e-9


def test_grid_search_of_all_three_in_pipelines(diabetes):
    X, y = (part[:150] for part in diabetes)
    for model, targets, grid in [
        (ShallowReLURegressor(random_state=0), y, {"width": [2, 5]}),
        (DeepReLURegressor(random_state=0), y, {"depth": [1, 2], "width": [3, 6]}),
        (
            DeepReLUClassifier(random_state=0),
            y > 150,
            {"depth": [1, 2], "width": [3, 6]},
        ),
    ]:
        name = type(model).__name__.lower()
        search = GridSearchCV(
            make_pipeline(StandardScaler(), model.set_params(max_iter=100)),
            {f"{name}__{key}": values for key, values in grid.items()},
            cv=3,
        ).fit(X, targets)
        assert search.best_score_ > 0.3
        assert search.best_estimator_[-1].network_.n_inputs == 10


# -- targets ------------------------------------------------------------------------


def test_several_outputs_share_joints():
    X, Y = curve(n_outputs=2)
    model = ShallowReLURegressor(20, random_state=0).fit(X, Y)
    assert model.predict(X).shape == Y.shape
    assert model.score(X, Y) > 0.99
    assert len(model.joints_) <= 20
    slopes, intercepts = model.local_linear_model(X)
    assert slopes.shape == (80, 2, 1) and intercepts.shape == (80, 2)


def test_outputs_of_any_units_are_learned_alike():
    X, Y = curve(n_outputs=2)
    plain = ShallowReLURegressor(8, random_state=0).fit(X, Y)
    mixed = ShallowReLURegressor(8, random_state=0).fit(X, Y * [2.0**30, 2.0**-30])
    assert_array_equal(mixed.predict(X), plain.predict(X) * [2.0**30, 2.0**-30])


def test_linnerud_outputs_of_three_kinds():
    X, Y = load_linnerud(return_X_y=True)
    assert ShallowReLURegressor(3, random_state=0).fit(X, Y).score(X, Y) > 0.2


def test_loss_is_the_mean_squared_error_of_the_fitted_network():
    X, y = curve()
    for solver in SOLVERS:
        model = ShallowReLURegressor(5, solver=solver, max_iter=50, random_state=0)
        model.fit(X, 100 * y)
        assert_allclose(model.loss_, np.mean((model.predict(X) - 100 * y) ** 2))
        assert model.loss_ in model.loss_curve_
        assert len(model.loss_curve_) == model.n_iter_


@pytest.mark.parametrize("y", [np.full(30, 7.5), np.full((30, 2), [7.5, -1])])
def test_constant_targets_are_predicted_exactly(y):
    X, _ = curve(30)
    model = ShallowReLURegressor(random_state=0).fit(X, y)
    assert_array_equal(model.predict(X + 100), y)
    assert model.loss_ == 0


def test_a_column_that_never_varies_is_ignored():
    X, y = curve()
    with_constant = np.column_stack([X, np.full(len(X), 0.1)])
    model = ShallowReLURegressor(5, random_state=0).fit(with_constant, y)
    elsewhere = with_constant + np.array([0, 1e6])
    assert_array_equal(model.predict(elsewhere), model.predict(with_constant))


@pytest.mark.parametrize("n_classes", [2, 3])
def test_classifier_outputs(n_classes):
    X, y = load_iris(return_X_y=True)
    X, y = X[y < n_classes], np.array(["a", "b", "c"])[y[y < n_classes]]
    model = DeepReLUClassifier(random_state=0).fit(X, y)
    assert model.network_.n_outputs == (1 if n_classes == 2 else 3)
    assert model.score(X, y) > 0.95
    assert_allclose(model.predict_proba(X).sum(axis=1), 1)
    assert_allclose(np.exp(model.predict_log_proba(X)), model.predict_proba(X))
    winners = model.predict_proba(X).argmax(axis=1)
    assert_array_equal(model.classes_[winners], model.predict(X))


# -- weights, seeds, types ----------------------------------------------------------


@each_solver
@each_estimator
def test_weights_equal_repetition_to_the_last_bit(Estimator, solver):
    X, y = task(Estimator, 40)
    counts = np.random.default_rng(0).integers(0, 4, len(X))
    order = np.random.default_rng(1).permutation(counts.sum())
    repeated_X, repeated_y = np.repeat(X, counts, 0)[order], np.repeat(y, counts)[order]
    model = Estimator(solver=solver, max_iter=60, random_state=0)
    weighted = clone(model).fit(X, y, sample_weight=counts)
    repeated = clone(model).fit(repeated_X, repeated_y)
    assert weighted.network_ == repeated.network_


@each_solver
@each_estimator
def test_the_same_seed_gives_the_same_bits(Estimator, solver):
    X, y = task(Estimator, 300)
    model = Estimator(solver=solver, max_iter=20, random_state=3)
    first, second = clone(model).fit(X, y), clone(model).fit(X, y)
    assert first.network_ == second.network_
    assert first.loss_curve_ == second.loss_curve_
    other = clone(model).set_params(random_state=4).fit(X, y)
    assert other.network_ != first.network_


@each_solver
@each_estimator
def test_float32_stays_float32(Estimator, solver):
    X, y = task(Estimator, dtype=np.float32)
    model = Estimator(solver=solver, max_iter=20, random_state=0).fit(X, y)
    assert model.network_.dtype == np.float32
    assert model.transform(X).dtype == np.float32
    outputs = model.predict_proba(X) if hasattr(model, "classes_") else model.predict(X)
    assert outputs.dtype == np.float32


@each_estimator
def test_pickle_is_little_more_than_the_weights(Estimator):
    X, y = task(Estimator, 200)
    deep = {} if Estimator is ShallowReLURegressor else {"depth": 3}
    model = Estimator(width=100, solver="adam", random_state=0, max_iter=500, **deep)
    model.fit(X, y).partial_fit(X, y)
    stored = pickle.dumps(model)
    weights = sum(a.nbytes for a in model.coefs_ + model.intercepts_)
    assert len(stored) <= 1.2 * weights + 20_000
    twin = pickle.loads(stored)
    assert_array_equal(twin.predict(X), model.predict(X))
    twin.partial_fit(X, y)


def test_negative_weights_are_refused():
    X, y = curve()
    with pytest.raises(ValueError, match="Negative"):
        ShallowReLURegressor().fit(X, y, sample_weight=-np.ones(len(X)))


# -- the fit protocol ---------------------------------------------------------------


@each_solver
def test_iter_fit_yields_what_fit_keeps(solver):
    X, y = curve()
    model = ShallowReLURegressor(5, solver=solver, max_iter=40, random_state=0)
    fitted = clone(model).fit(X, y)
    states = list(model.iter_fit(X, y))
    assert [s.iteration for s in states] == list(range(model.n_iter_ + 1))
    assert [s.loss for s in states[1:]] == model.loss_curve_ == fitted.loss_curve_
    assert model.network_ == fitted.network_
    assert any(s.network == model.network_ for s in states)
    for state in states[::7]:
        error = np.mean((state.network(X)[:, 0] - y) ** 2)
        assert_allclose(state.loss, error, rtol=1e-9)


@each_solver
@each_estimator
def test_training_never_ends_worse_than_it_began(Estimator, solver):
    X, y = task(Estimator)
    model = Estimator(solver=solver, max_iter=30, random_state=0)
    start, *_ = states = list(model.iter_fit(X, y))
    kept = min(states, key=lambda s: s.total)
    assert kept.network == model.network_ and kept.total <= start.total


@each_solver
def test_closing_iter_fit_early_keeps_what_was_learned(solver):
    X, y = curve()
    model = ShallowReLURegressor(5, solver=solver, alpha=0, random_state=0)
    states = model.iter_fit(X, y)
    seen = [next(states) for _ in range(6)]
    states.close()
    assert model.n_iter_ == 5 and len(model.loss_curve_) == 5
    assert model.network_ == min(seen, key=lambda s: s.total).network
    model.predict(X)


def test_iter_fit_checks_at_once():
    with pytest.raises(ValueError, match="width"):
        ShallowReLURegressor(0).iter_fit([[1.0], [2]], [1, 2])
    with pytest.raises(ValueError, match="NaN"):
        ShallowReLURegressor().iter_fit([[np.nan], [2]], [1, 2])


@pytest.mark.parametrize("solver", ["gd", "adam"])
@each_estimator
def test_divergence_is_an_error_that_names_the_rate(Estimator, solver):
    X, y = task(Estimator)
    model = Estimator(solver=solver, learning_rate_init=1e200, random_state=0)
    with pytest.raises(ValueError, match=r"diverged.*learning_rate_init=1e\+200"):
        model.fit(X, y)
    assert not hasattr(model, "network_")


def test_running_out_of_iterations_is_a_warning():
    X, y = curve()
    with pytest.warns(ConvergenceWarning, match="max_iter=3"):
        ShallowReLURegressor(max_iter=3, random_state=0).fit(X, y)


def test_auto_takes_adam_when_a_pass_is_dear():
    assert ShallowReLURegressor(2, random_state=0).fit(*curve()).solver_ == "lbfgs"
    X = np.random.default_rng(0).normal(size=(60_000, 2))
    model = ShallowReLURegressor(100, max_iter=1, random_state=0).fit(X, X[:, 0])
    assert model.solver_ == "adam"


def test_restarts_keep_the_best():
    X, y = curve()
    options = {"width": 3, "max_iter": 100, "random_state": 0}
    one = ShallowReLURegressor(**options).fit(X, y)
    five = ShallowReLURegressor(n_restarts=5, **options)
    states = list(five.iter_fit(X, y))
    assert five.network_ == min(states, key=lambda s: s.total).network
    assert five.loss_ <= one.loss_
    assert one.n_iter_ < five.n_iter_ <= 500


def test_verbose_prints_iterations(capsys):
    ShallowReLURegressor(max_iter=2, verbose=True, random_state=0).fit(*curve())
    first, second = capsys.readouterr().out.splitlines()
    assert "iteration=1" in first and "iteration=2" in second


# -- warm start, partial fit --------------------------------------------------------


@each_solver
def test_warm_start_continues(solver):
    X, y = curve()
    options = {"solver": solver, "alpha": 0, "random_state": 0, "warm_start": True}
    model = ShallowReLURegressor(5, max_iter=20, **options).fit(X, y)
    before = model.loss_
    start, *_ = list(model.iter_fit(X, y))
    assert_allclose(start.loss, before)
    assert model.loss_ <= before * (1 + 1e-12)
    assert model.n_iter_ == len(model.loss_curve_) <= 20


@pytest.mark.parametrize("change", [{"width": 6}, {"depth": 3}])
def test_warm_start_refuses_another_architecture(change):
    X, y = curve()
    model = DeepReLURegressor(2, 5, warm_start=True, max_iter=5, random_state=0)
    model.fit(X, y)
    old = model.network_
    with pytest.raises(ValueError, match="warm_start=False"):
        model.set_params(**change).fit(X, y)
    assert model.network_ is old


def test_warm_start_refuses_another_number_of_features():
    X, y = curve()
    model = ShallowReLURegressor(5, warm_start=True, max_iter=5).fit(X, y)
    with pytest.raises(ValueError, match="expecting 1 feature"):
        model.fit(np.hstack([X, X]), y)


@pytest.mark.parametrize("solver", ["auto", "gd"])
@each_estimator
def test_partial_fit_learns(Estimator, solver):
    X, y = task(Estimator, 200)
    model = Estimator(solver=solver, learning_rate_init=0.05, random_state=0)
    losses = []
    for _ in range(150):
        model.partial_fit(X[::2], y[::2]).partial_fit(X[1::2], y[1::2])
        losses.append(model.loss_)
    assert losses[-1] < 0.7 * losses[0]
    assert model.n_iter_ == len(model.loss_curve_) == 300


def test_partial_fit_of_classes_to_come():
    X, y = load_iris(return_X_y=True)
    model = DeepReLUClassifier(random_state=0)
    model.partial_fit(X[:50], y[:50], classes=[0, 1, 2])
    assert model.predict_proba(X).shape == (150, 3)
    with pytest.raises(ValueError, match="does not know: \\[7\\]"):
        model.partial_fit(X[:1], [7])
    with pytest.raises(ValueError, match="differ from those of earlier calls"):
        model.partial_fit(X, y, classes=[0, 1])


# -- validation data ----------------------------------------------------------------


@each_solver
@each_estimator
def test_early_stopping_keeps_the_best_on_validation(Estimator, solver):
    X, y = task(Estimator, 60)
    X_val, y_val = task(Estimator, 61)
    model = Estimator(
        solver=solver, early_stopping=True, max_iter=100, random_state=0, alpha=0
    ).fit(X, y, X_val=X_val, y_val=y_val)
    curve = model.validation_loss_curve_
    assert len(curve) == len(model.validation_scores_) == model.n_iter_
    best = int(np.argmin(curve))
    assert_allclose(
        model.validation_scores_[best], model.score(X_val, y_val), atol=1e-9
    )
    assert model.loss_ == model.loss_curve_[best]


def test_early_stopping_sets_rows_aside():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(100, 5)), rng.normal(size=100)
    model = ShallowReLURegressor(50, early_stopping=True, alpha=0, random_state=0)
    model.fit(X, y)
    assert model.n_iter_ < 100  # pure noise: validation loss soon rises
    assert model.score(X, y) < 0.9


def test_validation_data_is_watched_without_early_stopping():
    X, y = curve()
    model = ShallowReLURegressor(5, max_iter=30, random_state=0)
    model.fit(X, y, X_val=X[::3], y_val=y[::3])
    assert len(model.validation_loss_curve_) == model.n_iter_
    plain = clone(model).fit(X, y)
    assert plain.network_ == model.network_
    assert plain.validation_loss_curve_ == []


def test_early_stopping_on_too_little_data_says_so():
    with pytest.raises(ValueError, match="at least 2 validation samples"):
        ShallowReLURegressor(early_stopping=True).fit([[1.0], [2]], [1.0, 2])


def test_validation_inputs_and_targets_belong_together():
    X, y = curve()
    with pytest.raises(ValueError, match="X_val and y_val must be given together"):
        ShallowReLURegressor().fit(X, y, X_val=X)


def test_validation_data_goes_through_a_pipeline():
    X, y = curve()
    with sklearn.config_context(enable_metadata_routing=True):
        model = ShallowReLURegressor(
            5, max_iter=30, random_state=0, early_stopping=True
        )
        pipeline = make_pipeline(
            StandardScaler(),
            model.set_fit_request(X_val=True, y_val=True),
            transform_input=["X_val"],
        )
        pipeline.fit(X, y, X_val=X[::3], y_val=y[::3])
    best = max(pipeline[-1].validation_scores_)
    assert_allclose(pipeline.score(X[::3], y[::3]), best)


# -- opening up ---------------------------------------------------------------------


@each_estimator
def test_transform_is_the_last_hidden_layer(Estimator):
    X, y = task(Estimator)
    model = Estimator(width=4, max_iter=20, random_state=0).fit(X, y)
    features = model.transform(X)
    assert_array_equal(features, model.network_.hidden(X)[-1])
    names = model.get_feature_names_out()
    assert list(names) == [f"{Estimator.__name__.lower()}{k}" for k in range(4)]
    frame = model.set_output(transform="pandas").transform(X)
    assert list(frame.columns) == list(names)


def test_linear_model_on_the_features_is_the_network():
    X, y = curve()
    model = ShallowReLURegressor(4, random_state=0).fit(X, y)
    head = LinearRegression().fit(model.transform(X), model.predict(X))
    assert_allclose(head.predict(model.transform(X)), model.predict(X), atol=1e-9)


@each_estimator
def test_local_linear_models_reproduce_the_outputs(Estimator):
    X, y = task(Estimator)
    model = Estimator(max_iter=50, random_state=0).fit(X, y)
    slopes, intercepts = model.local_linear_model(X)
    assert slopes.shape == X.shape and intercepts.shape == (len(X),)
    outputs = (slopes * X).sum(axis=1) + intercepts
    assert_allclose(outputs, model.network_(X)[:, 0], atol=1e-9)


def test_joints_are_for_one_input():
    X, y = curve()
    joints = ShallowReLURegressor(6, random_state=0).fit(X, y).joints_
    assert_array_equal(joints, np.sort(joints))
    model = DeepReLURegressor(max_iter=5).fit(np.hstack([X, X]), y)
    with pytest.raises(AttributeError, match="one input"):
        model.joints_  # noqa: B018


def test_coefs_are_mlp_regressors():
    X, Y = curve(n_outputs=2)
    model = DeepReLURegressor(2, (5, 4), max_iter=20, random_state=0).fit(X, Y)
    peer = MLPRegressor(hidden_layer_sizes=(5, 4), max_iter=1, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        peer.fit(X, Y)
    shapes = [coef.shape for coef in peer.coefs_]
    assert [coef.shape for coef in model.coefs_] == shapes
    peer.coefs_, peer.intercepts_ = model.coefs_, model.intercepts_
    assert_allclose(peer.predict(X), model.predict(X), atol=1e-12)


# -- from_network -------------------------------------------------------------------


def test_from_network_predicts_with_given_parameters():
    network = ten_parameter_network()
    model = ShallowReLURegressor.from_network(network)
    assert model.width == 3 and model.n_features_in_ == 1
    assert_allclose(model.predict([[0], [2]]), [0.496, 0.160])
    assert_allclose(model.joints_, [0.5, 1, 11 / 7])
    deep = DeepReLURegressor.from_network(random_network(0, [2, 3, 4, 2]))
    assert (deep.depth, deep.width) == (2, [3, 4])
    assert deep.predict(np.zeros((5, 2))).shape == (5, 2)


def test_from_network_can_go_on_training():
    X, y = curve()
    model = ShallowReLURegressor.from_network(random_network(0, [1, 8, 1]))
    before = np.mean((model.predict(X) - y) ** 2)
    model.set_params(warm_start=True, random_state=0).fit(X, y)
    assert model.loss_ < before
    ShallowReLURegressor.from_network(random_network(0, [1, 8, 1])).partial_fit(X, y)


def test_from_network_of_a_classifier():
    model = DeepReLUClassifier.from_network(random_network(0, [2, 3, 1]), ["no", "yes"])
    X = np.random.default_rng(0).normal(size=(50, 2))
    assert_array_equal(model.predict(X) == "yes", model.network_(X)[:, 0] > 0)
    with pytest.raises(ValueError, match="3 different labels"):
        DeepReLUClassifier.from_network(random_network(0, [2, 3, 3]), [1, 1, 2])


def test_from_network_refuses_other_depths():
    with pytest.raises(ValueError, match="one hidden layer"):
        ShallowReLURegressor.from_network(random_network(0, [1, 2, 2, 1]))
    with pytest.raises(ValueError, match="no hidden layer"):
        DeepReLURegressor.from_network(ReLUNetwork([[[1]]], [[0]]))


# -- parameters ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "message"),
    [((3, 4, 5), "3 layer widths but depth=2"), ((3, 0), "at least 1"), (0, "width")],
)
def test_widths_that_make_no_sense(width, message):
    with pytest.raises(ValueError, match=message):
        DeepReLURegressor(2, width).fit(*curve())


# -- anything -----------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    seed=seeds,
    n_samples=st.integers(1, 30),
    n_features=st.integers(1, 4),
    x_scale=st.integers(-150, 150),
    y_scale=st.integers(-150, 150),
    shift=st.floats(-1e3, 1e3),
    solver=st.sampled_from(sorted(SOLVERS)),
    levels=st.sampled_from([1, 2, 3, 10**9]),
)
def test_any_table_gives_a_finite_fit(
    seed, n_samples, n_features, x_scale, y_scale, shift, solver, levels
):
    rng = np.random.default_rng(seed)
    # Few levels make repeated rows, constant columns and collinear ones.
    X = np.floor(rng.uniform(size=(n_samples, n_features)) * levels) + shift
    y = np.floor(rng.uniform(size=n_samples) * levels) + shift
    X, y = X * 10.0**x_scale, y * 10.0**y_scale
    model = ShallowReLURegressor(5, solver=solver, max_iter=30, random_state=0)
    predictions = model.fit(X, y).predict(X)
    assert np.isfinite(predictions).all()
    spread = np.abs(y - y.mean()).max()
    assert np.abs(predictions - y).max() <= 100 * spread + 1e-6 * np.abs(y).max()
