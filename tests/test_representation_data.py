"""Data, activations and real tables of the Representation page: what is true of them.

Spirals are to be learned while the reader watches (at least 98 %, under 20 s).
"""

import math
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estimators import DeepReLUClassifier
from estimators.representation import enclosing_triangle, two_units_never_separate
from tests.networks import random_network, seeds
from ui.figures.representation import sheet_alt, sheet_figure
from ui.representation.activations import (
    ACTIVATIONS,
    activation_curve,
)
from ui.representation.data_sets import DATA_SETS, data_set
from ui.representation.lifted import lifted
from ui.representation.real_data import (
    BUNDLED,
    class_columns,
    labelled_table,
    layer_reports,
    silhouette,
    split_rows,
)
from ui.tables import TableError, read_csv

NOISE = 0.05  # the page's
WIDTHS = {"Digits": (16, 8), "Iris": (4, 3)}
SPIRALS_SECONDS, SPIRALS_SHARE = 20, 0.98


def trained(name, widths, n_samples=200, **parameters):
    X, labels = data_set(name, n_samples, NOISE, 0)
    given = {"solver": "lbfgs", "alpha": 1e-4, "random_state": 0} | parameters
    model = DeepReLUClassifier(len(widths), list(widths), **given)
    for _ in model.iter_fit(X, labels):  # as the page does: no warning at the end
        pass
    return model, X, labels


@pytest.mark.parametrize(("solver", "n_samples"), [("lbfgs", 200), ("adam", 500)])
def test_spirals_are_learned_while_one_watches(solver, n_samples):
    start = time.perf_counter()
    model, X, labels = trained("Spirals", (16, 16), n_samples, solver=solver)
    assert model.score(X, labels) >= SPIRALS_SHARE
    assert time.perf_counter() - start < SPIRALS_SECONDS


def test_two_units_separate_xor_and_three_blobs():
    for name in ("XOR", "Three blobs"):
        model, X, labels = trained(name, (2,), n_restarts=5)
        assert model.score(X, labels) == 1


def test_two_units_separate_neither_moons_nor_circles_and_three_do():
    for name in ("Two moons", "Circles"):
        model, X, labels = trained(name, (3,), n_restarts=20)
        assert two_units_never_separate(X[labels == 0], X[labels == 1])
        assert model.score(X, labels) == 1
    assert enclosing_triangle(X[labels == 1], X[labels == 0]) is not None


@pytest.mark.parametrize("name", DATA_SETS)
def test_a_seed_draws_the_same_points_again(name):
    X, labels = data_set(name, 90, 0.1, 5)
    again, _ = data_set(name, 90, 0.1, 5)
    other, _ = data_set(name, 90, 0.1, 6)
    assert (again == X).all()
    assert (other != X).any()
    assert X.shape == (90, 2)
    counts = np.bincount(labels)
    assert len(counts) == (3 if name == "Three blobs" else 2)
    assert np.ptp(counts) <= 2


@pytest.mark.parametrize(("n", "noise"), [(5, 0.1), (50, -1), (50, 2), (50, math.nan)])
def test_data_that_make_no_sense_are_refused(n, noise):
    with pytest.raises(ValueError, match="must be"):
        data_set("XOR", n, noise, 0)


def by_definition(name, z):
    return {
        "ReLU": lambda: max(z, 0),
        "tanh": lambda: math.tanh(z),
        "sigmoid": lambda: 1 / (1 + math.exp(-z)),
        "leaky ReLU": lambda: z if z > 0 else 0.1 * z,
        "ELU": lambda: z if z > 0 else math.exp(z) - 1,
        "softplus": lambda: math.log(1 + math.exp(z)),
        "SiLU": lambda: z / (1 + math.exp(-z)),
        "GELU": lambda: z * (1 + math.erf(z / math.sqrt(2))) / 2,
        "step": lambda: 1 if z >= 0 else 0,
    }[name]()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_are_what_their_names_say(name):
    z = np.concatenate([np.linspace(-6, 6, 49), [-500.0, 500.0]])
    values = ACTIVATIONS[name].function(z)
    assert np.isfinite(values).all()
    expected = [by_definition(name, number) for number in z[:49].tolist()]
    assert values[:49] == pytest.approx(expected, rel=1e-12, abs=1e-13)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_invertible_are_those_that_rise_everywhere(name):
    values = ACTIVATIONS[name].function(np.linspace(-5, 5, 401))
    assert ACTIVATIONS[name].invertible == bool((np.diff(values) > 0).all())


@pytest.mark.parametrize("scale", [0.1, 1, 7])
def test_curves_of_straight_pieces_have_their_bends_as_vertices(scale):
    for name, activation in ACTIVATIONS.items():
        curve = activation_curve(name, scale, -3, 2)
        assert curve[[0, -1], 0].tolist() == [-3, 2]
        x = np.linspace(-3, 2, 2001)
        x = x[np.abs(x) > 1e-8]
        drawn = np.interp(x, *curve.T)
        gap = np.abs(drawn - activation.function(scale * x)).max()
        assert gap < (1e-12 if activation.straight else 0.015)
    assert activation_curve("ReLU", 2.0, -3, 3).tolist() == [[-3, 0], [0, 0], [3, 6]]
    assert activation_curve("ReLU", 2.0, 1, 3).tolist() == [[1, 2], [3, 6]]


@given(seeds, st.integers(3, 6), st.booleans())
def test_a_sheet_in_space_is_the_layer(seed, width, deep):
    network = random_network(seed, [2, *([4] if deep else []), width, 1])
    X = np.random.default_rng(seed).normal(size=(30, 2))
    sheet = lifted(network, X, network.depth)
    H = network.hidden(X)[-1]
    if width == 3:
        assert sheet.points == pytest.approx(H)
        normal, bias = network.weights[-1][0], network.biases[-1][0]
        assert np.abs(sheet.cut @ normal + bias).max(initial=0) < 1e-9
        if sheet.plane is not None:
            assert np.abs(sheet.plane @ normal + bias).max() < 1e-9
    else:
        variance = np.sort(np.linalg.eigvalsh(np.cov(H.T)))[-3:].sum()
        assert sheet.points.var(axis=0, ddof=1).sum() == pytest.approx(variance)
    labels = (network(X)[:, 0] > 0).astype(int)
    figure = sheet_figure(
        sheet.points,
        labels,
        ["<b>a</b>", "b"],
        (sheet.vertices, sheet.offsets),
        sheet.cut,
        plane=sheet.plane,
        names=sheet.names,
        colours=["red", "blue"],
    )
    assert [trace.marker.color for trace in figure.data[:2]] == ["red", "blue"]
    assert "<" not in figure.data[0].name
    facets = next(t for t in figure.data if t.type == "mesh3d" and t.name is None)
    assert len(facets.i) == (np.diff(sheet.offsets) - 2).sum()
    owner = np.searchsorted(sheet.offsets, [facets.i, facets.j, facets.k], "right")
    assert (owner == owner[0]).all()
    assert str(len(sheet.cut)) in sheet_alt(30, 5, len(sheet.cut), flat=True)


def test_layers_of_fewer_than_three_units_have_no_sheet():
    with pytest.raises(ValueError, match="space takes three"):
        lifted(random_network(0, [2, 2, 1]), np.eye(2), 1)


@pytest.mark.parametrize("name", BUNDLED)
def test_the_last_layer_has_classes_farther_apart_than_the_input(name):
    data = BUNDLED[name]()
    split = split_rows(data.labels, 0)
    X, labels = data.X[split.train], data.labels[split.train]
    widths = WIDTHS[name]
    model = DeepReLUClassifier(
        len(widths), list(widths), solver="lbfgs", max_iter=200, random_state=0
    )
    for _ in model.iter_fit(X, labels):
        pass
    first, *_, last = layer_reports(model.network_, data.X, data.labels, split)
    assert last.silhouette > first.silhouette + 0.2
    assert last.test_accuracy > 0.94
    assert model.score(data.X[split.test], data.labels[split.test]) > 0.94
    assert [r.width for r in (first, last)] == [data.X.shape[1], widths[-1]]


def test_split_takes_every_row_once_and_every_class():
    data = BUNDLED["Iris"]()
    split = split_rows(data.labels, 1)
    assert sorted([*split.train, *split.test]) == list(range(150))
    assert np.bincount(data.labels[split.test]).tolist() == [15, 15, 15]


def test_silhouettes_of_known_heaps():
    far = np.repeat([[0.0, 0.0], [100.0, 0.0]], 10, axis=0)
    assert silhouette(far, np.repeat([0, 1], 10)) == 1
    assert silhouette(np.zeros((20, 3)), np.repeat([0, 1], 10)) == 0
    assert silhouette(far, np.zeros(20, dtype=int)) == 0


def table_of(**changes):
    columns = {
        "size": np.arange(20.0),
        "flat": np.ones(20),
        "weight": np.arange(20.0) ** 2,
        "kind": ["a"] * 10 + ["b"] * 10,
        "code": [1.0] * 12 + [2.0] * 8,
    }
    return pd.DataFrame(columns | changes)


def test_an_uploaded_table_is_taken_apart():
    frame = table_of()
    assert class_columns(frame) == ["kind", "code"]
    data = labelled_table(frame, "kind", "file")
    assert data.features == ("size", "weight", "code")
    assert data.classes == ("a", "b")
    assert data.X.shape == (20, 3)
    assert labelled_table(frame, "code", "file").classes == ("1", "2")


def test_the_code_of_an_upload_makes_the_same_rows():
    lines = ["name;x;kind;y"]
    lines += [f"n{i};{i},5;{'ab'[i % 2]};{'' if i == 3 else i}" for i in range(20)]
    frame = read_csv("\n".join(lines).encode())
    data = labelled_table(frame, "kind", "file")
    assert data.X.shape == (19, 2)
    assert "[1, 3]" in data.code
    assert "[1, 3, 2]" in data.code


@pytest.mark.parametrize(
    ("frame", "column", "words"),
    [
        (table_of(), "size", "20 different values"),
        (table_of(), "flat", "1 different values"),
        (table_of(), "absent", "no column"),
        (table_of(kind=["a"] * 18 + ["b"] * 2), "kind", "a class of 2 row"),
        (table_of()[["kind", "flat"]], "kind", "no column of numbers"),
        (table_of(size=[np.nan] * 10 + [*range(10)]), "kind", "missing"),
        (pd.concat([table_of()] * 200), "kind", "4,000 rows"),
    ],
)
def test_tables_that_will_not_do_are_refused_in_words(frame, column, words):
    with pytest.raises(TableError, match=words):
        labelled_table(frame, column, "file")
