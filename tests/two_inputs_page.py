"""The Two inputs page as a visitor drives it, without a browser."""

from tests.pages import asked_for, run, run_until, text

_FOLDED = ("show_plane_equations",)
_FOLDED += tuple(f"show_plane_{name}_solid" for name in ("build", "deep", "fit"))
_FOLDED += tuple(f"show_plane_{name}_snippet" for name in ("build", "deep", "fit"))


def opened(step, /, **query):
    """A step of the page, with this in its link and all unfolded, after one run."""
    return run(asked_for({"plane": step, **query}, _FOLDED, "two_inputs"))


def settled(at):
    """Run until nothing is in training."""
    return run_until(lambda at: "**Training with" not in text(at), at, 300)
