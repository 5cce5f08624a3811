"""A shallow network as a line of text, for links and for typing.

``φ_0~θ_10,θ_11,φ_1~θ_20,θ_21,φ_2~…``: one group of three numbers a hidden unit. With
two outputs every φ is followed by the second output's:
``φ_0,φ'_0~θ_10,θ_11,φ_1,φ'_1~…``. With two inputs every θ_d1 is followed by θ_d2.
"""

import re

import numpy as np

from estimators import ReLUNetwork

MAX_UNITS = 10
MAX_OUTPUTS = 2
LIMIT = 1e6  # of the size of a number
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
_COUNTS = ("no", "one", "two", "three", "four", "five")


def network_to_text(network: ReLUNetwork) -> str:
    """Write a network so that `network_from_text` reads the very same numbers.

    Parameters
    ----------
    network : ReLUNetwork
        One hidden layer; one or two inputs, one or two outputs.

    Returns
    -------
    text : str
        Shortest decimals that round to the parameters.
    """
    (theta, phi), (theta_0, phi_0) = network.weights, network.biases
    units = np.column_stack([theta_0, theta, phi.T]).tolist()
    groups = [phi_0.tolist(), *units]
    return "~".join(",".join(map(number_to_text, group)) for group in groups)


def number_to_text(number: float) -> str:
    """Write a number so that `number_from_text` reads the very same one."""
    return repr(number + 0.0).removesuffix(".0")


def network_from_text(text: str, n_inputs: int = 1) -> ReLUNetwork:
    """Read a network that somebody may have typed.

    Parameters
    ----------
    text : str
        What `network_to_text` writes; spaces do not matter.
    n_inputs : int, default=1
        Number of inputs that it must have, 1 or 2.

    Returns
    -------
    network : ReLUNetwork
        1 to 10 hidden units, one or two outputs.

    Raises
    ------
    ValueError
        If it is no such text, with a sentence for its author.
    """
    longest = 30 * (MAX_OUTPUTS + (1 + n_inputs + MAX_OUTPUTS) * MAX_UNITS)
    if len(text) > longest:
        raise ValueError(
            f"The network's text is longer than {MAX_UNITS} units can be ({longest:,} "
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
        if len(unit) != 1 + n_inputs + n_outputs:
            raise ValueError(_wrong_unit(d, len(unit), n_inputs, n_outputs))
    if not 1 <= len(units) <= MAX_UNITS:
        raise ValueError(
            f"The text has {len(units)} hidden units; there must be 1 to {MAX_UNITS}. "
            f"It is written as {_form(n_inputs, 1)} and so on."
        )
    phi_0 = list(map(number_from_text, first))
    columns = list(zip(*(map(number_from_text, unit) for unit in units)))
    theta_0, theta, phi = columns[0], columns[1 : 1 + n_inputs], columns[1 + n_inputs :]
    return ReLUNetwork([list(zip(*theta)), phi], [theta_0, phi_0])


def _wrong_unit(d: int, n_numbers: int, n_inputs: int, n_outputs: int) -> str:
    counted = f"{n_numbers} number" + "s" * (n_numbers != 1)
    wanted, form = _COUNTS[1 + n_inputs + n_outputs], _form(n_inputs, n_outputs)
    if n_outputs == 1:
        return (
            f"Hidden unit {d} has {counted}; it must be {wanted} for each, after one "
            f"φ0: {form} and so on."
        )
    return (
        f"Hidden unit {d} has {counted}; it must be {wanted} for each, as the text "
        f"begins with φ0 of two outputs: {form} and so on."
    )


def _form(n_inputs: int, n_outputs: int) -> str:
    """Show how the text of two units is written."""
    groups = []
    for d in range(3):
        thetas = [f"θ{d}{j}" for j in range(1 + n_inputs)] if d else []
        groups.append(",".join(thetas + [f"φ{d}", f"φ{d}'"][:n_outputs]))
    return "~".join(groups)


def number_from_text(text: str) -> float:
    """Read a number that somebody may have typed, or raise ValueError."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"“{text[:20]}” is not a number.")
    if abs(number := float(text)) > LIMIT:
        raise ValueError(
            f"{text[:20]} is too large: numbers may be up to {LIMIT:,.0f}."
        )
    return number
