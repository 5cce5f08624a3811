"""One linear piece of the network that was counted, in rational numbers."""

from fractions import Fraction
from typing import NamedTuple

from estimators import ReLUNetwork
from ui.depth.counting import Count


class Piece(NamedTuple):
    """One linear piece in rational numbers.

    Attributes
    ----------
    left, right : Fraction or None
        The ends; None where it has none.
    slope, intercept : Fraction
    pattern : tuple of tuple of bool
        For each hidden layer, which of its units are active.
    """

    left: Fraction | None
    right: Fraction | None
    slope: Fraction
    intercept: Fraction
    pattern: tuple[tuple[bool, ...], ...]


def piece_of(count: Count, number: int) -> Piece:
    """Give the piece of a number, counted from 1, exactly."""
    ends = count.ends[number - 1 : number + 1].tolist()
    left, right = (Fraction(end, count.cells) for end in ends)
    slope, intercept, pattern = affine_at(count.network, (left + right) / 2)
    return Piece(
        left if number > 1 else None,
        right if number < count.n_regions else None,
        slope,
        intercept,
        pattern,
    )


def affine_at(
    network: ReLUNetwork, x: Fraction
) -> tuple[Fraction, Fraction, tuple[tuple[bool, ...], ...]]:
    """Find the affine map and the activation pattern around an input, exactly.

    Parameters
    ----------
    network : ReLUNetwork
        One input, one output.
    x : Fraction
        On no joint.

    Returns
    -------
    slope, intercept : Fraction
    pattern : tuple of tuple of bool
        One a hidden layer.
    """
    maps = [(Fraction(1), Fraction(0))]  # of the units of the layer before
    pattern = []
    for weights, biases in zip(network.weights, network.biases):
        sums = []
        for row, bias in zip(weights.tolist(), biases.tolist()):
            terms = [(Fraction(w), m) for w, m in zip(row, maps)]
            slope = sum(w * m[0] for w, m in terms)
            sums.append((slope, sum((w * m[1] for w, m in terms), Fraction(bias))))
        active = tuple(slope * x + intercept > 0 for slope, intercept in sums)
        pattern.append(active)
        maps = [
            each if on else (Fraction(0), Fraction(0)) for each, on in zip(sums, active)
        ]
    return (*sums[0], tuple(pattern[:-1]))
