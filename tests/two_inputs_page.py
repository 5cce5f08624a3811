"""The Two inputs page as a visitor drives it, without a browser."""

from streamlit.testing.v1 import AppTest

from tests.pages import APP, run

PAGE = APP.parent / "pages" / "two_inputs.py"
_FOLDED = ("build", "deep", "fit")


def opened(step, /, **query):
    """A step of the page, with this in its link and all unfolded, after one run."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.switch_page(str(PAGE))
    for name, value in {"plane": step, **query}.items():
        at.query_params[name] = value
    for name in _FOLDED:
        at.session_state[f"show_plane_{name}_solid"] = True
        at.session_state[f"show_plane_{name}_snippet"] = True
    at.session_state["show_plane_equations"] = True
    return run(at)


def settled(at):
    """Run until nothing is in training: a tick of the page is a run of the script."""
    for _ in range(300):
        if "**Training with" not in text(at):
            return at
        run(at)
    raise AssertionError("training does not end")


def text(at):
    """All that the page says."""
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


def errors(at):
    """What the page complains about."""
    return [error.value for error in at.error]


def results(code):
    """What is there after a program that the page offers to copy, and its prints."""
    printed = []
    scope = {"print": lambda *values: printed.append(values)}
    exec(compile(code, "snippet", "exec"), scope)
    return scope, printed
