"""All solvers on one task: the same start, turns, divergence, sharing."""

import numpy as np
import pytest

from estimators import ShallowReLURegressor
from estimators.datasets import toy
from ui.picked_data import PickedData
from ui.regression.fitting import FitSettings
from ui.regression.solver_race import SOLVERS, is_busy, leave_race, race_for

QUICK = FitSettings(width=4, max_iter=30, random_state=3)


def picked(public=False, n=60):
    data = toy("sine", n, 0.1)
    return PickedData(data.x, data.y, ("x", "y"), data.target, "", ("race", n), public)


def ended(settings=QUICK, session=None, data=None):
    race = race_for({} if session is None else session, data or picked(), settings)
    while race.running:
        race.tick(0.5)
    return race


@pytest.mark.parametrize("seed", range(5))
def test_all_solvers_start_from_the_same_network(seed):
    race = ended(QUICK._replace(random_state=seed, max_iter=1))
    starts = [lane.fit.film.frames[0].network for lane in race.lanes.values()]
    assert starts[0] == starts[1] == starts[2] and race.same_start
    losses = [curve.losses[0] for curve in race.curves("iterations")]
    np.testing.assert_allclose(losses, losses[0], rtol=1e-14)
    assert {tuple(lane.fit.train[0]) for lane in race.lanes.values()} == {
        tuple(race.lanes["gd"].fit.train[0])
    }


def test_each_solver_arrives_where_it_arrives_alone():
    race = ended()
    for solver in SOLVERS:
        lane = race.lanes[solver]
        x, y = lane.fit.train
        alone = ShallowReLURegressor(**QUICK._replace(solver=solver).parameters())
        *_, last = alone.iter_fit(x[:, None], y)
        assert alone.network_ == lane.fit.network
        assert lane.fit.job.history[-1].loss == last.loss


def test_the_solvers_take_turns():
    long = FitSettings(width=20, solver="gd", max_iter=10_000, alpha=1e-4)
    race = race_for({}, picked(n=500), long)
    for _ in range(3):
        race.tick(0.06)
    for lane in race.lanes.values():
        assert len(lane.fit.job.history) > 1
        assert lane.fit.job.seconds >= 0.06 / 3 or not lane.fit.job.running
    race.stop()
    assert not race.running
    assert "stopped at iteration" in race.table().loc["Adam", "Outcome"]


def test_every_state_has_its_time():
    race = ended()
    for lane, curve in zip(race.lanes.values(), race.curves("seconds"), strict=True):
        assert len(curve.times) == len(curve.losses) == len(lane.fit.job.history)
        assert (np.diff(curve.times) > 0).all()
        assert curve.times[0] > 0 and curve.times[-1] <= lane.fit.job.seconds


def test_a_rate_that_diverges_is_told_and_leaves_the_others_alone():
    race = ended(QUICK._replace(learning_rate_init=10.0, max_iter=200))
    calm = ended(QUICK._replace(max_iter=200))
    table = race.table()
    failed = race.lanes["gd"].fit.job
    assert failed.status == "failed"
    last = failed.history[-1].iteration
    assert f"at iteration {last + 1}." in failed.error
    assert (
        table.loc["gradient descent", "Outcome"] == f"diverged at iteration {last + 1}"
    )
    assert table.loc["gradient descent", "Training loss"] == "–"
    assert any("diverged" in curve.name for curve in race.curves("iterations"))
    assert race.lanes["lbfgs"].fit.loss == calm.lanes["lbfgs"].fit.loss


def test_the_table_has_what_the_networks_have():
    race = ended()
    table = race.table()
    for solver, name in (("gd", "gradient descent"), ("lbfgs", "L-BFGS")):
        fit = race.lanes[solver].fit
        x, y = fit.test
        error = fit.network(x[:, None])[:, 0] - y
        assert table.loc[name, "RMSE, test"] == pytest.approx(
            np.sqrt(np.mean(error**2))
        )
        assert table.loc[name, "Training loss"] == fit.loss
        assert table.loc[name, "Outcome"] == "finished"


def test_the_solver_chosen_elsewhere_makes_no_new_race():
    session, data = {}, picked()
    race = race_for(session, data, QUICK)
    assert race_for(session, data, QUICK._replace(solver="adam")) is race
    assert is_busy(session)
    other = race_for(session, data, QUICK._replace(width=5))
    assert other is not race and not race.running


def test_leaving_ends_the_work():
    session = {}
    race = race_for(session, picked(), QUICK)
    race.tick(0.0)
    leave_race(session)
    assert not race.running and not is_busy(session)
    leave_race(session)


def test_finished_races_on_public_data_are_shared_and_others_are_not():
    settings = QUICK._replace(random_state=91)
    ours = ended(settings, data=picked(public=True))
    assert race_for({}, picked(public=True), settings) is ours
    hidden = ended(settings, data=picked())
    assert race_for({}, picked(), settings) is not hidden
    stopped = race_for({}, picked(public=True), settings._replace(width=3))
    stopped.stop()
    stopped.tick(0.1)
    again = race_for({}, picked(public=True), settings._replace(width=3))
    assert again is not stopped


@pytest.mark.parametrize("changes", [{"width": 0}, {"width": 10**9}, {"alpha": -1.0}])
def test_settings_that_no_control_offers_are_refused(changes):
    session = {}
    with pytest.raises(ValueError):
        race_for(session, picked(), QUICK._replace(**changes))
    assert not is_busy(session)
