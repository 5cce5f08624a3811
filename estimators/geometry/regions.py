"""What the exact linear regions of a network in a box have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from estimators.network import ReLUNetwork

# Neighbours whose slopes agree to this, relative to the larger, have one affine map;
# slopes below the second number times the steepest are what rounding leaves of zero.
SAME_SLOPE = 1e-9
ROUNDING = 1e-13

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


class Regions(ABC):
    """The linear regions of a network in a box, all of them, exactly.

    A region is a full-dimensional set of inputs with one activation pattern.

    Attributes
    ----------
    network : ReLUNetwork
        The network, in float64.
    box : ndarray of shape (n_inputs, 2)
        Lower and upper limit of each input.
    patterns : ndarray of shape (n_regions, n_hidden_units), dtype bool
        The units that are active in each region, the first layer's first.
    certain : bool
        Whether the list is certified complete and free of doubles, up to the
        documented tolerance.
    """

    certain: bool = True

    def __init__(
        self, network: ReLUNetwork, box: Floats, patterns: NDArray[np.bool_]
    ) -> None:
        self.network = network
        self.box = box
        self.patterns = patterns

    @property
    def n_regions(self) -> int:
        """Number of activation regions."""
        return len(self.patterns)

    @cached_property
    def _maps(self) -> tuple[Floats, Floats]:
        return self.network.affine_maps(self.patterns)

    @property
    def slopes(self) -> Floats:
        """Jacobian in each region, of shape (n_regions, n_outputs, n_inputs)."""
        return self._maps[0]

    @property
    def intercepts(self) -> Floats:
        """Value at 0 of each region's affine map, of shape (n_regions, n_outputs)."""
        return self._maps[1]

    @abstractmethod
    def neighbours(self) -> tuple[Ints, Ints]:
        """Return the pairs of regions that touch in more than their rims.

        Returns
        -------
        first, second : ndarray of shape (n_pairs,)
            Region numbers; each pair once.
        """

    @abstractmethod
    def corners(self) -> tuple[Floats, Ints]:
        """Return the corners of every region.

        Returns
        -------
        vertices : ndarray of shape (n_corners, n_inputs)
            The corners of all regions, one region after the other.
        offsets : ndarray of shape (n_regions + 1,)
            Region ``i`` has ``vertices[offsets[i]:offsets[i + 1]]``.
        """

    @abstractmethod
    def locate(self, X: ArrayLike) -> Ints:
        """Find the region that each input lies in.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_inputs)
            Inputs.

        Returns
        -------
        region : ndarray of shape (n_samples,)
            Region numbers, −1 outside the box.
        """

    @cached_property
    def pieces(self) -> Ints:
        """Number of the linear piece that each region belongs to.

        A piece is a maximal connected set of regions with one affine map.
        """
        first, second = self.neighbours()
        merge = self._one_map(first, second)
        graph = coo_array(
            (np.ones(merge.sum(), dtype=bool), (first[merge], second[merge])),
            shape=(self.n_regions, self.n_regions),
        )
        return connected_components(graph, directed=False)[1].astype(np.intp)

    @property
    def n_pieces(self) -> int:
        """Number of linear pieces: neighbours with one affine map count once."""
        return int(self.pieces.max()) + 1

    def _one_map(self, first: Ints, second: Ints) -> NDArray[np.bool_]:
        """Tell which neighbours have equal slopes (then the maps are equal)."""
        slopes = self.slopes.reshape(self.n_regions, -1)
        size = np.abs(slopes).max(axis=1, initial=0)
        difference = np.abs(slopes[first] - slopes[second]).max(axis=1, initial=0)
        larger = np.maximum(size[first], size[second])
        return difference <= SAME_SLOPE * larger + ROUNDING * size.max(initial=0)


def too_many(max_regions: int, estimate: float) -> ValueError:
    """Return the error that refuses a network with too many regions."""
    return ValueError(
        f"the network has more than max_regions={max_regions:,} regions in this box "
        f"(about {estimate:.0e}); raise max_regions, or choose a smaller box or a "
        f"smaller network."
    )


def overflow() -> ValueError:
    """Return the error that refuses numbers too large to compute with."""
    return ValueError(
        "network: its pre-activations overflow in this box; scale the weights down or "
        "choose a smaller box."
    )
