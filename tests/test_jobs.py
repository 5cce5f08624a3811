import threading
import time

import pytest

from ui.jobs import Shelf, SlicedJob

TICK = 1 / 64  # s; sums of it are exact


class Clock:
    """Moves by a fixed step at each look."""

    def __init__(self, step):
        self.now, self.step = 0.0, step

    def __call__(self):
        self.now += self.step
        return self.now


class Work:
    """Counts what was computed, and notices being closed."""

    def __init__(self, n, error=None):
        self.computed, self.closed, self.n, self.error = 0, False, n, error

    def states(self):
        try:
            for i in range(self.n):
                self.computed += 1
                yield i
            if self.error:
                raise self.error
        except GeneratorExit:
            self.closed = True
            raise


def job_of(work, step=TICK, **options):
    return SlicedJob(
        work.states(), record=lambda i: i * 10, clock=Clock(step), **options
    )


def test_a_slice_computes_as_many_states_as_its_time_allows():
    work = Work(100)
    job = job_of(work)
    assert job.running and job.latest is None
    job.advance(5 * TICK)
    assert work.computed == 5
    assert job.latest == 4
    assert job.history == [0, 10, 20, 30, 40]
    assert job.seconds == 5 * TICK
    job.advance(5 * TICK)
    assert work.computed == 10


def test_nothing_is_computed_between_slices():
    work = Work(100)
    job_of(work)
    assert work.computed == 0


def test_one_state_at_least_however_slow():
    job = job_of(Work(3), step=60.0, time_limit=1e9)
    job.advance(0.001)
    assert job.latest == 0


def test_a_number_of_states_may_be_the_limit():
    job = job_of(Work(100))
    job.advance(10.0, at_most=3)
    assert job.history == [0, 10, 20]


def test_a_state_that_comes_again_is_a_pause_and_no_news():
    job = SlicedJob(iter([1, 1, 1, 2, 2, 3]), record=str)
    job.advance(60.0, at_most=2)
    assert job.history == ["1", "2"]
    job.advance(60.0)
    assert job.history == ["1", "2", "3"] and job.status == "finished"


def test_finishing():
    job = job_of(Work(3))
    job.advance(10.0)
    assert job.status == "finished" and not job.running
    assert job.standing("Working") == "Finished"
    job.advance(10.0)
    job.stop()
    assert job.status == "finished"
    assert job.history == [0, 10, 20]


def test_stopping_closes_the_work_and_keeps_what_there_is():
    work = Work(100)
    job = job_of(work)
    job.advance(3 * TICK)
    job.stop()
    assert work.closed and job.status == "stopped"
    job.advance(10.0)
    assert work.computed == 3 and job.latest == 2


def test_stopping_before_the_start():
    job = job_of(Work(5))
    job.stop()
    assert job.status == "stopped" and job.latest is None and job.history == []


def test_the_time_limit_counts_work_over_all_slices_but_not_the_waiting():
    work = Work(1000)
    clock = Clock(TICK)
    job = SlicedJob(work.states(), record=id, clock=clock, time_limit=50 * TICK)
    for _ in range(4):
        job.advance(10 * TICK)
        clock.now += 1000.0  # nobody ticks
    assert job.running and job.seconds == 40 * TICK
    job.advance(10.0)
    assert job.status == "out of time"
    assert work.closed and work.computed == 50


def test_a_value_error_is_a_message_for_the_reader():
    job = job_of(Work(2, ValueError("learning_rate_init=9 is too large")))
    job.advance(10.0)
    assert job.status == "failed"
    assert job.error == "learning_rate_init=9 is too large"
    assert job.latest == 1


def test_any_other_error_is_a_bug_and_is_not_hidden():
    job = job_of(Work(2, KeyError("oops")))
    with pytest.raises(KeyError):
        job.advance(10.0)
    assert job.status == "failed" and "oops" not in job.error


def test_an_iterator_that_cannot_be_closed_can_be_stopped():
    job = SlicedJob(iter([1, 2, 3]), record=str)
    job.advance(1.0, at_most=1)
    job.stop()
    assert job.status == "stopped" and job.history == ["1"]


def at_work(states):
    """A job, and a thread that is within its first slice, of a minute."""
    job = SlicedJob(states, record=str, time_limit=100.0)
    thread = threading.Thread(target=job.advance, args=(60.0,))
    thread.start()
    while not job.history:
        time.sleep(0.001)
    return job, thread


def slow(n, closed):
    try:
        for i in range(n):
            time.sleep(0.005)
            yield i
    finally:
        time.sleep(0.05)
        closed.append(True)


def test_two_runs_of_a_session_take_turns():
    job, other = at_work(slow(40, []))
    job.advance(60.0)
    other.join()
    assert job.status == "finished" and job.error == ""
    assert job.history == [str(i) for i in range(40)]


def test_a_stop_cuts_the_slice_of_another_run_short():
    closed = []
    job, other = at_work(slow(10_000, closed))
    job.stop()
    assert closed and job.status == "stopped"
    other.join(5.0)
    assert not other.is_alive() and job.error == ""
    assert len(job.history) < 10_000


def test_a_shelf_forgets_what_was_longest_unused():
    shelf = Shelf(2)
    shelf.put("a", 1)
    shelf.put("b", 2)
    assert shelf.get("a") == 1
    shelf.put("c", 3)
    assert (shelf.get("a"), shelf.get("b"), shelf.get("c")) == (1, None, 3)
