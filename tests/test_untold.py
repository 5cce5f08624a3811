"""A message that the browser sent before it heard of a change does not undo it."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import press
from ui import untold

SCRIPT = """
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from ui.state import Number, Table, Text, begin_run, put, put_released

def note():
    st.session_state.calls = st.session_state.get("calls", 0) + 1

TABLE = Table(
    Text(key="net", label="Net", default="before"),
    Number(key="width", label="Width", low=1, high=9, default=3),
)

def browser_tells_again(**latest):
    # All widgets as this message has them, but for buttons: a tick repeats no press.
    ctx = get_script_run_ctx()
    states = ctx.session_state._state._new_widget_state.as_widget_states()
    kept = [s for s in states if s.WhichOneof("value") != "trigger_value"]
    for state in kept:
        for key, text in latest.items():
            if f"-{key}" in state.id:
                state.string_value = text
    message = WidgetStates(widgets=kept)
    ctx.script_requests.request_rerun(
        RerunData(widget_states=message, page_script_hash=ctx.page_script_hash)
    )

def release():
    put_released("net", "released")
    browser_tells_again()
    st.rerun()

def undo():
    put({"net": "undone", "width": 7})
    browser_tells_again()
    st.rerun()

def release_and_type():
    put_released("net", "released")
    browser_tells_again(net="typed")
    st.rerun()

begin_run()
TABLE.draw("net")
TABLE.draw("width", on_change=note)
for act in (release, undo, release_and_type):
    st.button(act.__name__, on_click=act)
"""


@pytest.fixture
def at():
    return AppTest.from_string(SCRIPT, default_timeout=60).run()


def test_what_was_released_survives_a_message_from_before(at):
    press(at, "release")
    assert at.text_input(key="net").value == "released"


def test_what_undo_set_survives_and_nobody_is_called_for_what_was_before(at):
    press(at, "undo")
    assert at.text_input(key="net").value == "undone"
    assert at.slider(key="width").value == 7
    assert "calls" not in at.session_state


def test_what_the_reader_types_meanwhile_counts(at):
    press(at, "release_and_type")
    assert at.text_input(key="net").value == "typed"


def test_a_message_that_crosses_with_what_is_shown_is_not_the_readers(at):
    press(at, "undo")
    # The browser has not got it yet, and says again what was there before.
    at.text_input(key="net").set_value("before")
    at.slider(key="width").set_value(3).run()
    assert at.text_input(key="net").value == "undone"
    assert at.slider(key="width").value == 7
    assert "calls" not in at.session_state


def test_a_moment_later_the_reader_may_have_back_what_was_before(at, monkeypatch):
    monkeypatch.setattr(untold, "_ON_ITS_WAY", 0.0)
    press(at, "release")
    at.text_input(key="net").set_value("before").run()
    assert at.text_input(key="net").value == "before"
    at.slider(key="width").set_value(4).run()
    assert at.session_state["calls"] == 1


def test_what_one_after_the_other_sets_counts_the_latest(at):
    press(at, "release")
    press(at, "undo")
    press(at, "release")
    assert at.text_input(key="net").value == "released"
