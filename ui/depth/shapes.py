"""Shapes of equal widths: their parameters and regions, and the best for a budget."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from estimators.bounds import (
    count_parameters,
    max_regions,
    reachable_regions,
    zaslavsky,
)
from ui.figures.style import thin_log
from ui.numbers import raised

_DIGITS = 15  # longer integers are written with a power of ten
_WIDTHS = 120  # of one curve, spread evenly on a logarithmic axis
_FOLDS = 20  # so many jumps of the reachable number are drawn where they are


class Shape(NamedTuple):
    """A network with one output whose hidden layers are all equally wide.

    Attributes
    ----------
    n_inputs, n_layers, width : int
        D_i, K and D of the lecture.
    """

    n_inputs: int
    n_layers: int
    width: int

    def __str__(self) -> str:
        plural = "s" * (self.n_layers > 1)
        return f"{self.n_layers} layer{plural} × {self.width:,}"

    @property
    def n_parameters(self) -> int:
        """Weights and biases."""
        return count_parameters(self.n_inputs, self._widths)

    @property
    def reachable(self) -> int | None:
        """Regions that some network of this shape has; None where this says nothing.

        Theorem 6 of Serra et al. 2018, UDL equation 4.17, and with one hidden layer
        Zaslavsky's number.
        """
        known = self.n_layers == 1 or self.width >= least_width(self.n_inputs)
        return _reachable(self) if known else None

    @property
    def reachable_narrow(self) -> int:
        """Regions that some network of this shape has, by a theorem that asks less.

        Montúfar et al., "On the Number of Linear Regions of Deep Neural Networks", NIPS
        2014. Wherever D ≥ D_i, each layer but the last can run up and down ⌊D / D_i⌋
        times in every coordinate (`estimators.constructions.triangle_wave`): once less
        than in `reachable`. 0 for narrower ones.
        """
        n_inputs, n_layers, width = self
        folds = (width // n_inputs) ** (n_inputs * (n_layers - 1))
        return folds * zaslavsky(n_inputs, width)

    @property
    def bound(self) -> int:
        """Regions that no network of this shape exceeds: Theorem 1 of the same."""
        return _bound(self)

    @property
    def is_exact(self) -> bool:
        """Whether both are the same, and so the maximum."""
        return self.reachable == self.bound

    @property
    def _widths(self) -> list[int]:
        return [self.width] * self.n_layers


@lru_cache(maxsize=8192)
def _reachable(shape: Shape) -> int:
    return reachable_regions(shape.n_inputs, [shape.width] * shape.n_layers)


@lru_cache(maxsize=8192)
def _bound(shape: Shape) -> int:
    return max_regions(shape.n_inputs, [shape.width] * shape.n_layers)


def least_width(n_inputs: int) -> int:
    """Return the width that every one of several layers needs for Theorem 6."""
    return 3 * n_inputs


def least_deep(n_inputs: int) -> Shape:
    """Return the smallest shape of two layers for which Theorem 6 says something."""
    return Shape(n_inputs, 2, least_width(n_inputs))


def widest(n_inputs: int, n_layers: int, budget: int) -> Shape | None:
    """Return the widest shape with at most so many parameters, if there is one."""
    width = bisect_right(
        range(1, budget + 1),
        budget,
        key=lambda width: Shape(n_inputs, n_layers, width).n_parameters,
    )
    return Shape(n_inputs, n_layers, width) if width else None


def candidates(n_inputs: int, budget: int, most_layers: int) -> list[Shape]:
    """Return, for each number of layers, the one shape worth looking at.

    Parameters
    ----------
    n_inputs : int
    budget : int
        Parameters at most.
    most_layers : int
        Hidden layers at most.

    Returns
    -------
    list of Shape
        By number of layers, the widest each. More of the same width and depth never
        have fewer regions: ``⌊D / D_i⌋ + 1`` and ``Σ C(D, j)`` grow with D, and so
        does the bound. Empty if a single hidden unit is too much.
    """
    shapes = (widest(n_inputs, k, budget) for k in range(1, most_layers + 1))
    return [shape for shape in shapes if shape is not None]


def best(shapes: Sequence[Shape]) -> Shape:
    """Return the shape with the most regions by what is `Shape.reachable`.

    Of equals it is that with fewer parameters.
    """
    return max(shapes, key=lambda shape: (shape.reachable or 0, -shape.n_parameters))


def growing(n_inputs: int, n_layers: int, most: int) -> list[Shape]:
    """Return shapes of growing width, for a curve of regions against parameters.

    Parameters
    ----------
    n_inputs, n_layers : int
    most : int
        Parameters at most.

    Returns
    -------
    list of Shape
        All widths if they are few; else evenly spread ones, and both sides of the
        first jumps of the reachable number, which are at the multiples of D_i.
    """
    last = widest(n_inputs, n_layers, most)
    if last is None:
        return []
    jumps = {m * n_inputs - s for m in range(3, _FOLDS) for s in (0, 1)}
    spread = {int(place) + 1 for place in thin_log(last.width, _WIDTHS)}
    widths = sorted(w for w in spread | jumps if w <= last.width)
    return [Shape(n_inputs, n_layers, width) for width in widths]


def counted_text(n_regions: int) -> str:
    """Write a number out, or as a power of ten where it has more than 15 digits.

    Examples
    --------
    >>> counted_text(161_051)
    '161,051'
    >>> counted_text(2**250)
    '1.8093 · 10⁷⁵'
    """
    if n_regions < 10**_DIGITS:
        return f"{n_regions:,}"
    mantissa, exponent = f"{Decimal(n_regions):.4e}".split("e+")
    return f"{mantissa} · 10{raised(exponent)}"
