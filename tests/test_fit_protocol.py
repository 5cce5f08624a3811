"""`fit`, `iter_fit`, `partial_fit`, warm start and validation data."""

from contextvars import copy_context

import numpy as np
import pytest
import sklearn
from numpy.testing import assert_allclose
from sklearn.base import clone
from sklearn.datasets import load_iris
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from estimators import (
    DeepReLUClassifier,
    DeepReLURegressor,
    ShallowReLURegressor,
)
from estimators.solvers import GRADIENT_SOLVERS
from tests.tasks import (
    curve,
    each_estimator,
    each_estimator_and_solver,
    each_solver,
    task,
)

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


@each_solver
def test_iter_fit_yields_what_fit_keeps(solver):
    X, y = curve()
    model = ShallowReLURegressor(5, solver=solver, max_iter=40, random_state=0)
    fitted = clone(model).fit(X, y)
    # Within a long iteration the state before is yielded again.
    states = list(dict.fromkeys(model.iter_fit(X, y)))
    if solver == "variable_projection":  # the start, then the same with a penalty
        first, second = states[0].network, states.pop(1).network
        assert first == second
    assert [s.iteration for s in states] == list(range(model.n_iter_ + 1))
    assert [s.loss for s in states[1:]] == model.loss_curve_ == fitted.loss_curve_
    assert model.network_ == fitted.network_
    assert any(s.network == model.network_ for s in states)
    for state in states[::7]:
        error = np.mean((state.network(X)[:, 0] - y) ** 2)
        assert_allclose(state.loss, error, rtol=1e-9)


@each_estimator_and_solver
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
    enough = 5 if solver in GRADIENT_SOLVERS else 2  # the others need few
    seen = [next(states)]
    while seen[-1].iteration < enough:
        seen.append(next(states))
    states.close()
    assert model.n_iter_ == len(model.loss_curve_) == enough
    assert model.network_ == min(seen, key=lambda s: s.total).network
    model.predict(X)


@each_solver
def test_training_may_go_on_in_another_context(solver):
    """A page's next run is another thread, where NumPy keeps other settings."""
    X, y = curve()
    model = ShallowReLURegressor(5, solver=solver, max_iter=5, random_state=0)
    states = model.iter_fit(X, y)
    settings = np.geterr()
    while copy_context().run(next, states, None) is not None:
        assert np.geterr() == settings
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


def test_auto_takes_what_suits_the_task():
    def chosen(model, X, y):
        return next(iter(model.set_params(max_iter=1).iter_fit(X, y))) and model.solver_

    X, y = curve()
    assert chosen(ShallowReLURegressor(2), X, y) == "free_knots"
    assert chosen(DeepReLURegressor(1), X, y) == "free_knots"
    assert chosen(ShallowReLURegressor(2, loss="max_error"), X, y) == "minimax"
    assert chosen(DeepReLURegressor(2), X, y) == "variable_projection"
    assert chosen(ShallowReLURegressor(2), np.hstack([X, X**2]), y) == (
        "variable_projection"
    )
    many = np.random.default_rng(0).normal(size=(300_000, 2))
    assert chosen(ShallowReLURegressor(1000), many, many[:, 0]) == "adam"
    assert chosen(DeepReLUClassifier(2), X, y > 0) == "lbfgs"
    assert chosen(DeepReLUClassifier(2, 100), many, many[:, 0] > 0) == "adam"


def test_noise_asks_for_a_penalty_and_a_plane_for_none():
    random = np.random.default_rng(0)
    X = random.normal(size=(200, 3))
    plane = X @ [1, 2, 3]
    noisy = plane + 4 * random.normal(size=200)
    model = DeepReLURegressor(2, 20, random_state=0)
    assert model.fit(X, plane).alpha_ <= 3e-3 and model.score(X, plane) > 0.9999
    assert model.fit(X, noisy).alpha_ > 3e-3
    fresh = random.normal(size=(2000, 3))
    truth = fresh @ [1, 2, 3]
    chosen = model.score(fresh, truth)
    assert chosen > 0.9 and chosen > model.set_params(alpha=0).fit(X, noisy).score(
        fresh, truth
    )


def test_numbers_are_the_penalty_used():
    X, y = curve()
    for solver in ("lbfgs", "adam", "variable_projection", "free_knots"):
        model = ShallowReLURegressor(3, solver=solver, alpha=0.25, max_iter=2)
        assert model.fit(X, y).alpha_ == 0.25


def test_free_knots_need_one_input_and_one_hidden_layer():
    X, y = curve()
    with pytest.raises(ValueError, match="needs one input, X has 2"):
        ShallowReLURegressor(solver="free_knots").fit(np.hstack([X, X**2]), y)
    with pytest.raises(ValueError, match="'solver' parameter"):
        DeepReLURegressor(1, solver="free_knots").fit(X, y)


@pytest.mark.parametrize("solver", ["free_knots", "variable_projection"])
def test_methods_for_the_squared_error_find_what_lbfgs_does_not(solver):
    X, y = curve()
    options = {"width": 6, "alpha": 0, "random_state": 0}
    reference = ShallowReLURegressor(solver="lbfgs", **options).fit(X, y)
    model = ShallowReLURegressor(solver=solver, **options).fit(X, y)
    assert model.solver_ == solver and model.loss_ < 0.8 * reference.loss_


def test_restarts_keep_the_best():
    X, y = curve()
    options = {"width": 3, "solver": "lbfgs", "max_iter": 100, "random_state": 0}
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


@each_estimator_and_solver
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


@pytest.mark.parametrize(
    ("width", "message"),
    [((3, 4, 5), "3 layer widths but depth=2"), ((3, 0), "at least 1"), (0, "width")],
)
def test_widths_that_make_no_sense(width, message):
    with pytest.raises(ValueError, match=message):
        DeepReLURegressor(2, width).fit(*curve())
