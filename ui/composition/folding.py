"""A network that folds a line again and again: how the regions multiply."""

import pandas as pd

from estimators import ReLUNetwork
from estimators.bounds import count_parameters, max_regions
from estimators.geometry import linear_regions
from ui.composition.pairs import Pair, network_code

MAX_FOLDS = 6  # 4⁶ = 4,096 layers of the best fold


def folded_times(pair: Pair, times: int) -> ReLUNetwork:
    """Apply the first network so many times, and then the second."""
    network = pair.second
    for _ in range(times):
        network = network @ pair.first
    return network


def power(network: ReLUNetwork, times: int) -> ReLUNetwork:
    """Compose a network with itself so many times; once is the network."""
    result = network
    for _ in range(times - 1):
        result = network @ result
    return result


def fold_table(pair: Pair) -> pd.DataFrame:
    """Count the regions of the first network composed with itself, exactly.

    Parameters
    ----------
    pair : Pair

    Returns
    -------
    table : DataFrame
        One row for 1 to 6 times; and what one hidden layer would need for as many.
    """
    rows = []
    for times in range(1, MAX_FOLDS + 1):
        network = power(pair.first, times)
        regions = linear_regions(network, (pair.low, pair.high)).n_regions
        needed = max(1, regions - 1)
        rows.append(
            {
                "times": times,
                "hidden units": sum(network.widths),
                "parameters, fused": network.n_parameters,
                "regions in view": regions,
                "regions at most": max_regions(1, network.widths),
                "shallow units for as many": needed,
                "their parameters": count_parameters(1, [needed]),
            }
        )
    return pd.DataFrame(rows)


def fold_snippet(pair: Pair, times: int) -> str:
    """Write the program that folds so many times and counts the regions."""
    return f"""\
from estimators import ReLUNetwork
from estimators.geometry import linear_regions

{network_code("first", pair.first)}{network_code("second", pair.second)}\
network = second
for _ in range({times}):
    network = network @ first
regions = linear_regions(network, ({pair.low!r}, {pair.high!r}))
print(regions.n_regions)
"""
