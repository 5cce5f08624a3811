"""Networks that several test modules use."""

from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from estimators import ReLUNetwork


def random_network(seed, sizes, dtype=np.float64):
    rng = np.random.default_rng(seed)
    layers = list(pairwise(sizes))
    return ReLUNetwork(
        [rng.normal(size=(d_out, d_in)).astype(dtype) for d_in, d_out in layers],
        [rng.normal(size=d_out).astype(dtype) for _, d_out in layers],
    )


def ten_parameter_network():
    """UDL figure 3.3."""
    return ReLUNetwork(
        [[[0.4], [0.9], [-0.7]], [[-1.3, 1.3, 0.66]]],
        [[-0.2, -0.9, 1.1], [-0.23]],
    )


seeds = st.integers(0, 2**32 - 1)
hidden_widths = st.lists(st.integers(1, 6), min_size=0, max_size=3)
