"""One piece of work a session, what is shared when it is finished, and watching."""

from dataclasses import dataclass
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.jobs import SlicedJob
from ui.workbench import Workbench


@dataclass(eq=False)
class Made:
    """Something that comes about in slices."""

    job: SlicedJob


def making(n_states=10**6, begun=None):
    def begin():
        made = Made(SlicedJob(iter(range(n_states)), record=lambda state: state))
        if begun is not None:
            begun.append(made)
        return made

    return begin


def slices(bench, session, job):
    """How many states each slice has added by the time the work has ended."""
    seen = [len(job.history)]
    while bench.is_busy(session):
        bench.tick(session, 60.0)
        seen.append(len(job.history))
    return [after - before for before, after in pairwise(seen)]


def test_who_asks_what_has_been_answered_gets_the_same_work():
    bench, begun = Workbench("test", 2), []

    def begin():
        begun.append(1)
        yield from "abc"

    here, there = {}, {}
    job = bench.job_for(here, "q", begin, 10, keep=str)
    assert job.history == ["a", "b", "c"] and not bench.is_busy(here)
    assert bench.job_for(there, "q", begin, 10) is job
    assert len(begun) == 1


def test_another_question_ends_the_work_on_the_one_before():
    bench, closed = Workbench("test", 2), []

    def endless(name):
        try:
            while True:
                yield object()
        finally:
            closed.append(name)

    session = {}
    first = bench.job_for(session, 1, lambda: endless(1), 0)
    assert bench.is_busy(session) and len(first.history) == 1
    bench.tick(session, 0)
    assert len(first.history) == 2
    second = bench.job_for(session, 2, lambda: endless(2), 0)
    assert closed == [1] and first.status == "stopped" and second.running
    assert bench.job_for(session, 1, lambda: endless(3), 0) is not first


def test_work_that_cannot_begin_says_why_and_can_be_tried_again():
    bench = Workbench("test", 2)

    def fails():
        raise ValueError("no such thing.")
        yield

    session = {}
    for _ in range(2):
        with pytest.raises(ValueError, match="no such thing"):
            bench.job_for(session, 1, fails, 0)
    assert not bench.is_busy(session)
    with pytest.raises(ValueError):
        bench.job_for(session, 1, lambda: iter(""), 0)  # over before its first state
    assert bench.job_for(session, 1, lambda: iter("a"), 1).latest == "a"


def test_work_is_over_when_the_next_cannot_begin():
    bench, session = Workbench("test", 2), {}

    def refused():
        raise ValueError("at most 100.")

    first = bench.work_for(session, 1, making(), 0)
    with pytest.raises(ValueError, match="at most 100"):
        bench.work_for(session, 2, refused, 0)
    assert first.item.job.status == "stopped" and not bench.is_busy(session)
    again = bench.work_for(session, 1, making(), 0)
    assert again.item is not first.item and bench.is_busy(session)


def test_benches_and_sessions_do_not_disturb_each_other():
    one, here = Workbench("one", 2), {}
    works = [
        bench.work_for(session, 1, making(), 0)
        for bench, session in product((one, Workbench("other", 2)), (here, {}))
    ]
    assert len({id(work.item) for work in works}) == 4
    one.work_for(here, 2, making(), 0)
    states = [work.item.job.status for work in works]
    assert states == ["stopped", "running", "running", "running"]


def test_what_is_not_public_is_never_given_to_others():
    bench = Workbench("test", 2)
    ours = bench.work_for({}, 1, making(3), 60.0, public=False)
    assert ours.item.job.status == "finished"
    shared = bench.work_for({}, 1, making(3), 60.0)
    assert shared.item is not ours.item
    # Nor does it take part in what others have.
    alone = bench.work_for({}, 1, making(3), 60.0, public=False)
    assert alone.item not in (ours.item, shared.item)


@pytest.mark.parametrize("end", ["stopped", "failed", "out of time"])
def test_only_what_is_finished_is_given_to_others(end):
    bench, session = Workbench("test", 2, time_limit=0.0), {}

    def fails():
        yield 1
        raise ValueError("it diverged.")

    states = fails if end == "failed" else lambda: iter(range(10**6))
    if end == "out of time":
        job = bench.job_for(session, 1, states, 0)
    else:
        job = SlicedJob(states(), record=str)
        bench.work_for(session, 1, lambda: Made(job), 0)
    if end == "stopped":
        job.stop()
    bench.tick(session, 0)
    assert job.status == end and not bench.is_busy(session)
    assert bench.work_for({}, 1, making(), 0).item.job is not job


def test_watching_goes_slowly_at_first_and_then_faster():
    bench, session, begun = Workbench("test", 2), {}, []
    fast = bench.work_for(session, 1, making(500, begun), 60.0)
    assert fast.item.job.status == "finished"
    bench.watch_again(session)
    slow = bench.work_for(session, 1, making(500, begun), 60.0)
    assert begun == [fast.item, slow.item] and slow.run != fast.run
    # It has not begun, and being asked for does not make it.
    assert slow.item.job.history == [] and bench.is_busy(session)
    added = slices(bench, session, slow.item.job)
    assert added[:6] == [1, 1, 1, 1, 1, 1]
    assert len(added) < 40
    assert slow.item.job.history == fast.item.job.history


def test_watching_again_leaves_what_others_have_alone():
    bench, ours, theirs = Workbench("test", 2), {}, {}
    first = bench.work_for(ours, 1, making(9), 60.0)
    assert bench.work_for(theirs, 1, making(9), 60.0).item is first.item
    bench.watch_again(theirs)
    assert first.item.job.status == "finished" and not bench.is_busy(ours)
    assert bench.is_busy(theirs)
    # Another question, and back: not watched any more.
    bench.work_for(theirs, 2, making(9), 60.0)
    assert bench.work_for(theirs, 1, making(9), 60.0).item is first.item


@pytest.mark.parametrize(
    ("pace", "at_least", "begins"),
    [(4, 1, [1] * 7 + [2] * 2), (2, 1, [1, 1, 1, 2, 3, 4, 6]), (3, 3, [3, 3, 3, 3, 4])],
)
def test_a_bench_may_let_all_work_be_followed(pace, at_least, begins):
    bench, session = Workbench("test", 2, pace=pace, at_least=at_least), {}
    work = bench.work_for(session, 1, making(400), 0.0)
    assert work.item.job.history == [0]
    added = slices(bench, session, work.item.job)
    assert added[: len(begins)] == begins
    assert 1 + sum(added) == 400


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ask", "tick", "watch again", "stop"]),
            st.integers(0, 1),
            st.integers(0, 3),
        ),
        max_size=40,
    )
)
def test_whatever_two_sessions_do_each_has_one_work_and_the_right_one(actions):
    bench, sessions, questions = Workbench("test", 2), ({}, {}), [None, None]
    begun, holders = [], {}
    lengths = (1, 2, 4, 8)

    for action, who, question in [("ask", 0, 0), ("ask", 1, 1), *actions]:
        if action == "ask":
            questions[who] = question
        elif action == "tick":
            bench.tick(sessions[who], 0.0)
        elif action == "watch again":
            bench.watch_again(sessions[who])
            bench.tick(sessions[who], 0.0)
        asked = questions[who]
        begin = making(lengths[asked], begun)
        work = bench.work_for(sessions[who], asked, begin, 0.0, public=asked < 2)
        if action == "stop":
            work.item.job.stop()
        history = work.item.job.history
        assert work.question == asked
        assert history and history == list(range(lengths[asked]))[: len(history)]
        holders.setdefault(id(work.item), set()).add((who, asked))
        busy = sum(bench.is_busy(session) for session in sessions)
        assert sum(made.job.running for made in begun) == busy
    for held in holders.values():
        who, asked = zip(*held)
        assert len(set(asked)) == 1 and (len(set(who)) == 1 or asked[0] < 2)
