"""Networks that are written down, not searched for: straight from point to point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.constructions import interpolant
from ui.approximation.best_fits import Norm
from ui.approximation.samples import MAXIMUM_POWER, MEAN_POWER, cells_of
from ui.approximation.spreading import corners_of, spread
from ui.approximation.targets import Target

Array = NDArray[np.float64]

N_CELLS = 4000


def curvature_power(norm: Norm) -> float:
    """Return the power of |f″| in proportion to which joints are best spread.

    A straight piece of width h is off by |f″| h² / 16 at most. To have all equal, the
    density of joints has to follow |f″|^(1/2). For the mean square, |f″|² h⁴ has to
    be balanced against the price of a joint: |f″|^(2/5) (de Boor, *A Practical Guide
    to Splines*, chapter XII).
    """
    return {"rms": MEAN_POWER, "max": MAXIMUM_POWER}[norm]


def equal_construction(target: Target, n_units: int) -> ReLUNetwork:
    """Go straight between points of the target at equal distances.

    Parameters
    ----------
    target : Target
    n_units : int
        Number of hidden units and of pieces.

    Returns
    -------
    network : ReLUNetwork
        One input, `n_units` hidden units.
    """
    x = np.linspace(target.low, target.high, n_units + 1)
    return interpolant(x, _values(target, x))


def curvature_construction(target: Target, n_units: int, norm: Norm) -> ReLUNetwork:
    """Go straight between points of the target that are dense where it bends.

    Parameters
    ----------
    target : Target
        Its known kinks become joints, and its known jumps become steep pieces, as far
        as there are units.
    n_units : int
        Number of hidden units and of pieces.
    norm : {"rms", "max"}
        For which error the density is right; see `curvature_power`.

    Returns
    -------
    network : ReLUNetwork
        One input, `n_units` hidden units.
    """
    power = curvature_power(norm)
    cells = cells_of(target, max(N_CELLS, 4 * n_units), power)
    demand = cells.bending(power)
    x = spread(cells.edges, demand, corners_of(target), n_units)
    if x is None:  # not enough units for the corners
        x = spread(cells.edges, demand, np.array([]), n_units)
    return interpolant(x, _values(target, x))


def _values(target: Target, x: Array) -> Array:
    return np.asarray(target.function(x), dtype=np.float64)
