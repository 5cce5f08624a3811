"""Sentences on regions of the plane: how many there are, and which never occur."""

import math

from numpy.typing import NDArray

from estimators import ReLUNetwork
from ui.counters import regions_sentence
from ui.two_inputs.building import Counts
from ui.two_inputs.missing import pattern_text, reasons

COUNTS_TO_GUESS = (3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000)

_FEW = 4  # units whose patterns can be listed, 16 of them
_LISTED = 8  # patterns named at once


def counts_sentence(counts: Counts, widths: tuple[int, ...]) -> str:
    """Say how many regions there are, three ways, and how many planes (Markdown).

    Parameters
    ----------
    counts : Counts
    widths : tuple of int
        Of the hidden layers.
    """
    shape = " + ".join(map(str, widths))
    theorem = f"Serra et al. 2018, Theorem 1: an upper bound for {shape} units"
    if len(widths) == 1:
        theorem = f"Zaslavsky: two inputs, {shape} unit" + "s" * (widths[0] > 1)
    if counts.in_total is None:
        text = (
            f"Linear regions: **{counts.in_view:,}** in view, more **in total** (not "
            f"counted yet), **{counts.maximum:,}** at most ({theorem})."
        )
    else:
        text = regions_sentence(
            counts.in_view, counts.in_total, counts.maximum, theorem
        )
    if counts.pieces < counts.in_view:
        text += (
            f" Some neighbours lie on one plane: **{counts.pieces:,}** different "
            "pieces in view."
        )
    return text


def pattern_words(
    network: ReLUNetwork, in_view: NDArray, everywhere: NDArray
) -> list[str]:
    """Say which patterns never occur and why, and which are out of view (Markdown).

    Parameters
    ----------
    network : ReLUNetwork
        Two inputs, one hidden layer.
    in_view, everywhere : ndarray of shape (n_regions, n_units), dtype bool
        The patterns of its regions.

    Returns
    -------
    sentences : list of str
    """
    n_units = everywhere.shape[1]
    sentences = []
    seen = set(map(pattern_text, in_view))
    hidden = [text for text in map(pattern_text, everywhere) if text not in seen]
    if hidden:
        sentences.append(f"Out of view: {_listed(tuple(hidden))}.")
    n_missing = 2**n_units - len(everywhere)
    if not n_missing:
        return [*sentences, f"All {2**n_units} patterns occur."]
    if n_units > _FEW:
        return [
            *sentences,
            f"Of the {2**n_units:,} patterns of {n_units} units, {n_missing:,} never "
            "occur: lines cannot cut a plane into so many parts.",
        ]
    for why, patterns in reasons(network, everywhere).items():
        sentences.append(f"Never {_listed(patterns)}: {why}.")
    return sentences


def _listed(patterns: tuple[str, ...]) -> str:
    named = ", ".join(f"**{pattern}**" for pattern in patterns[:_LISTED])
    more = len(patterns) - _LISTED
    return named + (f" and {more:,} more" if more > 0 else "")


def nearest_count(n_regions: int) -> int:
    """Give the number of `COUNTS_TO_GUESS` that is nearest in ratio."""
    return min(COUNTS_TO_GUESS, key=lambda guess: abs(math.log(n_regions / guess)))


def count_answer(counts: Counts) -> tuple[int, str]:
    """Answer the question which of `COUNTS_TO_GUESS` is nearest, and say why."""
    return nearest_count(counts.in_view), (
        f"There are **{counts.in_view:,}** in view; no such network can have more than "
        f"{counts.maximum:,}."
    )
