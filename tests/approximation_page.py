"""The Universal approximation page as a visitor drives it, without a browser."""

from tests.pages import asked_for, run, run_until, text

_BUSY = ("Searching…", "Measuring:", "Training…")
_FOLDED = ("show_law", "show_equations", "show_snippet", "show_theorem")
_FOLDED += ("show_construction", "show_formulas", "show_numbers", "show_law_snippet")
_FOLDED += ("show_built_snippet", "show_surface_snippet")


def opened(step, /, **query):
    """A step of the page, with this in its link and all unfolded, after one run."""
    return run(asked_for({"part": step, **query}, _FOLDED, "universal_approximation"))


def settled(at):
    """Run until nothing is being searched for."""
    return run_until(lambda at: not any(w in text(at) for w in _BUSY), at, 300)


def number_after(words, at):
    """The number in bold that follows some words."""
    found = text(at).split(words, 1)[1].split("**")[1]
    return float(found.replace(",", ""))
