"""Networks of one input and any depth: how they are made, counted and cut apart."""

import re

import numpy as np
import pandas as pd

from estimators import ReLUNetwork
from estimators.bounds import max_regions
from estimators.constructions import lecture, maximal_network
from estimators.geometry import linear_regions
from ui.composition.deep_text import MAX_DEPTH, MAX_WIDTH
from ui.composition.folding import power

RANDOM, MAXIMAL, FOLD = "Random", "As many regions as can be", "The best fold"
KINDS = (RANDOM, MAXIMAL, FOLD)
MOST_REGIONS = 20_000  # that are counted and drawn at once


def widths_from_text(text: str) -> tuple[int, ...]:
    """Read the widths of hidden layers that somebody may have typed.

    Parameters
    ----------
    text : str
        Whole numbers with commas or spaces between them.

    Raises
    ------
    ValueError
        If it is nothing of that kind, with a sentence for its author.
    """
    words = re.split(r"[,;\s]+", text.strip())
    if not all(re.fullmatch(r"\d{1,4}", word) for word in words):
        raise ValueError(
            "Widths are whole numbers with commas between them, such as 3, 3, 3."
        )
    widths = tuple(map(int, words))
    if len(widths) > MAX_DEPTH:
        raise ValueError(f"At most {MAX_DEPTH} hidden layers, not {len(widths)}.")
    if not all(1 <= width <= MAX_WIDTH for width in widths):
        raise ValueError(f"A layer may have 1 to {MAX_WIDTH} units.")
    return widths


def make(kind: str, widths: tuple[int, ...], seed: int) -> ReLUNetwork:
    """Make a network of one input on [0, 1].

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    widths : tuple of int
    seed : int
        Of a random one.

    Raises
    ------
    ValueError
        If there is no such network of these widths, with a sentence for the reader.
    """
    if kind == RANDOM:
        return random_network(widths, seed)
    if kind == FOLD:
        if set(widths) != {3}:
            raise ValueError("The best fold has three units in every layer.")
        return power(lecture("fold"), len(widths))
    if min(widths) < 3:
        raise ValueError(
            "The construction needs three units in every layer (Serra et al. 2018, "
            "Theorem 5)."
        )
    if max_regions(1, widths) > MOST_REGIONS:
        raise ValueError(
            f"These widths make {max_regions(1, widths):,} regions; up to "
            f"{MOST_REGIONS:,} are drawn here."
        )
    return maximal_network(widths)


def random_network(widths: tuple[int, ...], seed: int) -> ReLUNetwork:
    """Draw weights as He et al. do, with every joint somewhere in view.

    A unit's bias puts zero at a value that its sum has somewhere on [0, 1]; biases of
    zero would leave nearly all joints at x = 0.
    """
    rng = np.random.default_rng(seed)
    h = np.linspace(0, 1, 201)[:, np.newaxis]
    weights, biases = [], []
    for width in widths:
        weight = rng.normal(0, np.sqrt(2 / h.shape[1]), (width, h.shape[1]))
        z = h @ weight.T
        bias = -z[rng.integers(len(h), size=width), np.arange(width)]
        weights.append(weight)
        biases.append(bias)
        h = np.maximum(z + bias, 0)
    weights.append(rng.normal(0, np.sqrt(2 / h.shape[1]), (1, h.shape[1])))
    return ReLUNetwork(weights, [*biases, np.zeros(1)])


def layer_table(network: ReLUNetwork, low: float, high: float) -> pd.DataFrame:
    """Count the regions after each hidden layer, exactly.

    Returns
    -------
    table : DataFrame
        One row a hidden layer.
    """
    rows = []
    for k in range(1, network.depth + 1):
        part = ReLUNetwork(network.weights[: k + 1], network.biases[: k + 1])
        weight, bias = network.weights[k - 1], network.biases[k - 1]
        rows.append(
            {
                "hidden layer": k,
                "units": part.widths[-1],
                "weights and biases": weight.size + bias.size,
                "regions in view": linear_regions(part, (low, high)).n_regions,
                "in total": linear_regions(part, (-np.inf, np.inf)).n_regions,
                "at most": max_regions(1, part.widths),
            }
        )
    return pd.DataFrame(rows)


def general_latex(depth: int) -> str:
    """Write the general equation of so many hidden layers (UDL equation 4.15)."""
    lines = []
    for k in range(depth):
        source = r"\mathbf{x}" if k == 0 else rf"\mathbf{{h}}_{{{k}}}"
        lines.append(
            rf"\mathbf{{h}}_{{{k + 1}}} &= \mathbf{{a}}\left[\boldsymbol\beta_{{{k}}} "
            rf"+ \boldsymbol\Omega_{{{k}}} {source}\right]"
        )
    lines.append(
        rf"\mathbf{{y}} &= \boldsymbol\beta_{{{depth}}} + "
        rf"\boldsymbol\Omega_{{{depth}}} \mathbf{{h}}_{{{depth}}}"
    )
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"
