"""Why an activation pattern never occurs: half-planes that have no point in common.

A pattern asks of every unit on which side of its line a point lies. Half-planes without
a common point contain two or three that have none already (Helly's theorem), and
multipliers that prove it (Farkas' lemma).
"""

from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from estimators import ReLUNetwork

Array = NDArray[np.float64]

_ROUNDING = 1e-12


class Obstacle(NamedTuple):
    """A proof that no point lies on all the sides that a pattern asks for.

    Attributes
    ----------
    units : tuple of int
        One to three hidden units, from 0.
    multipliers : tuple of float
        Positive; the largest is 1.
    total : float
        Not positive: everywhere the sum, over these units, of the multiplier times
        ``z`` where the unit is on and times ``−z`` where it is off. Each term would be
        positive.
    """

    units: tuple[int, ...]
    multipliers: tuple[float, ...]
    total: float


def obstacle(network: ReLUNetwork, pattern: ArrayLike) -> Obstacle | None:
    """Prove that an activation pattern occurs nowhere on the plane.

    Parameters
    ----------
    network : ReLUNetwork
        Two inputs, one hidden layer.
    pattern : array-like of shape (n_units,), dtype bool
        The units that are on.

    Returns
    -------
    proof : Obstacle or None
        With as few units as there are; None if the pattern occurs.

    References
    ----------
    E. Helly, "Über Mengen konvexer Körper mit gemeinschaftlichen Punkten", 1923.
    """
    signs = np.where(pattern, 1.0, -1.0)
    lines = np.column_stack([network.weights[0], network.biases[0]]).astype(float)
    sides = signs[:, np.newaxis] * lines
    for size in (1, 2, 3):
        for units in combinations(range(len(sides)), size):
            multipliers = _balance(sides[list(units), :2])
            if multipliers is None:
                continue
            terms = multipliers * sides[list(units), 2]
            total = float(terms.sum())
            # A unit that is zero everywhere is off.
            off = not any(pattern[unit] for unit in units)
            if size == 1 and total == 0 and off:
                continue
            if total <= _ROUNDING * np.abs(terms).sum():
                return Obstacle(units, tuple(multipliers.tolist()), min(total, 0.0))
    return None


def missing_patterns(
    n_units: int, occurring: NDArray[np.bool_]
) -> Iterator[tuple[bool, ...]]:
    """Yield the patterns of so many units that are not among those given."""
    seen = set(map(tuple, occurring.tolist()))
    for pattern in product((False, True), repeat=n_units):
        if pattern not in seen:
            yield pattern


def pattern_text(pattern: ArrayLike) -> str:
    """Write a pattern as the lecture does: 1 for on, 0 for off, unit 1 first."""
    return "".join("1" if on else "0" for on in pattern)


def reasons(
    network: ReLUNetwork, occurring: NDArray[np.bool_]
) -> dict[str, tuple[str, ...]]:
    """Say why patterns never occur.

    Parameters
    ----------
    network : ReLUNetwork
        Two inputs, one hidden layer of few units.
    occurring : ndarray of shape (n_regions, n_units), dtype bool
        The patterns of all its regions on the plane.

    Returns
    -------
    patterns : dict of str to tuple of str
        Each reason (Markdown), with the patterns that it rules out.
    """
    ruled_out: dict[str, tuple[str, ...]] = {}
    for pattern in missing_patterns(network.widths[0], occurring):
        proof = obstacle(network, pattern)
        why = _reason(pattern, proof) if proof else "its region is too thin to be told"
        ruled_out[why] = (*ruled_out.get(why, ()), pattern_text(pattern))
    return ruled_out


def _reason(pattern: tuple[bool, ...], proof: Obstacle) -> str:
    sides = [f"unit {d + 1} {'on' if pattern[d] else 'off'}" for d in proof.units]
    if len(sides) == 1:
        return f"{sides[0]} happens nowhere, as its z does not depend on x"
    terms = ""
    for d, multiplier in zip(proof.units, proof.multipliers):
        factor = "" if multiplier == 1 else f"{multiplier:.3g}\u2009"
        terms += f" {'+' if pattern[d] else '−'} {factor}z{_index(d)}"
    terms = terms.removeprefix(" + ")
    if terms.startswith(" − "):
        terms = "−" + terms.removeprefix(" − ")
    total = f"{proof.total:.3g}".replace("-", "−")
    return (
        f"with {', '.join(sides[:-1])} and {sides[-1]} every term of {terms} would be "
        f"positive, but it is {total} everywhere"
    )


def _balance(normals: Array) -> Array | None:
    """Find positive multipliers with which vectors add up to zero, the largest 1."""
    if len(normals) == 1:
        return np.ones(1) if not normals.any() else None
    lengths = np.hypot(*normals.T)
    if not lengths.all():
        return None
    if len(normals) == 2:
        (a, b), (c, d) = normals
        straight = abs(a * d - b * c) <= _ROUNDING * lengths.prod()
        if not straight or a * c + b * d > 0:
            return None
        found = 1 / lengths
    else:
        first, second, third = normals
        found = np.array(
            [_turn(second, third), _turn(third, first), _turn(first, second)]
        )
        found *= np.sign(found[0])
        if not (found > 0).all():
            return None
    return found / found.max()


def _turn(one: Array, other: Array) -> float:
    return float(one[0] * other[1] - one[1] * other[0])


def _index(unit: int) -> str:
    return str(unit + 1).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
