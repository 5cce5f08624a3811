"""What a run does not change it does not tell: telling undoes what a reader does.

Streamlit's ``set_value`` has the browser's widget take a value, even while the reader
moves it.
"""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import asked_for, press, run
from ui.approximation.steps import PAGE as APPROXIMATION
from ui.approximation.target_controls import MEAN
from ui.composition.steps import PAGE as COMPOSITION
from ui.depth.steps import PAGE as DEPTH
from ui.regression.steps import PAGE as REGRESSION
from ui.representation.steps import PAGE as REPRESENTATION
from ui.two_inputs.steps import PAGE as TWO_INPUTS

PAGES = {
    "regression": REGRESSION["step"],
    "universal_approximation": APPROXIMATION["part"],
    "two_inputs": TWO_INPUTS["plane"],
    "representation": REPRESENTATION["space"],
    "composition": COMPOSITION["scene"],
    "depth_efficiency": DEPTH["efficiency"],
}
STEPS = [(page, step) for page in PAGES for step in PAGES[page].options]

# A run that is overtaken before the browser has answered.
OVERTAKEN = """
import streamlit as st
from ui.shell import enter
from ui.state import Number, Table, begin_run
from ui.stepped import choose_stepped

enter()
begin_run()
WIDTH = Number(key="width", label="Width", low=1, high=9, default=5, look="field")
choose_stepped(Table(WIDTH), "width", range(1, 10), "Slider")
if not st.session_state.get("again"):
    st.session_state.again = True
    st.rerun()
"""


def opened(page, step, **query):
    asked = {PAGES[page].key: step, **query}
    return run(asked_for(asked, ["lesson"], page))


def told(at):
    """Labels of the widgets that the last run set, but for those held still."""
    protos = [getattr(element, "proto", None) for element in at.main]
    return [
        proto.label
        for proto in protos
        if getattr(proto, "set_value", False) and not proto.disabled
    ]


@pytest.mark.parametrize(("page", "step"), STEPS)
def test_a_run_without_a_change_sets_no_widget(page, step):
    at = opened(page, step)
    run(at)
    assert told(run(at)) == []


def test_the_window_of_a_zoomed_network_is_set_only_by_others():
    at = opened("depth_efficiency", "Counted", counted_zoom="2", counted_piece="500")
    assert told(run(at)) == []
    press(at, "The middle")
    assert any(label.startswith("Window") for label in told(at))
    assert told(run(at)) == []


@pytest.mark.parametrize(
    ("page", "step", "label", "typed"),
    [
        ("universal_approximation", "One target", "Hidden units D", "units"),
        ("depth_efficiency", "Regions", "Budget: parameters P", "regions_budget"),
    ],
)
def test_a_slider_is_set_when_a_number_is_typed(page, step, label, typed):
    at = opened(page, step)
    at.number_input(key=typed).set_value(50)
    run(at)
    assert label in told(at)
    assert told(run(at)) == []
    at.select_slider(key=f"{typed}_slider").set_value(200)
    run(at)
    assert at.number_input(key=typed).value == 200


def test_a_message_that_crosses_with_a_typed_number_does_not_undo_it():
    at = opened("universal_approximation", "One target", units="9")
    at.number_input(key="units").set_value(500)
    run(at)
    at.query_params["units"] = "500"  # as the browser does
    at.select_slider(key="units_slider").set_value(9)
    run(at)
    assert at.number_input(key="units").value == 500
    assert at.select_slider(key="units_slider").value == 500


def test_a_slider_is_not_set_again_after_a_run_that_was_overtaken():
    at = run(AppTest.from_string(OVERTAKEN, default_timeout=60))
    assert at.select_slider(key="width_slider").value == 5
    assert told(at) == []


def test_a_run_of_a_part_sets_none_of_its_widgets():
    at = opened("universal_approximation", "One target", units="30")
    at.selectbox(key="norm").select(MEAN)
    run(at)
    assert not at.title  # the view alone has run
    assert at.number_input(key="units").value == 30
    assert told(at) == []
