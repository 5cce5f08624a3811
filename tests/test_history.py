"""Undo and redo, against two lists of what should be there."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ui.history import LONGEST, History


class Editing(RuleBasedStateMachine):
    """A reader who sets, takes back and repeats, and a list of all that was set."""

    def __init__(self):
        super().__init__()
        self.state = {}
        self.values, self.at = ["start"], 0
        self.history.set("start")

    @property
    def history(self):
        return History(self.state, "net")  # made anew in every run of a page

    @rule(value=st.text(max_size=2))
    def set(self, value):
        self.history.set(value)
        if value != self.values[self.at]:
            self.values = [*self.values[: self.at + 1], value]
            self.at += 1

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self):
        assert self.history.can_undo
        self.history.undo()
        self.at -= 1

    @precondition(lambda self: self.at < len(self.values) - 1)
    @rule()
    def redo(self):
        assert self.history.can_redo
        self.history.redo()
        self.at += 1

    @invariant()
    def shows_the_value(self):
        assert self.state["net"] == self.values[self.at]
        assert self.history.can_undo == (self.at > 0)
        assert self.history.can_redo == (self.at < len(self.values) - 1)


TestEditing = Editing.TestCase


def test_remembers_the_last_hundred_only():
    state = {}
    for value in range(3 * LONGEST):
        History(state, "net").set(value)
    for _ in range(3 * LONGEST):
        History(state, "net").undo()
    assert state["net"] == 2 * LONGEST


def test_nothing_to_take_back_changes_nothing():
    state = {"net": 1}
    History(state, "net").undo()
    History(state, "net").redo()
    assert state["net"] == 1
