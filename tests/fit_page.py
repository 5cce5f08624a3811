"""The Fit step as a visitor drives it, without a browser: what its tests share."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning

from tests.pages import asked_for, curve, results, run, run_until


def opened(**query):
    """The page with this in its link, once training has ended."""
    unfolded = ("show_joints", "show_equations", "show_snippet")
    return settled(asked_for({"step": "Fit", **query}, unfolded))


def settled(at):
    """Run, and go on until nothing is training."""
    return run_until(_has_ended, run(at), 200)


def _has_ended(at):
    return "Training with" not in standing(at) and not racing(at)


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


def run_snippet(at):
    """Run the program that the page offers to copy; return the fitted model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # few iterations, here
        return results(at.code[0].value)[0]["model"]


def assert_snippet_rebuilds_the_curve(at):
    x, y = curve(at, "Network")
    rebuilt = run_snippet(at).predict(x[:, None].astype(float))
    np.testing.assert_allclose(rebuilt, y, rtol=1e-4, atol=1e-4 * np.ptp(y))
