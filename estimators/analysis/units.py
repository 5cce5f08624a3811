"""What each hidden unit does in a box: nothing, always the same, or what others do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import qr

from estimators.analysis.dependence import proportional
from estimators.analysis.milp import Encoding
from estimators.analysis.ranges import certain_regions, finite_corners
from estimators.geometry.box import validated_box
from estimators.geometry.regions import Floats, Regions
from estimators.network import ReLUNetwork

# Activations that agree to this, relative to their size in the box, are equal.
SAME_UNIT = 1e-12
N_SAMPLES = 4096
CHUNK = 1 << 14

Unit = tuple[int, int]


@dataclass(frozen=True)
class UnitStatus:
    """Hidden units that a network could do without, each as (layer, unit) from zero.

    Attributes
    ----------
    dead : tuple of (int, int)
        Units that are never active inside the box.
    always_on : tuple of (int, int)
        Units that are active everywhere inside the box: no joint comes from them.
        Where regions are not enumerated: units that are never negative.
    duplicates : tuple of tuples of (int, int)
        Groups of units of one layer whose activations are positive multiples of each
        other in the box. Dead units are in no group.
    undecided : tuple of (int, int)
        Units that were neither seen both on and off nor proven dead or always on when
        the time ran out. Empty where the regions were enumerated.
    """

    dead: tuple[Unit, ...]
    always_on: tuple[Unit, ...]
    duplicates: tuple[tuple[Unit, ...], ...]
    undecided: tuple[Unit, ...]


class LayerStatus(NamedTuple):
    """Which units of a layer are dead, always on, or neither as far as is known."""

    dead: NDArray[np.bool_]
    always_on: NDArray[np.bool_]
    undecided: NDArray[np.bool_]


def unit_status(
    network: ReLUNetwork,
    box: ArrayLike,
    *,
    max_regions: int | None = None,
    time_limit: float = 10.0,
) -> UnitStatus:
    """Find the hidden units that are dead, always on, or copies of others in a box.

    Parameters
    ----------
    network : ReLUNetwork
        The network.
    box : array-like of shape (n_inputs, 2)
        Lower and upper limit of each input; infinite ones only for one input.
    max_regions : int, optional
        Enumerate up to this many linear regions before turning to mixed-integer
        programming; 0 to do so at once. By default what takes seconds.
    time_limit : float, default=10.0
        Seconds for the mixed-integer program of each unit.

    Returns
    -------
    status : UnitStatus
        The units, by layer and number.

    Raises
    ------
    ValueError
        If `box` does not fit the network, or an infinite box has too many regions.

    Notes
    -----
    Up to six inputs the activation patterns of all regions tell. Beyond, bounds and
    mixed-integer programs do, and only units with proportional weights and biases
    count as duplicates. Source: Serra, Kumar, Ramalingam, "Lossless Compression of
    Deep Neural Networks", CPAIOR 2020.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> network = ReLUNetwork([[[1], [-1], [3], [1]], [[1] * 4]], [[0, -9, 0, 7], [0]])
    >>> unit_status(network, (-5, 5))  # doctest: +NORMALIZE_WHITESPACE
    UnitStatus(dead=((0, 1),), always_on=((0, 3),), duplicates=(((0, 0), (0, 2)),),
               undecided=())
    """
    limits = validated_box(network, box)
    network = network.astype(np.float64)
    regions = certain_regions(network, limits, max_regions)
    if regions is None:
        layers = status_by_programs(network, limits, time_limit)
        columns = [np.vstack([W.T, b]) for W, b in zip(network.weights, network.biases)]
    else:
        layers = status_of_regions(regions)
        columns = [values[:, 1:] for values in activation_triangles(regions)]
    return UnitStatus(
        dead=_named([layer.dead for layer in layers]),
        always_on=_named([layer.always_on for layer in layers]),
        duplicates=tuple(
            tuple((k, int(unit)) for unit in units)
            for k, layer in enumerate(layers)
            for units, _ in proportional(columns[k], SAME_UNIT)
            if len(units) > 1 and not layer.dead[units].any()
        ),
        undecided=_named([layer.undecided for layer in layers]),
    )


def status_of_regions(regions: Regions) -> list[LayerStatus]:
    """Tell the status of all units, layer by layer, from all activation patterns."""
    ends = np.cumsum(regions.network.widths)[:-1]
    ever = np.split(regions.patterns.any(axis=0), ends)
    always = np.split(regions.patterns.all(axis=0), ends)
    return [LayerStatus(~e, a, np.zeros_like(a)) for e, a in zip(ever, always)]


def status_by_programs(
    network: ReLUNetwork, box: Floats, time_limit: float
) -> list[LayerStatus]:
    """Tell the status of all units, layer by layer, from bounds and programs."""
    points = np.random.default_rng(0).uniform(*box.T, (N_SAMPLES, len(box)))
    encoding = Encoding(box)
    reach = np.abs(box).max(axis=1)
    layers = []
    for W, b, z in zip(
        network.weights, network.biases, network.pre_activations(points)
    ):
        on, off = (z > 0).any(axis=0), (z < 0).any(axis=0)
        dead, always_on = np.zeros_like(on), np.zeros_like(on)
        # Units that touch zero, but for rounding, do not cross it.
        zero = SAME_UNIT * (np.abs(W) @ reach + np.abs(b))
        for i in np.flatnonzero(~on):
            top = encoding.largest(W[i], b[i], time_limit, zero[i])
            dead[i], on[i] = top.bound <= zero[i], top.value > zero[i]
        for i in np.flatnonzero(~off & ~dead):
            bottom = encoding.largest(-W[i], -b[i], time_limit, zero[i])
            always_on[i], off[i] = bottom.bound <= zero[i], bottom.value > zero[i]
        layers.append(LayerStatus(dead, always_on, ~(dead | always_on | (on & off))))
        encoding.append(W, b)
        reach = np.maximum(encoding.layers[-1].high, 0)
    return layers


def activation_triangles(regions: Regions) -> Iterator[Floats]:
    """Yield per layer a triangle with the dependences of the activations in the box.

    Activations are affine in every region, so their values at the corners determine
    them; any linear relation of the columns (1, h_1, …, h_D) of those values is one of
    the columns of the triangular factor of their QR decomposition.
    """
    points = np.unique(finite_corners(regions)[0], axis=0)
    chunks = np.array_split(points, 1 + len(points) // CHUNK)
    for k, width in enumerate(regions.network.widths):
        triangle = np.empty((0, 1 + width))
        for chunk in chunks:
            values = regions.network.hidden(chunk)[k]
            rows = np.column_stack([np.ones(len(values)), values])
            triangle = qr(np.vstack([triangle, rows]), mode="r")[0][: 1 + width]
        yield triangle


def _named(masks: list[NDArray[np.bool_]]) -> tuple[Unit, ...]:
    return tuple(
        (k, int(i)) for k, mask in enumerate(masks) for i in np.flatnonzero(mask)
    )
