"""scikit-learn's callbacks on the fit protocol."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.callback import ProgressBar, ScoringMonitor
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from estimators import DeepReLUClassifier, DeepReLURegressor, ShallowReLURegressor
from estimators.solvers import GRADIENT_SOLVERS, SOLVERS

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


def curve():
    x = np.linspace(-1, 2, 60)
    return x[:, None], np.sin(3 * x)


class Recorder:
    """A user's callback: keeps what it is told, and stops when told to."""

    def __init__(self, stop_at=None):
        self.stop_at = stop_at
        self.setups = self.teardowns = 0
        self.losses = []
        self.networks = []

    def setup(self, estimator, context):
        self.setups += 1

    def teardown(self, estimator, context):
        self.teardowns += 1

    def on_fit_task_begin(self, estimator, context):
        pass

    def on_fit_task_end(self, estimator, context, *, fitted_estimator):
        if context.task_name != "iteration":
            return False
        self.losses.append(estimator.loss_curve_[-1])
        self.networks.append(fitted_estimator.network_)
        return len(self.losses) == self.stop_at


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_callback_sees_every_iteration(solver):
    X, y = curve()
    recorder = Recorder()
    model = ShallowReLURegressor(4, solver=solver, max_iter=25, random_state=0)
    model.set_callbacks(recorder).fit(X, y)
    assert recorder.losses == model.loss_curve_
    errors = [np.mean((network(X)[:, 0] - y) ** 2) for network in recorder.networks]
    assert_allclose(errors, recorder.losses, rtol=1e-9)
    assert (recorder.setups, recorder.teardowns) == (1, 1)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_callback_stops_training_by_returning_true(solver):
    X, y = curve()
    enough = 5 if solver in GRADIENT_SOLVERS else 2  # the others need few
    recorder = Recorder(stop_at=enough)
    model = ShallowReLURegressor(4, solver=solver, random_state=0)
    model.set_callbacks(recorder).fit(X, y)
    assert model.n_iter_ == enough
    assert model.network_ in recorder.networks


def test_teardown_happens_after_divergence():
    recorder = Recorder()
    model = ShallowReLURegressor(solver="gd", learning_rate_init=1e200)
    with pytest.raises(ValueError, match="diverged"):
        model.set_callbacks(recorder).fit(*curve())
    assert recorder.teardowns == 1


@pytest.mark.parametrize(
    "Estimator", [ShallowReLURegressor, DeepReLURegressor, DeepReLUClassifier]
)
def test_scoring_monitor_has_a_row_per_iteration(Estimator):
    X, y = curve()
    y = y > 0 if Estimator is DeepReLUClassifier else y
    scoring = "accuracy" if Estimator is DeepReLUClassifier else "r2"
    monitor = ScoringMonitor(scoring=scoring)
    model = Estimator(max_iter=12, solver="adam", random_state=0)
    model.set_callbacks(monitor).fit(X, y)
    rows = monitor.get_logs().data_as_pandas
    iterations = rows[rows.task_name == "iteration"]
    assert list(iterations.task_id) == list(range(model.n_iter_))
    assert iterations[scoring].iloc[-1] == pytest.approx(model.score(X, y), abs=0.1)
    assert np.isfinite(rows[scoring]).all()


def test_scoring_monitor_through_a_grid_search():
    X, y = curve()
    monitor = ScoringMonitor(scoring="r2")
    name = "shallowreluregressor"
    model = ShallowReLURegressor(solver="lbfgs", max_iter=5).set_callbacks(monitor)
    pipeline = make_pipeline(StandardScaler(), model)
    GridSearchCV(pipeline, {f"{name}__width": [2, 3]}, cv=2).fit(X, y)
    rows = monitor.get_logs().data_as_pandas
    assert (rows.task_name == "iteration").sum() == 5 * (2 * 2 + 1)


def test_progress_bar_shows_the_iterations(capsys):
    X, y = curve()
    model = ShallowReLURegressor(max_iter=7, random_state=0)
    model.set_callbacks(ProgressBar()).fit(X, y)
    assert "ShallowReLURegressor" in capsys.readouterr().out
