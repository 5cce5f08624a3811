"""Exact integrals and means of networks."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial import ConvexHull, Delaunay, QhullError

from estimators.geometry.box import validated_box
from estimators.geometry.dispatch import linear_regions
from estimators.geometry.regions import Floats, Ints, Regions
from estimators.network import ReLUNetwork

# The volumes of all regions must fill the box to this, relative to its volume.
VOLUME_TOLERANCE = 1e-9
HULL_TOLERANCE = 1e-11


def integral(
    network: ReLUNetwork, box: ArrayLike, *, max_regions: int | None = None
) -> Floats:
    """Integrate a network over a box, exactly.

    Parameters
    ----------
    network : ReLUNetwork
        A network of one to six inputs.
    box : array-like of shape (n_inputs, 2)
        Lower and upper limit of each input, finite.
    max_regions : int, optional
        Refuse networks with more linear regions; the default of `linear_regions`.

    Returns
    -------
    integral : ndarray of shape (n_outputs,)
        The integral of each output.

    Raises
    ------
    ValueError
        If the box is infinite or does not fit the network, or there are more than
        six inputs or too many regions; or if the regions found do not fill the box,
        so that the sum would be wrong.

    Notes
    -----
    The integral of an affine function over a polytope is the volume times the value
    at the centroid.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> hat = ReLUNetwork([[[1], [1]], [[1, -2]]], [[0, -1], [0]])
    >>> integral(hat, (0, 2))
    array([1.])
    """
    limits = _finite_box(network, box)
    regions = linear_regions(network.astype(float), limits, max_regions=max_regions)
    volumes, centroids = region_moments(regions)
    volume = np.ptp(limits, axis=1).prod()
    if abs(volumes.sum() - volume) > VOLUME_TOLERANCE * volume:
        raise ValueError(
            f"the regions found fill {volumes.sum() / volume:.12g} of the box: this "
            f"network is too close to a special position. Try another box."
        )
    values = np.einsum("roi,ri->ro", regions.slopes, centroids) + regions.intercepts
    return volumes @ values


def mean(
    network: ReLUNetwork, box: ArrayLike, *, max_regions: int | None = None
) -> Floats:
    """Average a network over a box, exactly.

    Parameters
    ----------
    network, box, max_regions
        As in `integral`.

    Returns
    -------
    mean : ndarray of shape (n_outputs,)
        The integral of each output divided by the volume of the box.

    Raises
    ------
    ValueError
        As in `integral`.
    """
    volume = np.ptp(_finite_box(network, box), axis=1).prod()
    return integral(network, box, max_regions=max_regions) / volume


def region_moments(regions: Regions) -> tuple[Floats, Floats]:
    """Return the volume and the centroid of every region.

    Parameters
    ----------
    regions : Regions
        The linear regions of a network in a finite box.

    Returns
    -------
    volumes : ndarray of shape (n_regions,)
        Lengths, areas or volumes.
    centroids : ndarray of shape (n_regions, n_inputs)
        Centres of mass.
    """
    low, width = regions.box[:, 0], np.ptp(regions.box, axis=1)
    vertices, offsets = regions.corners()
    # Each region around its own mean, in units of the box: no cancellation.
    scaled = (vertices - low) / width
    counts = np.diff(offsets)
    middles = np.add.reduceat(scaled, offsets[:-1]) / counts[:, np.newaxis]
    scaled = scaled - np.repeat(middles, counts, axis=0)
    rule = {1: _segments, 2: _polygons}.get(len(width), _polytopes)
    volumes, shifts = rule(scaled, offsets)
    return volumes * width.prod(), low + width * (middles + shifts)


def _segments(vertices: Floats, offsets: Ints) -> tuple[Floats, Floats]:
    left, right = vertices.reshape(-1, 2).T
    return np.abs(right - left), np.zeros((len(offsets) - 1, 1))


def _polygons(vertices: Floats, offsets: Ints) -> tuple[Floats, Floats]:
    """Fans of triangles from the mean of the corners, which is the origin."""
    owner = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    order = np.lexsort((np.arctan2(vertices[:, 1], vertices[:, 0]), owner))
    here = vertices[order]
    following = np.arange(1, len(here) + 1)
    following[offsets[1:] - 1] = offsets[:-1]
    there = here[following]
    triangles = np.abs(here[:, 0] * there[:, 1] - here[:, 1] * there[:, 0]) / 2
    moments = triangles[:, np.newaxis] * (here + there) / 3
    areas = np.add.reduceat(triangles, offsets[:-1])
    shifts = np.add.reduceat(moments, offsets[:-1])
    return areas, shifts / np.where(areas > 0, areas, 1)[:, np.newaxis]


def _polytopes(vertices: Floats, offsets: Ints) -> tuple[Floats, Floats]:
    """Sum over the simplices that each polytope is cut into."""
    n = vertices.shape[1]
    volumes, shifts = np.zeros(len(offsets) - 1), np.zeros((len(offsets) - 1, n))
    for i, (start, stop) in enumerate(pairwise(offsets)):
        corners = vertices[start:stop]
        size = np.abs(corners).max(axis=0)
        simplices, sizes = _simplices(corners / size)
        volumes[i] = sizes.sum() * size.prod()
        if volumes[i]:
            shifts[i] = sizes / sizes.sum() @ simplices.mean(axis=1) * size
    return volumes, shifts


def _simplices(corners: Floats) -> tuple[Floats, Floats]:
    """Cut a polytope around the origin into simplices; give these and their volumes."""
    n = corners.shape[1]
    try:
        hull = ConvexHull(corners)
        apexes = np.zeros((len(hull.simplices), 1, n))
        cones = np.concatenate([apexes, corners[hull.simplices]], axis=1)
        volumes = _simplex_volumes(cones)
        # Facets of many corners are not always triangulated without overlap.
        if abs(volumes.sum() - hull.volume) <= HULL_TOLERANCE * hull.volume:
            return cones, volumes
    except QhullError:
        pass
    try:
        simplices = corners[Delaunay(corners).simplices]
    except QhullError:
        # Flat to rounding; that the volumes of all regions fill the box is checked.
        simplices = np.empty((0, n + 1, n))
    return simplices, _simplex_volumes(simplices)


def _simplex_volumes(simplices: Floats) -> Floats:
    edges = simplices[:, 1:] - simplices[:, :1]
    return np.abs(np.linalg.det(edges)) / math.factorial(simplices.shape[2])


def _finite_box(network: ReLUNetwork, box: ArrayLike) -> Floats:
    limits = validated_box(network, box)
    if not np.isfinite(limits).all():
        raise ValueError(
            f"box must be finite for an integral, got {limits.tolist()}; choose limits."
        )
    return limits
