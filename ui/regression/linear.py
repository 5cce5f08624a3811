"""A straight line set by hand and by gradient descent, as the Linear step shows it."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators.datasets import lecture_line
from ui.network_text import LIMIT, number_from_text, number_to_text
from ui.regression.line_data import LineData
from ui.snippets import program

Array = NDArray[np.float64]
Line = tuple[float, float]

RATES = (0.02, 0.05, 0.1, 0.2, 0.5, 0.8, 1.0, 1.5, 1.8, 1.9, 2.05, 2.3)


class Preset(NamedTuple):
    """Where descent starts and how fast it goes, and where to look.

    Attributes
    ----------
    start : (float, float)
        φ0 and φ1 on the lecture's data; `start_on` finds the same on others.
    rate : float
        The learning rate in units of 1/λ, one of `RATES`.
    look_for : str
        One sentence.
    """

    start: Line
    rate: float
    look_for: str


PRESETS = {
    "Downhill": Preset(
        (0.4, 0.2),
        0.2,
        "Every step goes straight downhill, across the contours: first fast down the "
        "steep sides, then slowly along the floor of the valley.",
    ),
    "From the other side": Preset(
        (1.6, -0.8),
        0.2,
        "Another start, and the same end: the loss of a straight line has one minimum.",
    ),
    "Zigzag": Preset(
        (0.4, 0.2),
        1.9,
        "Each step overshoots the floor of the valley and lands on the other side, a "
        "little lower.",
    ),
    "Too fast": Preset(
        (0.4, 0.2),
        2.05,
        "Each step overshoots by more than it came from: the loss grows, although "
        "every step goes downhill at first.",
    ),
    "By hand": Preset(
        (1.2, 0.2),
        0.2,
        "Drag the line until the squares are small. Their sum is the loss; no line has "
        "less than the one of least squares.",
    ),
}


class Curvatures(NamedTuple):
    """How the summed loss curves: the eigenvalues of its Hessian.

    Attributes
    ----------
    steepest, flattest : float
        Across the valley (λ) and along its floor.
    """

    steepest: float
    flattest: float

    @property
    def condition(self) -> float:
        """The condition number κ of the Hessian."""
        return max(1.0, self.steepest / self.flattest)


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


def design(x: Array) -> Array:
    """Return the matrix A of shape (n, 2) with which a line's outputs are A φ."""
    return np.column_stack([np.ones_like(x), x])


def summed_loss(x: Array, y: Array, line: Line) -> float:
    """Return the sum of squared residuals, Σ (φ0 + φ1 x − y)² (UDL equation 2.5)."""
    return float(np.sum((design(x) @ line - y) ** 2))


def least_squares(x: Array, y: Array) -> Line:
    """Return the line of least summed loss, in closed form."""
    slope = np.sum((x - x.mean()) * (y - y.mean())) / np.sum((x - x.mean()) ** 2)
    return float(y.mean() - slope * x.mean()), float(slope)


def curvatures(x: Array) -> Curvatures:
    """Return the eigenvalues of the summed loss's Hessian, 2 AᵀA."""
    A = design(x)
    steepest = float(np.linalg.eigvalsh(2 * A.T @ A)[-1])
    # The determinant keeps its digits where the small eigenvalue would lose them.
    determinant = 4 * x.size * float(np.sum((x - x.mean()) ** 2))
    return Curvatures(steepest, determinant / steepest)


def start_on(data: LineData, preset: Preset) -> Line:
    """Find the line that lies among these data as the preset's among the lecture's.

    Parameters
    ----------
    data : LineData
    preset : Preset

    Returns
    -------
    line : (float, float)
        As far from the data's mean and as much steeper than least squares, in units
        of the standard deviations of x and y; rounded to about a hundredth of these.

    Raises
    ------
    ValueError
        If its numbers or those of least squares are too large to be typed.
    """
    x, y = lecture_line()
    middle = preset.start[0] + preset.start[1] * x.mean()
    raised = float((middle - y.mean()) / y.std())
    turned = float((preset.start[1] - least_squares(x, y)[1]) * x.std() / y.std())

    best = least_squares(data.x, data.y)
    height = float(data.y.std()) or 1.0
    steepness = height / float(data.x.std())
    phi_1 = _rounded(best[1] + turned * steepness, steepness)
    outputs_mean = float(data.y.mean()) + raised * height
    phi_0 = _rounded(outputs_mean - phi_1 * float(data.x.mean()), height)
    if max(map(abs, (phi_0, phi_1, *best))) > LIMIT:
        raise ValueError(
            f"{data.names[0]} varies so little that the line would need numbers beyond "
            f"{LIMIT:,.0f}. Turn on “Standardise x”."
        )
    return phi_0, phi_1


def _rounded(value: float, scale: float) -> float:
    """Round to a power of ten that is at most a hundredth of a scale."""
    return round(value, -math.floor(math.log10(scale / 100)))


def descent(x: Array, y: Array, start: Line, rate: float, n_steps: int) -> Array:
    """Follow gradient descent on the summed loss from a line.

    Parameters
    ----------
    x, y : ndarray of shape (n,)
        The data.
    start : (float, float)
        φ0 and φ1.
    rate : float
        Length of a step along the negative gradient, in units of 1/λ: λ is the
        largest eigenvalue of the loss's Hessian.
    n_steps : int
        Steps, fewer if a number leaves ±10⁶.

    Returns
    -------
    path : ndarray of shape (at most n_steps + 1, 2)
        The lines, the start first.
    """
    A = design(x)
    step = rate / curvatures(x).steepest
    path = [np.array(start)]
    for _ in range(n_steps):
        following = path[-1] - step * (2 * A.T @ (A @ path[-1] - y))
        if np.abs(following).max() > LIMIT:
            break
        path.append(following)
    return np.array(path)


def linear_snippet(data: LineData, line: Line, rate: float, n_steps: int) -> str:
    """Write the Python program that takes the steps shown."""
    return program(
        data.code,
        "import numpy as np",
        f"""\
A = np.column_stack([np.ones_like(x), x])
rate = {rate!r} / np.linalg.eigvalsh(2 * A.T @ A)[-1]
phi = np.array({list(line)!r})
for step in range({n_steps}):
    phi = phi - rate * (2 * A.T @ (A @ phi - y))
print(phi)
print(np.sum((A @ phi - y) ** 2))
""",
    )
