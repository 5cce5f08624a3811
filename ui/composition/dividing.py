"""A network of two inputs composed with one of one input: polygons, and their parts."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.bounds import max_regions
from estimators.constructions import lecture
from estimators.geometry import linear_regions
from estimators.geometry.plane import PlaneRegions
from ui.composition.pairs import network_code, through_handles
from ui.figures.divided import Polygon

BOX = ((-1.0, 1.0), (-1.0, 1.0))
_FAR = 1000  # times the view: what lies beyond is not counted
MOST = 300  # polygons that can be told apart

FIRSTS = {
    "lecture": lecture("two_inputs"),
    "crossing": ReLUNetwork(
        [[[1, 0], [0, 1], [1, 1], [1, -1]], [[1, -1.2, 0.9, -0.8]]],
        [[0.3, -0.2, 0.1, 0.2], [0.1]],
    ),
    "parallel": ReLUNetwork(
        [[[1, 0.5], [1, 0.5], [1, 0.5]], [[2, -4, 4]]], [[1, 0.2, -0.5], [-0.5]]
    ),
}
SECONDS = {
    "one": ReLUNetwork([[[1]], [[1]]], [[0], [0]]),
    "three": through_handles([-0.3, 0.1, 0.5, 0.9], [0, 0.5, -0.5, 0.5]),
}


class Division(NamedTuple):
    """The polygons of a first network and what a second one makes of them.

    Attributes
    ----------
    polygons : list of Polygon
    creases : list of ndarray of shape (2, 2)
        Where the second network bends.
    table : DataFrame
        One row for each polygon of the first network.
    before, in_view, far, maximum : int
        Regions of the first network in view; of both in view, within 1,000 times the
        view, and at most for such widths.
    """

    polygons: list[Polygon]
    creases: list[NDArray[np.float64]]
    table: pd.DataFrame
    before: int
    in_view: int
    far: int
    maximum: int


def shifted(network: ReLUNetwork, by: float) -> ReLUNetwork:
    """Move a network of one input, and so its joints, to the right."""
    weight, bias = network.weights[0], network.biases[0]
    return ReLUNetwork(network.weights, [bias - weight[:, 0] * by, *network.biases[1:]])


def divide(first: ReLUNetwork, second: ReLUNetwork) -> Division:
    """Find the polygons of second(first(x)), sorted by those of the first.

    Parameters
    ----------
    first : ReLUNetwork
        Two inputs, one hidden layer, one output.
    second : ReLUNetwork
        One input, one hidden layer, one output.

    Raises
    ------
    ValueError
        If there are more than 300 in view.
    """
    composed = second @ first
    regions = linear_regions(composed, BOX, max_regions=MOST)
    vertices, offsets = regions.polygons()
    width = first.widths[0]
    parents, parent_of = np.unique(
        regions.patterns[:, :width], axis=0, return_inverse=True
    )
    parts = [0] * len(parents)
    polygons = []
    for k, parent in enumerate(parent_of.tolist()):
        corners = vertices[offsets[k] : offsets[k + 1]]
        polygons.append(Polygon(corners, parent, parts[parent]))
        parts[parent] += 1
    slopes, _ = first.affine_maps(parents)
    lowest, highest = _ranges(first, polygons, len(parents))
    table = pd.DataFrame(
        {
            "region": np.arange(1, len(parents) + 1),
            "units on": [_listed(pattern) for pattern in parents],
            "slope in x₁": slopes[:, 0, 0],
            "slope in x₂": slopes[:, 0, 1],
            "y from": lowest,
            "y to": highest,
            "divided into": parts,
        }
    )
    far = _FAR * np.array(BOX)
    return Division(
        polygons,
        _creases(regions),
        table,
        len(parents),
        regions.n_regions,
        max(linear_regions(composed, far).n_regions, regions.n_regions),
        max_regions(2, composed.widths),
    )


def _creases(regions: PlaneRegions) -> list[NDArray[np.float64]]:
    """Find the edges that the second hidden layer made, each once."""
    vertices, offsets = regions.polygons()
    following = np.arange(1, len(vertices) + 1)
    following[offsets[1:] - 1] = offsets[:-1]  # around each polygon
    made = np.flatnonzero(regions.edge_makers[:, 0] == 1)
    edges = np.stack([vertices[made], vertices[following[made]]], axis=1)
    # Of the polygons on both sides one has it in this direction.
    forward = (edges[:, 0] < edges[:, 1])[:, 0] | (
        (edges[:, 0, 0] == edges[:, 1, 0]) & (edges[:, 0, 1] < edges[:, 1, 1])
    )
    return list(edges[forward])


def _ranges(
    first: ReLUNetwork, polygons: list[Polygon], n_parents: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the values that the first network has on each of its polygons."""
    lowest, highest = np.full(n_parents, np.inf), np.full(n_parents, -np.inf)
    for corners, parent, _ in polygons:
        y = first(corners)  # an affine map is extreme at corners
        lowest[parent] = min(lowest[parent], y.min())
        highest[parent] = max(highest[parent], y.max())
    return lowest, highest


def _listed(pattern: NDArray[np.bool_]) -> str:
    return ", ".join(str(d + 1) for d in np.flatnonzero(pattern)) or "none"


def plane_snippet(first: ReLUNetwork, second: ReLUNetwork) -> str:
    """Write the program that counts the polygons before and after."""
    box = [list(limits) for limits in BOX]
    return f"""\
from estimators import ReLUNetwork
from estimators.geometry import linear_regions
from estimators.geometry.plane import PlaneRegions

{network_code("first", first)}{network_code("second", second)}\
box = {box}
print(linear_regions(first, box).n_regions)
print(linear_regions(second @ first, box).n_regions)
"""
