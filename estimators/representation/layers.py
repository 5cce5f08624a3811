"""What each layer of a network makes of points and of a grid in the input plane."""

from __future__ import annotations

from numbers import Integral
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from estimators.geometry.box import validated_box
from estimators.geometry.regions import overflow
from estimators.network import ReLUNetwork

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

NEAREST = 1e-12  # of a line's length: vertices closer than this are one


def truncated(network: ReLUNetwork, layer: int) -> ReLUNetwork:
    """Return the network that ends with a layer: its outputs are that layer's values.

    Parameters
    ----------
    network : ReLUNetwork
        With K hidden layers.
    layer : int
        0 for the inputs, k for the k-th hidden layer after its ReLUs, K + 1 for the
        outputs.

    Returns
    -------
    network : ReLUNetwork
        Of as many hidden layers as come up to that layer.

    Raises
    ------
    ValueError
        If there is no such layer.
    """
    last = network.depth + 1
    if isinstance(layer, bool) or not isinstance(layer, Integral) or layer < 0:
        raise ValueError(f"layer must be an int from 0 to {last}, got {layer!r}.")
    if layer > last:
        raise ValueError(
            f"layer must be at most {last}, the outputs of this network of "
            f"{network.depth} hidden layer(s), got {layer}."
        )
    if layer == last:
        return network
    width = (network.n_inputs, *network.widths)[layer]
    return ReLUNetwork(
        [*network.weights[:layer], np.eye(width, dtype=network.dtype)],
        [*network.biases[:layer], np.zeros(width, dtype=network.dtype)],
    )


def embeddings(network: ReLUNetwork, X: ArrayLike) -> list[NDArray[np.floating]]:
    """Return where each layer puts each input.

    Parameters
    ----------
    network : ReLUNetwork
        With K hidden layers.
    X : array-like of shape (n_samples, n_inputs)
        Inputs.

    Returns
    -------
    layers : list of K + 2 ndarray of shape (n_samples, D_k)
        The inputs, each hidden layer after its ReLUs, the outputs.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> from estimators.representation import embeddings
    >>> cross = ReLUNetwork([[[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [0]])
    >>> [layer.tolist() for layer in embeddings(cross, [[-1, 2]])]
    [[[-1, 2]], [[0.0, 2.0]], [[2.0]]]
    """
    X = network.validated_inputs(X)
    hidden = network.hidden(X)
    last = hidden[-1] if hidden else X
    return [X, *hidden, last @ network.weights[-1].T + network.biases[-1]]


class GridLine(NamedTuple):
    """A straight line in the input plane and the broken line a layer makes of it.

    Attributes
    ----------
    vertices_in : ndarray of shape (m, 2)
        The two ends, and between them every point where the image may bend.
    vertices_out : ndarray of shape (m, D_k)
        Their images; the image of the line is straight from each to the next.
    parameter : ndarray of shape (m,)
        The share of the line, from 0 to 1, at which each vertex lies.
    """

    vertices_in: Floats
    vertices_out: NDArray[np.floating]
    parameter: Floats


def grid_polylines(
    network: ReLUNetwork, box: ArrayLike, n_lines: int, layer: int
) -> list[GridLine]:
    """Draw a grid over the input plane and follow its lines to a layer, exactly.

    Parameters
    ----------
    network : ReLUNetwork
        Of two inputs.
    box : array-like of shape (2, 2)
        Lower and upper limit of each input.
    n_lines : int
        How many lines each way, two at least: the first and last are the box's sides.
    layer : int
        As in `truncated`.

    Returns
    -------
    lines : list of 2 · n_lines GridLine
        The upright ones from left to right, then the level ones from below.

    Raises
    ------
    ValueError
        If the network has not two inputs, or the box, number or layer makes no sense.

    Notes
    -----
    Between two neighbouring vertices the pre-activations of the next layer are affine,
    so a unit crosses zero there only if its values at the two have opposite signs,
    and then once. The vertices of a layer are also those of every layer before it; so
    the way (1 - s) x + s h from a line to its image is straight between them as well.
    """
    if network.n_inputs != 2:
        raise ValueError(
            f"a grid needs a network of two inputs; this one has {network.n_inputs}."
        )
    limits = validated_box(network, box)
    if isinstance(n_lines, bool) or not isinstance(n_lines, Integral) or n_lines < 2:
        raise ValueError(f"n_lines must be an int of at least 2, got {n_lines!r}.")
    ending = truncated(network, layer).astype(np.float64)
    ends = np.empty((2, 2, int(n_lines), 2))  # start or end, across or up, line, x
    for across in (0, 1):
        ends[:, across, :, across] = np.linspace(*limits[across], int(n_lines))
        ends[:, across, :, 1 - across] = limits[1 - across, :, np.newaxis]
    return _followed(ending, *ends.reshape(2, -1, 2))


@np.errstate(over="ignore", invalid="ignore")
def _followed(network: ReLUNetwork, start: Floats, end: Floats) -> list[GridLine]:
    """Follow straight lines, all at once."""
    line = np.repeat(np.arange(len(start)), 2)
    t = np.tile([0.0, 1.0], len(start))
    points = _along(start[line], end[line], t)
    for k in range(network.depth):
        z = network.pre_activations(points)[k]
        if not np.isfinite(z).all():
            raise overflow()
        line, t = _with_crossings(line, t, z)
        points = _along(start[line], end[line], t)
    images = network(points)
    cuts = np.flatnonzero(np.diff(line)) + 1
    return [
        GridLine(*parts)
        for parts in zip(*(np.split(array, cuts) for array in (points, images, t)))
    ]


def _with_crossings(line: Ints, t: Floats, z: Floats) -> tuple[Ints, Floats]:
    """Add the places where a column of `z` crosses zero between two vertices."""
    before, after = z[:-1], z[1:]
    opposite = ((before < 0) & (after > 0)) | ((before > 0) & (after < 0))
    opposite &= (line[:-1] == line[1:])[:, np.newaxis]
    vertex, unit = np.nonzero(opposite)
    tail, head = before[vertex, unit], after[vertex, unit]
    crossing = t[vertex] + tail / (tail - head) * (t[vertex + 1] - t[vertex])
    inner = (crossing > NEAREST) & (crossing < 1 - NEAREST)
    line, t = np.append(line, line[vertex[inner]]), np.append(t, crossing[inner])
    order = np.lexsort([t, line])
    line, t = line[order], t[order]
    apart = np.append(True, (np.diff(t) > NEAREST) | (np.diff(line) != 0))
    return line[apart], t[apart]


def _along(start: Floats, end: Floats, t: Floats) -> Floats:
    share = t[:, np.newaxis]
    return (1 - share) * start + share * end
