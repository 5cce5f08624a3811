"""The Composition page as a visitor drives it, without a browser."""

import json

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.pages import APP, run

PAGE = APP.parent / "pages" / "composition.py"
_FOLDED = ("meet", "show_compose_snippet", "show_fold_snippet", "show_fuse_snippet")
_FOLDED += ("show_free_snippet", "show_clip_snippet", "show_plane_snippet")
_FOLDED += ("show_deep_snippet",)


def opened(step, /, **query):
    """A step of the page, with this in its link and all unfolded, after one run."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.switch_page(str(PAGE))
    for name, value in {"scene": step, **query}.items():
        at.query_params[name] = value
    for closed in _FOLDED:
        at.session_state[closed] = True
    return run(at)


def settled(at):
    """Run until nothing is training."""
    for _ in range(300):
        if "**Training**" not in text(at):
            return at
        run(at)
    raise AssertionError("training does not end")


def text(at):
    """All that the page says."""
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


def errors(at):
    return [error.value for error in at.error]


def table(at, place=0):
    return at.dataframe[place].value


def charts(at):
    return [json.loads(each.proto.spec) for each in at.get("echarts_chart")]


def curve(chart, name):
    """The points of one curve of a chart."""
    (found,) = (s for s in chart["series"] if s["name"] == name)
    points = [p["value"] if isinstance(p, dict) else p for p in found["data"]]
    return np.transpose(points)


def printed(at, place=0):
    """What a program prints that the page offers to copy."""
    out = []
    scope = {"print": lambda *values: out.append(values)}
    exec(compile(at.code[place].value, "snippet", "exec"), scope)
    return out
