"""The instrument "Plane map": the exact polygons of a network of two inputs."""

from base64 import b64encode
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from estimators import ReLUNetwork
from estimators.geometry.plane import PlaneRegions
from ui.instruments.build import network_to_send
from ui.instruments.mounting import Instrument

COLOURS = ("value", "active units", "gradient", "layer")
MAX_POLYGONS = 60_000
MAX_POINTS = 2_000
_MODULES = ("relu", "axes", "drag", "planewords", "planecolors", "planecanvas")
_MAP = Instrument((*_MODULES, "planemap"), ("build", "picture", "plane"))


def polygon_map(
    regions: PlaneRegions,
    network: ReLUNetwork,
    box: ArrayLike,
    *,
    key: str,
    colour: str = "value",
    output: int = 0,
    points: ArrayLike | None = None,
    names: Sequence[str] = ("x₁", "x₂"),
) -> None:
    """Draw the polygons of a network; each tells what it is when it is pointed at.

    Everything that a polygon tells is computed in the browser. What is sent anew is
    drawn in place, so that a network in training moves.

    Parameters
    ----------
    regions : PlaneRegions
        What `estimators.geometry.linear_regions` found, at most 60,000 polygons.
    network : ReLUNetwork
        The network that they are of.
    box : array-like of shape (2, 2)
        The box that they fill.
    key : str
        A name of its own for this instrument.
    colour : {"value", "active units", "gradient", "layer"}, default="value"
        What is told by colour: the output, the number of active units, the norm of
        the output's gradient, or the layer that made each edge.
    output : int, default=0
        Which output.
    points : array-like of shape (n_points, 2) or (n_points, 3), optional
        Data to be drawn as dots, at most 2,000; the third column is the output that
        they should have, coloured like the network's.
    names : (str, str), default=("x₁", "x₂")
        What the inputs are called.

    Raises
    ------
    ValueError
        If there are too many polygons or points, or no such colour or output.
    """
    if colour not in COLOURS:
        raise ValueError(f"colour must be one of {COLOURS}, got {colour!r}.")
    if not 0 <= output < network.n_outputs:
        raise ValueError(f"There is no output {output}; there are {network.n_outputs}.")
    if regions.n_regions > MAX_POLYGONS:
        raise ValueError(
            f"{regions.n_regions:,} polygons are too many to be drawn; "
            f"{MAX_POLYGONS:,} fit. Choose a smaller box or network."
        )
    if not np.array_equal(regions.box, box):
        raise ValueError(f"The regions are of {regions.box.tolist()}, not of the box.")
    low, extent = regions.box[:, 0], np.diff(regions.box, axis=1)[:, 0]
    vertices, offsets = regions.polygons()
    slopes = regions.slopes[:, output]
    # In the unit square float32 is fine enough to draw, wherever the box may be.
    planes = np.column_stack(
        [slopes * extent, slopes @ low + regions.intercepts[:, output]]
    )
    _MAP(
        key=key,
        data={
            **network_to_send(network),
            "box": regions.box.tolist(),
            "names": list(names),
            "colour": colour,
            "output": int(output),
            "vertices": _packed((vertices - low) / extent, "<f4"),
            "sizes": _packed(np.diff(offsets), "<u4"),
            "makers": _packed(regions.edge_makers[:, 0], "<i1"),
            "planes": _packed(planes, "<f4"),
            "areas": _packed(regions.areas, "<f4"),
            "patterns": _packed(
                np.packbits(regions.patterns, axis=1, bitorder="little"), "<u1"
            ),
            "points": None if points is None else _scaled(points, low, extent),
        },
    )


def _packed(array: ArrayLike, dtype: str) -> str:
    """Write numbers as they travel to the browser."""
    return b64encode(np.ascontiguousarray(array, dtype=dtype)).decode("ascii")


def _scaled(points: ArrayLike, low: np.ndarray, extent: np.ndarray) -> list:
    """Check points and write them in the unit square, a third column as it is."""
    points = np.asarray(points, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] not in (2, 3) or len(points) > MAX_POINTS:
        raise ValueError(
            f"points must have two or three columns and at most {MAX_POINTS:,} rows, "
            f"got shape {points.shape}."
        )
    if not np.isfinite(points).all():
        raise ValueError("points must be finite.")
    points = points.copy()
    points[:, :2] = (points[:, :2] - low) / extent
    return points.tolist()
