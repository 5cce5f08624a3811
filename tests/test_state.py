"""Controls from a table, as a visitor meets them: link, notes, presets."""

import importlib

import pytest

from tests.controls import DEFAULTS, LINKED, notes, opened, values
from tests.pages import APP, press
from ui.state import Number


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
        ("solver", ""),
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


def test_what_a_button_sets_before_it_is_drawn_takes_the_links_place():
    at = opened(later="7")
    press(at, "Set it")
    assert at.slider(key="later").value == 2
    assert at.query_params["later"] == "2"
    assert notes(at) == []


def test_a_whole_number_is_the_one_that_its_field_shows():
    """The field rounds as JavaScript does: halves go away from zero."""
    number = Number(key="n", label="N", low=-9, high=9, default=0, look="field")
    shown = {12.7: 13, 12.5: 13, 13.5: 14, 12.4: 12, -0.5: -1, -0.4: 0}
    assert {typed: number.value(typed) for typed in shown} == shown


def test_no_two_controls_share_a_key():
    """What one is set to would be taken along to the other page."""
    known = {}
    for file in sorted((APP.parent / "ui").glob("*/steps.py")):
        steps = importlib.import_module(f"ui.{file.parent.name}.steps")
        for key, control in steps.PAGE.items():
            assert known.setdefault(key, control) is control, key
    assert len(known) > 100
