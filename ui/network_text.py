"""A shallow network of one input as a line of text, for links and for typing.

``φ_0~θ_10,θ_11,φ_1~θ_20,θ_21,φ_2~…``: one group of three numbers a hidden unit. With
two outputs every φ is followed by the second output's:
``φ_0,φ'_0~θ_10,θ_11,φ_1,φ'_1~…``.
"""

import re

import numpy as np

from estimators import ReLUNetwork

MAX_UNITS = 10
MAX_OUTPUTS = 2
LIMIT = 1e6  # of the size of a number
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
_LONGEST = 30 * (MAX_OUTPUTS + (2 + MAX_OUTPUTS) * MAX_UNITS)


def network_to_text(network: ReLUNetwork) -> str:
    """Write a network so that `network_from_text` reads the very same numbers.

    Parameters
    ----------
    network : ReLUNetwork
        One input, one hidden layer, one or two outputs.

    Returns
    -------
    text : str
        Shortest decimals that round to the parameters.
    """
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    units = np.column_stack([theta_0, theta[:, 0], phi.T]).tolist()
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
        One input, 1 to 10 hidden units, one or two outputs.

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
    first, *units = [group.split(",") for group in re.sub(r"\s", "", text).split("~")]
    n_outputs = len(first)
    if n_outputs > MAX_OUTPUTS:
        raise ValueError(
            f"The text begins with {n_outputs} numbers; there must be one φ0 for each "
            f"output, and at most {MAX_OUTPUTS} outputs. Perhaps a ~ is missing."
        )
    for d, unit in enumerate(units, start=1):
        if len(unit) != 2 + n_outputs:
            raise ValueError(_wrong_unit(d, len(unit), n_outputs))
    if not 1 <= len(units) <= MAX_UNITS:
        raise ValueError(
            f"The text has {len(units)} hidden units; there must be 1 to {MAX_UNITS}. "
            "It is written as φ0~θ10,θ11,φ1~θ20,θ21,φ2 and so on."
        )
    phi_0 = list(map(number_from_text, first))
    theta_0, theta, *phi = zip(*(map(number_from_text, unit) for unit in units))
    return ReLUNetwork([[[t] for t in theta], phi], [theta_0, phi_0])


def _wrong_unit(d: int, n_numbers: int, n_outputs: int) -> str:
    counted = f"{n_numbers} number" + "s" * (n_numbers != 1)
    if n_outputs == 1:
        return (
            f"Hidden unit {d} has {counted}; it must be three for each, after one "
            "φ0: φ0~θ10,θ11,φ1~θ20,θ21,φ2 and so on."
        )
    return (
        f"Hidden unit {d} has {counted}; it must be four for each, as the text begins "
        "with φ0 of two outputs: φ0,φ0'~θ10,θ11,φ1,φ1'~θ20,θ21,φ2,φ2' and so on."
    )


def number_from_text(text: str) -> float:
    """Read a number that somebody may have typed, or raise ValueError."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"“{text[:20]}” is not a number.")
    if abs(number := float(text)) > LIMIT:
        raise ValueError(
            f"{text[:20]} is too large: numbers may be up to {LIMIT:,.0f}."
        )
    return number
