"""What the measured counts say: a sentence, a table, a question, a program."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from estimators.bounds import count_parameters, max_regions
from ui.depth.measured import (
    BOX,
    RANDOM,
    SEEDS,
    SERIES,
    SPREAD,
    TRAINED,
    Measured,
    Plan,
    counts_of,
    samples,
)
from ui.jobs import SlicedJob
from ui.questions import Question

_PARTS = (1, 10, 100, 1000, 10_000, 100_000)
_FAR = 10  # times fewer


def finding(points: Sequence[Measured], plan: Plan, *, in_view: bool) -> str:
    """Compare the trained networks of most layers with what is possible (Markdown)."""
    widths = plan.widths[-1]
    counts = counts_of(points, TRAINED, widths, in_view=in_view)
    if not counts:
        return ""
    median, most = float(np.median(counts)), max_regions(plan.n_inputs, widths)
    ratio, units = most / median, sum(widths)
    at_most, limit = "of", "the maximum"
    if plan.n_inputs == 2:
        at_most, limit = "of at most", "the upper bound"
    verdict = f"**far below** {limit}" if ratio >= _FAR else f"not far below {limit}"
    text = (
        f"Trained, {len(widths)} × {widths[0]}: median **{median:,.4g}** regions "
        f"({min(counts):,} to {max(counts):,}) {at_most} {most:,} possible, "
        f"{_times(ratio)} times fewer: {verdict}. "
    )
    if plan.n_inputs == 1:
        text += f"That is {median / units:.2g} for each of the {units} hidden units. "
    else:
        text += f"Half the square of its {units} hidden units is {units**2 / 2:,.0f}. "
    return (
        text
        + _change(points, plan, in_view)
        + _against_shallow(points, plan, median, in_view)
    )


def _change(points: Sequence[Measured], plan: Plan, in_view: bool) -> str:
    """Say whether training made regions more or fewer."""
    starts, ends = (
        counts_of(points, series, plan.widths[-1], in_view=in_view)
        for series in (SPREAD, TRAINED)
    )
    pairs = list(zip(starts, ends, strict=False))  # of the seeds trained so far
    more = sum(end > start for start, end in pairs)
    fewer = sum(end < start for start, end in pairs)
    return (
        f"Training made them more in {more} and fewer in {fewer} of {len(pairs)} "
        "networks. "
    )


def _against_shallow(
    points: Sequence[Measured], plan: Plan, median: float, in_view: bool
) -> str:
    """Compare with one hidden layer of as many parameters, if there is one."""
    shallow = counts_of(points, TRAINED, plan.widths[0], in_view=in_view)
    if plan.widths[0] == plan.widths[-1][:1] or not shallow:
        return ""
    other = float(np.median(shallow))
    order = "more" if other > median else "fewer" if other < median else "as many"
    return (
        f"One layer with the same number of parameters ({plan.widths[0][0]} units) has "
        f"**{order}**: {other:,.4g}."
    )


def measured_table(
    points: Sequence[Measured], plan: Plan, *, in_view: bool
) -> pd.DataFrame:
    """List medians and ranges, one row a depth."""
    rows = []
    for widths in plan.widths:
        errors = [
            point.error
            for point in points
            if point.series == TRAINED and point.widths == widths
        ]
        rows.append(
            {
                "layers × units": f"{len(widths)} × {widths[0]}",
                "parameters": f"{count_parameters(plan.n_inputs, widths):,}",
                "at most": f"{max_regions(plan.n_inputs, widths):,}",
                **{
                    name: _spread(counts_of(points, series, widths, in_view=in_view))
                    for series, name in reversed(SERIES.items())
                },
                "error left": f"{np.median(errors):.2f}" if errors else "",
            }
        )
    return pd.DataFrame(rows)


def _spread(counts: Sequence[int]) -> str:
    if not counts:
        return ""
    return f"{np.median(counts):,.4g} ({min(counts):,}–{max(counts):,})"


def about(plan: Plan) -> str:
    """Say what was done, and what the lines are (Markdown)."""
    n_samples = len(samples(plan.n_inputs, plan.data)[1])
    line, bound = "their number", "Serra et al. 2018, Theorem 5"
    if plan.n_inputs == 2:
        line, bound = "half its square", "an upper bound, Serra et al. 2018, Theorem 1"
    learned = "random values" if plan.data == RANDOM else "waves"
    return (
        f"Every dot is a network, {SEEDS} of each kind and depth, its regions counted "
        "exactly; lines join medians. **Random**: weights as He et al. (2015) draw "
        "them. With biases of zero all functions are made of rays from the origin. "
        "With **joints in the data** every unit bends at one of the "
        f"{n_samples} data points. **Trained**: "
        f"from there, on {learned}, with at most {plan.iterations} iterations of "
        "L-BFGS; “error left” is the root mean square of what was not learned, as a "
        "part of the data's standard deviation. **Hidden units**: along a line Hanin "
        "and Rolnick (2019) expect about as many regions as there are hidden units; "
        f"drawn is {line}. **Maximum**: {bound}."
    )


def measured_question(
    job: SlicedJob[Measured, Measured], plan: Plan, *, in_view: bool
) -> Question:
    """Ask how many of the possible regions there are after training."""
    widths = plan.widths[-1]
    most = max_regions(plan.n_inputs, widths)

    def truth() -> tuple[str, str] | None:
        if job.running:
            return None
        counts = counts_of(job.history, TRAINED, widths, in_view=in_view)
        if not counts:
            return "not known", "The work ended before a network was trained."
        median = np.median(counts)
        ratio = most / median
        nearest = min(_PARTS, key=lambda part: abs(math.log(ratio / part)))
        return _part(nearest), (
            f"The median is {median:,.4g} of {most:,}, one in {_times(ratio)}."
        )

    return Question(
        f"{len(widths)} × {widths[0]} units can make {most:,} regions. About what part "
        "of them do networks have that were **trained** on data?",
        (plan, in_view),
        tuple(map(_part, _PARTS)),
        truth,
    )


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= _FAR else f"{ratio:.2g}"


def _part(number: int) -> str:
    return "All of them" if number == 1 else f"One in {number:,}"


def measured_snippet(plan: Plan) -> str:
    """Write the program that trains the deepest networks and counts."""
    widths = plan.widths[-1]
    low, high = BOX
    where = "(-np.inf, np.inf)" if plan.n_inputs == 1 else f"[({low}, {high})] * 2"
    return f"""\
import numpy as np

from estimators import DeepReLURegressor
from estimators.bounds import max_regions
from estimators.geometry import linear_regions

{_data_code(plan)}
counts = []
for seed in range({SEEDS}):
    model = DeepReLURegressor(
        {len(widths)},
        {widths[0]},
        solver="lbfgs",
        alpha=0,
        max_iter={plan.iterations},
        random_state=seed,
    )
    model.fit(X, y)
    counts.append(linear_regions(model.network_, {where}).n_regions)
print(np.median(counts), max_regions({plan.n_inputs}, model.network_.widths))
"""


def _data_code(plan: Plan) -> str:
    """Write what `samples` does."""
    low, high = BOX
    side = round(len(samples(plan.n_inputs, plan.data)[1]) ** (1 / plan.n_inputs))
    if plan.n_inputs == 1:
        lines = [f"X = np.linspace({low}, {high}, {side})[:, np.newaxis]"]
        rule = "np.sin(3 * np.pi * X[:, 0]) + np.sin(7 * np.pi * X[:, 0]) / 2"
    else:
        lines = [
            f"axis = np.linspace({low}, {high}, {side})",
            "X = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)",
        ]
        rule = "np.sin(2 * np.pi * X[:, 0]) * np.cos(2 * np.pi * X[:, 1])"
    if plan.data == RANDOM:
        rule = "np.random.default_rng(0).normal(size=len(X))"
    return "\n".join([*lines, f"y = {rule}"])
