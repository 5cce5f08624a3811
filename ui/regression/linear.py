"""A straight line set by hand and by gradient descent, as the Linear step shows it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.network_text import LIMIT, number_from_text, number_to_text

Array = NDArray[np.float64]
Line = tuple[float, float]


class Preset(NamedTuple):
    """Where descent starts and how fast it goes, and where to look."""

    text: str
    rate: float
    look_for: str


PRESETS = {
    "Downhill": Preset(
        "0.4,0.2",
        0.005,
        "Every step goes straight downhill, across the contours: first fast down the "
        "steep sides, then slowly along the floor of the valley.",
    ),
    "From the other side": Preset(
        "1.6,-0.8",
        0.005,
        "Another start, and the same end: the loss of a straight line has one minimum.",
    ),
    "Zigzag": Preset(
        "0.4,0.2",
        0.038,
        "Each step overshoots the floor of the valley and lands on the other side, a "
        "little lower.",
    ),
    "Too fast": Preset(
        "0.4,0.2",
        0.042,
        "Each step overshoots by more than it came from: the loss grows, although "
        "every step goes downhill at first.",
    ),
    "By hand": Preset(
        "1.2,0.2",
        0.005,
        "Drag the line until the squares are small. Their sum is the loss; no line has "
        "less than the one of least squares.",
    ),
}


def line_from_text(text: str) -> Line:
    """Read ``φ0,φ1`` that somebody may have typed, or raise ValueError."""
    numbers = text[:100].replace(" ", "").split(",")
    if len(numbers) != 2 or len(text) > 100:
        raise ValueError(
            "A line is written as two numbers, φ0,φ1: where it starts and "
            "how steep it is."
        )
    phi_0, phi_1 = map(number_from_text, numbers)
    return phi_0, phi_1


def line_to_text(phi_0: float, phi_1: float) -> str:
    """Write a line so that `line_from_text` reads the very same numbers."""
    return f"{number_to_text(phi_0)},{number_to_text(phi_1)}"


def summed_loss(x: Array, y: Array, line: Line) -> float:
    """Return the sum of squared residuals, Σ (φ0 + φ1 x − y)² (UDL equation 2.5)."""
    return float(np.sum((line[0] + line[1] * x - y) ** 2))


def least_squares(x: Array, y: Array) -> Line:
    """Return the line of least summed loss, in closed form."""
    slope = np.sum((x - x.mean()) * (y - y.mean())) / np.sum((x - x.mean()) ** 2)
    return float(y.mean() - slope * x.mean()), float(slope)


def steepest_curvature(x: Array) -> float:
    """Return the largest eigenvalue of the summed loss's Hessian."""
    hessian = 2 * np.array([[x.size, x.sum()], [x.sum(), np.sum(x * x)]])
    return float(np.linalg.eigvalsh(hessian)[-1])


def descent(x: Array, y: Array, start: Line, rate: float, n_steps: int) -> Array:
    """Follow gradient descent on the summed loss from a line.

    Parameters
    ----------
    x, y : ndarray of shape (n,)
        The data.
    start : (float, float)
        φ0 and φ1.
    rate : float
        Length of a step along the negative gradient.
    n_steps : int
        Steps, fewer if a number leaves ±10⁶.

    Returns
    -------
    path : ndarray of shape (at most n_steps + 1, 2)
        The lines, the start first.
    """
    path = [np.array(start)]
    for _ in range(n_steps):
        residuals = path[-1][0] + path[-1][1] * x - y
        gradient = 2 * np.array([residuals.sum(), residuals @ x])
        following = path[-1] - rate * gradient
        if np.abs(following).max() > LIMIT:
            break
        path.append(following)
    return np.array(path)


def verdict(x: Array, rate: float) -> str:
    """Say what a learning rate does on this data, and why."""
    curvature = steepest_curvature(x)
    limit, factor = 2 / curvature, abs(1 - rate * curvature)
    where = f"Along its steepest direction this loss curves by λ = {curvature:.4g}; "
    if rate < 1 / curvature:
        return (
            where
            + f"a rate below 1/λ = {1 / curvature:.4g} never overshoots the valley."
        )
    if rate < limit:
        return (
            where + f"a rate between 1/λ = {1 / curvature:.4g} and 2/λ = {limit:.4g} "
            f"overshoots, and still each step leaves {factor:.2f} of the error there."
        )
    return (
        where
        + f"a rate above 2/λ = {limit:.4g} **diverges**: each step multiplies the "
        f"error there by {factor:.2f}."
    )


def linear_snippet(line: Line, rate: float, n_steps: int) -> str:
    """Write the Python program that takes the steps shown."""
    return f"""\
import numpy as np

from estimators.datasets import lecture_line

x, y = lecture_line()
phi = np.array({list(line)!r})
for step in range({n_steps}):
    residuals = phi[0] + phi[1] * x - y
    phi = phi - {rate!r} * 2 * np.array([residuals.sum(), residuals @ x])
print(phi)
print(np.sum((phi[0] + phi[1] * x - y) ** 2))
"""
