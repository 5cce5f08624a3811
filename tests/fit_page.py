"""The Fit step as a visitor drives it, without a browser: what its tests share."""

import json
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from streamlit.testing.v1 import AppTest

from tests.pages import APP


def opened(**query):
    """The page with this in its link, once training has ended."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in {"step": "Fit", **query}.items():
        at.query_params[name] = value
    for closed in ("show_joints", "show_equations", "show_snippet"):
        at.session_state[closed] = True
    return settled(at)


def settled(at):
    """Run until nothing is training: a tick of the page is a run of the script."""
    for _ in range(200):
        at.run()
        assert not at.exception
        if "Training with" not in standing(at) and not racing(at):
            return at
    raise AssertionError("training does not end")


def racing(at):
    return any(b.label == "Stop comparing" and not b.disabled for b in at.button)


def looked_at(at):
    """The slider over the moments of a training that has ended."""
    return next((s for s in at.select_slider if s.label == "Look at iteration"), None)


def standing(at):
    return next((m.value for m in at.markdown if "Joints:" in m.value), "")


def uploaded(content, name="data.csv", **query):
    at = opened(data="Your file", **query)
    content = content.encode() if isinstance(content, str) else content
    at.file_uploader(key="file").upload(name, content)
    return settled(at)


def errors(at):
    return [error.value for error in at.error]


def figure(at, place=0):
    return json.loads(at.get("echarts_chart")[place].proto.spec)


def trace(at, name):
    (found,) = (s for s in figure(at)["series"] if s["name"] == name)
    return np.transpose(found["data"])


def run_snippet(at):
    """Run the program that the page offers to copy; return the fitted model."""
    scope = {"print": lambda *_: None}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # few iterations, here
        exec(compile(at.code[0].value, "snippet", "exec"), scope)
    return scope["model"]


def assert_snippet_rebuilds_the_curve(at):
    x, y = trace(at, "Network")
    rebuilt = run_snippet(at).predict(x[:, None].astype(float))
    np.testing.assert_allclose(rebuilt, y, rtol=1e-4, atol=1e-4 * np.ptp(y))
