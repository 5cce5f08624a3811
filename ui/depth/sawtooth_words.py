"""What the Sawtooth step says: proofs, the question before, findings."""

from ui.depth.learning import ADAM, DEEP, SETTINGS, SHALLOW, Progress, Study
from ui.depth.teeth import SPREAD, Found, Sizes, compared, least_maximum, rms_limits
from ui.numbers import with_power
from ui.questions import Question

PROOF = """\
**At least 2ᵏ − 1.** With p = 2ᵏ, the sawtooth bends at j/p for j = 1, …, p − 1, and
one hidden layer bends only where one of its units has its joint.

**Not 2ᵏ − 1.** Then each unit has its joint at one of these places, one at each. At a
joint the slope changes by 2p or −2p. A unit that faces right adds nothing left of its
joint; one that faces left adds minus its change there. So the slope of the first piece
would be a sum of numbers ±2p, an even multiple of p. It is p, which is none.

**2ᵏ suffice**, as one more unit carries the first slope: its joint is at 0, which is
not inside. This holds on [0, 1]; what happens outside is not asked for. And nothing
here says that 2k units are the fewest of a *deep* network.
"""
FEWER_PROOF = """\
**Largest error.** A function that is less than 1/2 off is below 1/2 where the sawtooth
is 0, and above where it is 1: it crosses 1/2 on each of the 2ᵏ flanks. A straight piece
crosses once, and D units make at most D + 1 pieces. So with D ≤ 2ᵏ − 2 the largest
error is at least 1/2, and the level line at 1/2 has just that. With 2ᵏ − 1 units it is
above 0 (see “Built exactly”); what is drawn there is the best that the library finds.

**Root mean square.** On a flank that is not crossed, the network is on one side of 1/2,
and along the half where the sawtooth is on the other, the squares of the error
integrate to 1/(24p) or more, p = 2ᵏ. At most D + 1 of the p flanks are crossed, which
leaves **√((p − D − 1) / (24p))**. Staying level for N = p − D whole flanks and the part
h of the next, and following the sawtooth from there, takes D units and has a mean
square of (N/12 + N(h − 1/2)² + h³/3) / p. That is least for h = √(N(N + 1)) − N, a
little below 1/2: **h √((N + 1) / (3p))**. No small change of its weights makes this
network better. Quite another one may be: where a search finds one, that is drawn.

M. Telgarsky (COLT 2016, theorem 1.1) has a bound of this kind for any number of layers:
for every k there is a network of about k³ layers with a bounded number of units each,
which networks of at most k layers miss by a constant in the mean of |error|, *unless*
they have at least about 2ᵏ units. His networks are much deeper than k layers; the
counts above are for one hidden layer, where counting pieces is enough.
"""


def needed_question(sizes: Sizes) -> Question:
    """Ask how many units one hidden layer needs."""
    p, deep = sizes.n_pieces, sizes.deep_units

    def truth() -> tuple[int, str]:
        return p, (
            f"{p - 1:,} joint{'s' * (p > 2)} inside take{'s' * (p == 2)} a unit each, "
            "and the slope of the first piece takes one more: units that face left "
            "cannot give it."
        )

    return Question(
        f"Folding {sizes.n_folds} times makes a sawtooth of {p:,} pieces on [0, 1], "
        f"from {deep} units, two in each layer. **How many units does one hidden layer "
        "need** for the same function there?",
        sizes.n_folds,
        tuple(sorted({deep, p // 2, p - 1, p, p + 1, 2 * p})),
        truth,
    )


def same_sentence(sizes: Sizes) -> str:
    """Say what both take, and what the comparison found."""
    comparison = compared(sizes.n_folds)
    times = sizes.shallow_units / sizes.deep_units
    if not comparison.same_joints or comparison.difference:
        verdict = f"They differ by {comparison.difference:.3g}."
    else:
        verdict = (
            f"Both were built here and compared: they bend at the same "
            f"{sizes.n_pieces - 1:,} place{'s' * (sizes.n_pieces > 2)} inside, and at "
            "these and both ends the largest difference is **0**. So they are the same "
            "function on [0, 1]."
        )
    return (
        f"**{sizes.n_pieces:,} pieces.** Depth: {sizes.n_folds} "
        f"layer{'s' * (sizes.n_folds > 1)} of two, **{sizes.deep_units} units** and "
        f"**{sizes.deep_parameters} parameters**. One hidden layer: exactly "
        f"**{sizes.shallow_units:,} units** and **{sizes.shallow_parameters:,} "
        f"parameters**, {times:,.3g} times as many units. {verdict}"
    )


def fewer_sentence(n_folds: int, n_units: int, found: Found) -> str:
    """Say how far the network is, and how far any must be."""
    n_pieces = 2**n_folds
    least, (low, high) = least_maximum(n_pieces, n_units), rms_limits(n_pieces, n_units)
    largest, rms = found.errors["max"], found.errors["rms"]
    rival = _rival_sentence(found)
    deep = f"{n_folds} layers of two, {2 * n_folds} units in all, have no error."
    drawn = (
        f"**D = {n_units} of {n_pieces}.** Drawn ({found.how}): largest error "
        f"**{largest:.3g}**, root mean square **{rms:.3g}**. {rival}"
    )
    if n_units == n_pieces:
        return f"{drawn}With 2ᵏ units one layer has the sawtooth; one less has not."
    if least is None:
        proven = "No network of so many units has error 0, by the parity of its slopes."
    else:
        proven = (
            f"No network of so many units has a largest error below **{least:g}**, "
            f"which a level line has; nor a root mean square below **{low:.3g}**, and "
            f"one can be built that has **{high:.3g}**."
        )
    return f"{drawn}{proven} {deep}"


def _rival_sentence(found: Found) -> str:
    """Say what the other way to a small mean square has come to, if there is one."""
    if not found.rival:
        return ""
    how, rms = found.rival
    if f"{rms:.3g}" == f"{found.errors['rms']:.3g}":
        return f"One that is {how} has the same to three digits. "
    return f"One that is {how} is worse: {rms:.3g}. "


def found_sentence(progress: Progress) -> str:
    """Say how often each method found the sawtooth, and how close it came."""
    said = []
    for method in SETTINGS:
        if best := progress.best(method):
            n_runs = len(progress.of(method))
            said.append(
                f"{method}: **{progress.n_found(method)} of {n_runs}** found it, least "
                f"RMSE {with_power(best.rmse, 2)} of the spread"
            )
    return ". ".join(said) + "." * bool(said)


def verdict(progress: Progress, study: Study) -> str:
    """Say what runs show, if there are any.

    Parameters
    ----------
    progress : Progress
        Of seeds that every method has been given.
    study : Study
    """
    if not progress.runs:
        return ""
    needed, units = 2**study.n_folds, study.shallow_units
    deep = max(_share(progress, method) for method in (DEEP, ADAM))
    shallow = _share(progress, SHALLOW)
    possible = (
        f"The deep network could be the sawtooth exactly: {2 * study.n_folds} units in "
        f"{study.n_folds} layer{'s' * (study.n_folds > 1)} are enough. "
    )
    if deep < 1:
        possible += (
            "Training did not always find it: representable is not learnable. "
            if deep
            else "No run found it: representable is not learnable. "
        )
    if units < needed:
        least, built = (limit / SPREAD for limit in rms_limits(needed, units))
        learned = progress.best(SHALLOW).rmse
        order = "worse" if learned > built else "better"
        if f"{learned:.2g}" == f"{built:.2g}":
            order = "about the same"
        return (
            f"{possible}One layer with as many parameters has {units} units and would "
            f"need {needed}: it cannot be the sawtooth, and stays "
            f"{least:.2g} of the spread away, or more. One that is {built:.2g} away "
            f"can be built (see “Fewer units”); the best that was learned is {order}: "
            f"{learned:.2g}."
        )
    if not shallow:
        return (
            f"{possible}One layer with as many parameters has {units} units, at least "
            f"the {needed} that it needs, and no run found it either."
        )
    words = "more often than" if shallow > deep else "as often as"
    words = "less often than" if shallow < deep else words
    return (
        f"{possible}One layer with as many parameters has {units} units, at least the "
        f"{needed} that it needs, and here found it {words} depth, trained by "
        "whichever method did better."
    )


def _share(progress: Progress, method: str) -> float:
    return progress.n_found(method) / len(progress.of(method))
