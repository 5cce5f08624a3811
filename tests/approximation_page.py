"""The Universal approximation page as a visitor drives it, without a browser."""

import json

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.pages import APP

PAGE = APP.parent / "pages" / "universal_approximation.py"
_BUSY = ("Searching…", "Measuring:", "Training…")
_FOLDED = ("show_law", "show_equations", "show_snippet", "show_theorem")
_FOLDED += ("show_construction", "show_formulas", "show_numbers", "show_law_snippet")
_FOLDED += ("show_built_snippet", "show_surface_snippet")


def opened(step, /, **query):
    """A step of the page, with this in its link and all unfolded, after one run."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.switch_page(str(PAGE))
    for name, value in {"part": step, **query}.items():
        at.query_params[name] = value
    for closed in _FOLDED:
        at.session_state[closed] = True
    return run(at)


def run(at):
    at.run()
    assert not at.exception
    return at


def settled(at):
    """Run until nothing is being searched for."""
    for _ in range(300):
        if not any(word in text(at) for word in _BUSY):
            return at
        run(at)
    raise AssertionError("the work does not end")


def text(at):
    """All that the page says."""
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


def errors(at):
    return [error.value for error in at.error]


def number_after(words, at):
    """The number in bold that follows some words."""
    found = text(at).split(words, 1)[1].split("**")[1]
    return float(found.replace(",", ""))


def figure(at, place=0):
    return json.loads(at.get("echarts_chart")[place].proto.spec)


def curve(at, name, place=0):
    (found,) = (s for s in figure(at, place)["series"] if s["name"] == name)
    return np.transpose(found["data"])


def run_snippet(at):
    """Run the program that the page offers to copy; give all that it made."""
    scope = {"print": lambda *_: None}
    (code,) = (block.value for block in at.code if "import" in block.value)
    exec(compile(code, "snippet", "exec"), scope)
    return scope
