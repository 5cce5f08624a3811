"""The Composition page as a visitor drives it, without a browser."""

from tests.pages import asked_for, results, run, run_until, text

_FOLDED = ("meet", "show_compose_snippet", "show_fold_snippet", "show_fuse_snippet")
_FOLDED += ("show_free_snippet", "show_clip_snippet", "show_plane_snippet")
_FOLDED += ("show_deep_snippet",)


def opened(step, /, **query):
    """A step of the page, with this in its link and all unfolded, after one run."""
    return run(asked_for({"scene": step, **query}, _FOLDED, "composition"))


def settled(at):
    """Run until nothing is training."""
    return run_until(lambda at: "**Training**" not in text(at), at, 300)


def table(at, place=0):
    return at.dataframe[place].value


def printed(at, place=0):
    """What a program prints that the page offers to copy."""
    return results(at.code[place].value)[1]
