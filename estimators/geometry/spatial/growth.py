"""Grow the skeleton of a network's regions unit by unit, in general position."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from estimators.geometry.regions import Floats, Ints, too_many
from estimators.geometry.spatial.keys import Bytes, random_keys
from estimators.geometry.spatial.skeleton import Numbering, Skeleton
from estimators.network import ReLUNetwork

# A unit whose value at a vertex is below this part of its possible size is taken to
# vanish there.
TOLERANCE = 1e-11
# The certificate evaluates vertices in batches of this many.
BATCH = 2**11


class NotGenericError(Exception):
    """More hyperplanes than dimensions meet in a point, or nearly so."""


class Rows:
    """An array that grows at its end."""

    def __init__(self, rows: NDArray) -> None:
        self._buffer = rows
        self._n = len(rows)

    def __len__(self) -> int:
        return self._n

    @property
    def all(self) -> NDArray:
        """The rows so far, a view that the next `append` makes stale."""
        return self._buffer[: self._n]

    def append(self, rows: NDArray) -> None:
        """Add rows at the end."""
        n = self._n + len(rows)
        if n > len(self._buffer):
            buffer = np.empty((n + n // 2, *rows.shape[1:]), dtype=self._buffer.dtype)
            buffer[: self._n] = self.all
            self._buffer = buffer
        self._buffer[self._n : n] = rows
        self._n = n


def grown_skeleton(network: ReLUNetwork, max_regions: int) -> Skeleton:
    """Find the vertices and edges of all regions in the box [−1, 1]^d.

    Parameters
    ----------
    network : ReLUNetwork
        A float64 network of d ≥ 2 inputs.
    max_regions : int
        How many regions there may be.

    Returns
    -------
    skeleton : Skeleton
        Certified: at every vertex exactly d hyperplanes vanish and all other units
        are beyond the tolerance with the stored sign; every 2-face that a unit cuts
        has exactly two edges that it cuts; the regions' lowest vertices are as many
        as their highest; the Euler characteristic is that of a ball; patterns are
        unique.

    Raises
    ------
    NotGenericError
        If the network is not in general position, or too nearly so to tell.
    ValueError
        If there are more than `max_regions` regions.

    Notes
    -----
    Source: Berzins, "Polyhedral complex extraction from ReLU networks using edge
    subdivision", ICML 2023. Here a face has a 64-bit key, the sum of random numbers of
    the hyperplanes that it lies in and of the units that are positive on it.
    """
    growth = _Growth(network, max_regions)
    for k in range(network.depth):
        growth.add_layer(k)
    skeleton = growth.skeleton()
    _certify(skeleton, network, np.concatenate([[], *growth.tolerances]))
    if len(skeleton.cells) > max_regions:
        raise too_many(max_regions, len(skeleton.cells))
    return skeleton


class _Growth:
    """The skeleton of the units so far."""

    def __init__(self, network: ReLUNetwork, max_regions: int) -> None:
        d = network.n_inputs
        self._network = network
        self._max_regions = self._count_at = max_regions
        self._numbering = Numbering(d, network.widths)
        self.tolerances: list[Floats] = []
        self._tight_key = random_keys(len(self._numbering.side_key), seed=1)
        corners = np.array(list(product([0, 1], repeat=d)))
        facets = (2 * np.arange(d) + corners).astype(np.int32)
        signs = np.zeros((2**d, self._numbering.n_bytes), dtype=np.uint8)
        ends, edge_tight = [], []
        for i in range(d):
            low = np.flatnonzero(corners[:, i] == 0)
            ends.append(np.stack([low, low + 2 ** (d - 1 - i)], axis=1))
            edge_tight.append(np.delete(facets[low], i, axis=1))
        self._points = Rows(2.0 * corners - 1)
        self._tight = Rows(facets)
        self._signs = Rows(signs)
        self._ends = Rows(np.concatenate(ends).astype(np.int32))
        self._edge_tight = Rows(np.concatenate(edge_tight))

    def skeleton(self) -> Skeleton:
        """Return the skeleton so far."""
        parts = (self._points, self._tight, self._signs, self._ends, self._edge_tight)
        return Skeleton(self._numbering, *(part.all for part in parts))

    def add_layer(self, k: int) -> None:
        """Subdivide by all units of one layer."""
        z, tolerance = _values(self._network, self._points.all, k)
        silent = (np.abs(z) <= tolerance).all(axis=0)
        # Zero everywhere is off; no comparison with NaN finds it anywhere.
        z[:, silent], tolerance[silent] = -1, np.nan
        self.tolerances.append(tolerance)
        if (np.abs(z) <= tolerance).any():
            raise NotGenericError
        start, stop = self._numbering.starts[k : k + 2]
        self._signs.all[:, start:stop] = _packed(z > 0)
        values = Rows(z)
        for unit in range(z.shape[1]):
            byte, bit = start + unit // 8, unit % 8
            if bit == 0:
                # The units of this byte that change sign along each edge.
                signs = self._signs.all[:, byte].copy()
                change = signs[self._ends.all[:, 0]] ^ signs[self._ends.all[:, 1]]
                changes = Rows(change)
            crossed = np.flatnonzero(changes.all & np.uint8(1 << bit))
            if crossed.size:
                self._cut(crossed, unit, k, values, changes, tolerance)
            self._refuse(k, unit)

    def _cut(
        self,
        crossed: Ints,
        unit: int,
        k: int,
        values: Rows,
        changes: Rows,
        tolerance: Floats,
    ) -> None:
        """Cut the crossed edges in two and join the cuts across 2-faces."""
        start, stop = self._numbering.starts[k : k + 2]
        byte = start + unit // 8
        hyperplane = self._numbering.first_unit + 8 * start + unit
        first, second = self._ends.all[crossed].T
        tight = self._edge_tight.all[crossed]
        z, points, signs = values.all, self._points.all, self._signs.all
        z_first, z_second = z[first, unit], z[second, unit]
        t = (z_first / (z_first - z_second))[:, np.newaxis]

        rest = z[first, unit + 1 :]
        rest += t * (z[second, unit + 1 :] - rest)
        if (np.abs(rest) <= tolerance[unit + 1 :]).any():
            raise NotGenericError
        z_new = np.zeros((len(crossed), z.shape[1]))
        z_new[:, unit + 1 :] = rest
        # Units that vanish at an end have no sign there: the other end tells.
        known = signs[first] | signs[second]
        known[:, start:stop] &= _packed(np.arange(z.shape[1])[np.newaxis] < unit)
        signs_new = known.copy()
        signs_new[:, start:stop] |= _packed(z_new > 0)

        new = np.arange(len(points), len(points) + len(crossed), dtype=np.int32)
        one, two, joint_tight = self._joints(tight, known[:, : byte + 1])
        joints = np.stack([new[one], new[two]], axis=1)
        changes.all[crossed] = signs[first, byte] ^ signs_new[:, byte]
        changes.append(signs_new[:, byte] ^ signs[second, byte])
        changes.append(signs_new[one, byte] ^ signs_new[two, byte])
        self._points.append(points[first] + t * (points[second] - points[first]))
        self._signs.append(signs_new)
        self._tight.append(_with_last(tight, hyperplane))
        values.append(z_new)
        self._ends.all[crossed, 1] = new
        self._ends.append(np.stack([new, second], axis=1))
        self._ends.append(joints)
        self._edge_tight.append(tight)
        self._edge_tight.append(_with_last(joint_tight, hyperplane))

    def _joints(
        self, tight: NDArray[np.int32], signs: Bytes
    ) -> tuple[Ints, Ints, NDArray[np.int32]]:
        """Pair the crossed edges of each 2-face.

        Returns
        -------
        one, two : ndarray of shape (n_faces,)
            Which of the crossed edges.
        tight : ndarray of shape (n_faces, d − 2)
            The hyperplanes that the 2-face lies in.
        """
        numbering = self._numbering
        n = tight.shape[1]
        keys = numbering.keys(signs) + self._tight_key[tight].sum(axis=1)
        # The face in which an edge leaves one of its hyperplanes, to either side;
        # facets of the box have an inner side only.
        below = (keys[:, np.newaxis] - self._tight_key[tight]).ravel()
        tight_flat = tight.ravel()
        two_sided = np.flatnonzero(tight_flat >= numbering.first_unit)
        above = below[two_sided] + numbering.side_key[tight_flat[two_sided]]
        keys = np.concatenate([below, above])
        order = np.argsort(keys)
        keys = keys[order]
        one, two = keys[::2], keys[1::2]
        if len(one) != len(two) or (one != two).any() or (one[1:] == two[:-1]).any():
            raise NotGenericError
        place = np.concatenate([np.arange(len(below)), two_sided])[order]
        edge, left = np.divmod(place, n)
        one, left = edge[::2], left[::2, np.newaxis]
        kept = np.arange(n - 1) + (np.arange(n - 1) >= left)
        return one, edge[1::2], np.take_along_axis(tight[one], kept, axis=1)

    def _refuse(self, k: int, unit: int) -> None:
        """Stop as soon as there are too many regions."""
        if len(self._points) <= self._count_at:
            return
        n = self.skeleton().count()
        if n > self._max_regions:
            widths = self._network.widths
            share = (sum(widths[:k]) + unit + 1) / sum(widths)
            raise too_many(self._max_regions, n * share**-self._network.n_inputs)
        self._count_at = 1.1 * len(self._points)


def _packed(bits: NDArray[np.bool_]) -> Bytes:
    return np.packbits(bits, axis=1, bitorder="little")


def _with_last(tight: NDArray[np.int32], hyperplane: int) -> NDArray[np.int32]:
    last = np.full((len(tight), 1), hyperplane, dtype=np.int32)
    return np.concatenate([tight, last], axis=1)


def _values(network: ReLUNetwork, points: Floats, k: int) -> tuple[Floats, Floats]:
    """Return the pre-activations of layer k and what counts as zero among them."""
    h = points
    for W, b in zip(network.weights[:k], network.biases[:k]):
        h = np.maximum(h @ W.T + b, 0)
    W, b = network.weights[k], network.biases[k]
    size = np.abs(W) @ np.abs(h).max(axis=0) + np.abs(b)
    return h @ W.T + b, TOLERANCE * size


def _certify(skeleton: Skeleton, network: ReLUNetwork, tolerance: Floats) -> None:
    """Raise `NotGenericError` unless everything fits together."""
    if not skeleton.certain:
        raise NotGenericError
    numbering = skeleton.numbering
    n = numbering.first_unit + 8 * numbering.n_bytes
    for start in range(0, len(skeleton.points), BATCH):
        batch = slice(start, start + BATCH)
        points = skeleton.points[batch]
        layers = network.pre_activations(points)
        z = np.concatenate([np.empty((len(points), 0)), *layers], axis=1)
        vanish = np.zeros((len(points), n), dtype=bool)
        np.put_along_axis(vanish, skeleton.tight[batch], True, axis=1)
        vanish = vanish[:, numbering.first_unit + numbering.columns]
        positive = numbering.patterns(skeleton.signs[batch])
        near = np.abs(z) <= tolerance
        if (near != vanish).any() or ((z > tolerance) != positive).any():
            raise NotGenericError
