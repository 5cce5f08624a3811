"""What is known about one network and its target, in sentences with their numbers."""

import math

from ui.approximation.answers import Answer, Wanted, law_of
from ui.approximation.best_fits import Norm, best_fit
from ui.approximation.error_curves import error_in
from ui.approximation.step_law import heights
from ui.approximation.targets import Target
from ui.counters import regions_sentence
from ui.questions import Question
from ui.regression.building import counted

ERROR_NAMES = {"max": "largest error", "rms": "root mean square error"}
_LAWS = {
    "max": r"\frac{{\bigl(\int |f''|^{{1/2}}\,dx\bigr)^2}}{{16\,(D+1)^2}} = "
    r"\frac{{{bending:.5g}^2}}{{16 \cdot {pieces}^2}}",
    "rms": r"\frac{{\bigl(\int |f''|^{{2/5}}\,dx\bigr)^{{5/2}}}}"
    r"{{\sqrt{{720\,({high:g} - {low:g})}}\,(D+1)^2}} = "
    r"\frac{{{bending:.5g}^{{5/2}}}}{{\sqrt{{{scale:.5g}}} \cdot {pieces}^2}}",
}
_REASONS = {
    "max": "On a piece of length h the best straight line is off by |f″| h²/16 at "
    "most, and joints as dense as |f″|^(1/2) make all pieces alike. Twice as many "
    "pieces: four times smaller.",
    "rms": "On a piece of length h the best straight line is off by |f″| h²/√720 in "
    "the root mean square, and the best density of joints is |f″|^(2/5). Twice as many "
    "pieces: four times smaller.",
}
_REACHED = 1.0005  # times a bound, which is shown with four digits
_FACTORS = (1, 2, 3, 4, 6, 8, 16)
_MOST_DOUBLED = 25  # units; the answer to a question is wanted at once


def standing(wanted: Wanted, answer: Answer, *, searching: bool) -> str:
    """Say how the network stands (Markdown): regions, errors, and the best there is.

    Parameters
    ----------
    wanted : Wanted
    answer : Answer
        The best so far.
    searching : bool
        Whether a better one, or the proof that there is none, may be found yet.
    """
    target, n_units = wanted.target, wanted.n_units
    counts = counted(answer.network, target.low, target.high)
    joints = counts.in_view - 1
    report = answer.report
    sentences = [
        f"Joints: **{joints:,}** in view.",
        regions_sentence(*counts, f"{n_units:,} units and one input: D + 1"),
        f"Largest error **{report.max_error:.4g}**, at x = {report.where:.4g}; root "
        f"mean square **{report.rms:.4g}**.",
        _how_good(wanted, answer, searching),
        jump_sentence(target),
    ]
    return " ".join(filter(None, sentences))


def error_of(wanted: Wanted, answer: Answer) -> float:
    """Give the error that is to be small."""
    report = answer.report
    return report.max_error if wanted.norm == "max" else report.rms


def _how_good(wanted: Wanted, answer: Answer, searching: bool) -> str:
    name = ERROR_NAMES[wanted.norm]
    if answer.bound is None:
        return "Searching…" if searching else ""
    if answer.bound <= 0:
        return ""
    times = error_of(wanted, answer) / answer.bound
    close = "reaches it" if times < _REACHED else f"has {times:.4g} times that"
    return (
        f"No network of {wanted.n_units:,} hidden units has a {name} below "
        f"**{answer.bound:.4g}** (proven): this one {close}."
    )


def jump_sentence(target: Target) -> str:
    """Say what continuity forbids, of a target that jumps."""
    jumps = heights(target)
    if not jumps.size:
        return ""
    half = jumps.max() / 2
    return (
        f"The target jumps by {2 * half:.4g}: **half of that, {half:.4g}, is the least "
        "largest error** of any continuous function, whatever D is. The root mean "
        "square can be as small as you like all the same."
    )


def formula_of_law(target: Target, norm: Norm, n_units: int) -> str:
    """Write the law of the best error with its numbers plugged in (Markdown)."""
    law = law_of(target, norm)
    if law is None:
        return (
            f"No law of the form constant/(D + 1)² for the {ERROR_NAMES[norm]}: the "
            "target jumps, or is made of straight pieces, or bends too much somewhere."
        )
    low, high = target.low, target.high
    plugged = _LAWS[norm].format(
        bending=law.bending,
        pieces=n_units + 1,
        low=low,
        high=high,
        scale=720 * (high - low),
    )
    return (
        f"For large D the least {ERROR_NAMES[norm]} is about\n\n"
        f"$$E_D \\approx {plugged} = {law(n_units):.4g} \\quad "
        f"(D = {n_units}).$$\n\n{_REASONS[norm]}"
    )


def law_sentence(wanted: Wanted, answer: Answer) -> str:
    """Compare the network with the law of the best error (Markdown)."""
    target, norm, n_units = wanted.target, wanted.norm, wanted.n_units
    written = formula_of_law(target, norm, n_units)
    law = law_of(target, norm)
    if law is None:
        return written
    times = error_of(wanted, answer) / law(n_units)
    return f"{written} The network shown has {times:.4g} times that."


def doubling_question(wanted: Wanted) -> Question:
    """Ask what twice as many units are good for."""
    few = min(wanted.n_units, _MOST_DOUBLED)

    def truth() -> tuple[int, str]:
        errors = [
            error_in(
                wanted.norm, best_fit(wanted.target, n, wanted.norm), wanted.target
            )
            for n in (few, 2 * few)
        ]
        ratio = errors[0] / max(errors[1], 1e-12)
        nearest = min(_FACTORS, key=lambda f: abs(math.log(min(ratio, 1e3) / f)))
        return nearest, (
            f"With {few} units it is {errors[0]:.3g}, with {2 * few} {errors[1]:.3g}: "
            f"{min(ratio, 1e3):.3g} times smaller{' and more' * (ratio > 1e3)}."
        )

    return Question(
        f"The number of hidden units doubles from {few} to {2 * few}. About how many "
        f"**times smaller** does the least {ERROR_NAMES[wanted.norm]} become?",
        (wanted.identity[0], few, wanted.norm),
        _FACTORS,
        truth,
    )
