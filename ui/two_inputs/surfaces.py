"""Surfaces over a square, for networks of two inputs to be trained on."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.surfaces import SURFACES as SHARED
from ui.surfaces import Surface, surface_of

Array = NDArray[np.float64]


class Lesson(NamedTuple):
    """A surface, and what to look for while a network learns it.

    Attributes
    ----------
    surface : Surface
    look_for : str
        A sentence.
    """

    surface: Surface
    look_for: str

    @property
    def box(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The square, limits of one input after the other."""
        return ((self.surface.low, self.surface.high),) * 2


SURFACES = {
    "Franke": Lesson(
        SHARED["franke"],
        "Two hills and a dip, the standard test since 1979: small polygons gather "
        "where it bends.",
    ),
    "Peaks": Lesson(
        SHARED["peaks"],
        "Three hills and three dips on flat ground: creases are needed in the middle "
        "only.",
    ),
    "Pyramid": Lesson(
        SHARED["pyramid"],
        "Four units represent it without error: does training find its two lines?",
    ),
    "Disc": Lesson(
        SHARED["disc"],
        "A jump along a circle, which becomes a steep ring of narrow polygons.",
    ),
    "Saddle": Lesson(
        surface_of("saddle", "Saddle", "Saddle", "x y", -1, 1, ""),
        "The product of the inputs, up along one diagonal and down along the other.",
    ),
    "Ripple": Lesson(
        surface_of(
            "ripple", "Ripple", "Ripple", "cos(3 pi sqrt(x^2 + y^2))", -1, 1, ""
        ),
        "Rings around the middle: one layer has lines that cross all of the picture, "
        "several layers have creases that bend.",
    ),
}


def sampled(name: str, n_samples: int, noise: float, seed: int) -> tuple[Array, Array]:
    """Draw points of a surface.

    Parameters
    ----------
    name : str
        One of `SURFACES`.
    n_samples : int
    noise : float
        Standard deviation of the noise, in parts of the standard deviation of y.
    seed : int

    Returns
    -------
    X : ndarray of shape (n_samples, 2)
        Uniform in the square.
    y : ndarray of shape (n_samples,)
    """
    surface = SURFACES[name].surface
    rng = np.random.default_rng(seed)
    X = rng.uniform(surface.low, surface.high, (n_samples, 2))
    y = surface.function(*X.T)
    return X, y + noise * y.std() * rng.standard_normal(n_samples)


def sample_code(name: str, n_samples: int, noise: float, seed: int) -> str:
    """Write the Python lines that define the same ``X`` and ``y``."""
    surface = SURFACES[name].surface
    limits = f"{surface.low:g}, {surface.high:g}"
    lines = [
        "import numpy as np\n",
        f"rng = np.random.default_rng({seed})",
        f"X = rng.uniform({limits}, ({n_samples}, 2))",
        f"y = (lambda x, y: {surface.code})(*X.T)",
    ]
    if noise:
        lines.append(f"y += {noise:g} * y.std() * rng.standard_normal({n_samples})")
    return "\n".join(lines)
