"""The step that counts regions as a visitor drives it, without a browser."""

import json
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from streamlit.testing.v1 import AppTest

from tests.pages import APP, run

PAGE = APP.parent / "pages" / "depth_efficiency.py"
_FOLDED = ("show_counted_snippet", "show_counted_equations", "show_measured_snippet")


def opened(**query):
    """The step, with this in its link and all unfolded, after one run."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.switch_page(str(PAGE))
    for name, value in {"efficiency": "Counted", **query}.items():
        at.query_params[name] = value
    for closed in _FOLDED:
        at.session_state[closed] = True
    return run(at)


def text(at):
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


def chart(at):
    (found,) = at.get("echarts_chart")
    return json.loads(found.proto.spec)


def curve(at, name):
    (found,) = (s for s in chart(at)["series"] if s["name"].startswith(name))
    return np.transpose(found["data"])


def printed(at):
    """What the program prints that the page offers to copy."""
    out = []
    scope = {"print": lambda *values: out.append(values)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        exec(compile(at.code[-1].value, "snippet", "exec"), scope)
    return out[-1]
