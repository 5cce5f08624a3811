"""A session's study: kept, shared, stopped, watched, and taken away as a program."""

import threading
import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from tests.studies import QUICK, picked, studied, table
from ui.picked_data import PickedData
from ui.regression.generalise_snippet import generalise_snippet
from ui.regression.generalise_study import is_busy, standing, study_for
from ui.regression.scoring import score_table


def test_another_width_to_look_at_leaves_the_sweep_alone():
    session = {}
    first = studied(session=session)
    second = study_for(session, first.data, QUICK._replace(width=2), 0)
    assert second.sweep_job is first.sweep_job
    assert second.network.widths == (2,) and first.network.widths == (3,)
    assert second.running and is_busy(session)  # scikit-learn's network


def test_another_question_ends_the_work_in_progress():
    session = {}
    first = study_for(session, picked(), QUICK, 0)
    study_for(session, picked(), QUICK._replace(alpha=0.1), 0)
    assert [job.status for job in first.jobs] == ["stopped"] * 3
    assert "Stopped" in standing(first)


def test_stopped_work_leaves_no_thread_behind():
    before = threading.active_count()
    study = study_for({}, picked(), QUICK._replace(max_width=20, n_repeats=20), 0)
    while not study.scores:
        study.tick(0.05)
    study.stop()
    assert threading.active_count() == before
    assert not study.running and study.scores


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("running", "in cross-validation, fold 3"),
        ("finished", "Finished"),
        ("stopped", "Stopped"),
        ("out of time", "time limit"),
        ("failed", "Failed"),
    ],
)
def test_the_standing_in_words(status, word):
    study = studied()
    del study.sweep_job.history[-4:]  # those of the second split
    study.sweep_job.status = status
    while study.scores[-1].fold is None:
        study.sweep_job.history.pop()
    text = standing(study)
    assert word in text and "16 of 20 networks" in text


def test_finished_sweeps_of_public_data_are_shared_and_private_ones_are_not():
    settings = QUICK._replace(seed=77)
    ours = studied(picked(public=True), settings)
    theirs = study_for({}, picked(public=True), settings, 0)
    assert theirs.sweep_job is ours.sweep_job
    theirs.watch_again()
    assert theirs.sweep_job is not ours.sweep_job
    assert ours.sweep_job.status == "finished"
    hidden = study_for({}, picked(public=False), settings, 0)
    assert hidden.sweep_job is not ours.sweep_job


def test_a_study_that_is_watched_trains_one_network_a_slice():
    study = studied()
    study.watch_again()
    seen = []
    while study.sweep_job.running:
        study.tick(10.0)
        seen.append(len(study.scores))
    assert seen[:3] == [1, 2, 3]
    assert "Finished" in standing(study)


# -- copy as Python ---------------------------------------------------------------


def big():
    """More rows than are taken."""
    code = (
        "import numpy as np\n\nx = np.linspace(0, 1, 2500)\n"
        "y = np.sqrt(x) + np.cos(37 * x) / 9"
    )
    scope = {}
    exec(code, scope)
    return PickedData(scope["x"], scope["y"], ("x", "y"), None, code, "big", False)


@pytest.mark.parametrize("data", [picked, table, big])
@pytest.mark.parametrize("alpha", [0.0, "auto"])
def test_scikit_learns_search_chooses_the_same_width(data, alpha):
    study = studied(data(), QUICK._replace(alpha=alpha))
    printed = []
    scope = {"print": lambda *values: printed.extend(values)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        exec(compile(generalise_snippet(study), "snippet", "exec"), scope)
    held_out, chosen = study.cross_validation, printed[0]
    assert chosen == held_out.best
    test_error = next(s.test for s in study.scores if s.width == chosen)
    shown = score_table(study.predictors(), *study.split).iloc[0]
    expected = [held_out.mean.min(), test_error, *shown.iloc[:2]]
    np.testing.assert_allclose(printed[1:], expected, rtol=1e-12)
