"""A shallow network of one input as a line of text, for links and for typing.

``φ_0~θ_10,θ_11,φ_1~θ_20,θ_21,φ_2~…``: one group of three numbers a hidden unit.
"""

import re

import numpy as np

from estimators import ReLUNetwork

MAX_UNITS = 10
LIMIT = 1e6  # of the size of a number
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
_LONGEST = 30 * (1 + 3 * MAX_UNITS)


def network_to_text(network: ReLUNetwork) -> str:
    """Write a network so that `network_from_text` reads the very same numbers.

    Parameters
    ----------
    network : ReLUNetwork
        One input, one hidden layer, one output.

    Returns
    -------
    text : str
        Shortest decimals that round to the parameters.
    """
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    units = np.column_stack([theta_0, theta[:, 0], phi[0]]).tolist()
    groups = [phi_0.tolist(), *units]
    return "~".join(",".join(map(number_to_text, group)) for group in groups)


def number_to_text(number: float) -> str:
    """Write a number so that `number_from_text` reads the very same one."""
    return repr(number + 0.0).removesuffix(".0")


def network_from_text(text: str) -> ReLUNetwork:
    """Read a network that somebody may have typed.

    Parameters
    ----------
    text : str
        What `network_to_text` writes; spaces do not matter.

    Returns
    -------
    network : ReLUNetwork
        One input, 1 to 10 hidden units, one output.

    Raises
    ------
    ValueError
        If it is no such text, with a sentence for its author.
    """
    if len(text) > _LONGEST:
        raise ValueError(
            f"The network's text is longer than {MAX_UNITS} units can be ({_LONGEST:,} "
            "characters)."
        )
    groups = [group.split(",") for group in re.sub(r"\s", "", text).split("~")]
    first, units = groups[0], groups[1:]
    if len(first) != 1 or any(len(unit) != 3 for unit in units):
        raise ValueError(
            "A network is written as φ0~θ10,θ11,φ1~θ20,θ21,φ2 and so on: one number, "
            "then three for each hidden unit."
        )
    if not 1 <= len(units) <= MAX_UNITS:
        raise ValueError(
            f"The text has {len(units)} hidden units; there must be 1 to {MAX_UNITS}."
        )
    (phi_0,) = map(number_from_text, first)
    theta_0, theta, phi = zip(*(map(number_from_text, unit) for unit in units))
    return ReLUNetwork([[[t] for t in theta], [phi]], [theta_0, [phi_0]])


def number_from_text(text: str) -> float:
    """Read a number that somebody may have typed, or raise ValueError."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"“{text[:20]}” is not a number.")
    if abs(number := float(text)) > LIMIT:
        raise ValueError(
            f"{text[:20]} is too large: numbers may be up to {LIMIT:,.0f}."
        )
    return number
