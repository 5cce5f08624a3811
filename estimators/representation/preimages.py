"""Which inputs a straight cut through a layer separates: exact bent lines."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from estimators.geometry import linear_regions
from estimators.geometry.plane import PlaneRegions
from estimators.network import ReLUNetwork
from estimators.representation.layers import truncated

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


class DecisionRegions(NamedTuple):
    """Convex polygons on each of which all layers are affine and the answer is one.

    Attributes
    ----------
    vertices : ndarray of shape (n_corners, 2)
        The corners of all polygons, anticlockwise, one polygon after the other.
    offsets : ndarray of shape (n_regions + 1,)
        Polygon ``i`` has ``vertices[offsets[i]:offsets[i + 1]]``.
    answers : ndarray of shape (n_regions,)
        The number of the class that each is given.
    boundary : ndarray of shape (n_segments, 2, 2)
        Where the answer changes: ends of straight pieces, as in `preimage`.
    """

    vertices: Floats
    offsets: Ints
    answers: Ints
    boundary: Floats


def preimage(
    network: ReLUNetwork,
    layer: int,
    normal: ArrayLike,
    offset: float,
    box: ArrayLike,
) -> Floats:
    """Find the inputs that a layer puts onto a hyperplane, exactly.

    Parameters
    ----------
    network : ReLUNetwork
        Of two inputs.
    layer : int
        0 for the inputs, k for the k-th hidden layer after its ReLUs, K + 1 for the
        outputs.
    normal : array-like of shape (D_k,)
        Not all zero.
    offset : float
        The hyperplane is where ``normal · h = offset``.
    box : array-like of shape (2, 2)
        Lower and upper limit of each input.

    Returns
    -------
    segments : ndarray of shape (n_segments, 2, 2)
        Ends of straight pieces; where one continues another, they have an end in
        common to the last digit. Together they are the border of the inputs with
        ``normal · h > offset``: where a whole region lies in the hyperplane, only
        its rim.

    Raises
    ------
    ValueError
        If a shape does not fit or a number is not finite.

    Notes
    -----
    The hyperplane is made one more hidden unit, which bends exactly there; the linear
    regions of that network are cut along its joint.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> from estimators.representation import preimage
    >>> cross = ReLUNetwork([[[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [0]])
    >>> len(preimage(cross, 1, [1, 1], 0.5, [[-1, 1], [-1, 1]]))
    3
    """
    _refuse_other_inputs(network)
    ending = truncated(network, layer)
    direction = np.array(normal, dtype=np.float64)
    if direction.shape != (ending.n_outputs,):
        raise ValueError(
            f"normal must have shape ({ending.n_outputs},), one number per unit of "
            f"the layer, got {direction.shape}."
        )
    if not (np.isfinite(direction).all() and np.isfinite(offset)):
        raise ValueError("normal and offset must be finite numbers.")
    if not direction.any():
        raise ValueError("normal must not be zero: it would be no hyperplane.")
    # The length of the normal must not matter.
    length = np.linalg.norm(direction)
    cut = ReLUNetwork([direction[np.newaxis] / length], [[-float(offset) / length]])
    regions = _cut_regions(ending, cut, box)
    return _borders(regions, regions.patterns[:, -1].astype(np.intp))


def decision_regions(network: ReLUNetwork, box: ArrayLike) -> DecisionRegions:
    """Find what a classifier answers where, exactly.

    Parameters
    ----------
    network : ReLUNetwork
        Of two inputs. One output is the logit of the second of two classes; of
        several, the largest wins.
    box : array-like of shape (2, 2)
        Lower and upper limit of each input.

    Returns
    -------
    regions : DecisionRegions
        The polygons, their answers, and the boundary between different answers.

    Raises
    ------
    ValueError
        If the network has not two inputs, or the box makes no sense.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> from estimators.representation import decision_regions
    >>> cross = ReLUNetwork([[[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [-0.5]])
    >>> len(decision_regions(cross, [[-1, 1], [-1, 1]]).boundary)
    3
    """
    _refuse_other_inputs(network)
    n = network.n_outputs
    # A unit for every pair of classes, on where the second of them wins.
    pairs = list(combinations(range(max(n, 2)), 2))
    differences = np.ones((1, 1)) if n == 1 else np.zeros((len(pairs), n))
    if n > 1:
        for row, (first, second) in zip(differences, pairs):
            row[first], row[second] = -1, 1
    cut = ReLUNetwork([differences], [np.zeros(len(pairs))])
    regions = _cut_regions(network, cut, box)
    second_wins = regions.patterns[:, -len(pairs) :]
    victories = np.zeros((regions.n_regions, max(n, 2)), dtype=np.intp)
    for (first, second), wins in zip(pairs, second_wins.T):
        victories[:, first] += ~wins
        victories[:, second] += wins
    answers = victories.argmax(axis=1)
    return DecisionRegions(*regions.polygons(), answers, _borders(regions, answers))


def decision_boundary(network: ReLUNetwork, box: ArrayLike) -> Floats:
    """Find where a classifier's answer changes, exactly.

    Parameters
    ----------
    network, box
        See `decision_regions`.

    Returns
    -------
    segments : ndarray of shape (n_segments, 2, 2)
        The ends of straight pieces; where one continues another, they have an end in
        common to the last digit.
    """
    return decision_regions(network, box).boundary


def _refuse_other_inputs(network: ReLUNetwork) -> None:
    if network.n_inputs != 2:
        raise ValueError(
            f"lines are drawn for networks of two inputs; this one has "
            f"{network.n_inputs}."
        )


def _cut_regions(ending: ReLUNetwork, cut: ReLUNetwork, box: ArrayLike) -> PlaneRegions:
    """Return the regions of a network, cut where outputs of another after it change."""
    cutting = cut @ ending.astype(np.float64)
    n_cuts = cut.n_outputs
    with_units = ReLUNetwork(
        [*cutting.weights, np.ones((1, n_cuts))], [*cutting.biases, np.zeros(1)]
    )
    return linear_regions(with_units, box)


def _borders(regions: PlaneRegions, kinds: Ints) -> Floats:
    """Return the edges that have regions of different kinds on their two sides."""
    vertices, offsets = regions.polygons()
    n = len(vertices)
    following = np.arange(1, n + 1)
    following[offsets[1:] - 1] = offsets[:-1]
    _, corner = np.unique(vertices, axis=0, return_inverse=True)
    corner = corner.reshape(-1)
    ends = np.sort(np.column_stack([corner, corner[following]]), axis=1)
    kind = np.repeat(kinds, np.diff(offsets))
    order = np.lexsort(ends.T)
    ends, kind = ends[order], kind[order]
    # An inner edge belongs to two regions, which now are neighbours in the list.
    border = (ends[1:] == ends[:-1]).all(axis=1) & (kind[1:] != kind[:-1])
    edge = order[1:][border]
    return np.stack([vertices[edge], vertices[following[edge]]], axis=1)
