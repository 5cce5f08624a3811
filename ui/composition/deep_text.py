"""A network of any depth as a line of text, for links and for typing.

Layers are separated by ``|``, their units by ``~``; a unit is its bias and its weights,
``β,Ω_1,Ω_2,…``: the hat a[x] − 2 a[x − 1] is ``0,1~-1,1|0,1,-2``.
"""

import re
from itertools import pairwise

import numpy as np

from estimators import ReLUNetwork
from ui.network_text import number_from_text, number_to_text

MAX_WIDTH = 10
MAX_DEPTH = 8
_LONGEST = 5000  # characters


def deep_to_text(network: ReLUNetwork) -> str:
    """Write a network so that `deep_from_text` reads the very same numbers.

    Parameters
    ----------
    network : ReLUNetwork
        Of any depth.

    Returns
    -------
    text : str
        Shortest decimals that round to the parameters.
    """
    layers = []
    for weight, bias in zip(network.weights, network.biases):
        rows = np.column_stack([bias, weight]).tolist()
        layers.append("~".join(",".join(map(number_to_text, row)) for row in rows))
    return "|".join(layers)


def deep_from_text(text: str, n_inputs: int, depth: int | None = None) -> ReLUNetwork:
    """Read a network of one output that somebody may have typed.

    Parameters
    ----------
    text : str
        What `deep_to_text` writes; spaces do not matter.
    n_inputs : int
        Number of inputs that it must have.
    depth : int, optional
        Number of hidden layers that it must have; by default 1 to 8.

    Returns
    -------
    network : ReLUNetwork
        With at most ten units in each layer.

    Raises
    ------
    ValueError
        If it is no such text, with a sentence for its author.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"The network's text is longer than {_LONGEST:,} characters.")
    layers = [
        [unit.split(",") for unit in layer.split("~")]
        for layer in re.sub(r"\s", "", text).split("|")
    ]
    n_hidden = len(layers) - 1
    if depth is not None and n_hidden != depth:
        raise ValueError(
            f"The text has {_counted(len(layers), 'layer')} with the output; it must "
            f"be {depth + 1}, separated by |."
        )
    if not 1 <= n_hidden <= MAX_DEPTH:
        raise ValueError(
            f"The text has {_counted(n_hidden, 'hidden layer')}; there must be 1 to "
            f"{MAX_DEPTH}. Layers are separated by |, units by ~."
        )
    sizes = [n_inputs, *map(len, layers)]
    if max(sizes[1:]) > MAX_WIDTH:
        raise ValueError(f"A layer may have at most {MAX_WIDTH} units.")
    if sizes[-1] != 1:
        raise ValueError(
            f"The last layer has {sizes[-1]} units; it is the output, one of them."
        )
    for k, ((before, _), layer) in enumerate(zip(pairwise(sizes), layers), start=1):
        for d, unit in enumerate(layer, start=1):
            if len(unit) != 1 + before:
                raise ValueError(
                    f"Layer {k}, unit {d} has {_counted(len(unit), 'number')}; it must "
                    f"be {1 + before}: a bias, and a weight for each of the {before} "
                    "before."
                )
    numbers = [
        [list(map(number_from_text, unit)) for unit in layer] for layer in layers
    ]
    return ReLUNetwork(
        [[unit[1:] for unit in layer] for layer in numbers],
        [[unit[0] for unit in layer] for layer in numbers],
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + "s" * (number != 1)
