"""Three numbers of the slides that are wrong, and how they came about."""

from math import comb, log10
from typing import NamedTuple

from estimators.bounds import count_parameters
from ui.depth.shapes import Shape, counted_text
from ui.numbers import raised

LEFT = Shape(1, 5, 10)  # of UDL's figure 4.7, which the lectures show
RIGHT = Shape(10, 5, 50)


class Misprint(NamedTuple):
    """A number as it is printed, as it should be, and why (Markdown)."""

    subject: str
    printed: str
    right: str
    why: str


def misprints() -> list[Misprint]:
    """Return the slides' wrong numbers, corrected by counting."""
    n_units = RIGHT.n_layers * RIGHT.width
    figure_20_2 = count_parameters(40, [63] * 4, 10)
    return [
        Misprint(
            f"Regions of {_described(LEFT)}",
            "161,501",
            counted_text(LEFT.bound),
            f"Two digits are swapped: it is ({LEFT.width} + 1)"
            f"{raised(LEFT.n_layers)}, exactly.",
        ),
        Misprint(
            f"Regions of {_described(RIGHT)}",
            "10¹³⁴",
            f"{counted_text(RIGHT.reachable)} reachable, "
            f"{counted_text(RIGHT.bound)} at most",
            "The exponent K − 1 was applied twice, which gives "
            f"10{raised(int(_twice(RIGHT)))}. Impossible: {n_units} hidden units that "
            f"are on or off have only 2{raised(n_units)} ≈ "
            f"{counted_text(2**n_units)} patterns.",
        ),
        Misprint(
            "Parameters of figure 20.2 with 4 layers of 63 units, 40 inputs and 10 "
            "outputs",
            "15139",
            f"{figure_20_2:,}",
            "Two digits are swapped: it is 41 · 63 + 3 · 64 · 63 + 64 · 10.",
        ),
    ]


def _described(shape: Shape) -> str:
    plural = "s" * (shape.n_inputs > 1)
    return (
        f"{shape.n_layers} layers of {shape.width} units, {shape.n_inputs} "
        f"input{plural}, {shape.n_parameters:,} parameters"
    )


def _twice(shape: Shape) -> float:
    """Return log₁₀ of Theorem 6's number with K − 1 in the exponent twice."""
    n_inputs, n_layers, width = shape
    cuts = sum(comb(width, j) for j in range(n_inputs + 1))
    exponent = n_inputs * (n_layers - 1) ** 2
    return exponent * log10(width // n_inputs + 1) + log10(cuts)
