"""Pages as a visitor drives them, without a browser."""

import json
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from ui.state import Choice, Number

APP = Path(__file__).resolve().parent.parent / "app.py"


def asked_for(query, unfolded, page=None):
    """A page before its first run, with this in its link and these unfolded."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    if page is not None:
        at.switch_page(str(APP.parent / "pages" / f"{page}.py"))
    for name, value in query.items():
        at.query_params[name] = value
    for closed in unfolded:
        at.session_state[closed] = True
    return at


def opened(step, /, **query):
    """A step of the Regression page, with this in its link."""
    unfolded = ("symmetries", "show_build_snippet", "show_linear_snippet")
    return run(asked_for({"step": step, **query}, unfolded))


def run(at):
    """The page after another run, which must not fail."""
    at.run()
    assert not at.exception
    return at


def run_until(ended, at, most):
    """The page once its work has ended: a tick of the page is a run of the script."""
    for _ in range(most):
        if ended(at):
            return at
        run(at)
    raise AssertionError("the work does not end")


def press(at, label):
    """The page after a press of a button."""
    (button,) = (b for b in at.button if b.label == label)
    button.click()
    return run(at)


def assert_possible(bar, name):
    """What a preset sets is there to be set, and to that."""
    controls = {control.key: control for control in bar.controls}
    for key, value in bar.presets[name].values.items():
        control = controls[key]
        if isinstance(control, Choice):
            assert value in control.options
        elif isinstance(control, Number):
            assert control.low <= value <= control.high
        else:
            assert type(value) is type(control.default)


def assert_opens(at, bar, name):
    """A preset says what to look for, complains of nothing, and sets what it says."""
    at.selectbox(key=bar.control.key).select(name)
    run(at)
    assert errors(at) == [] and not at.warning
    assert bar.presets[name].look_for in text(at)
    for key, value in bar.presets[name].values.items():
        assert at.session_state[key] == value


def text(at):
    """All that the page says."""
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


def errors(at):
    """What the page complains about."""
    return [error.value for error in at.error]


def figure(at, place=0):
    return json.loads(at.get("echarts_chart")[place].proto.spec)


def curve(at, name, place=0):
    """The points of one curve of a chart."""
    (found,) = (s for s in figure(at, place)["series"] if s["name"] == name)
    points = [p["value"] if isinstance(p, dict) else p for p in found["data"]]
    return np.transpose(points)


def results(code):
    """What is there after a program that a page offers to copy, and its prints."""
    printed = []
    scope = {"print": lambda *values, **_: printed.append(values)}
    exec(compile(code, "snippet", "exec"), scope)
    return scope, printed


def run_snippet(at):
    """What the one program on the page makes, and under "printed" what it prints."""
    (code,) = (block.value for block in at.code if "import" in block.value)
    scope, printed = results(code)
    return scope | {"printed": printed}
