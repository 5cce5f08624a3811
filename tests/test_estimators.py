"""Estimators on raw data: quality, targets, weights, seeds and types."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import clone
from sklearn.datasets import load_diabetes, load_iris, load_linnerud
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from estimators import (
    DeepReLUClassifier,
    DeepReLURegressor,
    ShallowReLURegressor,
)
from estimators.solvers import SOLVERS
from tests.networks import seeds
from tests.tasks import (
    curve,
    each_estimator,
    each_estimator_and_solver,
    task,
)

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


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


# The cross-validated penalty takes differences in rounding further.
@pytest.mark.parametrize(("solver", "atol"), [("lbfgs", 2e-3), ("auto", 2e-2)])
def test_scores_do_not_depend_on_units(diabetes, solver, atol):
    X, y = diabetes
    estimator = ShallowReLURegressor(solver=solver, random_state=0)
    plain = diabetes_scores(estimator, X, y)
    moved = diabetes_scores(estimator, X * 1e6 + 1e7, y * 1e6 - 1e7)
    # Rounding of the shifted data is not rounding of the plain data; over hundreds of
    # iterations the difference grows, but not to anything that a score would show.
    assert_allclose(moved, plain, atol=atol)


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


@each_estimator_and_solver
def test_weights_equal_repetition_to_the_last_bit(Estimator, solver):
    X, y = task(Estimator, 40)
    counts = np.random.default_rng(0).integers(0, 4, len(X))
    order = np.random.default_rng(1).permutation(counts.sum())
    repeated_X, repeated_y = np.repeat(X, counts, 0)[order], np.repeat(y, counts)[order]
    model = Estimator(solver=solver, max_iter=60, random_state=0)
    weighted = clone(model).fit(X, y, sample_weight=counts)
    repeated = clone(model).fit(repeated_X, repeated_y)
    assert weighted.network_ == repeated.network_


@each_estimator_and_solver
def test_the_same_seed_gives_the_same_bits(Estimator, solver):
    X, y = task(Estimator, 300)
    model = Estimator(solver=solver, max_iter=20, random_state=3)
    first, second = clone(model).fit(X, y), clone(model).fit(X, y)
    assert first.network_ == second.network_
    assert first.loss_curve_ == second.loss_curve_
    other = clone(model).set_params(random_state=4).fit(X, y)
    assert (other.network_ == first.network_) == (solver == "free_knots")


@each_estimator_and_solver
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


def test_targets_whose_squares_are_beyond_all_numbers_are_refused():
    X, y = curve()
    with pytest.raises(ValueError, match=r"varies by .*e\+158.* divide y"):
        ShallowReLURegressor(2).fit(X, y * 1e159)


@settings(max_examples=60)
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
    if solver == "free_knots":
        n_features = 1
    # Few levels make repeated rows, constant columns and collinear ones.
    X = np.floor(rng.uniform(size=(n_samples, n_features)) * levels) + shift
    y = np.floor(rng.uniform(size=n_samples) * levels) + shift
    X, y = X * 10.0**x_scale, y * 10.0 ** min(y_scale, 150 - np.log10(levels))
    model = ShallowReLURegressor(5, solver=solver, max_iter=30, random_state=0)
    predictions = model.fit(X, y).predict(X)
    assert np.isfinite(predictions).all()
    spread = np.abs(y - y.mean()).max()
    assert np.abs(predictions - y).max() <= 100 * spread + 1e-6 * np.abs(y).max()
