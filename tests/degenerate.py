"""Small networks of two inputs in special position, and strategies that draw others.

Each network is the smallest that shows what its name says. Boxes are small and finite,
so that `tests.rational` can tell the truth about all of them.
"""

from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from estimators import ReLUNetwork
from tests.networks import seeds

BOX = np.array([[-1.0, 1.0], [-1.0, 1.0]])


def he_network(seed, sizes, bias=0.5, dtype=np.float64):
    """He-normal weights and normal biases of this standard deviation."""
    rng = np.random.default_rng(seed)
    layers = list(pairwise(sizes))
    return ReLUNetwork(
        [
            rng.normal(0, np.sqrt(2 / d_in), (d_out, d_in)).astype(dtype)
            for d_in, d_out in layers
        ],
        [bias * rng.normal(size=d_out).astype(dtype) for _, d_out in layers],
    )


def lines(rows, *more):
    """One layer whose units vanish on a x + b y + c = 0, and then `more` layers.

    Without `more` the outputs are powers of 2 times the units: no two sums are alike.
    """
    rows = np.asarray(rows, dtype=np.float64)
    layers = more or [([2.0 ** np.arange(len(rows))], [0])]
    weights, biases = zip((rows[:, :2], rows[:, 2]), *layers)
    return ReLUNetwork(weights, biases)


def rounded(network, step, limit=np.inf):
    """The network with every parameter rounded to a multiple of `step`."""

    def quantised(array):
        return np.clip(np.round(array / step) * step, -limit, limit)

    return ReLUNetwork(
        [quantised(W) for W in network.weights], [quantised(b) for b in network.biases]
    )


def sliver(width):
    """Two lines that are parallel and this far apart, and one across."""
    return lines([[1, 0, -0.25], [1, 0, -0.25 - width], [0.5, 1, 0.125]])


def concurrent(x, y, n):
    """Lines in n directions through one point, as well as floats can do it."""
    angles = np.pi * (np.arange(n) + 0.3) / n
    normals = np.column_stack([np.cos(angles), np.sin(angles)])
    return lines(np.column_stack([normals, -normals @ [x, y]]))


def dyadic_concurrent(x, y):
    """Lines of small integer slopes through one dyadic point: no rounding at all."""
    normals = np.array([[1, 0], [0, 1], [1, 1], [1, -1], [2, 1], [1, 2]])
    return lines(np.column_stack([normals, -normals @ [x, y]]))


def scaled(network, factors):
    """Scale units of the first layer, and undo it in the second: the same function."""
    W, b = network.weights, network.biases
    return ReLUNetwork(
        [W[0] * factors[:, np.newaxis], W[1] / factors, *W[2:]],
        [b[0] * factors, *b[1:]],
    )


def with_inputs_scaled(network, factor):
    """The same function of inputs in another unit: all features grow by `factor`."""
    first, *rest = network.weights
    return ReLUNetwork([first / factor, *rest], network.biases)


def _grid():
    cuts = np.arange(-1, 2) / 2
    columns = [[1, 0, -c] for c in cuts]
    rows = [[0, 1, -c] for c in cuts]
    second = np.array([[1, -1, 1, 1, -1, 1], [1, 1, -1, -1, 1, 0.5]])
    return lines(columns + rows, (second, [-0.5, 0.25]), ([[1, -1]], [0]))


def _tent():
    """Fold the square along both axes, twice: |x| and |y|, then |2|x| − 1| …"""
    once = np.array([[2, 2, 0, 0], [-2, -2, 0, 0], [0, 0, 2, 2], [0, 0, -2, -2]])
    last = np.array([[1, 1, 1, 1], [1, 1, -1, -1]])
    return lines(_x + _y, (once, [-1, 1, -1, 1]), (last, [-1, 0]), ([[1, 1]], [0]))


def _narrow(depth):
    """Two units a layer that stay alive, turned by a right angle and shifted."""
    turn = np.array([[0.5, -1], [1, 0.5]])
    biases = [[0.25 / (k + 1), 0.125] for k in range(depth)]
    return ReLUNetwork([turn] * depth + [[[1, -1]]], [*biases, [0]])


_mixed = 10.0 ** np.array([-8, 8, 0, 4, -4, 6, -6, 2])
_base = he_network(5, [2, 8, 8, 1])
_x = [[1, 0, 0], [-1, 0, 0]]
_y = [[0, 1, 0], [0, -1, 0]]
_sum = ([[1, 2, 4]], [0])

DEGENERATE: dict[str, tuple[ReLUNetwork, np.ndarray]] = {
    "affine": (ReLUNetwork([[[1, 2]]], [[3]]), BOX),
    "dead_zero_rows": (lines([[0, 0, 1], [0, 0, -1], [0, 0, 0], [1, 2, 0.3]]), BOX),
    "all_dead_layer": (
        lines([[1, 1, 0.2], [1, -2, 0]], (-np.ones((3, 2)), [-1, 0, -1]), _sum),
        BOX,
    ),
    "duplicate": (lines([[1, 2, 0.25]] * 3 + [[3, 6, 0.75], [2, -1, 0.1]]), BOX),
    "opposite": (lines([[1, 2, 0.25], [-3, -6, -0.75], [2, -1, 0.1]]), BOX),
    # 3 · 0.3 is not 0.9 in floating point: lines 1e-17 apart, in truth.
    "rescaled": (lines([[1, 2, 0.3], [3, 6, 0.9], [-3, -6, -0.9], [2, -1, 0]]), BOX),
    "parallel": (lines([[1, 0.5, c] for c in (-0.75, -0.25, 0, 0.25, 0.75)]), BOX),
    "near_parallel_1e-9": (
        lines([[1, 0.5, 0.1], [1, 0.5 + 1e-9, 0.1], [1, -1, 0.2]]),
        BOX,
    ),
    **{f"sliver_1e-{k}": (sliver(10.0**-k), BOX) for k in (9, 11, 13, 15)},
    "concurrent_origin": (dyadic_concurrent(0, 0), BOX),
    "concurrent_generic": (concurrent(0.1234567, -0.3141593, 11), BOX),
    "concurrent_dyadic": (dyadic_concurrent(0.25, -0.5), BOX),
    "zero_bias_deep": (he_network(3, [2, 5, 5, 4, 1], bias=0.0), BOX),
    "one_line_through_box_corner": (lines([[1, -1, 0]]), BOX),
    "lines_through_box_corners": (
        lines([[1, -1, 0], [1, 1, 0], [1, 2, 3], [2, -1, -1]]),
        BOX,
    ),
    "on_box_edges": (lines([[1, 0, -1], [0, 1, -1], [-1, 0, -1], [0.5, 1, 0]]), BOX),
    "integer_grid": (_grid(), BOX),
    "quantised_pm1": (rounded(he_network(21, [2, 6, 5, 1], 1.0), 1, limit=1), 2 * BOX),
    "quantised_quarter": (rounded(he_network(1, [2, 8, 8, 1]), 0.25), BOX),
    "quantised_integers": (rounded(he_network(55, [2, 5, 5, 1], 2.0), 1), 2 * BOX),
    "zero_on_a_region": (
        # h₁ = a[x] is zero on all of x < 0, and so are units 1 and 2 of layer 2.
        lines(_x + _y, ([[1, 0, 0, 0], [0, -1, 0, 0], [1, 0, 1, 0]], [0, 0, 0]), _sum),
        BOX,
    ),
    "absolute_values": (
        lines(_x + _y, ([[1, 1, -1, -1], [-1] * 4], [0, 1]), ([[1, 1]], [0])),
        BOX,
    ),
    "tent": (_tent(), BOX),
    "rank_one_first_layer": (
        he_network(4, [1, 4, 5, 1]) @ ReLUNetwork([[[0.6, -0.8]]], [[0]]),
        BOX,
    ),
    "first_layer_scale_1e8": (scaled(_base, np.full(8, 1e8)), BOX),
    "first_layer_scale_1e-8": (scaled(_base, np.full(8, 1e-8)), BOX),
    "mixed_unit_scales": (scaled(_base, _mixed), BOX),
    "input_scale_1e8": (with_inputs_scaled(_base, 1e8), 1e8 * BOX),
    "input_scale_1e-8": (with_inputs_scaled(_base, 1e-8), 1e-8 * BOX),
    "float32": (he_network(6, [2, 8, 8, 1], dtype=np.float32), BOX),
    "narrow_deep": (_narrow(10), BOX),
    "narrow_deep_random": (he_network(11, [2, *[2] * 10, 1], bias=0.3), BOX),
    "width_1": (lines([[1, 1, 0.5]], ([[-1]], [1]), ([[1]], [0])), BOX),
    "no_crossing": (
        lines([[1, 1, 3], [1, -1, -3]], ([[1, 1]], [1]), ([[1]], [0])),
        BOX,
    ),
    "along_an_edge_of_layer_1": (
        # On x = 0, where h₁ bends, unit 1 of layer 2 is zero and so is unit 2, that
        # only touches it (it is |x| there).
        lines(
            [[1, 0, 0], [1, 0, 0.5], [0, 1, 0.25]],
            ([[0, 1, 0], [2, -1, 0], [1, 0, -1]], [-0.5, 0.5, 0]),
            _sum,
        ),
        BOX,
    ),
    "bends_through_box_corner": (
        # |x| − y and |x| + y: bent at the centre, with ends in the corners.
        lines(
            [*_x, [0, 1, 1]],
            ([[1, 1, -1], [1, 1, 1]], [1, -1]),
            ([[1, 2]], [0]),
        ),
        BOX,
    ),
    "bends_through_a_crossing": (
        # Layer 2 vanishes where two lines of layer 1 meet.
        lines(
            [[1, 0, 0], [0, 1, 0], [1, 1, 0]],
            ([[1, 1, -1], [1, -1, 0], [1, 1, 1]], [0, 0, -0.5]),
            _sum,
        ),
        BOX,
    ),
    "box_far_away": (lines([[1, 0, -1e6], [0, 1, -1e6], [1, 1, -2e6]]), BOX + 1e6),
    "long_box": (_base, np.array([[-1e4, 1e4], [-1e-2, 1e-2]])),
}

KINDS = {
    "gauss": lambda rng, shape: rng.normal(size=shape),
    "float32": lambda rng, shape: rng.normal(size=shape).astype(np.float32),
    "integers": lambda rng, shape: rng.integers(-2, 3, shape),
    "halves": lambda rng, shape: rng.integers(-4, 5, shape) / 2,
    "quarters": lambda rng, shape: rng.integers(-8, 9, shape) / 4,
    "sparse": lambda rng, shape: rng.normal(size=shape) * (rng.random(shape) < 0.5),
    "zero bias": lambda rng, shape: rng.normal(size=shape) * (len(shape) == 2),
}


def network_of_kind(kind, seed, sizes):
    """A network whose weights and biases are drawn in one of the `KINDS` of ways."""
    rng, drawn = np.random.default_rng(seed), KINDS[kind]
    weights = [drawn(rng, (d_out, d_in)) for d_in, d_out in pairwise(sizes)]
    return ReLUNetwork(weights, [drawn(rng, (d_out,)) for d_out in sizes[1:]])


def small_networks(n_inputs, *, max_depth=3, max_width=5, n_outputs=1):
    """Strategy: networks of all kinds, half of them in special position."""
    widths = st.lists(st.integers(1, max_width), min_size=1, max_size=max_depth)
    sizes = widths.map(lambda inner: [n_inputs, *inner, n_outputs])
    return st.builds(network_of_kind, st.sampled_from(sorted(KINDS)), seeds, sizes)
