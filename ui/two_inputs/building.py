"""A network of two inputs set by hand: its regions, counts and program."""

from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.bounds import max_regions
from estimators.geometry import linear_regions
from estimators.geometry.plane import PlaneRegions
from ui.two_inputs.everywhere import patterns_everywhere
from ui.two_inputs.missing import pattern_text

Box = tuple[tuple[float, float], tuple[float, float]]

MOST_DRAWN = 60_000  # polygons
LARGEST_DRAWN = 1e30  # of a value or an area: browsers get single precision
MOST_COUNTED = 5_000  # in view, to be counted everywhere unasked


class Counts(NamedTuple):
    """Linear regions of a network of two inputs, three ways.

    Attributes
    ----------
    in_view : int
    in_total : int or None
        None if they are so many that it would take long, or cannot be counted.
    maximum : int
        For any network of that shape.
    pieces : int
        In view, neighbours on one plane counted once.
    """

    in_view: int
    in_total: int | None
    maximum: int
    pieces: int


@lru_cache(6)  # large ones take tens of megabytes
def regions_in(network: ReLUNetwork, box: Box) -> PlaneRegions:
    """Find the polygons in a box; those asked for lately are remembered.

    Raises
    ------
    ValueError
        If they cannot be drawn, with a sentence for the reader.
    """
    try:
        regions = linear_regions(network, box, max_regions=MOST_DRAWN)
    except ValueError:
        raise ValueError(
            f"Not drawn: more than {MOST_DRAWN:,} polygons, or numbers too large to "
            "compute with. Choose a smaller view or network."
        ) from None
    reach = float(np.abs(regions.box).max())
    sizes = (reach**2, np.abs(regions.intercepts).max())
    if max(*sizes, reach * np.abs(regions.slopes).max()) > LARGEST_DRAWN:
        raise ValueError(
            f"Not drawn: there are numbers beyond {LARGEST_DRAWN:g}. Rescale the data, "
            "or train more slowly."
        )
    return regions


@lru_cache(16)
def patterns_in_total(network: ReLUNetwork, box: Box) -> NDArray[np.bool_]:
    """Find the patterns of all regions of the plane, remembered as well."""
    return patterns_everywhere(network, box)


def counted(network: ReLUNetwork, box: Box, most: int | None = MOST_COUNTED) -> Counts:
    """Count the regions in view, on the plane, and at most for such a network.

    Parameters
    ----------
    network : ReLUNetwork
        Two inputs.
    box : ((float, float), (float, float))
        What is in view.
    most : int or None, default=5000
        With more in view, those on the plane are not counted.
    """
    regions = regions_in(network, box)
    total = 0
    if most is None or regions.n_regions <= most:
        with suppress(ValueError):  # too many, or numbers too large
            # What is in view is there, even where rounding hides it from the apex.
            total = max(len(patterns_in_total(network, box)), regions.n_regions)
    return Counts(
        regions.n_regions,
        total or None,
        max_regions(2, network.widths),
        regions.n_pieces,
    )


def region_table(network: ReLUNetwork, box: Box) -> pd.DataFrame:
    """List the regions in view: their patterns, areas and planes, large ones first.

    Parameters
    ----------
    network : ReLUNetwork
        Two inputs, one hidden layer.
    box : ((float, float), (float, float))
        What is in view.

    Returns
    -------
    table : DataFrame
        One row a region; the last three columns for each output.
    """
    regions = regions_in(network, box)
    order = np.argsort(-regions.areas, kind="stable")
    patterns = regions.patterns[order]
    on = [", ".join(str(d + 1) for d in np.flatnonzero(row)) for row in patterns]
    table: dict[str, object] = {
        "pattern": [pattern_text(row) for row in patterns],
        "units on": [units or "none" for units in on],
        "area": regions.areas[order],
    }
    of_output = [""] if network.n_outputs == 1 else [" of y₁", " of y₂"]
    for output, of in enumerate(of_output):
        slopes = regions.slopes[order, output]
        table[f"value{of} at 0"] = regions.intercepts[order, output]
        table[f"slope{of} along x₁"] = slopes[:, 0]
        table[f"slope{of} along x₂"] = slopes[:, 1]
    return pd.DataFrame(table)


def build_snippet(network: ReLUNetwork, box: Box) -> str:
    """Write the Python program that rebuilds the network and lists its regions."""
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    return f"""\
from estimators import ReLUNetwork
from estimators.geometry import linear_regions

network = ReLUNetwork(
    weights=[{theta.tolist()}, {phi.tolist()}],
    biases=[{theta_0.tolist()}, {phi_0.tolist()}],
)
regions = linear_regions(network, {[list(limits) for limits in box]})
vertices, offsets = regions.polygons()
for i in regions.areas.argsort()[::-1]:
    print(regions.patterns[i].astype(int), regions.areas[i])
    print(regions.intercepts[i], regions.slopes[i])
    print(vertices[offsets[i] : offsets[i + 1]])
"""


def with_units(network: ReLUNetwork, n_units: int) -> ReLUNetwork:
    """Return the network with units taken from its end, or new ones that add nothing.

    New units have weight φ = 0, so that the function stays as it is, and lines in
    directions of their own, near the origin.
    """
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    turns = 0.7 + 2.4 * np.arange(theta_0.size, max(n_units, theta_0.size))
    lines = np.column_stack([np.cos(turns), np.sin(turns)]).round(2)
    return ReLUNetwork(
        [
            np.vstack([theta, lines])[:n_units],
            np.hstack([phi, np.zeros((phi_0.size, len(lines)))])[:, :n_units],
        ],
        [np.concatenate([theta_0, np.full(len(lines), 0.25)])[:n_units], phi_0],
    )


def corner_columns(
    network: ReLUNetwork, box: Box
) -> tuple[tuple[str, ...], list[NDArray]]:
    """List the corners of all polygons in view, for a file: names and columns."""
    regions = regions_in(network, box)
    vertices, offsets = regions.polygons()
    region = np.repeat(np.arange(regions.n_regions), np.diff(offsets)) + 1
    heights = network(vertices).T
    names = ["y"] if len(heights) == 1 else ["y1", "y2"]
    return ("polygon", "x1", "x2", *names), [region, *vertices.T, *heights]
