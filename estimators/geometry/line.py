"""Networks of one input: where on the line they bend, and what they are in between."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from estimators.geometry.crossings import (
    EPSILON,
    Bools,
    count_intervals,
    crossings,
    cut,
    intervals,
    sign_changes,
    uncut,
)
from estimators.geometry.regions import Floats, Ints, Regions, overflow, too_many
from estimators.network import ReLUNetwork
from estimators.solvers.threads import one_blas_thread

# A pre-activation within so many times its rounding error is zero.
SAFETY = 8


class LineRegions(Regions):
    """The linear regions of a network of one input, from left to right.

    Attributes
    ----------
    breakpoints : ndarray of shape (n_regions - 1,)
        Where the activation pattern changes: sorted, strictly inside the box.

    See Also
    --------
    Regions : What regions of any number of inputs have in common.
    """

    def __init__(
        self,
        network: ReLUNetwork,
        box: Floats,
        breakpoints: Floats,
        layers: list[tuple[Ints, Bools]],
    ) -> None:
        # Every layer has intervals of its own: which interval of the layer before
        # each is part of, and which units are active there.
        self._layers = layers
        self.breakpoints = breakpoints
        super().__init__(network, box, _patterns(layers, breakpoints.size + 1))

    @cached_property
    @one_blas_thread()
    def _maps(self) -> tuple[Floats, Floats]:
        # From the input on, since many regions share the maps of the first layers.
        # A line without ends begins as two intervals, if there are two.
        n_first = min(self.n_regions, 2)
        slopes, intercepts = np.ones((n_first, 1)), np.zeros((n_first, 1))
        *hidden, (W_out, b_out) = zip(self.network.weights, self.network.biases)
        for (W, b), (parent, active) in zip(hidden, self._layers):
            slopes = (slopes @ W.T)[parent] * active
            intercepts = (intercepts @ W.T + b)[parent] * active
        return (slopes @ W_out.T)[:, :, np.newaxis], intercepts @ W_out.T + b_out

    @property
    def edges(self) -> Floats:
        """Ends of the regions, the box's among them, of shape (n_regions + 1,)."""
        low, high = self.box[0]
        return np.concatenate([[low], self.breakpoints, [high]])

    @property
    def lengths(self) -> Floats:
        """Length of each region, of shape (n_regions,)."""
        return np.diff(self.edges)

    def neighbours(self) -> tuple[Ints, Ints]:
        """Return the pairs of regions that meet at a breakpoint."""
        regions = np.arange(self.n_regions)
        return regions[:-1], regions[1:]

    def corners(self) -> tuple[Floats, Ints]:
        """Return the two ends of every region, infinite ones included."""
        edges = self.edges
        ends = np.column_stack([edges[:-1], edges[1:]]).reshape(-1, 1)
        return ends, np.arange(0, len(ends) + 1, 2)

    def locate(self, X: ArrayLike) -> Ints:
        """Find the region that each input lies in; at a breakpoint, the left one."""
        x = self.network.validated_inputs(X)[:, 0]
        low, high = self.box[0]
        inside = (x >= low) & (x <= high)
        return np.where(inside, np.searchsorted(self.breakpoints, x), -1)


@one_blas_thread()
@np.errstate(over="ignore", invalid="ignore")
def line_regions(network: ReLUNetwork, box: Floats, max_regions: float) -> LineRegions:
    """Cut the line into the linear regions of a network of one input.

    Works layer by layer. Between the points found so far every pre-activation of the
    next layer is affine: a unit crosses zero there only if its values at the two ends
    have opposite signs, then once, and it is active on the side of its positive end.
    Nothing is sampled, and no loop runs over regions.

    Parameters
    ----------
    network : ReLUNetwork
        A network of one input.
    box : ndarray of shape (1, 2)
        Validated limits, possibly infinite.
    max_regions : int
        More regions than these are refused.

    Returns
    -------
    regions : LineRegions
        From left to right.

    Raises
    ------
    ValueError
        If there are more than `max_regions` regions, or pre-activations overflow.

    Notes
    -----
    A region is merged with its neighbours if it is shorter than 1e-12 times the box
    or, in an infinite box, than 1e-12 times the distance of its ends from 0. A unit
    that is zero up to rounding on a whole interval is inactive there.

    The number of regions is at most Π(D_k + 1), and networks of three or more units a
    layer can attain it. Source: Serra, Tjandraatmadja and Ramalingam, "Bounding and
    Counting Linear Regions of Deep Neural Networks", ICML 2018, theorem 5.
    """
    network = network.astype(np.float64)
    line = uncut(network, *box[0])
    x, layers, error = line.x, [], np.zeros(1)
    units = np.cumsum(network.widths)
    for k, (W, b) in enumerate(zip(network.weights[:-1], network.biases[:-1])):
        z = line.h @ W.T + np.outer(line.w, b)
        # What rounding may have made of a zero, in this layer or before.
        error = np.linalg.norm(W * error, axis=1)
        error += EPSILON * (np.abs(W) @ np.abs(line.h).max(axis=0) + np.abs(b))
        if not np.isfinite(error).all():
            raise overflow()
        z[np.abs(z) <= SAFETY * error] = 0
        if x.size - 1 + np.count_nonzero(sign_changes(z)) > max_regions:
            count = count_intervals(line, z, max_regions)
            if count > max_regions:
                raise too_many(max_regions, count * units[-1] / units[k])
        found = crossings(line, z)
        x = found.points
        layers.append(intervals(z, found))
        if k + 1 < network.depth:
            line = cut(line, z, found)
    return LineRegions(network, box, x[1:-1], layers)


def joints(network: ReLUNetwork, low: float = -np.inf, high: float = np.inf) -> Floats:
    """Find where the activation pattern of a one-input network changes.

    Parameters
    ----------
    network : ReLUNetwork
        A network of one input.
    low, high : float, default=-inf, inf
        Only joints strictly between these.

    Returns
    -------
    joints : ndarray of shape (n_joints,)
        Sorted. Between two neighbours the network is affine.

    Raises
    ------
    ValueError
        If the network has more than one input, or ``low < high`` does not hold.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> from estimators.geometry import joints
    >>> hat = ReLUNetwork([[[1], [1], [1]], [[1, -2, 1]]], [[0, -1, -2], [0]])
    >>> joints(hat)
    array([0., 1., 2.])
    """
    if network.n_inputs != 1:
        raise ValueError(
            f"joints are points only for one input; this network has "
            f"{network.n_inputs}."
        )
    if not low < high:
        raise ValueError(f"low must be below high, got low={low}, high={high}.")
    return line_regions(network, np.array([[low, high]]), np.inf).breakpoints


def _patterns(layers: list[tuple[Ints, Bools]], n_regions: int) -> Bools:
    """Gather what the units of all layers do in the intervals of the last."""
    stop = sum(active.shape[1] for _, active in layers)
    patterns = np.empty((n_regions, stop), dtype=bool)
    interval: slice | Ints = slice(None)
    for parent, active in reversed(layers):
        start = stop - active.shape[1]
        patterns[:, start:stop] = active[interval]
        stop, interval = start, parent[interval]
    return patterns
