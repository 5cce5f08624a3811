"""What is said of regions and budgets: sentences, a table, a question, a program."""

from collections.abc import Sequence

import pandas as pd

from ui.depth.misprints import misprints
from ui.depth.shapes import Shape, best, counted_text, least_deep, least_width
from ui.questions import Question

_OFFERED = (1, 2, 3, 5)  # numbers of layers to guess from, besides the largest
REACHABLE = "reachable (4.17)"  # a column
_FORMULA = "Serra et al.’s theorem (UDL equation 4.17)"
_EXACT_RATIO = 100  # smaller ones are written with two decimals
_PROGRAM = """\
from bisect import bisect_right

from estimators.bounds import count_parameters, max_regions, reachable_regions


def parameters(width):
    return count_parameters(n_inputs, [width] * n_layers)


n_inputs, budget = {n_inputs}, {budget}
for n_layers in range(1, {most_layers} + 1):
    width = bisect_right(range(1, budget + 1), budget, key=parameters)
    if width:
        widths = [width] * n_layers
        known = n_layers == 1 or width >= 3 * n_inputs
        reachable = reachable_regions(n_inputs, widths) if known else None
        bound = max_regions(n_inputs, widths)
        print(n_layers, width, parameters(width), reachable, bound)
"""


def budget_sentence(shapes: Sequence[Shape], budget: int, most_layers: int) -> str:
    """Say which shape of a budget has the most regions, and what one layer has.

    Parameters
    ----------
    shapes : sequence of Shape
        The candidates, one for each number of layers; one hidden layer is the first.
    budget, most_layers : int

    Returns
    -------
    str
        Markdown.
    """
    top, shallow = best(shapes), shapes[0]
    text = (
        f"With **{budget:,} parameters** and {inputs(top.n_inputs)}, of all shapes of "
        f"equal width and up to {most_layers} hidden layers **{top} units** have the "
        f"most linear regions that {_FORMULA} guarantees: {_regions(top)}, with "
        f"{top.n_parameters:,} parameters. "
    )
    if top == shallow:
        return text + _why_shallow(shapes) + _narrow_sentence(shapes)
    text += (
        f"One hidden layer of no more parameters has {shallow.width:,} "
        f"unit{'s' * (shallow.width > 1)} and at most **"
        f"{counted_text(shallow.bound)}** regions: the deep one can have at least "
        f"{_ratio_text(top.reachable, shallow.bound)} times as many. "
    )
    if top.n_layers == most_layers:
        text += "It is the deepest that was tried: deeper ones may have more still. "
    loosest = max(shapes, key=lambda shape: shape.bound)
    if loosest != top:
        text += (
            f"By the upper bound alone it would be {loosest} units, at most "
            f"{counted_text(loosest.bound)}, which is not known to be reached. "
        )
    return text + _narrow_sentence(shapes)


def conditions_sentence(n_inputs: int, most_layers: int, most: int) -> str:
    """Say what the curves are, and where a theorem's condition fails (Markdown)."""
    one = "**K = 1** is exact (Zaslavsky)."
    if most_layers == 1:
        return one
    if n_inputs == 1:
        return (
            f"{one} With one input and D ≥ 3 both theorems give (D + 1)ᴷ, so the "
            "**solid curves are the maximum**, exactly. Dashed, for D = 1 and 2: only "
            "an upper bound, which need not be reached."
        )
    least, first = least_width(n_inputs), least_deep(n_inputs).n_parameters
    text = (
        f"{one} For **K ≥ 2** {_FORMULA} needs every width to be "
        f"at least 3 · Dᵢ = {least}, with two layers from {first:,} parameters on: "
    )
    if first > most:
        return text + (
            "none of the curves in view is so wide, so only the upper bound is drawn, "
            "dashed."
        )
    return text + (
        "there the **band** goes from what it guarantees (solid) to what "
        f"nobody can exceed (thin). For D < {least} only the upper bound is drawn, "
        "dashed."
    )


def shapes_table(shapes: Sequence[Shape]) -> pd.DataFrame:
    """List the candidates with their regions, in the order of what is guaranteed."""
    ranked = sorted(
        (shape for shape in shapes if shape.reachable),
        key=lambda shape: (-shape.reachable, shape.n_parameters),
    )
    return pd.DataFrame(
        {
            "K": [shape.n_layers for shape in shapes],
            "D": [shape.width for shape in shapes],
            "place": [
                f"{ranked.index(shape) + 1}." if shape in ranked else ""
                for shape in shapes
            ],
            REACHABLE: [
                counted_text(shape.reachable)
                if shape.reachable
                else f"no statement, D < {least_width(shape.n_inputs)}"
                for shape in shapes
            ],
            "at most": [counted_text(shape.bound) for shape in shapes],
            "parameters": [f"{shape.n_parameters:,}" for shape in shapes],
        }
    )


def regions_question(shapes: Sequence[Shape], budget: int) -> Question:
    """Ask which shape has the most regions."""
    offered = [s for s in shapes if s.n_layers in _OFFERED or s == shapes[-1]]
    top, shallow = best(offered), shapes[0]

    def truth() -> tuple[str, str]:
        return str(top), (
            f"It has {_regions(top)}. One layer, {shallow.width:,} wide: "
            f"{counted_text(shallow.bound)}."
        )

    return Question(
        f"At most {budget:,} parameters, {inputs(shallow.n_inputs)}, all hidden layers "
        "equally wide. Which of these shapes has the most **linear regions** that "
        f"{_FORMULA} guarantees?",
        tuple(shapes),
        tuple(map(str, offered)),
        truth,
    )


def misprints_text() -> str:
    """List the slides' wrong numbers, struck out, with the right ones (Markdown)."""
    return "\n".join(
        f"- {subject}: ~~{printed}~~ **{right}**. {why}"
        for subject, printed, right, why in misprints()
    )


def theorems_text(shape: Shape) -> str:
    """Write the formulas behind the numbers of a shape (Markdown)."""
    n_inputs, n_layers, width = shape
    reachable = "no statement, as D < 3 Dᵢ"
    if shape.reachable:
        reachable = f"**{counted_text(shape.reachable)}**"
    narrow = "no statement, as D < Dᵢ"
    if shape.reachable_narrow:
        narrow = f"**{counted_text(shape.reachable_narrow)}**"
    return rf"""
For $K$ = {n_layers}, $D$ = {width:,} and $D_i$ = {n_inputs}:

- **Parameters**: $D_i D + D + (K-1)(D^2 + D) + D + 1$ = **{shape.n_parameters:,}**
- **One layer, the maximum** (Zaslavsky 1975): $\sum_{{j=0}}^{{D_i}} \binom{{D}}{{j}}$,
  for almost all weights.
- **Reachable** (Serra et al. 2018, Theorem 6; UDL equation 4.17): if $K = 1$ or
  $D \ge 3 D_i$, some network has
  $\left(\lfloor D / D_i \rfloor + 1\right)^{{D_i (K-1)}} \sum_{{j=0}}^{{D_i}}
  \binom{{D}}{{j}}$ regions: {reachable}.
- **Reachable with fewer units** (Montúfar et al. 2014): if $D \ge D_i$, the same
  without the + 1: {narrow}.
- **At most** (Theorem 1): $\sum \prod_{{l=1}}^{{K}} \binom{{D}}{{j_l}}$ over all
  $0 \le j_l \le \min(D_i, D - j_1, \ldots, D - j_{{l-1}}, D)$:
  **{counted_text(shape.bound)}**.
- **The maximum with one input** (Theorem 5): if $D_i = 1$ and $D \ge 3$, it is
  $(D + 1)^K$, exactly.
"""


def digits_text(shapes: dict[str, Shape]) -> str:
    """Write integers with all digits, as Python has them, by the shapes' names."""
    lines = []
    for name, shape in shapes.items():
        if shape.reachable and not shape.is_exact:
            lines.append(f"{name}_reachable = {shape.reachable}")
        lines.append(f"{name}_at_most = {shape.bound}")
    return "\n".join(lines)


def regions_snippet(n_inputs: int, budget: int, most_layers: int) -> str:
    """Write the program that prints the table of a budget."""
    return _PROGRAM.format(n_inputs=n_inputs, budget=budget, most_layers=most_layers)


def inputs(n_inputs: int) -> str:
    """Say how many inputs there are."""
    return f"{n_inputs} input{'s' * (n_inputs > 1)}"


def regions_text(shape: Shape) -> str:
    """Say how many regions a shape has, as far as is known."""
    if shape.is_exact:
        return f"{counted_text(shape.bound)}, exactly"
    at_most = f"at most {counted_text(shape.bound)}"
    if shape.reachable is None:
        return at_most
    return f"{counted_text(shape.reachable)} reachable, {at_most}"


def _regions(shape: Shape) -> str:
    """Say it in a sentence; the shape's reachable number is known."""
    known = f"**{counted_text(shape.reachable)}**"
    if shape.is_exact:
        return f"{known}, which is the maximum"
    return f"{known} (and never more than **{counted_text(shape.bound)}**)"


def _ratio_text(more: int, fewer: int) -> str:
    """Write how many times as many there are, rounded down."""
    if more < _EXACT_RATIO * fewer:
        return f"{100 * more // fewer / 100:g}"
    return counted_text(more // fewer)


def _why_shallow(shapes: Sequence[Shape]) -> str:
    """Say why the formula gives no deeper shape of the budget more than one layer."""
    shallow, *deeper = shapes
    if not deeper:
        return "No deeper network fits. "
    first = least_deep(shallow.n_inputs)
    allowed = max(shape.bound for shape in deeper)
    if allowed <= shallow.bound:
        return f"No deeper shape can have more: at most {counted_text(allowed)}. "
    text = f"The bound allows deeper shapes up to {counted_text(allowed)}, but "
    if any(shape.reachable for shape in deeper):
        return text + "what the formula guarantees them is less. "
    return text + (
        "the formula needs every width to be at least 3 · Dᵢ = "
        f"{first.width}: two such layers take {first.n_parameters:,} parameters. "
    )


def _narrow_sentence(shapes: Sequence[Shape]) -> str:
    """Say where a theorem with a weaker condition finds a better shape."""
    narrow = max(shapes, key=lambda shape: shape.reachable_narrow)
    if narrow.reachable_narrow <= best(shapes).reachable:
        return ""
    return (
        "Montúfar et al. (2014) count one fold less in each direction, but need only "
        f"D ≥ Dᵢ: by that, **{narrow} units** can have more, "
        f"**{counted_text(narrow.reachable_narrow)}**."
    )
