"""Networks of two inputs and several layers that nobody has trained."""

from functools import lru_cache

import numpy as np

from estimators import ReLUNetwork
from estimators.objective import layer_views
from estimators.solvers.start import he_start

N_POINTS = 1000  # among which joints are put
FOLD_UNITS = 4  # two for each input


@lru_cache(32)
def random_network(
    depth: int, width: int, seed: int, biases: bool = True
) -> ReLUNetwork:
    """Draw a network as training begins with it, for inputs from −1 to 1.

    Parameters
    ----------
    depth, width : int
        Hidden layers, and units in each.
    seed : int
    biases : bool, default=True
        Chosen such that the units of a layer bend spread among the inputs; else zero,
        as in most software.

    Returns
    -------
    network : ReLUNetwork
        Two inputs, one output, He weights.
    """
    sizes = (2, *(width,) * depth, 1)
    rng = np.random.RandomState(seed)
    X = rng.uniform(-1, 1, (N_POINTS, 2))
    layers = layer_views(he_start(sizes, X, np.ones(N_POINTS), rng), sizes)
    weights, offsets = zip(*layers)
    if not biases:
        offsets = [np.zeros_like(offset) for offset in offsets]
    return ReLUNetwork(weights, offsets)


@lru_cache(8)
def folded_network(depth: int) -> ReLUNetwork:
    """Build a network that folds the plane along both axes, once a layer.

    Each layer maps both coordinates by ``2|x| − 1``, which folds [−1, 1] onto itself:
    four units a layer, and 4^depth squares. The output is the sum of both coordinates.
    """
    sides = [[1, 0], [-1, 0], [0, 1], [0, -1]]
    fold = ReLUNetwork([sides, [[2, 2, 0, 0], [0, 0, 2, 2]]], [[0] * 4, [-1, -1]])
    folded = fold
    for _ in range(depth - 1):
        folded = fold @ folded
    return ReLUNetwork([[[1, 1]]], [[0]]) @ folded


def random_code(depth: int, width: int, seed: int, biases: bool) -> str:
    """Write the Python lines that define the same random ``network``."""
    sizes = (2, *(width,) * depth, 1)
    offsets = "biases" if biases else "[0 * b for b in biases]"
    return f"""\
import numpy as np
from estimators import ReLUNetwork
from estimators.objective import layer_views
from estimators.solvers.start import he_start

sizes = {sizes}
rng = np.random.RandomState({seed})
X = rng.uniform(-1, 1, ({N_POINTS}, 2))
weights, biases = zip(*layer_views(he_start(sizes, X, np.ones({N_POINTS}), rng), sizes))
network = ReLUNetwork(weights, {offsets})"""


def folded_code(depth: int) -> str:
    """Write the Python lines that define the same folded ``network``."""
    return f"""\
from estimators import ReLUNetwork

sides = [[1, 0], [-1, 0], [0, 1], [0, -1]]
fold = ReLUNetwork([sides, [[2, 2, 0, 0], [0, 0, 2, 2]]], [[0] * 4, [-1, -1]])
network = fold
for _ in range({depth - 1}):
    network = fold @ network
network = ReLUNetwork([[[1, 1]]], [[0]]) @ network"""
