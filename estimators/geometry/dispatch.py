"""One function for the linear regions of networks of any number of inputs."""

from __future__ import annotations

from numbers import Integral

from numpy.typing import ArrayLike

from estimators.geometry.box import validated_box
from estimators.geometry.cells import cell_regions
from estimators.geometry.line import line_regions
from estimators.geometry.plane import plane_regions
from estimators.geometry.regions import Regions
from estimators.network import ReLUNetwork

MOST_INPUTS = 6
# Regions that take about a gigabyte and a minute at the very worst, by inputs.
MOST_REGIONS = {1: 2_000_000, 2: 1_000_000}
MOST_CELLS = 200_000


def linear_regions(
    network: ReLUNetwork, box: ArrayLike, *, max_regions: int | None = None
) -> Regions:
    """Find all linear regions of a network in a box, exactly.

    A region is a full-dimensional set of inputs with one activation pattern (Serra,
    Tjandraatmadja, Ramalingam, "Bounding and counting linear regions of deep neural
    networks", ICML 2018); the network is affine on it. Regions thinner than about
    1e-12 of the box are merged with a neighbour.

    Parameters
    ----------
    network : ReLUNetwork
        A network of one to six inputs. For more, or for a part of fewer dimensions,
        see `slice_network` and `segment_network`.
    box : array-like of shape (n_inputs, 2)
        Lower and upper limit of each input. One-input networks also take
        ``(low, high)``, and may have infinite limits.
    max_regions : int, optional
        Refuse networks with more regions than this. By default two million for one
        input, one million for two, and 200,000 for more.

    Returns
    -------
    regions : LineRegions, PlaneRegions or CellRegions
        One row a region in ``patterns``, ``slopes`` and ``intercepts``; one input:
        ``breakpoints``; two: ``polygons()``, ``areas``.

    Raises
    ------
    ValueError
        If the box does not fit the network or is empty, if there are more than six
        inputs, or more than `max_regions` regions.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> from estimators.geometry import linear_regions
    >>> cross = ReLUNetwork([[[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [0]])
    >>> regions = linear_regions(cross, [[-1, 1], [-1, 1]])
    >>> regions.n_regions, regions.areas.tolist()
    (4, [1.0, 1.0, 1.0, 1.0])
    """
    if not isinstance(network, ReLUNetwork):
        raise ValueError(
            f"network must be a ReLUNetwork, got {type(network).__name__}; fitted "
            f"estimators have one in network_."
        )
    n = network.n_inputs
    if n > MOST_INPUTS:
        raise ValueError(
            f"network has {n} inputs; regions can be listed for {MOST_INPUTS} at most. "
            f"Take a slice of fewer dimensions with slice_network."
        )
    limits = validated_box(network, box)
    if max_regions is None:
        max_regions = MOST_REGIONS.get(n, MOST_CELLS)
    elif (
        isinstance(max_regions, bool)
        or not isinstance(max_regions, Integral)
        or max_regions < 1
    ):
        raise ValueError(
            f"max_regions must be a positive integer, got {max_regions!r}."
        )
    find = {1: line_regions, 2: plane_regions}.get(n, cell_regions)
    return find(network, limits, int(max_regions))
