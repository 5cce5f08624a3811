"""How fast the error of the best network falls, as theory has it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ui.approximation.best_fits import MOST_UNITS, Norm
from ui.approximation.constructions import curvature_power
from ui.approximation.samples import cells_of
from ui.approximation.targets import Target

N_CELLS = 8000
# A cell that holds more of the integral than this is no smooth stretch: a jump is near.
LARGEST_SHARE = 0.02


class AsymptoticLaw(NamedTuple):
    """The error of the best broken line with many joints, ``constant / (D + 1)²``.

    Attributes
    ----------
    constant : float
    bending : float
        The integral in it: of |f″|^(1/2) for the maximum, of |f″|^(2/5) for the mean.
    valid_from : int
        Number of hidden units from which it is to be believed: twice as many pieces as
        stretches that bend to one side. For fewer it says too much, as a piece may pass
        over waves.
    """

    constant: float
    bending: float
    valid_from: int

    def __call__(self, n_units: int) -> float:
        """Return the error with so many joints, so one piece more."""
        return self.constant / (n_units + 1) ** 2


def asymptotic_law(target: Target, norm: Norm) -> AsymptoticLaw | None:
    """Find the law for a target, where there is one.

    A straight piece of width h is off by |f″| h² / 16 at most and by |f″| h² / √720
    in the root mean square. With joints as dense as |f″|^(1/2), or |f″|^(2/5), n
    pieces leave the maximum ``(∫ |f″|^(1/2))² / (16 n²)`` or the root mean square
    ``(∫ |f″|^(2/5))^(5/2) / (√720 n² √length)``, and no others leave less.

    Parameters
    ----------
    target : Target
    norm : {"rms", "max"}

    Returns
    -------
    law : AsymptoticLaw or None
        None for a target with jumps, for one that consists of straight pieces and for
        one with so many waves that no network of the page comes near the law.

    References
    ----------
    de Boor, "Good approximation by splines with variable knots", in *Spline Functions
    and Approximation Theory* (1973); Burchard, Hale, "Piecewise polynomial
    approximation on optimal meshes", Journal of Approximation Theory 14 (1975).
    """
    if target.jumps:
        return None
    power = curvature_power(norm)
    cells = cells_of(target, N_CELLS, power)
    bendings, valid_from = cells.bending(power), 2 * cells.n_inflections + 1
    bending = float(bendings.sum())
    if not bending or valid_from > MOST_UNITS:
        return None
    if bendings.max() > LARGEST_SHARE * bending:
        return None
    length = target.high - target.low
    constant = {
        "max": bending**2 / 16,
        "rms": bending**2.5 / np.sqrt(720 * length),
    }[norm]
    return AsymptoticLaw(float(constant), bending, valid_from)
