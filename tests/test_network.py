"""`ReLUNetwork`: the lecture's numbers, exact algebra, and what it refuses."""

import copy
import pickle
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from estimators import ReLUNetwork
from estimators.notation import MAX_TERMS
from tests.networks import hidden_widths, random_network, seeds, ten_parameter_network


def test_lecture_example_values():
    x = [0, 0.5, 1, 11 / 7, 2]
    assert_allclose(
        ten_parameter_network()(x)[:, 0],
        [0.496, 0.265, -0.226, -0.1186, 0.160],
        atol=1e-4,
    )


def test_lecture_example_patterns_and_slopes():
    network = ten_parameter_network()
    middles = [0.25, 0.75, 1.25, 1.75]
    patterns = network.activation_pattern(middles)
    active = [set(np.flatnonzero(row) + 1) for row in patterns]
    assert active == [{3}, {1, 3}, {1, 2, 3}, {1, 2}]
    slopes, _ = network.local_linear_model(middles)
    assert_allclose(slopes[:, 0, 0], [-0.462, -0.982, 0.188, 0.650], atol=1e-12)


def test_lecture_example_shape():
    network = ten_parameter_network()
    assert network.n_parameters == 10
    assert (network.n_inputs, network.widths, network.n_outputs) == (1, (3,), 1)
    assert network.depth == 1


@given(seeds, hidden_widths)
def test_layers_by_hand(seed, widths):
    network = random_network(seed, [2, *widths, 3])
    x = np.random.default_rng(seed).normal(size=2)
    h, pre, post = x, [], []
    for W, b in zip(network.weights[:-1], network.biases[:-1]):
        z = np.array([sum(w * v for w, v in zip(row, h)) for row in W]) + b
        h = np.array([max(v, 0.0) for v in z])
        pre.append(z)
        post.append(h)
    y = network.weights[-1] @ h + network.biases[-1]
    assert_allclose(network(x[None])[0], y, atol=1e-10)
    for mine, theirs in zip(network.pre_activations(x[None]), pre, strict=True):
        assert_allclose(mine[0], theirs, atol=1e-10)
    for mine, theirs in zip(network.hidden(x[None]), post, strict=True):
        assert_allclose(mine[0], theirs, atol=1e-10)


@given(seeds, hidden_widths)
def test_local_model_is_the_network_nearby(seed, widths):
    network = random_network(seed, [3, *widths, 2])
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(20, 3))
    slopes, intercepts = network.local_linear_model(X)
    step = 1e-6 * rng.normal(size=X.shape)
    # A joint may lie between a point and its neighbour; patterns tell.
    same = (network.activation_pattern(X) == network.activation_pattern(X + step)).all(
        axis=1
    )
    for near in (X, (X + step)):
        affine = np.einsum("noi,ni->no", slopes, near) + intercepts
        assert_allclose(affine[same], network(near)[same], atol=1e-11)
    assert same.any()


@given(seeds, hidden_widths, hidden_widths)
def test_composition_equals_evaluation_in_sequence(seed, outer_widths, inner_widths):
    inner = random_network(seed, [2, *inner_widths, 3])
    outer = random_network(seed + 1, [3, *outer_widths, 2])
    fused = outer @ inner
    X = np.random.default_rng(seed).normal(size=(50, 2))
    expected = outer(inner(X))
    scale = max(1, np.abs(expected).max(), np.abs(inner(X)).max())
    assert_allclose(fused(X), expected, atol=1e-12 * scale * 50, rtol=1e-12)
    assert fused.depth == outer.depth + inner.depth


@given(seeds, hidden_widths, hidden_widths, hidden_widths)
def test_composition_is_associative(seed, first, second, third):
    a = random_network(seed, [2, *first, 3])
    b = random_network(seed + 1, [3, *second, 2])
    c = random_network(seed + 2, [2, *third, 1])
    left, right = (c @ b) @ a, c @ (b @ a)
    for W, V in zip(left.weights + left.biases, right.weights + right.biases):
        scale = max(1, np.abs(W).max())
        assert_allclose(W, V, rtol=1e-12, atol=1e-12 * scale)


def test_fused_weight_of_one_input_networks_has_rank_one():
    fused = random_network(0, [1, 3, 1]) @ random_network(1, [1, 3, 1])
    assert fused.widths == (3, 3)
    assert np.linalg.matrix_rank(fused.weights[1]) == 1
    assert random_network(0, [1, 3, 3, 1]).n_parameters == fused.n_parameters == 22


def test_composition_refuses_other_sizes():
    with pytest.raises(ValueError, match=r"takes 3 input.*gives 2 output"):
        random_network(0, [3, 1]) @ random_network(0, [1, 2])
    with pytest.raises(TypeError):
        random_network(0, [1, 1]) @ 3


def test_is_immutable():
    weights = [np.ones((2, 1)), np.ones((1, 2))]
    network = ReLUNetwork(weights, [np.zeros(2), np.zeros(1)])
    weights[0][:] = 7
    assert_array_equal(network.weights[0], [[1], [1]])
    with pytest.raises(ValueError, match="read-only"):
        network.weights[0][0, 0] = 2
    with pytest.raises(AttributeError):
        network.weights = ()


@pytest.mark.parametrize(
    "clone", [copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))]
)
def test_copies_are_equal_and_locked(clone):
    network = random_network(3, [2, 4, 1], np.float32)
    twin = clone(network)
    assert twin == network and hash(twin) == hash(network)
    assert twin.dtype == np.float32
    assert not twin.weights[0].flags.writeable
    assert network != random_network(4, [2, 4, 1], np.float32)
    assert network != network.astype(np.float64)


@pytest.mark.parametrize(
    ("dtypes", "expected"),
    [
        ((np.float32, np.float32), np.float32),
        ((np.float32, np.float64), np.float64),
        ((np.int64, np.int64), np.float64),
    ],
)
def test_dtype(dtypes, expected):
    network = ReLUNetwork([np.ones((1, 1), dtypes[0])], [np.ones(1, dtypes[1])])
    assert network.dtype == expected
    X = np.ones((2, 1), np.float32)
    assert network(X).dtype == expected


@pytest.mark.parametrize(
    ("weights", "biases", "message"),
    [
        ([], [], "at least one"),
        ([[[1]]], [], "same length"),
        ([[1]], [[1]], r"weights\[0\] must be 2-dimensional"),
        ([[[1, 2]]], [[1, 2]], "1 rows"),
        ([[[1], [1]], [[1, 1, 1]]], [[0, 0], [0]], "shapes must chain"),
        ([[[np.nan]]], [[0]], r"weights\[0\] contains NaN"),
        ([[[1]]], [[np.inf]], r"biases\[0\] contains NaN or infinity"),
        ([[[1j]]], [[0]], "real numbers"),
        ([[["a"]]], [[0]], "real numbers"),
        ([[[1, 2], [3]]], [[0, 0]], "ragged"),
        ([np.empty((0, 1))], [[]], "empty"),
    ],
)
def test_refuses_what_is_no_network(weights, biases, message):
    with pytest.raises(ValueError, match=message):
        ReLUNetwork(weights, biases)


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (np.zeros((3, 3)), r"shape \(n_samples, 2\), got \(3, 3\)"),
        (np.zeros(2), r"shape \(n_samples, 2\), got \(2,\)"),
        ([[np.nan, 0]], "NaN or infinity"),
        ([[np.inf, 0]], "NaN or infinity"),
        ([["a", "b"]], "real numbers"),
    ],
)
def test_refuses_other_inputs(X, message):
    with pytest.raises(ValueError, match=message):
        random_network(0, [2, 3, 1])(X)


def evaluate_latex(latex, x):
    """Work out what scalar equations say, by arithmetic on their text alone."""
    values = {"x": x}
    for line in latex.splitlines()[1:-1]:
        target, value = line.removesuffix(r"\\").split("&=")
        is_unit = r"\mathrm{a}" in value
        value = value.replace(r"\mathrm{a}\left[", "").replace(r"\right]", "")
        value = re.sub(r" \\times 10\^\{(-?\d+)\}", r"e\1", value)
        total = 0.0
        for sign, number, name in re.findall(
            r"([+-]?)\s*([\d.]+(?:e-?\d+)?)(?:\\,(\S+))?", value
        ):
            factor = values[name] if name else 1.0
            total += (-1 if sign == "-" else 1) * float(number) * factor
        values[target.strip()] = max(total, 0.0) if is_unit else total
    return values["y"]


@given(seeds, st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_scalar_equations_say_what_the_network_computes(seed, widths):
    network = random_network(seed, [1, *widths, 1])
    x = float(np.random.default_rng(seed).normal())
    latex = network.equations("scalar", digits=17)
    assert_allclose(evaluate_latex(latex, x), network([x])[0, 0], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("notation", ["vector", "matrix"])
def test_other_notations_hold_all_numbers(notation):
    latex = ten_parameter_network().equations(notation)
    numbers = {float(n) for n in re.findall(r"-?\d*\.\d+", latex)}
    assert numbers == {0.4, 0.9, -0.7, -1.3, 1.3, 0.66, -0.2, -0.9, 1.1, -0.23}
    assert latex.count(r"\\") == latex.count(r"\\ ") + 1
    assert (r"\boldsymbol{\Omega}_{0}" in latex) == (notation == "matrix")


def test_equations_of_wide_networks_are_abbreviated():
    network = random_network(0, [1, 200, 200, 1])
    for notation in ("scalar", "vector", "matrix"):
        latex = network.equations(notation)
        assert r"\vdots" in latex and r"\cdots" in latex
        assert len(latex) < 40 * MAX_TERMS**2 * 3


def test_equations_refuse_other_notations():
    with pytest.raises(ValueError, match="notation must be one of"):
        ten_parameter_network().equations("tensor")
    with pytest.raises(ValueError, match="digits must be at least 1"):
        ten_parameter_network().equations(digits=0)
