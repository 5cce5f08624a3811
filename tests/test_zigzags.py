"""Networks that run up and down: exact counts, evaluation without rounding."""

from fractions import Fraction
from itertools import pairwise
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators.bounds import max_regions
from estimators.constructions import maximal_network, sawtooth, triangle_wave
from tests.rational import count_pieces, exact_regions

UNIT = [(0, 1)]


def exact_value(network, x):
    """Evaluate a network of one input and one output in rational numbers."""
    h = [Fraction(x)]
    last = network.depth
    for k, (W, b) in enumerate(zip(network.weights, network.biases)):
        rows = [[Fraction(w) for w in row] for row in W.tolist()]
        z = [
            sum(map(Fraction.__mul__, row, h), Fraction(c))
            for row, c in zip(rows, b.tolist())
        ]
        h = z if k == last else [max(v, Fraction(0)) for v in z]
    return h[0]


def flips_on_grid(network, n_cells):
    """Count the units that flip at each interior multiple of 1 / n_cells, in integers.

    Between neighbours nothing may happen. A unit that is affine on a cell and has no
    opposite signs at its ends has one sign in it; so, layer by layer, all are.
    """
    flips = []
    for start in range(0, n_cells, 1 << 17):
        stop = min(start + (1 << 17) + 1, n_cells)
        h, scale = np.arange(start, stop + 1)[:, np.newaxis], n_cells
        total = 0
        for W, b in zip(network.weights[:-1], network.biases[:-1]):
            W, b = 4 * W, 4 * b  # quarters at most, so these are whole
            assert_array_equal(W, np.rint(W))
            assert_array_equal(b, np.rint(b))
            z = h @ W.T.astype(np.int64) + b.astype(np.int64) * scale
            scale *= 4
            assert not (np.sign(z[1:]) * np.sign(z[:-1]) < 0).any()
            active = np.maximum(z[1:], z[:-1]) > 0
            total = total + (active[1:] != active[:-1]).sum(axis=1)
            h = np.maximum(z, 0)
        assert np.abs(z).max() < 2**60
        flips.append(total)
    return np.concatenate(flips)


@pytest.mark.parametrize("n_pieces", [1, 2, 3, 7, 16])
def test_triangle_wave(n_pieces):
    network = triangle_wave(n_pieces)
    regions = exact_regions(network, UNIT)
    assert len(regions) == count_pieces(regions) == network.widths[0] == n_pieces
    ends = np.arange(n_pieces + 1)
    assert_allclose(network(ends / n_pieces)[:, 0], ends % 2, atol=1e-12)


@pytest.mark.parametrize("n_folds", [1, 2, 5, 8])
def test_sawtooth_is_the_triangle_wave_of_exponentially_many_units(n_folds):
    network = sawtooth(n_folds)
    assert network.widths == (2,) * n_folds
    regions = exact_regions(network, UNIT)
    assert len(regions) == count_pieces(regions) == 2**n_folds
    ends = [region.vertices[0][0] for region in regions]
    assert ends == [Fraction(k, 2**n_folds) for k in range(2**n_folds)]
    x = np.linspace(0, 1, 8 * 2**n_folds + 1)
    assert_array_equal(network(x), triangle_wave(2**n_folds)(x))


@given(st.floats(0, 1), st.integers(1, 53))
def test_sawtooth_is_evaluated_without_rounding(x, n_folds):
    folded = Fraction(x)
    for _ in range(n_folds):
        folded = min(2 * folded, 2 - 2 * folded)
    assert Fraction(float(sawtooth(n_folds)([x])[0, 0])) == folded


@pytest.mark.parametrize("build", [triangle_wave, sawtooth])
@pytest.mark.parametrize("count", [0, -1, 2.0, True, "3"])
def test_folds_refuse(build, count):
    with pytest.raises(ValueError, match=r"n_\w+ must be an integer >= 1"):
        build(count)


def test_sawtooth_refuses_joints_that_float64_cannot_hold():
    with pytest.raises(ValueError, match="at most 53"):
        sawtooth(54)


@pytest.mark.parametrize(
    "widths",
    [
        (3,),
        (4,),
        (29,),
        (3, 3, 3),
        (4, 5, 3),
        (7, 3, 5),
        (3, 14, 6),
        (30, 9),
        (10,) * 3,
    ],
)
def test_as_many_regions_and_pieces_as_the_widths_allow(widths):
    network = maximal_network(widths)
    assert network.widths == widths and network.n_inputs == network.n_outputs == 1
    regions = exact_regions(network, UNIT)
    assert len(regions) == count_pieces(regions) == max_regions(1, widths)
    slopes = [region.slopes[0][0] for region in regions]
    assert all(abs(s) * region.size == 1 for s, region in zip(slopes, regions))
    assert all(s * t < 0 for s, t in pairwise(slopes))
    assert exact_value(network, 0) == 0


@pytest.mark.parametrize(
    ("widths", "n_cells"),
    [((10,) * 4, 16**4), ((3,) * 8, 6**8), ((5,) * 6, 8**6), ((12, 4, 3), 16 * 8 * 6)],
)
def test_deep_networks_counted_in_integers(widths, n_cells):
    flips = flips_on_grid(maximal_network(widths), n_cells)
    assert flips.max() == 1
    assert flips.sum() + 1 == prod(n + 1 for n in widths)


def test_the_lectures_471_parameters_make_161051_regions():
    network = maximal_network([10] * 5)
    assert network.n_parameters == 471
    flips = flips_on_grid(network, 2**20)
    assert flips.max() == 1
    assert flips.sum() + 1 == 161_051
    # float64 sees the same: one exact zero at every joint, and 0 or 1 in turn.
    joints = (np.flatnonzero(flips) + 1) / 2**20
    zeros = sum((z == 0).sum(axis=1) for z in network.pre_activations(joints))
    assert (zeros == 1).all()
    values = network(joints)[:, 0]
    assert_array_equal(values, np.arange(1, 161_051) % 2)


@pytest.mark.parametrize(
    "widths", [(3,) * 17, (10,) * 10, (30,) * 6, (200, 3, 100), (13, 4, 3) * 3]
)
def test_float64_evaluates_it_without_rounding(widths):
    network = maximal_network(widths)
    cells = prod(6 if n == 3 else 2 ** int(np.ceil(np.log2(n + 3))) for n in widths)
    bits = cells.bit_length() - 1
    rng = np.random.default_rng(0)
    for x in [0, 1, 2.0**-bits, *(rng.integers(2**bits, size=5) / 2**bits)]:
        exact = exact_value(network, float(x))
        assert 0 <= exact <= 1
        assert Fraction(float(network([x])[0, 0])) == exact


def test_maximal_network_without_a_hidden_layer_is_the_identity():
    assert_array_equal(maximal_network(())([0, 0.3, 1])[:, 0], [0, 0.3, 1])


@pytest.mark.parametrize(
    ("widths", "message"),
    [
        ((3, 2), r"widths must be at least 3 in every layer, got \(3, 2\)"),
        (10, "widths must be a sequence"),
        ((3, 4.0), r"widths\[1\] must be an integer"),
        ((10,) * 11, "too small to evaluate exactly in float64"),
        ((2**20,), "too small to evaluate exactly"),
    ],
)
def test_maximal_network_refuses(widths, message):
    with pytest.raises(ValueError, match=message):
        maximal_network(widths)
