"""Rank 1 against a free Ω₁: gradients, training, and what is said of it."""

from collections import deque
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

from estimators import DeepReLURegressor
from estimators.geometry import linear_regions
from estimators.objective import flat_parameters
from tests.networks import random_network, seeds
from ui.composition import freeing
from ui.composition.rank_one import ComposedObjective, iter_race, iter_tied


def evaluated(objective, point):
    """Exhaust the generator that an objective is."""
    try:
        next(objective(point))
    except StopIteration as end:
        return end.value
    raise AssertionError("it pauses")


def parameters(*networks):
    return np.concatenate(
        [flat_parameters(zip(net.weights, net.biases)) for net in networks]
    )


@given(seeds)
@settings(max_examples=30)
def test_the_gradient_is_that_of_differences(seed):
    first, second = (random_network(seed + k, [1, 3, 1]) for k in (0, 1))
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 40))
    objective = ComposedObjective(first, second, x, y)
    point = parameters(first, second)
    here = evaluated(objective, point)
    assert_allclose(here.value, np.mean((second(first(x))[:, 0] - y) ** 2))
    direction = rng.normal(size=20) * 1e-7
    ahead, behind = (evaluated(objective, point + s * direction) for s in (1, -1))
    slope = (ahead.value - behind.value) / 2
    if np.sign(slope):  # a joint may lie between
        size = np.abs(here.gradient) @ np.abs(direction)
        assert abs(slope - here.gradient @ direction) < 0.02 * size + 1e-14


def test_networks_are_read_off_their_parameters():
    networks = [random_network(k, [1, 3, 1]) for k in (0, 1)]
    objective = ComposedObjective(*networks, np.zeros(2), np.zeros(2))
    assert list(objective.networks(parameters(*networks))) == networks


def test_tied_training_descends_and_keeps_rank_one():
    target = freeing.TARGETS["The lecture's two layers"]
    states = list(iter_tied(*freeing.start(target, 0), *target.points))
    errors = [error for _, error in states]
    assert errors == sorted(errors, reverse=True) and errors[-1] < errors[0] / 3
    for fused, _ in states[:: max(1, len(states) // 20)]:
        assert np.linalg.matrix_rank(fused.weights[1]) == 1


def test_the_target_has_sixteen_regions_and_full_rank():
    network = freeing.uneven()
    assert linear_regions(network, (0, 1)).n_regions == 16
    assert linear_regions(network, (0, 1)).n_pieces == 16
    assert np.linalg.matrix_rank(network.weights[1]) == 3
    assert network.n_parameters == 22


def test_free_of_rank_one_it_fits_what_it_could_not():
    target = freeing.TARGETS["Sixteen uneven pieces"]
    x, y = target.points
    (race,) = deque(iter_race(*freeing.start(target, 8), x, y, freeing.MAX_ITER), 1)
    assert race.tied_error > 0.3 * y.std()
    assert race.free_error < 0.01 * y.std()
    assert np.linalg.matrix_rank(race.tied.weights[1]) == 1
    measured = np.sqrt(np.mean((race.free(x)[:, 0] - y) ** 2))
    assert_allclose(measured, race.free_error, rtol=1e-6)
    assert race.free.n_parameters == 22


def test_rank_one_stays_behind_from_every_start_tried():
    target = freeing.TARGETS["Sixteen uneven pieces"]
    _, y = target.points
    ends = []
    for seed in range(6):
        states = iter_tied(*freeing.start(target, seed), *target.points)
        ends.append(min(error for _, error in islice(states, 500)))
    assert min(ends) > 0.3 * y.std()


def test_one_training_a_session_and_what_is_finished_is_kept():
    session, other = {}, {}
    job = freeing.job_for(session, "A sine", 0)
    assert len(job.history) == 1 and freeing.TRAININGS.is_busy(session)
    assert freeing.job_for(session, "A sine", 0) is job
    changed = freeing.job_for(session, "A sine", 1)
    assert job.status == "stopped" and changed is not job
    for _ in range(1000):
        if not freeing.TRAININGS.is_busy(session):
            break
        freeing.TRAININGS.tick(session, 0.2)
    assert changed.status == "finished"
    assert freeing.job_for(other, "A sine", 1) is changed
    assert not freeing.TRAININGS.is_busy(other)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("name", freeing.TARGETS)
def test_the_snippet_trains_the_same_network(name):
    printed = []
    session = {}
    job = freeing.job_for(session, name, 2)
    while job.running:
        freeing.TRAININGS.tick(session, 1)
    scope = {"print": printed.append}
    exec(compile(freeing.race_snippet(name, 2), "snippet", "exec"), scope)
    assert_allclose(printed, [job.latest.free_error], rtol=1e-6)
    assert isinstance(scope["model"], DeepReLURegressor)
