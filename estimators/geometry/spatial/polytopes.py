"""Linear regions as polytopes, one by one: for networks in special position.

Here any number of hyperplanes may meet in a point, coincide, or contain faces of the
box. Each region is kept as its vertices and the facets that each of them lies on, and
is cut by the double description method.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError

from estimators.geometry.regions import Floats, Ints, too_many
from estimators.geometry.spatial.cuts import Polytope, box_polytope, parts
from estimators.geometry.spatial.keys import Keys, Lookup, SetKeys, random_keys
from estimators.network import ReLUNetwork

# Volumes of all regions must sum to that of the box up to this relative error.
VOLUME_TOLERANCE = 1e-9
# Pre-activations this small beside the terms of their sums may be rounding errors.
NOISE = 1e-13
# Corners of different regions whose coordinates differ by less are one.
SAME_POINT = 1e-10


class Polytopes:
    """The regions in the box [−1, 1]^d of a network in any position.

    Regions thinner than the tolerance of 1e-12 times the width of the box are merged
    with a neighbour.

    Parameters
    ----------
    network : ReLUNetwork
        A float64 network of d ≥ 2 inputs.
    max_regions : int
        How many regions there may be.

    Raises
    ------
    ValueError
        If there are more than `max_regions` regions.
    """

    def __init__(self, network: ReLUNetwork, max_regions: int) -> None:
        self._network = network
        d, widths = network.n_inputs, network.widths
        polytopes = [box_polytope(d, sum(widths))]
        for k in range(network.depth):
            start = sum(widths[:k])
            share = (start + widths[k]) / sum(widths)
            smaller: list[Polytope] = []
            for i, polytope in enumerate(polytopes):
                for part in parts(
                    polytope, network.weights[k], network.biases[k], start
                ):
                    smaller.append(part)
                    n = len(smaller) + len(polytopes) - i - 1
                    if n > max_regions:
                        layer = len(smaller) / (i + 1) * len(polytopes)
                        raise too_many(max_regions, max(n, layer) * share**-d)
            polytopes = smaller
        self._polytopes = polytopes
        self.patterns = np.array([p.pattern for p in polytopes])

    @cached_property
    def certain(self) -> bool:
        """Whether the regions fill the box, differ, and are what they claim to be.

        They fill it if each facet is in a facet of the box or shared by exactly two
        regions; or, where merging of thin regions has disturbed that, if the volumes
        add up.
        """
        packed = np.packbits(self.patterns, axis=1, bitorder="little")
        lookup = Lookup(SetKeys(packed.shape[1])(packed))
        return lookup.unique and self._true() and (self._closed() or self._full())

    def corners(self) -> tuple[Floats, Ints]:
        """Return the vertices of all regions, with offsets as in `Regions.corners`."""
        sizes = [len(p.vertices) for p in self._polytopes]
        vertices = np.concatenate([p.vertices for p in self._polytopes])
        return vertices, np.concatenate([[0], np.cumsum(sizes)])

    def neighbours(self) -> tuple[Ints, Ints]:
        """Return the pairs of regions on both sides of a facet, each pair once.

        The regions are the cells of a polyhedral complex: neighbours share a whole
        facet, with all its vertices.
        """
        key, region, _ = self._facets
        shared = np.flatnonzero(key[1:] == key[:-1])
        return region[shared], region[shared + 1]

    @cached_property
    def _facets(self) -> tuple[Keys, Ints, NDArray[np.bool_]]:
        """Name, region, and whether it is in the box's rim, of each facet by name."""
        vertices, offsets = self.corners()
        name = random_keys(len(vertices))[_same_points(vertices)]
        rim = np.concatenate([vertices == -1, vertices == 1], axis=1)
        keys, in_rim = [], []
        for p, start, stop in zip(self._polytopes, offsets, offsets[1:]):
            facets = _true_facets(p.on)
            keys.append(name[start:stop] @ facets.astype(np.uint64))
            outside = facets.T @ ~rim[start:stop]
            in_rim.append((outside == 0).any(axis=1))
        region = np.repeat(np.arange(len(keys)), [len(key) for key in keys])
        key = np.concatenate(keys)
        order = np.argsort(key, kind="stable")
        return key[order], region[order], np.concatenate(in_rim)[order]

    def _closed(self) -> bool:
        """Tell whether each facet is shared by two regions or in the box's rim."""
        key, _, in_rim = self._facets
        _, first, times = np.unique(key, return_index=True, return_counts=True)
        return bool((times == np.where(in_rim[first], 1, 2)).all())

    def _full(self) -> bool:
        """Tell whether the volumes of the regions sum to that of the box."""
        box = 2.0**self._network.n_inputs
        error = abs(sum(_volume(p.vertices) for p in self._polytopes) - box)
        return bool(error <= VOLUME_TOLERANCE * box)

    def _true(self) -> bool:
        """Tell whether the mean of each region's corners has the region's pattern."""
        means = np.array([p.vertices.mean(axis=0) for p in self._polytopes])
        signs = clear_signs(self._network, means)
        return bool(((signs == 0) | ((signs > 0) == self.patterns)).all())


def clear_signs(network: ReLUNetwork, X: Floats) -> NDArray[np.int8]:
    """Return the signs of all pre-activations, 0 where they may be rounding errors.

    Parameters
    ----------
    network : ReLUNetwork
        A float64 network.
    X : ndarray of shape (n_samples, n_inputs)
        Inputs.

    Returns
    -------
    signs : ndarray of shape (n_samples, n_units), dtype int8
        1, 0 or −1.
    """
    signs = [np.zeros((len(X), 0), dtype=np.int8)]
    h = X
    for W, b in zip(network.weights[:-1], network.biases[:-1]):
        z = h @ W.T + b
        z[np.abs(z) <= NOISE * (np.abs(h) @ np.abs(W).T + np.abs(b))] = 0
        signs.append(np.sign(z).astype(np.int8))
        h = np.maximum(z, 0)
    return np.concatenate(signs, axis=1)


def _volume(vertices: Floats) -> float:
    """Return the volume, 0 for what is too thin to have one."""
    try:
        return float(ConvexHull(vertices).volume)
    except QhullError:
        return 0.0


def _same_points(points: Floats) -> Ints:
    """Give the points numbers so that equal ones have equal numbers."""
    labels = np.empty(points.shape, dtype=np.intp)
    for i, x in enumerate(points.T):
        order = np.argsort(x)
        steps = np.diff(x[order], prepend=x[order[0]]) > SAME_POINT
        labels[order, i] = np.cumsum(steps)
    return np.unique(labels, axis=0, return_inverse=True)[1].reshape(-1)


def _true_facets(on: NDArray[np.float32]) -> NDArray[np.float32]:
    """Keep the facets that are not faces of others."""
    shared = on.T @ on
    within = shared == np.diag(shared)[:, np.newaxis]
    np.fill_diagonal(within, False)
    return on[:, ~within.any(axis=1)]
