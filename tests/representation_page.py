"""The Representation page as a visitor drives it, without a browser."""

from tests.pages import asked_for, run, run_until, text

_FOLDED = ("show_map_snippet", "show_activation_snippet", "show_gallery")
_FOLDED += ("show_warping_snippet", "show_warping_equations", "show_real_snippet")


def opened(step, /, **query):
    """A step of the page, with this in its link and all unfolded, after one run."""
    return run(asked_for({"space": step, **query}, _FOLDED, "representation"))


def settled(at):
    """Run until nothing is being trained."""
    return run_until(lambda at: "Training…" not in text(at), at, 100)
