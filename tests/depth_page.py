"""The Depth efficiency page as a visitor drives it, without a browser."""

import warnings

from sklearn.exceptions import ConvergenceWarning

from tests.pages import asked_for, results, run

_FOLDED = (
    *("show_regions_snippet", "show_regions_theorems", "show_regions_digits"),
    *("show_counted_snippet", "show_counted_equations", "show_measured_snippet"),
    *("sawtooth_proof", "sawtooth_equations", "sawtooth_built_snippet"),
    *("sawtooth_limits_proof", "sawtooth_fewer_snippet", "sawtooth_numbers"),
    *("sawtooth_learned_snippet", "show_curve_snippet"),
)


def opened(step, /, **query):
    """A step of the page, with this in its link and all unfolded, after one run."""
    query = {"efficiency": step, **query}
    return run(asked_for(query, _FOLDED, "depth_efficiency"))


def printed(at):
    """What the program prints that the page offers to copy."""
    (code,) = (block.value for block in at.code if "import" in block.value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return results(code)[1]
