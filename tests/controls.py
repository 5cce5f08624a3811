"""A small page of one control of each kind, as a visitor opens it by a link."""

from streamlit.testing.v1 import AppTest

from tests.pages import run

SCRIPT = """
import streamlit as st
from ui.page import page
from ui.presets import Preset, PresetBar
from ui.shell import enter
from ui.state import Choice, Number, Switch, Table, Text, draw, put

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
LATER = Number(key="later", label="Later", low=0, high=9, default=0)
SET = {"later": 2, "net": "put", "more": True}
BAR = PresetBar(
    "preset",
    {"Plain": Preset("As it is.", {}), "Wide": Preset("Wide.", {"width": 99})},
    TABLE,
)
enter()
with page("Demo", Table(BAR.control, *TABLE.values(), LATER), "A source."):
    table = BAR.choose()
    drawn = {key: table.draw(key) for key in table}
    BAR.show_history()
    st.button("Set it", on_click=put, args=(SET,))
    if st.toggle("More", key="more"):
        draw(LATER)
"""
DEFAULTS = {"width": 10, "from": 0.5, "solver": "auto", "rate": 0.1, "toy": "sine"}
DEFAULTS |= {"net": "abc", "ask": False}
LINKED = {"width": "7", "from": "-2.25", "solver": "gd", "rate": "1", "toy": "step"}
LINKED |= {"net": "x~y", "ask": "true"}


def opened(**query):
    at = AppTest.from_string(SCRIPT, default_timeout=60)
    at.session_state["lesson"] = True
    for name, value in query.items():
        at.query_params[name] = value
    return run(at)


def values(at):
    return {key: at.session_state[key] for key in DEFAULTS}


def notes(at):
    return [warning.value for warning in at.warning]
