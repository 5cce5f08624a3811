"""Networks of two inputs for a surface: trained, as no construction is the best known.

With one input a hidden unit is a joint, and joints can be placed one by one. With two
it is a crease across the whole square, so units are trained, the output layer being the
best one at each step (variable projection).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork, ShallowReLURegressor
from ui.surfaces import Surface

Array = NDArray[np.float64]

SIDE = 50  # of the grid of points that networks are trained on
MAP_SIDE = 121  # of the grid that errors are looked at on
MOST_UNITS, MOST_ITERATIONS = 200, 60
SIZES = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)


class SurfaceErrors(NamedTuple):
    """Error of a network on an even grid over the square, its rim included.

    Attributes
    ----------
    axis : ndarray of shape (n,)
        The grid's x, and its y.
    error : ndarray of shape (n, n)
        ``network − target``; a row for each y.
    max_error : float
        The largest distance on the grid; between its points there may be larger ones.
    where : (float, float)
        The x and y of it.
    rms : float
        The root of the mean square, as the trapezoidal rule has it.
    """

    axis: Array
    error: Array
    max_error: float
    where: tuple[float, float]
    rms: float


class SurfaceMark(NamedTuple):
    """Errors of a network of so many units."""

    n_units: int
    max_error: float
    rms: float


def iter_surface_fit(
    surface: Surface, n_units: int, seed: int = 0
) -> Iterator[ReLUNetwork]:
    """Train a network of one hidden layer on an even grid of 2,500 points.

    Parameters
    ----------
    surface : Surface
    n_units : int
        Number of hidden units, from 1 to 200.
    seed : int, default=0
        Of the random start.

    Yields
    ------
    network : ReLUNetwork
        After each iteration, or slice of one; the last is the best of all.

    Raises
    ------
    ValueError
        If there are too few or too many units, or the target is not finite somewhere.
    """
    if not 1 <= n_units <= MOST_UNITS:
        raise ValueError(
            f"The number of hidden units must be between 1 and {MOST_UNITS}, "
            f"got {n_units:,}."
        )
    edges = np.linspace(surface.low, surface.high, SIDE + 1)
    x, y, values = _on_grid(surface, edges[:-1] / 2 + edges[1:] / 2)
    model = ShallowReLURegressor(
        n_units,
        solver="variable_projection",
        alpha=0,
        max_iter=MOST_ITERATIONS,
        random_state=seed,
    )
    states = model.iter_fit(np.column_stack([x.ravel(), y.ravel()]), values.ravel())
    for state in states:
        yield state.network
    yield model.network_


def surface_errors(
    network: ReLUNetwork, surface: Surface, side: int = MAP_SIDE
) -> SurfaceErrors:
    """Compare a network of two inputs with a surface on a grid.

    Parameters
    ----------
    network : ReLUNetwork
        Two inputs, one output.
    surface : Surface
    side : int, default=121
        Points of the grid in each direction.

    Raises
    ------
    ValueError
        If the target is not finite somewhere.
    """
    axis = np.linspace(surface.low, surface.high, side)
    x, y, values = _on_grid(surface, axis)
    outputs = network(np.column_stack([x.ravel(), y.ravel()])).reshape(side, side)
    error = outputs - values
    row, column = np.unravel_index(np.abs(error).argmax(), error.shape)
    weight = np.ones(side)
    weight[[0, -1]] = 0.5
    weight /= weight.sum()
    return SurfaceErrors(
        axis,
        error,
        float(abs(error[row, column])),
        (float(axis[column]), float(axis[row])),
        float(np.sqrt(weight @ error**2 @ weight)),
    )


def iter_surface_marks(
    surface: Surface, sizes: Sequence[int] = SIZES, seed: int = 0
) -> Iterator[SurfaceMark | None]:
    """Measure trained networks of more and more units.

    Parameters
    ----------
    surface : Surface
    sizes : sequence of int
        Numbers of hidden units.
    seed : int, default=0
        Of the random starts.

    Yields
    ------
    mark : SurfaceMark or None
        For each size in order; None is a pause.
    """
    for size in sizes:
        for network in iter_surface_fit(surface, size, seed):
            trained = network
            yield None
        errors = surface_errors(trained, surface)
        yield SurfaceMark(size, errors.max_error, errors.rms)


def _on_grid(surface: Surface, axis: Array) -> tuple[Array, Array, Array]:
    x, y = np.meshgrid(axis, axis)
    with np.errstate(all="ignore"):
        values = np.asarray(surface.function(x, y), dtype=np.float64)
    if not np.isfinite(values).all():
        row, column = np.argwhere(~np.isfinite(values))[0]
        raise ValueError(
            f"The target has no finite value at x = {axis[column]:.6g}, "
            f"y = {axis[row]:.6g}."
        )
    return x, y, values
