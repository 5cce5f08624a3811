"""Cut one linear region by the units of the next layer, in any position."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators.geometry.regions import Floats

# Points closer than this to a hyperplane lie on it, for a box of width 2.
TOLERANCE = 2e-12
# Coefficients that are this small beside the terms that they are sums of are rounding
# errors of zero.
ROUNDING = 1e-14


class Polytope(NamedTuple):
    """A region, and what it takes to cut it by the next layer.

    Attributes
    ----------
    vertices : ndarray of shape (n_vertices, d)
        The corners.
    on : ndarray of shape (n_vertices, n_facets), dtype float32
        1 where a vertex lies on a facet. Some facets may have shrunk to less.
    pattern : ndarray of shape (n_units,), dtype bool
        The active units, as far as known.
    slopes, intercepts : ndarray of shape (width, d) and (width,)
        The last layer's pre-activations; regions that were one before share them.
    active : ndarray of shape (width,), dtype bool
        The last layer's active units.
    """

    vertices: Floats
    on: NDArray[np.float32]
    pattern: NDArray[np.bool_]
    slopes: Floats
    intercepts: Floats
    active: NDArray[np.bool_]


def box_polytope(d: int, n_units: int) -> Polytope:
    """Return the box [−1, 1]^d, on which the inputs are the layer below."""
    corners = np.array(list(product([-1.0, 1.0], repeat=d)))
    on = np.concatenate([corners < 0, corners > 0], axis=1).astype(np.float32)
    pattern = np.zeros(n_units, dtype=bool)
    return Polytope(corners, on, pattern, np.eye(d), np.zeros(d), np.ones(d, bool))


def parts(
    polytope: Polytope, weight: Floats, bias: Floats, start: int
) -> Iterator[Polytope]:
    """Cut a polytope by the units of a layer.

    Parameters
    ----------
    polytope : Polytope
        A region of the layers below.
    weight, bias : ndarray of shape (width, n_below) and (width,)
        The layer.
    start : int
        Number of the layer's first unit.

    Yields
    ------
    part : Polytope
        A region of the layers up to this one.
    """
    weight = weight[:, polytope.active]
    slopes = _without_rounding(weight, polytope.slopes[polytope.active])
    terms = np.concatenate([weight, bias[:, np.newaxis]], axis=1)
    below = np.append(polytope.intercepts[polytope.active], 1.0)
    intercepts = _without_rounding(terms, below)
    constant = ~slopes.any(axis=1)
    steepness = np.linalg.norm(slopes, axis=1)
    steepness[constant] = 1
    # Signs by distance do not depend on the units' scales.
    z = (polytope.vertices @ slopes.T + intercepts) / steepness
    z[(np.abs(z) <= TOLERANCE) & ~constant] = 0
    pending = [
        (polytope.vertices, polytope.on, polytope.pattern, z, np.arange(len(bias)))
    ]
    while pending:
        vertices, on, pattern, z, units = pending.pop()
        above, below = z.max(axis=0, initial=0) > 0, z.min(axis=0, initial=0) < 0
        pattern = pattern.copy()
        pattern[start + units[above & ~below]] = True
        (cut,) = (above & below).nonzero()
        if cut.size:
            first, units = units[cut[0]], units[cut[1:]]
            negative, positive = _halves(vertices, on, z[:, cut])
            pending.append((*negative[:2], pattern, negative[2], units))
            pattern = pattern.copy()
            pattern[start + first] = True
            pending.append((*positive[:2], pattern, positive[2], units))
        else:
            active = pattern[start : start + len(bias)]
            yield Polytope(vertices, on, pattern, slopes, intercepts, active)


def _halves(
    vertices: Floats, on: NDArray[np.float32], z: Floats
) -> tuple[tuple[Floats, NDArray[np.float32], Floats], ...]:
    """Cut a polytope where the first column of z vanishes.

    New vertices lie on the edges between both sides. Two vertices span an edge if no
    third one lies on all their common facets (Fukuda and Prodon, "Double description
    method revisited", 1996).

    Returns
    -------
    negative, positive : tuple of (vertices, on, z)
        The two sides, with the other columns of z.
    """
    d = vertices.shape[1]
    first = z[:, 0]
    (plus,), (minus,) = (first > 0).nonzero(), (first < 0).nonzero()
    i, j = (on[plus] @ on[minus].T >= d - 1).nonzero()
    i, j = plus[i], minus[j]
    common = on[i] * on[j]
    edge = (common @ on.T == common.sum(axis=1)[:, np.newaxis]).sum(axis=1) == 2
    i, j, common = i[edge], j[edge], common[edge]
    t = (first[i] / (first[i] - first[j]))[:, np.newaxis]
    new_z = z[i, 1:]
    new_z += t * (z[j, 1:] - new_z)
    new_z[np.abs(new_z) <= TOLERANCE] = 0
    new_vertices = vertices[i] + t * (vertices[j] - vertices[i])
    new_on = np.ones((len(i), on.shape[1] + 1), dtype=np.float32)
    new_on[:, :-1] = common
    on = np.concatenate([on, (first == 0)[:, np.newaxis]], axis=1, dtype=np.float32)
    halves = []
    for (rows,) in ((first <= 0).nonzero(), (first >= 0).nonzero()):
        half = np.concatenate([on[rows], new_on])
        # Facets with fewer vertices than dimensions are none any more.
        half = half[:, half.sum(axis=0) >= d]
        corners = np.concatenate([vertices[rows], new_vertices])
        halves.append((corners, half, np.concatenate([z[rows, 1:], new_z])))
    return tuple(halves)


def _without_rounding(a: Floats, b: Floats) -> Floats:
    """Matrix product, with zeros where terms cancel up to rounding."""
    product = a @ b
    product[np.abs(product) <= ROUNDING * (np.abs(a) @ np.abs(b))] = 0
    return product
