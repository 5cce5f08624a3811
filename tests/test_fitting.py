import itertools
import warnings
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from estimators import ReLUNetwork, ShallowReLURegressor
from estimators.constructions import interpolant
from estimators.datasets import toy
from estimators.solvers import SOLVERS
from ui.in_training import training_for
from ui.picked_data import Law, PickedData
from ui.regression.fit_snippet import fit_snippet
from ui.regression.fitting import FITS, FitSettings, start_fit
from ui.regression.readings import (
    exact_line,
    joint_table,
    progress_sentence,
    scores,
    target_line,
)

# A hat with a brim: joints at 1, 2 and 3, slopes 1, -2, 1 and 0.
HAT = ReLUNetwork(
    [np.ones((4, 1)), [[1.0, -3.0, 3.0, -1.0]]], [[0.0, -1.0, -2.0, -3.0], [0.0]]
)
QUICK = FitSettings(width=4, max_iter=30)


def picked(name="sine", n=60, public=True, **changes):
    data = toy(name, n, 0.1)
    code = (
        "from estimators.datasets import toy\n\n"
        f"data = toy({name!r}, n_samples={n}, noise=0.1)\nx, y = data.x, data.y"
    )
    law = Law(data.target, data.kinks, data.low, data.high, 0.1)
    fields = {"identity": (name, n), "names": ("x", "y"), "law": law}
    return PickedData(data.x, data.y, code=code, public=public, **fields | changes)


def finished(settings=QUICK, data=None):
    data = data or picked()
    fit = start_fit(data.x, data.y, settings)
    fit.job.advance(60.0)
    return fit


def test_the_line_has_its_joints_as_vertices():
    x, y = exact_line(HAT, 0.5, 4.0)
    np.testing.assert_allclose(x, [0.5, 1, 2, 3, 4], atol=1e-12)
    np.testing.assert_allclose(y, [0.5, 1, -1, 0, 0], atol=1e-12)


def test_the_joint_table_has_the_slopes_on_either_side():
    table = joint_table(HAT, 0.5, 4.0)
    assert list(table.index) == [1, 2, 3]
    np.testing.assert_allclose(table["Joint at x"], [1, 2, 3])
    np.testing.assert_allclose(table["Slope before"], [1, -2, 1], atol=1e-12)
    np.testing.assert_allclose(table["Slope after"], [-2, 1, 0], atol=1e-12)


def test_the_split_is_seeded_and_leaves_no_row_out():
    data = picked()
    first, again = (start_fit(data.x, data.y, QUICK) for _ in range(2))
    other = start_fit(data.x, data.y, QUICK._replace(random_state=1))
    np.testing.assert_array_equal(first.train[0], again.train[0])
    assert not np.array_equal(first.train[0], other.train[0])
    together = np.sort(np.concatenate([first.train[0], first.test[0]]))
    np.testing.assert_array_equal(together, data.x)
    assert len(first.test[0]) == 18


def test_scores_of_a_perfect_network_and_of_the_straight_line():
    fit = finished(data=picked("line"))
    table = scores(fit, fit.network)
    x, y = fit.train
    slope, intercept = np.polyfit(x, y, 1)
    rest = y - intercept - slope * x
    line = table.loc["Straight line"]
    assert line["RMSE, training"] == pytest.approx(np.sqrt(np.mean(rest**2)))
    assert line["R², training"] == pytest.approx(1 - np.var(rest) / np.var(y))
    network = table.loc["Network, 4 hidden units"]
    assert network["R², test"] == pytest.approx(
        fit.model.score(fit.test[0][:, None], fit.test[1])
    )


def test_after_training_the_network_shown_is_the_one_that_was_kept():
    fit = finished(FitSettings(solver="adam", max_iter=40, learning_rate_init=0.1))
    assert fit.network is fit.model.network_
    assert fit.loss == fit.model.loss_


def test_a_rate_is_given_only_to_solvers_that_have_one():
    assert "learning_rate_init" in FitSettings(solver="gd").parameters()
    assert "learning_rate_init" in FitSettings(solver="adam").parameters()
    assert "learning_rate_init" not in FitSettings(solver="lbfgs").parameters()
    assert "learning_rate_init" not in FitSettings(solver="auto").parameters()


@pytest.mark.parametrize(
    "settings",
    [
        QUICK._replace(width=0),
        QUICK._replace(width=10**9),
        QUICK._replace(solver="newton"),
        QUICK._replace(alpha=-1.0),
        QUICK._replace(solver="gd", learning_rate_init=-1.0),
        QUICK._replace(max_iter=0),
    ],
)
def test_settings_that_no_control_offers_are_refused_at_once(settings):
    data = picked()
    with pytest.raises(ValueError):
        start_fit(data.x, data.y, settings)


@pytest.mark.parametrize("solver", ["auto", *SOLVERS])
def test_the_snippet_rebuilds_the_network_shown(solver):
    data = picked()
    fit = finished(FitSettings(5, solver, 0.03, 1e-4, 25, 3), data)
    _same_network(fit, fit.shown(), data)


@pytest.mark.parametrize("solver", ["gd", "adam", "lbfgs"])
def test_the_snippet_rebuilds_a_network_that_was_stopped(solver):
    data = picked()
    fit = start_fit(data.x, data.y, FitSettings(5, solver, max_iter=500))
    fit.job.advance(60.0, at_most=12)
    fit.job.stop()
    assert fit.job.history[-1].iteration == 11
    _same_network(fit, fit.shown(), data)


@pytest.mark.parametrize("solver", ["gd", "adam", "lbfgs"])
def test_the_snippet_rebuilds_a_moment_looked_back_at(solver):
    data = picked()
    fit = finished(FitSettings(5, solver, max_iter=300), data)
    moment = fit.film.frames[len(fit.film.frames) // 2].iteration
    assert 0 < moment < fit.job.history[-1].iteration
    _same_network(fit, fit.shown(moment), data)


def _same_network(fit, shown, data):
    scope = {"print": lambda *_: None}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # few iterations, here
        exec(compile(fit_snippet(fit, shown, data.code), "snippet", "exec"), scope)
    theirs = scope["model"].network_
    for name in ("weights", "biases"):
        ours = getattr(shown.network, name)
        for a, b in zip(getattr(theirs, name), ours, strict=True):
            np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("running", "Training"),
        ("finished", "Finished"),
        ("stopped", "Stopped"),
        ("out of time", "time limit"),
        ("failed", "Diverged"),
    ],
)
def test_the_standing_in_words(status, word):
    fit = finished()
    fit.job.status = status
    text = progress_sentence(fit, fit.shown())
    assert word in text and "at most 4" in text


def test_joints_and_regions_are_counted_in_view_in_total_and_at_most():
    fit = finished()
    fit = replace(fit, low=0.5, high=1.5)
    fit.model.network_ = HAT  # joints at 0, 1, 2 and 3, but for one all out of view
    text = progress_sentence(fit, fit.shown())
    assert "Joints: **1** in view, 4 in total, at most 4" in text
    assert "Linear regions: **2** in view, **5** in total, **5** at most" in text


def test_looking_back_shows_the_state_of_that_iteration():
    settings = FitSettings(width=3, solver="gd", max_iter=40)
    fit = finished(settings)
    shorter = finished(settings._replace(max_iter=7))
    back = fit.shown(7)
    assert back.network == shorter.job.latest.network
    assert back.loss == fit.job.history[7].loss
    assert "shown is iteration 7" in progress_sentence(fit, back)
    assert fit.shown().network is fit.network
    with pytest.raises(ValueError, match="41"):
        fit.shown(41)


# -- one session ------------------------------------------------------------------


def training(session, data, settings, first_slice):
    begin = partial(start_fit, data.x, data.y, settings)
    return training_for(FITS, session, data, settings, begin, first_slice)


def test_the_same_question_is_not_trained_twice_in_a_session():
    session, data = {}, picked(public=False)
    first = training(session, data, QUICK, 60.0)
    assert first.item.job.status == "finished"
    assert training(session, data, QUICK, 60.0) is first
    gd = QUICK._replace(solver="lbfgs", learning_rate_init=0.3)
    same = training(session, data, gd, 60.0)
    other_rate = gd._replace(learning_rate_init=0.1)  # which lbfgs does not read
    assert training(session, data, other_rate, 60.0) is same


def test_public_fits_are_shared_between_sessions_and_private_ones_are_not():
    settings = QUICK._replace(random_state=77)
    ours = training({}, picked(), settings, 60.0)
    theirs = training({}, picked(), settings, 0.0)
    assert theirs.item is ours.item
    hidden = training({}, picked(public=False), settings, 60.0)
    again = training({}, picked(public=False), settings, 60.0)
    assert again.item is not hidden.item


def test_watching_again_leaves_a_shared_fit_alone():
    settings, session = QUICK._replace(random_state=78), {}
    ours = training({}, picked(), settings, 60.0)
    before = training(session, picked(), settings, 0.0)
    assert before.item is ours.item
    FITS.watch_again(session)
    theirs = training(session, picked(), settings, 60.0)
    assert theirs.item is not ours.item and theirs.item.job.running
    assert theirs.run != before.run
    assert ours.item.job.status == "finished"
    FITS.tick(session, 60.0)
    assert len(theirs.item.job.history) == 1


def test_a_target_of_straight_pieces_is_drawn_exactly():
    zigzag = toy("zigzag")
    x, y = target_line(zigzag.target, zigzag.kinks, 0.5, 3.9)
    for corner in [(1.0, 1.0), (2.0, -0.5), (3.0, 1.0)]:
        assert corner in set(zip(x.tolist(), y.tolist(), strict=True))
    anywhere = np.linspace(0.5, 3.9, 9973)
    np.testing.assert_allclose(
        np.interp(anywhere, x, y), zigzag.target(anywhere), atol=1e-12
    )


def test_the_zigzag_takes_one_unit_more_than_it_has_joints():
    zigzag = toy("zigzag")
    corners = np.array([zigzag.low, *zigzag.kinks, zigzag.high])
    slopes = np.diff(zigzag.target(corners)) / np.diff(corners)
    bends = np.diff(slopes)
    for on_the_left in itertools.product((0, 1), repeat=3):
        # Left of all joints the units that are on there make the slope, each minus
        # its bend.
        assert abs(slopes[0] + on_the_left @ bends) > 0.4
    four = interpolant(corners, zigzag.target(corners))
    assert four.widths == (4,)
    x = np.linspace(zigzag.low, zigzag.high, 401)
    np.testing.assert_allclose(four(x[:, None])[:, 0], zigzag.target(x), atol=1e-12)


def test_a_jump_is_drawn_upright():
    step = toy("step")
    x, y = target_line(step.target, step.kinks, -1.0, 1.0)
    assert set(y) == {-1.0, 1.0}
    before = np.flatnonzero(np.diff(y))
    assert len(before) == 1 and x[before[0] + 1] - x[before[0]] < 1e-300


def test_the_library_has_the_defaults_that_the_page_shows():
    defaults = ShallowReLURegressor().get_params()
    for name, value in FitSettings()._asdict().items():
        # The page is always seeded, and shows joints on their way.
        if name not in ("random_state", "solver"):
            assert defaults[name] == value
