"""What can be done to the parameters of a shallow network without moving its function.

Since a[αz] = α·a[z] for α > 0, a hidden unit with θ·α and φ/α is the same term of the
sum; and the order of the terms does not matter.
"""

import numpy as np

from estimators import ReLUNetwork
from estimators.geometry import linear_regions
from ui.network_text import LIMIT


def rescaled(network: ReLUNetwork, unit: int, factor: float) -> ReLUNetwork:
    """Multiply what enters a hidden unit by a factor, and divide its weights φ by it.

    Parameters
    ----------
    network : ReLUNetwork
        One hidden layer.
    unit : int
        Which unit, from 0.
    factor : float
        α > 0: θ becomes θ·α, and φ becomes φ/α for each output.

    Returns
    -------
    network : ReLUNetwork
        The same function, to within rounding.

    Raises
    ------
    ValueError
        If there is no such unit, the factor is not from 10⁻⁶ to 10⁶, or a parameter
        would be beyond ±10⁶.
    """
    _check_unit(network, unit)
    if not 1 / LIMIT <= factor <= LIMIT:  # a comparison with NaN is false
        raise ValueError(
            f"α must be a positive number from {1 / LIMIT:g} to {LIMIT:,.0f}, got "
            f"{factor:g}: a[αz] = α·a[z] holds for positive α only."
        )
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    factors = np.ones(theta_0.size)
    factors[unit] = factor
    changed = [theta * factors[:, np.newaxis], theta_0 * factors, phi / factors]
    largest = max(np.abs(array).max() for array in changed)
    if largest > LIMIT:
        raise ValueError(
            f"With α = {factor:g} a parameter of unit {unit + 1} becomes ±{largest:g}; "
            f"numbers may be up to {LIMIT:,.0f}. Choose α nearer to 1."
        )
    theta, theta_0, phi = changed
    return ReLUNetwork([theta, phi], [theta_0, phi_0])


def swapped(network: ReLUNetwork, unit: int, other: int) -> ReLUNetwork:
    """Let two hidden units change places.

    Parameters
    ----------
    network : ReLUNetwork
        One hidden layer.
    unit, other : int
        Which units, from 0.

    Returns
    -------
    network : ReLUNetwork
        The same function, to within rounding.

    Raises
    ------
    ValueError
        If there is no such unit.
    """
    _check_unit(network, unit)
    _check_unit(network, other)
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    order = np.arange(theta_0.size)
    order[[unit, other]] = other, unit
    return ReLUNetwork([theta[order], phi[:, order]], [theta_0[order], phi_0])


def largest_change(
    before: ReLUNetwork, after: ReLUNetwork, low: float, high: float
) -> float:
    """Find how far apart two networks get, over all outputs and all inputs in view.

    The difference of two piecewise-linear functions is one too, and so it is largest
    at a joint of either or at an end of the view: nowhere else need one look.

    Parameters
    ----------
    before, after : ReLUNetwork
        One input, and as many outputs as each other.
    low, high : float
        The inputs in view.

    Returns
    -------
    change : float
        The largest absolute difference, in units of the outputs.

    Raises
    ------
    ValueError
        If the outputs do not match, or ``low < high`` does not hold for finite numbers.
    """
    if before.n_outputs != after.n_outputs:
        raise ValueError(
            f"Networks with {before.n_outputs} and {after.n_outputs} outputs cannot be "
            "compared: give both the same number."
        )
    if not (low < high and np.isfinite(high - low)):
        raise ValueError(f"The view must be finite with low < high, got {low}, {high}.")
    vertices = np.concatenate(
        [linear_regions(network, (low, high)).edges for network in (before, after)]
    )
    return float(np.abs(before(vertices) - after(vertices)).max())


def _check_unit(network: ReLUNetwork, unit: int) -> None:
    (n_units,) = network.widths
    if not 0 <= unit < n_units:
        raise ValueError(
            f"There is no hidden unit {unit + 1}: choose one from 1 to {n_units}."
        )
