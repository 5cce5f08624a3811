"""What each layer of a network makes of data, a grid and answers, ready to be drawn."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.representation import (
    DecisionRegions,
    decision_regions,
    embeddings,
    grid_polylines,
)
from ui.instruments.warping import WarpedLayer

Array = NDArray[np.float64]

HALF = 3.0  # how far the input plane is in view, if the data do not reach farther
N_LINES = 13  # of the grid, each way
MOST_REGIONS = 3000  # of which all are drawn
_MARGIN = 0.15
_ROOM = 1.15  # around the data, for their half-width
_FIRST_TWO = 2


class Projection(NamedTuple):
    """How the units of a layer are shown on a plane.

    Attributes
    ----------
    mean : ndarray of shape (D_k,)
    directions : ndarray of shape (D_k, 2)
    share : float or None
        Of the variance in the picture, if the directions are principal components;
        None if they are the units themselves.
    """

    mean: Array
    directions: Array
    share: float | None

    def __call__(self, H: Array) -> Array:
        """Give where rows of a layer's values are drawn."""
        return (H - self.mean) @ self.directions


def projection_of(H: Array, n_shown: int = 2) -> Projection:
    """Choose how a layer is shown: its one or two units, or principal components.

    Parameters
    ----------
    H : ndarray of shape (n_samples, D_k)
        What the layer makes of the data.
    n_shown : int, default=2
        How many directions.
    """
    width = H.shape[1]
    if width <= _FIRST_TWO:
        return Projection(np.zeros(width), np.eye(width, n_shown), None)
    mean = H.mean(axis=0)
    _, scale, components = np.linalg.svd(H - mean, full_matrices=False)
    chosen = components[:n_shown]
    # Signs are arbitrary: the largest part of each is positive, and nothing flickers.
    largest = np.abs(chosen).argmax(axis=1)
    signs = np.sign(chosen[np.arange(len(chosen)), largest])
    directions = np.zeros((width, n_shown))
    directions[:, : len(chosen)] = (chosen * signs[:, np.newaxis]).T
    total = float(np.sum(scale**2))
    share = float(np.sum(scale[:n_shown] ** 2)) / total if total else 1.0
    return Projection(mean, directions, share)


def box_around(X: Array) -> Array:
    """Give the limits of a square that holds data, and stays while points are added."""
    reach = float(np.abs(X).max(initial=0))
    half = HALF if reach <= HALF else (1 + _MARGIN) * reach
    return np.array([[-half, half], [-half, half]])


def warped_layers(
    network: ReLUNetwork, X: Array, *, with_sides: bool
) -> tuple[list[WarpedLayer], list[int], list[int]]:
    """Follow data, a grid and the answers of a network of two inputs, layer by layer.

    Parameters
    ----------
    network : ReLUNetwork
        Of two inputs; its outputs are logits.
    X : ndarray of shape (n_samples, 2)
    with_sides : bool
        Whether to colour the plane by the answers, which takes longest.

    Returns
    -------
    layers : list of WarpedLayer
        The input and each hidden layer; everything straight between vertices.
    families : list of int
        Of each line of the grid: 0 if it is upright, 1 if level.
    kinds : list of int
        The answer that belongs to each polygon.
    """
    box = box_around(X)
    lines = grid_polylines(network, box, N_LINES, network.depth)
    decided = decision_regions(network, box)
    cut = decided.boundary
    sides, kinds = _sides(decided) if with_sides else ([], [])
    parts = [line.vertices_in for line in lines], sides, [cut.reshape(-1, 2)]
    counts = [len(part) for group in (*parts, [X]) for part in group]
    everything = np.concatenate([*parts[0], *parts[1], *parts[2], X])
    starts = np.cumsum(counts)[:-1]
    layers = []
    for k, values in enumerate(embeddings(network, everything)[:-1]):
        data = values[len(everything) - len(X) :]
        project = projection_of(data)
        *drawn, segments, points = np.split(project(values), starts)
        layers.append(
            WarpedLayer(
                layer_name(k, project, values.shape[1]),
                axis_names(k, project),
                points,
                drawn[: len(lines)],
                drawn[len(lines) :],
                segments.reshape(-1, 2, 2),
                view_of(points, box if k == 0 else None, project.share is None),
            )
        )
    families = [int(i >= N_LINES) for i in range(len(lines))]
    return layers, families, kinds


def straight_line(network: ReLUNetwork, layer: WarpedLayer) -> Array | None:
    """Give the straight cut in a last layer of two units, as two points far apart."""
    if network.n_outputs != 1 or network.widths[-1] != _FIRST_TWO:
        return None
    normal, offset = network.weights[-1][0], -network.biases[-1][0]
    length = float(np.hypot(*normal))
    if not length:
        return None
    x, y, across, up = layer.view
    along = np.array([-normal[1], normal[0]]) / length
    foot = normal * offset / length**2
    middle = foot + along * float((np.array([x, y]) - foot) @ along)
    reach = 2 * float(np.hypot(across, up))
    return np.array([middle - reach * along, middle + reach * along])


def layer_name(k: int, project: Projection, width: int) -> str:
    """Say which layer it is, and how much of it is seen."""
    name = f"Hidden layer {k}" if k else "Input"
    if project.share is None:
        return name
    return f"{name}: {width} wide, {100 * project.share:.0f} % of its variance"


def axis_names(k: int, project: Projection) -> tuple[str, str]:
    """Name what is drawn across and up."""
    if project.share is not None:
        return "PC 1", "PC 2"
    names = [f"h{d}" if k else f"x{d}" for d in (1, 2)]
    return (names[0], names[1] if len(project.mean) == _FIRST_TWO else "")


def view_of(
    points: Array, box: Array | None = None, from_origin: bool = False
) -> tuple[float, float, float, float]:
    """Choose what is in view: a box, or what holds the points (and the origin)."""
    if box is None:
        held = np.vstack([points, np.zeros((1, 2))]) if from_origin else points
        limits = np.column_stack([held.min(axis=0), held.max(axis=0)])
    else:
        limits = box
    x, y = limits.mean(axis=1)
    halves = (limits[:, 1] - limits[:, 0]) / 2
    room = 1.0 if box is not None else _ROOM
    # A layer that is dead in one direction is still a picture.
    least = max(1e-3 * float(halves.max()), 1e-6)
    across, up = (room * max(float(half), least) for half in halves)
    return float(x), float(y), across, up


def _sides(decided: DecisionRegions) -> tuple[list[Array], list[int]]:
    """List the polygons in which the network has one answer, unless they are many."""
    if len(decided.answers) > MOST_REGIONS:
        return [], []
    polygons = np.split(decided.vertices, decided.offsets[1:-1])
    return polygons, decided.answers.tolist()
