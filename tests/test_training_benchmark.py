"""What the training benchmark stands on: its clock, its memory and its yardsticks."""

import numpy as np
import pytest

from benchmarks.rows.contest import Contest
from benchmarks.rows.friedman import FUNCTIONS, task_of
from benchmarks.rows.one_input import CURVES, best_errors, sample
from benchmarks.rows.ours import TO_THE_END, along, at_times
from benchmarks.rows.peers import mlp_adam, mlp_lbfgs
from benchmarks.rows.report import Goal, compared
from benchmarks.rows.sawtooth import architectures, folding_start
from benchmarks.rows.tasks import NEVER, Moment, Task, at_time, least
from estimators.constructions import sawtooth
from estimators.objective import n_parameters

MEGABYTE = 2**20


def touch(megabytes):
    return np.ones(megabytes * MEGABYTE, np.uint8).sum()


def idle(megabytes):
    return megabytes


def test_memory_is_each_contenders_own():
    ballast = np.ones(300 * MEGABYTE, np.uint8)
    with Contest({"touch": touch, "idle": idle}, 1) as contest:
        assert contest.results(64) == {"touch": 64 * MEGABYTE, "idle": 64}
        of_touch, of_idle = (
            float(part.split()[-1]) for part in contest.memory().split(", ")[1:]
        )
    assert ballast.all()
    assert 60 <= of_touch <= 80 and of_idle <= 5


def test_a_state_counts_from_its_time_on():
    moments = [Moment(0.5, 3.0), Moment(1.0, 1.0), Moment(2.0, 2.0)]
    assert at_time(moments, 0.4) == NEVER
    assert at_time(moments, 1.0) == at_time(moments, 1.9) == moments[1]
    assert at_time(moments, 9.0) == moments[2]
    assert least(moments) == moments[1]
    assert least([]) == NEVER


@pytest.mark.parametrize(
    "contender",
    [mlp_adam, mlp_lbfgs, along, at_times],
    ids=lambda contender: contender.__name__,
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_errors_are_in_the_units_of_the_targets(contender):
    """Everyone learns a line far from the origin to within its spread."""
    x = np.linspace(1000, 1001, 60)
    X, y = x[:, np.newaxis], 500 + 70 * (x - 1000)
    settings = {"rate": 1e-2} if contender is mlp_adam else {}
    task = Task(X, y, (10,), 0, (0.5,), X, y)
    moments = contender(task, **settings)
    assert least(moments).error < 0.1 * y.std()
    worse = contender(task._replace(y_test=y + 700), **settings)
    assert least(worse).error == pytest.approx(700, rel=0.05)


def test_work_ends_at_the_goal():
    x = np.linspace(0, 1, 200)
    X, y = x[:, np.newaxis], np.sin(9 * x)
    task = Task(X, y, (20,), 0, (5.0,), X, y, goal=0.3)
    moments = along(task, solver="adam", **TO_THE_END)
    assert moments[-1].error <= 0.3 < moments[-2].error


def test_a_run_can_start_from_a_given_network():
    """Telgarsky's own network is found at once; a random one is not."""
    x = np.linspace(0, 1, 500)
    X, teeth = x[:, np.newaxis], sawtooth(4)
    y = teeth(X)[:, 0]
    task = Task(X, y, teeth.widths, 0, (1.0,), X, y, goal=1e-9)
    (moment,) = along(task, teeth, **TO_THE_END)
    assert moment.error < 1e-9
    assert along(task, **TO_THE_END)[0].error > 0.1


def test_goals_say_whether_they_are_met():
    assert str(Goal("ratio", 1.2, 1.3)).endswith("target ≤ 1.3: met")
    assert str(Goal("ratio", 1.4, 1.3)).endswith("NOT MET")
    assert str(Goal("speed", 4, 3, at_least=True)).endswith("target ≥ 3: met")
    assert str(Goal("speed", np.nan, 3, at_least=True)).endswith("NOT MET")


def test_what_is_ours_is_no_peer():
    line = compared("task", {"ours": 2.0, "ours, defaults": 0.5, "a": 4.0, "b": 8.0})
    assert (line.peer, line.theirs, line.ratio) == ("a", 4.0, 0.5)


def test_the_yardstick_of_a_line_is_zero_and_falls_with_the_width():
    x = np.linspace(0, 1, 300)
    assert max(best_errors(x, 3 * x).values()) < 1e-7
    x, y = sample(CURVES["sine"], "random", 0)
    errors = list(best_errors(x, y).values())
    assert np.all(np.diff(errors) < 0) and errors[-1] > 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_test_points_have_no_noise_and_training_points_have_theirs(name):
    task = task_of(name, 0, (1.0,))
    again = task_of(name, 0, (1.0,))
    np.testing.assert_array_equal(task.y, again.y)
    assert task.y_test.std() == pytest.approx(1, rel=0.05)
    make, noise = FUNCTIONS[name]
    clean = make(len(task.y) + len(task.y_test), random_state=0)[1]
    spread = clean.std()
    share = 1 / spread if noise is None else noise
    left = task.y - clean[: len(task.y)] / spread
    assert left.std() == pytest.approx(share, rel=0.03, abs=1e-12)
    np.testing.assert_array_equal(task.y_test, clean[len(task.y) :] / spread)


@pytest.mark.parametrize("width", [2, 4, 16])
@pytest.mark.parametrize("seed", range(5))
def test_a_folding_start_folds(width, seed):
    """Two units a layer make 2ᵏ pieces of [0, 1] into [0, 1], like the sawtooth."""
    network = folding_start(4, width, seed)
    grid = np.linspace(0, 1, 20_001)[:, np.newaxis]
    values = network(grid)[:, 0]
    assert network.widths == (width - width % 2,) * 4
    assert values.min() >= -1e-12 and values.max() <= 1 + 1e-12
    if width == 2:
        turns = np.count_nonzero(np.diff(np.sign(np.diff(values))))
        assert turns >= 2**4 - 1
        assert sawtooth(4).widths == network.widths


def test_shallow_rivals_have_as_many_parameters():
    networks = list(architectures(6))
    for deep, shallow in zip(networks[::2], networks[1::2], strict=True):
        extra = n_parameters((1, *deep, 1)) - n_parameters((1, *shallow, 1))
        assert 0 <= extra < 3
