"""The exact range of a network in a box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike

from estimators.analysis.milp import Encoding
from estimators.geometry.box import validated_box
from estimators.geometry.dispatch import MOST_INPUTS, linear_regions
from estimators.geometry.regions import ROUNDING, Floats, Ints, Regions
from estimators.network import ReLUNetwork

# Regions that are enumerated in seconds; mixed-integer programs take over beyond.
AFFORDABLE = {1: 500_000, 2: 500_000, 3: 100_000, 4: 50_000, 5: 10_000, 6: 5_000}


@dataclass(frozen=True, eq=False)
class OutputRange:
    """The smallest and largest value of each output in a box.

    Attributes
    ----------
    minimum, maximum : ndarray of shape (n_outputs,)
        Values that the network attains; on infinite boxes they may be infinite.
    argmin, argmax : ndarray of shape (n_outputs, n_inputs)
        Where it attains them, ``network(argmin)[i, i] == minimum[i]`` to rounding;
        infinite where the value is.
    minimum_bound, maximum_bound : ndarray of shape (n_outputs,)
        No value in the box lies outside these. They equal `minimum` and `maximum`
        where the regions were enumerated.
    """

    minimum: Floats
    maximum: Floats
    argmin: Floats
    argmax: Floats
    minimum_bound: Floats
    maximum_bound: Floats

    @property
    def gap(self) -> Floats:
        """How much wider the proven range is than the attained one, per output.

        Zero: the range is exact.
        """
        with np.errstate(invalid="ignore"):
            gaps = np.array(
                [self.minimum - self.minimum_bound, self.maximum_bound - self.maximum]
            )
        return np.nan_to_num(gaps, nan=0.0, posinf=np.inf).sum(axis=0)


def output_range(
    network: ReLUNetwork,
    box: ArrayLike,
    output: int | None = None,
    *,
    max_regions: int | None = None,
    time_limit: float = 60.0,
) -> OutputRange:
    """Find the smallest and largest value of a network in a box, and where they are.

    Parameters
    ----------
    network : ReLUNetwork
        The network.
    box : array-like of shape (n_inputs, 2)
        Lower and upper limit of each input; infinite ones only for one input.
    output : int, optional
        The only output to look at; by default all.
    max_regions : int, optional
        Enumerate up to this many linear regions before turning to mixed-integer
        programming; 0 to do so at once. By default what takes seconds.
    time_limit : float, default=60.0
        Seconds for each mixed-integer program.

    Returns
    -------
    output_range : OutputRange
        Arrays over the outputs asked for.

    Raises
    ------
    ValueError
        If `box` or `output` does not fit the network, or an infinite box has too
        many regions.

    Notes
    -----
    An affine function on a polytope is extreme at a corner, so the corners of all
    linear regions hold the answer (up to six inputs). Beyond, or with too many
    regions: `estimators.analysis.milp`, whose answer has a gap of about 1e-6 of what
    simple bounds leave open, or more when `time_limit` runs out. In infinite boxes,
    slopes of the outermost regions below 1e-13 of the terms they sum are zero.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> hat = ReLUNetwork([[[1], [1]], [[1, -2]]], [[0, -1], [0]])
    >>> answer = output_range(hat, (0, 3))
    >>> answer.maximum, answer.argmax, answer.minimum, answer.argmin
    (array([1.]), array([[1.]]), array([-1.]), array([[3.]]))
    """
    limits = validated_box(network, box)
    network = one_output(network, output).astype(np.float64)
    regions = certain_regions(network, limits, max_regions)
    if regions is None:
        return range_by_programs(network, limits, time_limit)
    return range_of_regions(regions)


def one_output(network: ReLUNetwork, output: int | None) -> ReLUNetwork:
    """Return the network with one of its outputs; with all of them for None."""
    if output is None:
        return network
    if not (isinstance(output, Integral) and 0 <= output < network.n_outputs):
        raise ValueError(
            f"output must be between 0 and {network.n_outputs - 1}, the outputs of "
            f"this network, or None for all; got {output}."
        )
    rows = slice(output, output + 1)
    return ReLUNetwork(
        [*network.weights[:-1], network.weights[-1][rows]],
        [*network.biases[:-1], network.biases[-1][rows]],
    )


def certain_regions(
    network: ReLUNetwork, box: Floats, max_regions: int | None = None
) -> Regions | None:
    """Return the linear regions if they are affordable and certified, else None."""
    if network.n_inputs > MOST_INPUTS:
        return None
    if max_regions is None:
        max_regions = AFFORDABLE[network.n_inputs]
    finite = bool(np.isfinite(box).all())
    if finite and max_regions < 1:
        return None
    try:
        regions = linear_regions(network, box, max_regions=max_regions)
    except ValueError:
        if finite:
            return None
        raise
    return regions if regions.certain or not finite else None


def finite_corners(regions: Regions) -> tuple[Floats, Ints]:
    """Return corners, those at infinity (of one input) moved to a finite place.

    Two points of a ray determine an affine function on it as well as its ends do.
    """
    vertices, offsets = regions.corners()
    reach = 2 + 2 * np.abs(vertices[np.isfinite(vertices)]).max(initial=0)
    return np.clip(vertices, -reach, reach), offsets


def range_of_regions(regions: Regions) -> OutputRange:
    """Return the exact range from the corners of all regions."""
    vertices, offsets = finite_corners(regions)
    owner = np.repeat(np.arange(regions.n_regions), np.diff(offsets))
    values = np.einsum("coi,ci->co", regions.slopes[owner], vertices)
    values += regions.intercepts[owner]
    ends = []
    for sign in (1, -1):
        rows = (sign * values).argmin(axis=0)
        places = np.clip(vertices[rows], *regions.box.T)
        attained = np.diagonal(regions.network(places)).copy()
        for limit, slopes in _unbounded(regions):
            beyond = sign * np.sign(limit) * slopes < 0
            attained[beyond], places[beyond] = -sign * np.inf, limit
        ends.append((attained, places))
    (minimum, argmin), (maximum, argmax) = ends
    return OutputRange(minimum, maximum, argmin, argmax, minimum, maximum)


def _unbounded(regions: Regions) -> Iterator[tuple[float, Floats]]:
    """Yield infinite ends and the slopes there, those that are rounding set to 0."""
    if np.isfinite(regions.box).all():
        return
    ends = regions.corners()[0][:, 0]
    network = regions.network
    sizes = ReLUNetwork(map(np.abs, network.weights), map(np.abs, network.biases))
    size = sizes.affine_maps(regions.patterns)[0].max(axis=(0, 2))
    for i in np.flatnonzero(np.isinf(ends)):
        slopes = regions.slopes[i // 2, :, 0]
        yield ends[i], np.where(np.abs(slopes) > ROUNDING * size, slopes, 0)


def range_by_programs(
    network: ReLUNetwork, box: Floats, time_limit: float, enough: float = -np.inf
) -> OutputRange:
    """Return the range by mixed-integer programs, or that it is within ±`enough`."""
    encoding = Encoding(box)
    for W, b in zip(network.weights[:-1], network.biases[:-1]):
        encoding.append(W, b)
    ends = [
        [
            encoding.largest(sign * w, sign * b, time_limit, enough)
            for w, b in zip(network.weights[-1], network.biases[-1])
        ]
        for sign in (-1, 1)
    ]
    values, bounds = np.array(
        [[[found.value, found.bound] for found in end] for end in ends]
    ).transpose(2, 0, 1)
    argmin, argmax = np.array([[found.location for found in end] for end in ends])
    return OutputRange(-values[0], values[1], argmin, argmax, -bounds[0], bounds[1])
