"""The network with as many regions as can be: counted, checked, and looked at closely.

Its hidden layers fold [0, 1] onto itself one after the other. So what the first z
layers do divides [0, 1] into ``(D + 1)**z`` stretches, and in each of them the layers
that follow draw all of their pieces once more: a zoom follows the layers.
"""

import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.constructions import maximal_network
from estimators.geometry import linear_regions
from estimators.solvers.threads import one_blas_thread
from ui.figures.options import XY
from ui.jobs import Shelf

Array = NDArray[np.floating]
Shape = tuple[int, int]  # hidden layers, units in each

MOST_DRAWN = 500  # pieces that a picture can show one by one
COLUMNS = 240  # of a picture that cannot


class Count(NamedTuple):
    """A network of one input, with all of its regions.

    Attributes
    ----------
    network : ReLUNetwork
    n_regions : int
        On the whole line.
    seconds : float
        What it took to find them.
    cells : int
        All joints are multiples of ``1 / cells``.
    ends : ndarray of int of shape (n_regions + 1,)
        Those multiples; 0 and `cells` stand for the ends that are infinite.
    values : ndarray of shape (n_regions + 1,)
        What the network is at these ends, evaluated without rounding.
    """

    network: ReLUNetwork
    n_regions: int
    seconds: float
    cells: int
    ends: NDArray[np.int64]
    values: Array

    @property
    def certified(self) -> bool:
        """Whether the network runs 0, 1, 0, 1, … from each end to the next.

        Then it bends at all of them, so that no region has been counted twice or is
        not there.
        """
        rising = bool((np.diff(self.ends) > 0).all())
        return rising and np.array_equal(self.values, np.arange(self.ends.size) % 2)


class Window(NamedTuple):
    """The pieces in view: numbers of the first and the last one, counted from 1."""

    first: int
    last: int

    @property
    def n_pieces(self) -> int:
        """How many there are."""
        return self.last - self.first + 1


class Envelope(NamedTuple):
    """Between what values a function stays in each column of a picture.

    Attributes
    ----------
    borders : ndarray of shape (n_columns + 1,)
    low, high : ndarray of shape (n_columns,)
        The least and the greatest value there, exactly.
    """

    borders: Array
    low: Array
    high: Array


_COUNTS: Shelf[Count] = Shelf(8)


def count_of(shape: Shape, anew: bool = False) -> tuple[Count, bool]:
    """Count the regions of the network of this shape, or recall the count.

    Parameters
    ----------
    shape : (depth, width)
        Each width at least 3.
    anew : bool, default=False
        Whether to count again what has been counted.

    Returns
    -------
    count : Count
    now : bool
        Whether it was counted by this call.
    """
    known = None if anew else _COUNTS.get(shape)
    if known is not None:
        return known, False
    counted = count_regions(shape)
    _COUNTS.put(shape, counted)
    return counted, True


def count_regions(shape: Shape) -> Count:
    """Build the network of this shape that has most regions, and count them.

    Parameters
    ----------
    shape : (depth, width)

    Returns
    -------
    count : Count
        The seconds are those of `linear_regions` on the whole line.
    """
    depth, width = shape
    network = maximal_network([width] * depth)
    start = time.perf_counter()
    regions = linear_regions(network, (-np.inf, np.inf))
    seconds = time.perf_counter() - start
    # The first piece of every layer is one cell long, and so is the network's.
    cells = round(1 / regions.breakpoints[0])
    inner = np.rint(regions.breakpoints * cells).astype(np.int64)
    ends = np.concatenate([[0], inner, [cells]])
    values = values_at(network, ends, cells)
    return Count(network, regions.n_regions, seconds, cells, ends, values)


@one_blas_thread()
def values_at(network: ReLUNetwork, multiples: NDArray[np.int64], cells: int) -> Array:
    """Evaluate a network at multiples of ``1 / cells`` without rounding.

    Parameters
    ----------
    network : ReLUNetwork
        One input, one output; its parameters are multiples of a quarter.
    multiples : ndarray of int of shape (n,)
    cells : int

    Returns
    -------
    y : ndarray of shape (n,)
        Rounded only by the last division.

    Notes
    -----
    With all biases multiplied by `cells` the network is multiplied as well, if its
    input is. So the input is a whole number, also where ``k / cells`` is no float64;
    multiples of ``4**-k`` in layer k are added up as they are.
    """
    larger = ReLUNetwork(network.weights, [b * cells for b in network.biases])
    return larger(multiples.astype(np.float64))[:, 0] / cells


def window_of(shape: Shape, zoom: int, number: int) -> Window:
    """Choose the pieces in view: a stretch of the first `zoom` layers.

    Parameters
    ----------
    shape : (depth, width)
    zoom : int
        From 0, which shows all, to the depth, which shows one piece.
    number : int
        Of a piece that is to be in view, counted from 1.
    """
    depth, width = shape
    size = (width + 1) ** (depth - zoom)
    first = (number - 1) // size * size + 1
    return Window(first, first + size - 1)


def vertices(count: Count, window: Window, stride: int = 1) -> XY:
    """Give the vertices of the network's graph in a window, with its two ends.

    Parameters
    ----------
    count : Count
    window : Window
    stride : int, default=1
        To have every so manieth only.

    Returns
    -------
    x, y : ndarray of shape (n_pieces / stride + 1,)
        x is exact where ``1 / cells`` is a power of two, y always.
    """
    chosen = slice(window.first - 1, window.last + 1, stride)
    return count.ends[chosen] / count.cells, count.values[chosen]


def in_view(count: Count, window: Window) -> int:
    """Count the regions between the two ends of a window."""
    low, high = count.ends[[window.first - 1, window.last]]
    between = (count.ends > low) & (count.ends < high)
    return int(np.count_nonzero(between)) + 1


def envelope(count: Count, window: Window) -> Envelope:
    """Find the least and greatest value of the network in each column of a picture.

    Linear pieces are extreme at their ends, so values at the joints and at the borders
    of the columns are enough.
    """
    x, y = vertices(count, window)
    borders = np.linspace(x[0], x[-1], COLUMNS + 1)
    at_borders = np.interp(borders, x, y)
    low = np.minimum(at_borders[:-1], at_borders[1:])
    high = np.maximum(at_borders[:-1], at_borders[1:])
    # The joints of a column are neighbours; some column may have none.
    column = np.searchsorted(borders, x[:-1], "right") - 1
    occupied, starts = np.unique(column, return_index=True)
    low[occupied] = np.minimum(low[occupied], np.minimum.reduceat(y[:-1], starts))
    high[occupied] = np.maximum(high[occupied], np.maximum.reduceat(y[:-1], starts))
    return Envelope(borders, low, high)


def folds(count: Count, window: Window, zoom: int) -> XY:
    """Give what the first ``zoom + 1`` layers alone draw in a window: D + 1 pieces."""
    widths = count.network.widths
    stride = window.n_pieces // (widths[0] + 1)
    x, _ = vertices(count, window, stride)
    return x, maximal_network(widths[: zoom + 1])(x)[:, 0]
