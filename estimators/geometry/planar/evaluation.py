"""Pre-activations at the nodes of a subdivision, layer by layer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from estimators.geometry.box import on_cube
from estimators.geometry.planar.nodes import Floats, Ints, Words
from estimators.geometry.regions import overflow
from estimators.network import ReLUNetwork

# Of the numbers summed: what is smaller is taken for a rounding error.
ROUNDING = 2.0**-48
BLOCK = 2**17  # numbers evaluated at once: what caches hold
KEPT = 2**22  # pre-activations that are kept; of larger layers, they are found again


class Evaluation:
    """A network on the cube [−1, 1]ⁿ, evaluated layer by layer.

    Parameters
    ----------
    network : ReLUNetwork
        The network.
    box : ndarray of shape (n_inputs, 2)
        What becomes the cube.
    """

    def __init__(self, network: ReLUNetwork, box: Floats) -> None:
        network = on_cube(network, box)
        self._weights, self._biases = network.weights, network.biases
        # Of what enters each layer.
        self._errors = [np.zeros(W.shape[1]) for W in network.weights]
        self._errors[0] += ROUNDING

    def layer(self, k: int, units: slice, points: Floats, active: list[Words]) -> Layer:
        """Evaluate units of layer `k`, once all of the layers before have been.

        Parameters
        ----------
        k : int
            Number of the layer.
        units : slice
            Which of its units.
        points : ndarray of shape (n, n_inputs)
            Where.
        active : list of k ndarray of shape (n, n_words)
            Units of the layers before that may be above zero at the points.
        """
        layer = Layer(
            [*self._weights[:k], self._weights[k][units]],
            [*self._biases[:k], self._biases[k][units]],
            points,
            active,
        )
        self._errors[k + 1][units] = layer.sign(self._errors[k])
        return layer


class Layer:
    """The pre-activations of one layer at points.

    Attributes
    ----------
    signs : ndarray of shape (n, 2, n_words), dtype uint64
        The units that are above, and below, zero at each point; 64 to a word.
    """

    signs: Words

    def __init__(
        self,
        weights: list[Floats],
        biases: list[Floats],
        points: Floats,
        active: list[Words],
    ) -> None:
        self._weights, self._biases = weights, biases
        self._points, self._active = points, active
        self._rows = max(1, BLOCK // max(bias.size for bias in biases))
        self._kept: Floats | None = None
        if len(points) * biases[-1].size <= KEPT:
            self._kept = np.empty((len(points), biases[-1].size))

    @np.errstate(over="ignore", invalid="ignore")
    def sign(self, errors: Floats) -> Floats:
        """Set the signs, given the errors of what enters; return those of the layer.

        Errors of different terms are taken to be independent.
        """
        W, b = self._weights[-1], self._biases[-1]
        n_octets = 8 * -(-b.size // 64)
        octets = np.zeros((len(self._points), 2, n_octets), dtype=np.uint8)
        carried = (W * W) @ (errors * errors)
        largest = np.zeros(b.size)
        for start in range(0, len(self._points), self._rows):
            block = slice(start, start + self._rows)
            h, z = self._evaluate(block)
            own = ROUNDING * (np.abs(b) + np.abs(W) @ np.abs(h).max(axis=0))
            zero = np.sqrt(carried + own * own)
            largest = np.maximum(largest, zero)
            if not np.isfinite(largest).all():
                raise overflow()
            for i, mask in enumerate((z > zero, z < -zero)):
                packed = np.packbits(mask, axis=1, bitorder="little")
                octets[block, i, : packed.shape[1]] = packed
            if self._kept is not None:
                self._kept[block] = z
        self.signs = octets.view(np.uint64)
        return largest

    def at(self, nodes: Ints, units: Ints) -> Floats:
        """Return the pre-activation of each of `units` at each of `nodes`."""
        if self._kept is not None:
            return self._kept[nodes, units]
        values = np.empty(nodes.size)
        order = np.argsort(nodes, kind="stable")
        for start in range(0, nodes.size, self._rows):
            entries = order[start : start + self._rows]
            distinct, row = np.unique(nodes[entries], return_inverse=True)
            values[entries] = self._evaluate(distinct)[1][row, units[entries]]
        return values

    def _evaluate(self, rows: Ints | slice) -> tuple[Floats, Floats]:
        """Return what enters the layer, and its pre-activations."""
        h = self._points[rows]
        for W, b, words in zip(self._weights, self._biases, self._active):
            h = h @ W.T + b
            h *= unpacked(words[rows], b.size)
            np.maximum(h, 0, out=h)
        return h, h @ self._weights[-1].T + self._biases[-1]


def unpacked(words: Words, n_units: int) -> NDArray[np.uint8]:
    """Return one column of zeros and ones a unit."""
    octets = np.ascontiguousarray(words).view(np.uint8)
    return np.unpackbits(octets, axis=1, bitorder="little", count=n_units)
