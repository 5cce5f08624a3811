"""Whether two networks are the same function in a box."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import block_diag

from estimators.analysis.dependence import product, proportional
from estimators.analysis.ranges import (
    OutputRange,
    certain_regions,
    finite_corners,
    range_by_programs,
    range_of_regions,
)
from estimators.geometry.box import validated_box
from estimators.geometry.regions import ROUNDING, Floats
from estimators.network import ReLUNetwork

N_SAMPLES = 4096
CHUNK = 1 << 14


@dataclass(frozen=True, eq=False)
class Equivalence:
    """Whether two networks are equal in a box; truthy only if that is proven.

    Attributes
    ----------
    equal : bool or None
        None where the time ran out between `difference` and `bound`.
    difference : float
        The largest difference of an output that was found.
    location : ndarray of shape (n_inputs,)
        Where it was found.
    output : int
        Which output differs there.
    bound : float
        No output differs by more, anywhere in the box. Up to rounding it is
        `difference` where regions were enumerated.
    tolerance : float
        The largest difference that counts as equal.
    """

    equal: bool | None
    difference: float
    location: Floats
    output: int
    bound: float
    tolerance: float

    def __bool__(self) -> bool:
        return self.equal is True


def equivalent(
    net_a: ReLUNetwork,
    net_b: ReLUNetwork,
    box: ArrayLike,
    *,
    tol: float = 1e-9,
    max_regions: int | None = None,
    time_limit: float = 60.0,
) -> Equivalence:
    """Decide whether two networks agree everywhere in a box.

    Parameters
    ----------
    net_a, net_b : ReLUNetwork
        Networks with the same numbers of inputs and outputs, of any widths and depths.
    box : array-like of shape (n_inputs, 2)
        Lower and upper limit of each input; infinite ones only for one input.
    tol : float, default=1e-9
        Differences up to `tol` times the largest output of either network (at the
        corners of the regions, or in a sample of the box) count as equal, and so do
        those of 1e-13 times the largest sum of absolute terms of an output.
    max_regions, time_limit
        As in `output_range`.

    Returns
    -------
    equivalence : Equivalence
        True, False, or undecided, with the largest difference and its location.

    Raises
    ------
    ValueError
        If the networks differ in inputs or outputs, `tol` is negative, or `box` does
        not fit.

    Notes
    -----
    The difference is a network itself: both side by side, the shallower one
    lengthened by identity layers (the ReLU is the identity on hidden activations,
    which are not negative). Units of both that are positive multiples of each other
    to 13 digits are merged, so that equal networks cancel term by term. Then
    `output_range` finds the largest difference.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> size = ReLUNetwork([[[1], [-1]], [[1, 1]]], [[0, 0], [0]])  # |x|
    >>> identity = ReLUNetwork([[[1]]], [[0]])
    >>> bool(equivalent(size, identity, (0, 1)))
    True
    >>> answer = equivalent(size, identity, (-1, 1))
    >>> bool(answer), answer.difference, answer.location
    (False, 2.0, array([-1.]))
    """
    for name in ("n_inputs", "n_outputs"):
        if getattr(net_a, name) != getattr(net_b, name):
            raise ValueError(
                f"net_a and net_b must have the same {name} to be compared, got "
                f"{getattr(net_a, name)} and {getattr(net_b, name)}."
            )
    if not tol >= 0:
        raise ValueError(f"tol must not be negative, got {tol}.")
    limits = validated_box(net_a, box)
    net_a, net_b = net_a.astype(np.float64), net_b.astype(np.float64)
    network = difference_network(net_a, net_b, limits)
    regions = certain_regions(network, limits, max_regions)
    if regions is None:
        points = np.random.default_rng(0).uniform(*limits.T, (N_SAMPLES, len(limits)))
        tolerance = _tolerance(tol, points, net_a, net_b)
        extremes = range_by_programs(network, limits, time_limit, tolerance)
    else:
        corners, _ = finite_corners(regions)
        tolerance = _tolerance(tol, corners, net_a, net_b)
        extremes = range_of_regions(regions)
    return _verdict(net_a, net_b, extremes, tolerance)


def difference_network(
    net_a: ReLUNetwork, net_b: ReLUNetwork, box: Floats
) -> ReLUNetwork:
    """Return the network ``net_a(x) − net_b(x)`` with units of both merged."""
    depth = max(net_a.depth, net_b.depth, 1)
    a, b = (_lengthened(network, depth, box) for network in (net_a, net_b))
    weights, biases = [], []
    W = np.vstack([a.weights[0], b.weights[0]])
    bias = np.concatenate([a.biases[0], b.biases[0]])
    for k in range(1, depth + 1):
        kept, factors = merged_units(W, bias)
        weights.append(W[kept])
        biases.append(bias[kept])
        if k < depth:
            joint = block_diag(a.weights[k], b.weights[k])
            bias = np.concatenate([a.biases[k], b.biases[k]])
        else:
            joint = np.hstack([a.weights[k], -b.weights[k]])
            bias = a.biases[k] - b.biases[k]
        # What is left of equal units would pass for a small slope.
        W = product(joint, factors)
    return ReLUNetwork([*weights, W], [*biases, bias])


def merged_units(W: Floats, b: Floats) -> tuple[list[int], Floats]:
    """Merge the units of a layer whose rows are positive multiples of each other.

    Returns
    -------
    kept : list of int
        One unit of each group.
    factors : ndarray of shape (n_units, n_kept)
        All activations are ``factors @ h[kept]``.
    """
    groups = proportional(np.vstack([W.T, b]), ROUNDING)
    factors = np.zeros((len(b), len(groups)))
    for column, (units, multiples) in enumerate(groups):
        factors[units, column] = multiples
    return [int(units[0]) for units, _ in groups], factors


def _verdict(
    net_a: ReLUNetwork, net_b: ReLUNetwork, extremes: OutputRange, tolerance: float
) -> Equivalence:
    values = np.abs([extremes.minimum, extremes.maximum])
    end, output = np.unravel_index(values.argmax(), values.shape)
    location = (extremes.argmin, extremes.argmax)[end][output]
    difference = float(values.max())
    if np.isfinite(location).all():
        at = location[np.newaxis]
        difference = float(np.abs(net_a(at) - net_b(at))[0, output])
    bound = float(np.abs([extremes.minimum_bound, extremes.maximum_bound]).max())
    bound = max(bound, difference)
    equal = True if bound <= tolerance else None
    if difference > tolerance:
        equal = False
    return Equivalence(equal, difference, location, int(output), bound, tolerance)


def _lengthened(network: ReLUNetwork, depth: int, box: Floats) -> ReLUNetwork:
    """Return the same function in a box with `depth` hidden layers."""
    weights, biases = list(network.weights), list(network.biases)
    identity = np.eye(network.n_inputs)
    if not network.depth and np.isfinite(box).all():
        # Inputs above their lower limits pass the ReLU unchanged.
        biases = [-box[:, 0], biases[0] + weights[0] @ box[:, 0]]
        weights = [identity, weights[0]]
    elif not network.depth:
        biases = [np.zeros(2 * network.n_inputs), biases[0]]
        weights = [
            np.vstack([identity, -identity]),
            np.hstack([weights[0], -weights[0]]),
        ]
    while len(weights) <= depth:
        width = weights[-1].shape[1]
        weights.insert(-1, np.eye(width))
        biases.insert(-1, np.zeros(width))
    return ReLUNetwork(weights, biases)


def _tolerance(tol: float, points: Floats, *networks: ReLUNetwork) -> float:
    """Return `tol` relative to the outputs, but no less than rounding makes of them."""
    outputs, terms = [0.0], [0.0]
    for chunk in np.array_split(points, 1 + len(points) // CHUNK):
        for network in networks:
            h = network.hidden(chunk)[-1] if network.depth else np.abs(chunk)
            W, b = network.weights[-1], network.biases[-1]
            outputs.append(np.abs(network(chunk)).max())
            terms.append((h @ np.abs(W).T + np.abs(b)).max())
    return float(max(tol * max(outputs), ROUNDING * max(terms)))
