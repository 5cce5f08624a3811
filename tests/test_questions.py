"""Predict, then reveal."""

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from ui.questions import Question, ask_first

most = st.session_state.get("most", 4)
truth = st.session_state.get("truth", 3)
question = Question(
    "How many?",
    ("subject", st.session_state.get("subject", 0)),
    tuple(range(1, most + 1)),
    lambda: truth and (truth, "Because it is."),
)
if ask_first(question, "demo"):
    st.text("the view")
"""


@pytest.fixture
def at():
    return AppTest.from_string(SCRIPT, default_timeout=60).run()


def seen(at):
    assert not at.exception
    return [text.value for text in at.text] == ["the view"]


def test_nothing_is_seen_before_the_answer(at):
    assert not seen(at)
    at.segmented_control[0].set_value(3).run()
    assert seen(at)
    assert "right" in at.success[0].value and "Because it is." in at.success[0].value


def test_a_wrong_answer_is_told_the_right_one(at):
    at.segmented_control[0].set_value(2).run()
    assert seen(at)
    assert "You said **2**; it is **3**" in at.warning[0].value


def test_many_answers_are_chosen_from_a_menu(at):
    at.session_state["most"] = 40
    at.run()
    at.selectbox[0].set_value(3)
    at.button[0].click().run()
    assert seen(at) and at.success


def test_another_subject_is_asked_anew(at):
    at.segmented_control[0].set_value(3).run()
    at.session_state["subject"] = 1
    assert not seen(at.run())


def test_changes_afterwards_do_not_change_the_answer(at):
    at.segmented_control[0].set_value(3).run()
    at.session_state["truth"] = 1
    assert at.run().success


def test_an_answer_that_is_not_known_yet_is_awaited(at):
    at.session_state["truth"] = None
    at.segmented_control[0].set_value(3).run()
    assert seen(at) and at.info
    at.session_state["truth"] = 2
    assert "it is **2**" in at.run().warning[0].value
