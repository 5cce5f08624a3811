"""Exact linear regions of networks of two and more inputs, as convex cells."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from estimators.geometry.box import from_cube, on_cube
from estimators.geometry.regions import Floats, Ints, Regions, overflow
from estimators.geometry.spatial.growth import NotGenericError, grown_skeleton
from estimators.geometry.spatial.keys import Lookup, SetKeys
from estimators.geometry.spatial.polytopes import Polytopes, clear_signs
from estimators.geometry.spatial.skeleton import Skeleton
from estimators.network import ReLUNetwork

# How far, in widths of the box, points on joints may be moved into a region.
NUDGES = (1e-13, 1e-11, 1e-9)
NUDGES_EACH = 8
# Squares of pre-activations must not overflow.
LARGEST = 1e150


class CellRegions(Regions):
    """The linear regions of a network of two or more inputs in a box.

    Use `cell_regions` to find them.

    Parameters
    ----------
    network : ReLUNetwork
        The network, in float64.
    box : ndarray of shape (n_inputs, 2)
        Lower and upper limit of each input.
    cells : Skeleton or Polytopes
        The regions, with the box moved to [−1, 1]^d.
    """

    def __init__(
        self, network: ReLUNetwork, box: Floats, cells: Skeleton | Polytopes
    ) -> None:
        super().__init__(network, box, cells.patterns)
        self._cells = cells

    @property
    def certain(self) -> bool:
        """Whether the list is certified complete and free of doubles."""
        return self._cells.certain

    def neighbours(self) -> tuple[Ints, Ints]:
        """Return the pairs of regions that share a facet; see `Regions`."""
        return self._cells.neighbours()

    def corners(self) -> tuple[Floats, Ints]:
        """Return the corners of every region; see `Regions`."""
        vertices, offsets = self._cells.corners()
        return from_cube(vertices, self.box), offsets

    def locate(self, X: ArrayLike) -> Ints:
        """Find the region that each input lies in; on a joint, one that touches."""
        # The network refuses what are no inputs.
        region = self._region_of(self.network.activation_pattern(X))
        points = np.asarray(X, dtype=np.float64)
        low, high = self.box.T
        inside = ((low <= points) & (points <= high)).all(axis=1)
        rng = np.random.default_rng(0)
        for size in np.concatenate([[0.0], np.repeat(NUDGES, NUDGES_EACH)]):
            lost = np.flatnonzero(inside & (region < 0))
            if not lost.size:
                break
            step = size * rng.uniform(-1, 1, size=(lost.size, len(low)))
            near = np.clip(points[lost] + step * (high - low), low, high)
            region[lost] = self._region_of(clear_signs(self.network, near) > 0)
        return np.where(inside, region, -1)

    @cached_property
    def _index(self) -> tuple[SetKeys, Lookup]:
        keys = SetKeys(-(-self.patterns.shape[1] // 8))
        return keys, Lookup(keys(_packed(self.patterns)))

    def _region_of(self, patterns: NDArray[np.bool_]) -> Ints:
        keys, lookup = self._index
        return lookup(keys(_packed(patterns)))


def cell_regions(network: ReLUNetwork, box: Floats, max_regions: int) -> CellRegions:
    """Find the linear regions of a network in a box, for two or more inputs.

    In general position the skeleton of all regions is grown at once. Where more
    hyperplanes than dimensions meet (zero biases, duplicated units, rounded weights),
    regions are cut one by one, which takes about thirty times as long.

    Parameters
    ----------
    network : ReLUNetwork
        A network of d ≥ 2 inputs.
    box : ndarray of shape (n_inputs, 2)
        Finite lower and upper limits.
    max_regions : int
        How many regions there may be.

    Returns
    -------
    regions : CellRegions
        The regions. Those thinner than 1e-12 times the box are merged with a
        neighbour. ``certain`` tells whether the result is certified: by counting in
        two ways, Euler's formula and signs at all vertices in general position;
        otherwise by facets, each of which two regions share, or by volumes.

    Raises
    ------
    ValueError
        If there are more than `max_regions` regions, or pre-activations overflow.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> octants = ReLUNetwork([np.eye(3), [[1, 1, 1]]], [[0, 0, 0], [0]])
    >>> cell_regions(octants, np.array([[-1, 1]] * 3), max_regions=10).n_regions
    8
    """
    network = network.astype(np.float64)
    _refuse_overflow(network, box)
    standard = on_cube(network, box)
    cells: Skeleton | Polytopes
    try:
        cells = grown_skeleton(standard, max_regions)
    except NotGenericError:
        cells = Polytopes(standard, max_regions)
    return CellRegions(network, box, cells)


def _refuse_overflow(network: ReLUNetwork, box: Floats) -> None:
    size = np.abs(box).max(axis=1)
    for W, b in zip(network.weights, network.biases):
        with np.errstate(over="ignore"):
            size = np.abs(W) @ size + np.abs(b)
        if size.max() > LARGEST:
            raise overflow()


def _packed(patterns: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.packbits(patterns, axis=1, bitorder="little")
