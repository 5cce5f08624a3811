"""Pages as a visitor drives them, without a browser."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parent.parent / "app.py"


def opened(step, /, **query):
    """A step of the Regression page, with this in its link."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in {"step": step, **query}.items():
        at.query_params[name] = value
    for closed in ("symmetries", "show_build_snippet", "show_linear_snippet"):
        at.session_state[closed] = True
    return run(at)


def run(at):
    """The page after another run, which must not fail."""
    at.run()
    assert not at.exception
    return at


def press(at, label):
    """The page after a press of a button."""
    (button,) = (b for b in at.button if b.label == label)
    button.click()
    return run(at)
