"""Controls from a table, as a visitor meets them: link, lesson, presets."""

import pytest
from streamlit.testing.v1 import AppTest

TABLE = """
import streamlit as st
from ui.page import page
from ui.presets import Preset, PresetBar
from ui.shell import enter
from ui.state import Choice, Number, Switch, Table, Text

TABLE = Table(
    Number(key="width", label="Width", low=1, high=100, default=10),
    Number(key="from", label="From", low=-5.0, high=5.0, default=0.5, look="field"),
    Choice(key="solver", label="Solver", options=("auto", "gd"), default="auto"),
    Choice(key="rate", label="Rate", options=(0.1, 1.0), default=0.1, look="slider"),
    Choice(key="toy", label="Toy", options=("sine", "step"), default="sine",
           look="menu"),
    Text(key="net", label="Net", default="abc"),
    Switch(key="ask", label="Ask", default=False),
)
BAR = PresetBar(
    "preset",
    {"Plain": Preset("As it is.", {}), "Wide": Preset("Wide.", {"width": 99})},
    TABLE,
)
enter()
with page("Demo", Table(BAR.control, *TABLE.values()), "A source."):
    table, bar = BAR.choose()
    drawn = {key: table.draw(key) for key in table}
    with bar:
        BAR.show_history()
"""
DEFAULTS = {"width": 10, "from": 0.5, "solver": "auto", "rate": 0.1, "toy": "sine"}
DEFAULTS |= {"net": "abc", "ask": False}
LINKED = {"width": "7", "from": "-2.25", "solver": "gd", "rate": "1", "toy": "step"}
LINKED |= {"net": "x~y", "ask": "true"}


def opened(**query):
    at = AppTest.from_string(TABLE, default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def values(at):
    return {key: at.session_state[key] for key in DEFAULTS}


def notes(at):
    return [warning.value for warning in at.warning]


def press(at, label):
    (button,) = (b for b in at.button if b.label == label)
    button.click()
    at.run()
    assert not at.exception


def test_without_a_link_everything_is_as_the_table_says():
    at = opened()
    assert values(at) == DEFAULTS
    assert notes(at) == []


def test_a_link_sets_everything_and_is_not_complained_about():
    at = opened(**LINKED)
    assert values(at) == {
        "width": 7,
        "from": -2.25,
        "solver": "gd",
        "rate": 1.0,
        "toy": "step",
        "net": "x~y",
        "ask": True,
    }
    assert notes(at) == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("width", "101"),
        ("width", "wide"),
        ("width", ""),
        ("from", "nan"),
        ("from", "inf"),
        ("from", "-7"),
        ("solver", "sgd"),
        ("rate", "0.5"),
        ("toy", "`$x$`"),
        ("ask", "perhaps"),
    ],
)
def test_what_a_link_asks_in_vain_is_said_and_the_rest_is_kept(key, text):
    at = opened(**LINKED | {key: text})
    assert values(at)[key] == DEFAULTS[key]
    (note,) = notes(at)
    assert "not possible" in note and str(DEFAULTS[key]) in note
    others = [name for name in DEFAULTS if name != key]
    linked = values(opened(**LINKED))
    assert {name: values(at)[name] for name in others} == {
        name: linked[name] for name in others
    }


def test_a_note_stays_until_it_is_closed():
    at = opened(width="101")
    at.slider(key="width").set_value(20).run()
    assert len(notes(at)) == 1
    press(at, "Close this note")
    assert notes(at) == []
    assert at.session_state["width"] == 20


def test_what_a_lesson_locks_cannot_be_changed_by_hand_or_preset():
    at = opened(lock="width", width="7")
    assert at.slider(key="width").disabled
    assert not at.text_input(key="net").disabled
    at.selectbox(key="preset").set_value("Wide").run()
    assert at.session_state["width"] == 7


def test_what_a_lesson_hides_still_has_its_value():
    at = opened(hide=["width", "lesson"], width="7")
    assert at.session_state["width"] == 7
    style = at.get("html")[0].proto.body
    assert "st-key-hidden-control-" in style and "display: none" in style


def test_a_preset_sets_reset_restores_undo_takes_back():
    at = opened(net="mine")
    at.selectbox(key="preset").set_value("Wide").run()
    assert values(at) == DEFAULTS | {"width": 99}
    at.slider(key="width").set_value(50).run()
    press(at, "Reset")
    assert at.session_state["width"] == 99
    press(at, "Undo")
    press(at, "Undo")
    press(at, "Undo")
    assert values(at) == DEFAULTS | {"net": "mine"}
    assert at.session_state["preset"] == "Plain"
    press(at, "Redo")
    assert at.session_state["preset"] == "Wide"


def test_a_link_to_a_preset_gives_its_values():
    at = opened(preset="Wide")
    assert at.session_state["width"] == 99
    assert opened(preset="Wide", width="10").session_state["width"] == 10
