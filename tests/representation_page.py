"""The Representation page as a visitor drives it, without a browser."""

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.pages import APP, run

PAGE = APP.parent / "pages" / "representation.py"
_FOLDED = ("show_map_snippet", "show_activation_snippet", "show_gallery")
_FOLDED += ("show_warping_snippet", "show_warping_equations", "show_real_snippet")


def opened(step, /, **query):
    """A step of the page, with this in its link and all unfolded, after one run."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.switch_page(str(PAGE))
    for name, value in {"space": step, **query}.items():
        at.query_params[name] = value
    for closed in _FOLDED:
        at.session_state[closed] = True
    return run(at)


def settled(at):
    """Run until nothing is being trained: a tick of the page is a run of the script."""
    for _ in range(100):
        if "Training…" not in text(at):
            return at
        run(at)
    raise AssertionError("training does not end")


def text(at):
    """All that the page says."""
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


def errors(at):
    return [error.value for error in at.error]


def run_snippet(at):
    """Run the program that the page offers to copy; give all that it made."""
    printed = []
    scope = {"print": lambda *values, **_: printed.append(values)}
    (code,) = (block.value for block in at.code if "import" in block.value)
    exec(compile(code, "snippet", "exec"), scope)
    return scope | {"printed": printed}


def column(at, place, name):
    """Numbers of a column of a table on the page."""
    values = at.table[place].value[name]
    return np.array([float(str(value).rstrip(" %")) for value in values])
