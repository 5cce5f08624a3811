"""Networks without the units that they do not need in a box."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from estimators.analysis.dependence import combinations, product, proportional
from estimators.analysis.equivalence import Equivalence, equivalent
from estimators.analysis.ranges import certain_regions
from estimators.analysis.units import (
    SAME_UNIT,
    LayerStatus,
    activation_triangles,
    status_by_programs,
    status_of_regions,
)
from estimators.geometry.box import validated_box
from estimators.geometry.regions import Floats, Ints
from estimators.network import ReLUNetwork


@dataclass(frozen=True, eq=False)
class Simplification:
    """A network with fewer units that is the same function in a box.

    Attributes
    ----------
    network : ReLUNetwork
        The smaller network, in float64.
    n_removed : int
        How many hidden units it has less.
    proof : Equivalence
        The comparison of both networks over the whole box.
    """

    network: ReLUNetwork
    n_removed: int
    proof: Equivalence


def simplify(
    network: ReLUNetwork,
    box: ArrayLike,
    *,
    max_regions: int | None = None,
    time_limit: float = 10.0,
) -> Simplification:
    """Remove the hidden units that a network does not need in a box.

    Parameters
    ----------
    network : ReLUNetwork
        The network.
    box : array-like of shape (n_inputs, 2)
        Lower and upper limit of each input; infinite ones only for one input.
    max_regions, time_limit
        As in `unit_status`; the proof has the same limits.

    Returns
    -------
    simplification : Simplification
        The smaller network and the proof that it is equal.

    Raises
    ------
    ValueError
        If `box` does not fit the network, or an infinite box has too many regions.

    Notes
    -----
    A unit goes if its activation in the box is an affine combination of other
    activations of its layer: dead and constant units, copies, and always-on units
    that depend on others. The next layer takes over what they gave. A layer whose
    units are all always on is affine and fuses with the next. Units that nothing uses
    go too. Where regions are not enumerated, the combinations are those that the
    weights show. Source: Serra, Kumar, Ramalingam, "Lossless Compression of Deep
    Neural Networks", CPAIOR 2020.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> network = ReLUNetwork([[[1], [-1], [3], [1]], [[1] * 4]], [[0, -9, 0, 7], [0]])
    >>> answer = simplify(network, (-5, 5))
    >>> answer.network.widths, bool(answer.proof)
    ((2,), True)
    """
    limits = validated_box(network, box)
    original = network.astype(np.float64)
    regions = certain_regions(original, limits, max_regions)
    if regions is None:
        layers = status_by_programs(original, limits, time_limit)
        triangles = [None] * len(layers)
    else:
        layers = status_of_regions(regions)
        triangles = list(activation_triangles(regions))
    weights, biases, on = [], [], []
    W, b = original.weights[0], original.biases[0]
    for k, (layer, triangle) in enumerate(zip(layers, triangles)):
        if triangle is None:
            kept, factors = _by_weights(W, b, layer)
        else:
            kept, factors = combinations(triangle[:, 1:], triangle[:, 0], SAME_UNIT)
        weights.append(W[kept])
        biases.append(b[kept])
        on.append(layer.always_on[kept])
        W, b = original.weights[k + 1], original.biases[k + 1]
        W, b = product(W, factors[:, 1:]), b + W @ factors[:, 0]
    smaller = _assembled([*weights, W], [*biases, b], on)
    return Simplification(
        smaller,
        sum(network.widths) - sum(smaller.widths),
        equivalent(
            original, smaller, box, max_regions=max_regions, time_limit=time_limit
        ),
    )


def _by_weights(W: Floats, b: Floats, layer: LayerStatus) -> tuple[Ints, Floats]:
    """Find combinations without regions: copies, and among units that are always on."""
    columns = np.vstack([W.T, b])
    constant = np.zeros(len(columns))
    constant[-1] = 1
    on = np.flatnonzero(layer.always_on)
    kept_on, factors_on = combinations(columns[:, on], constant, SAME_UNIT)
    others = np.flatnonzero(~layer.always_on & ~layer.dead)
    groups = proportional(columns[:, others], SAME_UNIT)
    kept = np.concatenate([on[kept_on], [others[units[0]] for units, _ in groups]])
    factors = np.zeros((len(b), 1 + kept.size))
    factors[on, : 1 + kept_on.size] = factors_on
    for column, (units, multiples) in enumerate(groups, start=1 + kept_on.size):
        factors[others[units], column] = multiples
    return kept.astype(np.intp), factors


def _assembled(
    weights: list[Floats], biases: list[Floats], on: list[NDArray[np.bool_]]
) -> ReLUNetwork:
    """Drop units that nothing uses and fuse layers of units that are always on."""
    for k in reversed(range(len(on))):
        used = weights[k + 1].any(axis=0)
        weights[k + 1] = weights[k + 1][:, used]
        weights[k], biases[k], on[k] = weights[k][used], biases[k][used], on[k][used]
    layers = [(weights[0], biases[0])]
    for W, b, active in zip(weights[1:], biases[1:], on):
        # A layer without units left is a special case: what follows is constant.
        if active.all():
            inner_W, inner_b = layers.pop()
            W, b = W @ inner_W, W @ inner_b + b
        layers.append((W, b))
    return ReLUNetwork(*zip(*layers))
