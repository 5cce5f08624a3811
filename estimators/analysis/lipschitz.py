"""How fast the outputs of a network can change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from estimators.analysis.ranges import finite_corners
from estimators.geometry.box import validated_box
from estimators.geometry.dispatch import linear_regions
from estimators.geometry.regions import Floats
from estimators.network import ReLUNetwork


@dataclass(frozen=True, eq=False)
class LipschitzConstant:
    """The steepest that a network is in a box.

    Attributes
    ----------
    value : float
        The smallest L with ``‖network(x) − network(y)‖ ≤ L ‖x − y‖`` in the box.
    location : ndarray of shape (n_inputs,)
        A point inside a region where the network is that steep.
    jacobian : ndarray of shape (n_outputs, n_inputs)
        The slopes there; `value` is its operator norm.
    certain : bool
        Whether the regions were certified complete; if not, `value` is only a lower
        bound.
    """

    value: float
    location: Floats
    jacobian: Floats
    certain: bool


def lipschitz_constant(
    network: ReLUNetwork,
    box: ArrayLike,
    norm: float = 2,
    *,
    max_regions: int | None = None,
) -> LipschitzConstant:
    """Find the Lipschitz constant of a network in a box, exactly.

    Parameters
    ----------
    network : ReLUNetwork
        A network of one to six inputs.
    box : array-like of shape (n_inputs, 2)
        Lower and upper limit of each input; infinite ones only for one input.
    norm : {1, 2, inf}, default=2
        The norm in which distances of inputs and of outputs are measured.
    max_regions : int, optional
        Refuse networks with more linear regions; the default of `linear_regions`.

    Returns
    -------
    constant : LipschitzConstant
        The constant, and where it is attained.

    Raises
    ------
    ValueError
        If there are more than six inputs or too many regions, `norm` is another one,
        or `box` does not fit the network.

    Notes
    -----
    A box is convex, so a piecewise-linear function changes along every segment by at
    most the largest operator norm of its Jacobians times the length, and inside the
    region of that Jacobian by no less. Source: Jordan and Dimakis, "Exactly Computing
    the Local Lipschitz Constant of ReLU Networks", NeurIPS 2020.

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> hat = ReLUNetwork([[[1], [1]], [[1, -3]]], [[0, -1], [0]])
    >>> lipschitz_constant(hat, (0, 2)).value
    2.0
    """
    if norm not in (1, 2, np.inf):
        raise ValueError(f"norm must be 1, 2 or inf, got {norm!r}.")
    limits = validated_box(network, box)
    regions = linear_regions(network.astype(float), limits, max_regions=max_regions)
    sizes = np.linalg.norm(regions.slopes, ord=norm, axis=(1, 2))
    steepest = int(sizes.argmax())
    vertices, offsets = finite_corners(regions)
    corners = vertices[offsets[steepest] : offsets[steepest + 1]]
    return LipschitzConstant(
        float(sizes[steepest]),
        corners.mean(axis=0),
        regions.slopes[steepest],
        regions.certain,
    )
