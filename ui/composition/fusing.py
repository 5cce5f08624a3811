"""Two composed networks as one of two hidden layers: ψ = θ′φᵀ, and how it is shown."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators.geometry import joints
from ui.composition.pairs import Pair, network_code

_DIGITS = 3


class Fusion(NamedTuple):
    """What is left when the affine maps between two layers are multiplied out.

    Attributes
    ----------
    psi : ndarray of shape (D', D)
        Ω₁ of the fused network.
    psi_0 : ndarray of shape (D',)
        β₁ of the fused network.
    singular_values : ndarray
        Of ψ, the largest first.
    difference : float
        The largest between both ways of computing, in view.
    """

    psi: NDArray[np.float64]
    psi_0: NDArray[np.float64]
    singular_values: NDArray[np.float64]
    difference: float


def fuse(pair: Pair) -> Fusion:
    """Fuse two networks and compare with computing one after the other.

    The difference is looked for at the joints, the limits and between them.
    """
    fused = pair.composed
    x = np.concatenate([[pair.low], joints(fused, pair.low, pair.high), [pair.high]])
    x = np.union1d(x, (x[1:] + x[:-1]) / 2)
    after = pair.second(pair.first(x))
    return Fusion(
        fused.weights[1],
        fused.biases[1],
        np.linalg.svd(fused.weights[1], compute_uv=False),
        float(np.abs(fused(x) - after).max()),
    )


def rank(values: NDArray[np.float64], size: int) -> int:
    """Count the singular values that are not what rounding leaves of zero."""
    return int((values > values.max() * size * np.finfo(float).eps).sum())


def fusion_latex(pair: Pair) -> str:
    """Write ψ = θ′φᵀ and ψ_0 = θ′_0 + θ′φ_0 with the numbers (UDL section 4.3)."""
    theta = pair.second.weights[0]
    theta_0 = pair.second.biases[0][:, np.newaxis]
    phi, phi_0 = pair.first.weights[1], pair.first.biases[1]
    fused = pair.composed
    rows = (
        rf"\boldsymbol\psi = \boldsymbol\theta'\boldsymbol\phi^T &= "
        rf"{_matrix(theta)} {_matrix(phi)}",
        rf"&= {_matrix(fused.weights[1])}",
        rf"\boldsymbol\psi_0 = \boldsymbol\theta'_0 + \boldsymbol\theta'\phi_0 &= "
        rf"{_matrix(theta_0)} + {_matrix(theta)} \cdot {_factor(phi_0[0])}",
        rf"&= {_matrix(fused.biases[1][:, np.newaxis])}",
    )
    return "\\begin{aligned}\n" + " \\\\[4pt]\n".join(rows) + "\n\\end{aligned}"


def _matrix(values: NDArray[np.float64]) -> str:
    rows = (" & ".join(map(_number, row)) for row in values)
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


def _factor(value: float) -> str:
    return f"({_number(value)})" if value < 0 else _number(value)


def _number(value: float) -> str:
    mantissa, _, exponent = f"{value:.{_DIGITS}g}".partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa


def fuse_snippet(pair: Pair) -> str:
    """Write the program that fuses both networks.

    It prints ψ, its singular values, and the largest difference at 1,001 inputs.
    """
    return f"""\
import numpy as np

from estimators import ReLUNetwork

{network_code("first", pair.first)}{network_code("second", pair.second)}\
fused = second @ first
psi = second.weights[0] @ first.weights[1]
print(np.array_equal(psi, fused.weights[1]), psi)
print(np.linalg.svd(psi, compute_uv=False))
x = np.linspace({pair.low!r}, {pair.high!r}, 1001)
print(np.abs(fused(x) - second(first(x))).max())
"""
