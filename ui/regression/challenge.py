"""Twelve points to fit by hand, and the best that so many hidden units can do."""

import numpy as np

from estimators import ReLUNetwork
from estimators.datasets import lecture_line
from ui.network_text import MAX_UNITS, network_from_text
from ui.regression.building import with_units

# By 1, 2, … hidden units, as benchmarks/challenge.py prints them: it goes through all
# arrangements of the joints among the points.
_BEST = (
    "1.64~1.286482,-1,-0.702712",
    "2.245268~-0.78,1,-0.576132~1.723742,-1,-0.918646",
    "2.990623~-0.81,1,-1.275801~1.08,-1,0.893626~1.752342,-1,-1.889167",
    "2.330148~-0.81,1,-1.557248~-1.08,1,2.689137~-1.18,1,-1.719222~"
    "1.692422,-1,-0.995541",
    "2.080383~-0.754881,1,2.485587~-0.81,1,-4.07407~-1.08,1,2.86817~"
    "-1.18,1,-1.719222~1.656232,-1,-0.847742",
    "2.951557~-0.34,1,-1.595121~0.639997,-1,3.703768~0.811828,-1,-4.101847~"
    "-1.08,1,2.895942~-1.18,1,-1.719222~1.65,-1,-0.826609",
    "1.496731~0.34,-1,-1.595122~-0.639997,1,3.70377~-0.819569,1,-4.22377~"
    "1.08,-1,3.290434~1.18,-1,-2.352381~1.474,-1,0.952381~1.65,-1,-1.52",
    "-0.662271~-0.19,1,0.208333~-0.34,1,-1.749999~-0.637778,1,3.750004~"
    "0.81,-1,-4.074079~-1.08,1,3.140742~-1.18,1,-2.352384~"
    "1.559309,-1,2.949079~-1.621611,1,-3.516695",
)
UNITS_THROUGH_ALL = len(_BEST)  # with so many, the line goes through all points


def best_known(n_units: int) -> ReLUNetwork:
    """Return the shallow network that is closest to the lecture's twelve points.

    Parameters
    ----------
    n_units : int
        Number of hidden units, 1 to 10.

    Returns
    -------
    network : ReLUNetwork
        One input, one output, its joints within [0, 2]. With more units than it takes
        to go through all points, the rest have weight φ = 0.

    Raises
    ------
    ValueError
        If `n_units` is not from 1 to 10.

    Notes
    -----
    None can have less loss, up to the rounding of the numbers to six decimals: the
    search is exhaustive. Its reasons are given in ``benchmarks/challenge.py``.
    """
    if not 1 <= n_units <= MAX_UNITS:
        raise ValueError(
            f"Fits are known for 1 to {MAX_UNITS} hidden units, not {n_units}."
        )
    best = network_from_text(_BEST[min(n_units, UNITS_THROUGH_ALL) - 1])
    return with_units(best, n_units)


def summed_loss(network: ReLUNetwork) -> float:
    """Return the sum of squared residuals at the lecture's twelve points.

    Parameters
    ----------
    network : ReLUNetwork
        One input, one output.

    Returns
    -------
    loss : float
        Σ (y(x_i) − y_i)² (UDL equation 2.5); no units.

    Raises
    ------
    ValueError
        If the network has several outputs, as the points have one.
    """
    if network.n_outputs != 1:
        raise ValueError(
            f"The points have one y each, the network {network.n_outputs} outputs: "
            "take one of them."
        )
    x, y = lecture_line()
    return float(np.sum((network(x)[:, 0] - y) ** 2))
