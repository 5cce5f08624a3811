"""What two hidden units can never separate, and what three can."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from estimators.network import ReLUNetwork

Floats = NDArray[np.float64]

N_DIRECTIONS = 36  # of sides of triangles that are tried
ROUNDING = 1e-9  # radians: by so much arcs are shortened, so that a proof is a proof


def two_units_never_separate(first: ArrayLike, second: ArrayLike) -> bool:
    """Tell whether two classes are proven beyond a network of two hidden units.

    Parameters
    ----------
    first, second : array-like of shape (n, 2)
        The inputs of the two classes.

    Returns
    -------
    proven : bool
        True if no network of one hidden layer of two units can give all of the first
        class outputs above zero and all of the second below, or the other way round.
        False proves nothing.

    Notes
    -----
    In the plane of the pre-activations z of two units, the cut v · a[z] = c leaves one
    class in an intersection of at most three half-planes that is convex and extends to
    infinity: for c ≥ 0 either ``v₁z₁ ≤ c, v₂z₂ ≤ c, v₁z₁ + v₂z₂ ≤ c`` (both v
    positive) or ``v₁z₁ > c, v₁z₁ + v₂z₂ > c`` (one of them negative); for c < 0 the
    classes change places. Such a set contains, with the points of its class, all that
    lies behind them in some direction d. If whatever d is chosen a point of the other
    class lies there, for either class, then no two units will do. Whether it does is
    decided exactly: each point of the other class is in the way of an arc of
    directions, and the arcs cover the circle or they do not.

    Deeper networks whose layers all have two units cannot enclose a class either:
    Johnson, "Deep, skinny neural networks are not universal approximators", ICLR 2019.

    Examples
    --------
    >>> import numpy as np
    >>> from estimators.representation import two_units_never_separate
    >>> angle = np.arange(12) * np.pi / 6
    >>> ring = 3 * np.column_stack([np.cos(angle), np.sin(angle)])
    >>> two_units_never_separate(ring / 3, ring)
    True
    """
    first, second = _points(first), _points(second)
    return _always_in_the_way(first, second) and _always_in_the_way(second, first)


def enclosing_triangle(inside: ArrayLike, outside: ArrayLike) -> ReLUNetwork | None:
    """Build a network of three hidden units that cuts out one class, if one is found.

    Parameters
    ----------
    inside, outside : array-like of shape (n, 2)
        The inputs of the two classes.

    Returns
    -------
    network : ReLUNetwork or None
        Of one hidden layer of three units and one output: above zero for all of
        `inside`, below for all of `outside`. Each unit measures how far an input lies
        beyond one side of a triangle around `inside`. None if no triangle with sides
        in 36 directions will do; then another network of three units still might.
    """
    inside, outside = _points(inside), _points(outside)
    angle = 2 * np.pi * np.arange(N_DIRECTIONS) / N_DIRECTIONS
    normals = np.column_stack([np.cos(angle), np.sin(angle)])
    reach = (normals @ inside.T).max(axis=1)
    beyond = np.maximum(normals @ outside.T - reach[:, np.newaxis], 0)
    if not beyond.any(axis=0).all():
        return None  # a point within the hull is within every triangle
    sides = np.array(list(combinations(range(N_DIRECTIONS), 3)))
    least = np.array([beyond[three].sum(axis=0).min() for three in sides])
    best = least.argmax()
    if least[best] <= ROUNDING * np.abs(reach).max():
        return None
    three = sides[best]
    return ReLUNetwork(
        [normals[three], -np.ones((1, 3))], [-reach[three], [least[best] / 2]]
    )


def _always_in_the_way(near: Floats, far: Floats) -> bool:
    """Tell whether all directions from the hull of one class meet a point of another.

    A point q is met from the hull of all p in the directions between those of q − p.
    """
    ways = far[:, np.newaxis] - near
    if not ways.any(axis=2).all():
        return True  # both classes have the same point
    from_middle = far - near.mean(axis=0)
    middle = np.arctan2(from_middle[:, 1], from_middle[:, 0])
    angles = np.arctan2(ways[..., 1], ways[..., 0]) - middle[:, np.newaxis]
    angles = (angles + np.pi) % (2 * np.pi) - np.pi
    low = angles.min(axis=1) + middle + ROUNDING
    high = angles.max(axis=1) + middle - ROUNDING
    if (high - low >= np.pi).any():
        return True  # a point within the hull is met in every direction
    return _cover_the_circle(low[high > low], high[high > low])


def _cover_the_circle(low: Floats, high: Floats) -> bool:
    """Tell whether arcs of less than a turn, given by their two ends, leave no gap."""
    if not low.size:
        return False
    turn = 2 * np.pi
    start = low % turn
    # The turns before and after hold what reaches into this one.
    starts = np.concatenate([start - turn, start, start + turn])
    order = np.argsort(starts)
    reached = np.maximum.accumulate((starts + np.tile(high - low, 3))[order])
    gap = starts[order][1:] > reached[:-1]
    this_turn = (reached[:-1] >= 0) & (reached[:-1] < turn)
    return not (gap & this_turn).any()


def _points(points: ArrayLike) -> Floats:
    try:
        array = np.array(points, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError("each class must be an array of numbers.") from None
    if array.ndim != 2 or array.shape[1] != 2 or not len(array):
        raise ValueError(
            f"each class must have shape (n, 2) with n of at least 1, got "
            f"{array.shape}."
        )
    if not np.isfinite(array).all():
        raise ValueError("the points must be finite numbers.")
    return array
