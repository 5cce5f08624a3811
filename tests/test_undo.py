"""Undo and redo, against a plain list of all states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.undo import LONGEST, History

KEYS = ("width", "solver")


@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(KEYS), st.integers(0, 3)),
            st.sampled_from(["undo", "redo"]),
        ),
        max_size=60,
    )
)
def test_it_walks_through_a_list_of_states(deeds):
    state = {"width": 0, "solver": 0, "other": "untouched"}
    History(state, "fit", KEYS).note()
    states, place = [(0, 0)], 0
    for deed in deeds:
        history = History(state, "fit", KEYS)  # a new one in every run
        assert history.can_undo == (place > 0)
        assert history.can_redo == (place < len(states) - 1)
        if deed == "undo":
            state.update(history.undo())
            place = max(place - 1, 0)
        elif deed == "redo":
            state.update(history.redo())
            place = min(place + 1, len(states) - 1)
        else:
            state[deed[0]] = deed[1]
            now = (state["width"], state["solver"])
            if now != states[place]:
                states = [*states[: place + 1], now]
                place += 1
        history.note()
        assert (state["width"], state["solver"]) == states[place]
    assert state["other"] == "untouched"


def test_memory_is_bounded():
    state = {"width": 0}
    for value in range(3 * LONGEST):
        state["width"] = value
        History(state, "fit", ["width"]).note()
    for _ in range(3 * LONGEST):
        state.update(History(state, "fit", ["width"]).undo())
    assert state["width"] == 2 * LONGEST


def test_a_control_that_was_not_there_is_left_alone():
    state = {"width": 1}
    History(state, "fit", KEYS).note()
    state.update(width=2, solver="gd")
    History(state, "fit", KEYS).note()
    state.update(History(state, "fit", KEYS).undo())
    assert (state["width"], state["solver"]) == (1, "gd")


@pytest.mark.parametrize("name", ["fit", "build"])
def test_steps_have_histories_of_their_own(name):
    state = {"width": 1}
    History(state, name, KEYS).note()
    state["width"] = 2
    History(state, name, KEYS).note()
    assert not History(state, "another", KEYS).can_undo
