import numpy as np
import pytest

from ui.figures.fit import fit_alt, fit_figure, loss_alt, loss_figure
from ui.figures.style import MAX_POINTS, ROLE, thin, wire

LINE = (np.array([0.0, 1.0, 3.0, 4.0]), np.array([0.0, 1.0, -1.0, 0.0]))
TRAIN = (np.array([0.0, 1.0, 2.0, 4.0]), np.array([0.1, 1.1, 0.0, -0.1]))
TEST = (np.array([0.5, 3.5]), np.array([0.4, -0.6]))
NAMES = ("x", "y")


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def test_the_curve_has_its_vertices_and_nothing_else():
    curve = traces(fit_figure(LINE, TRAIN, TEST, names=NAMES))["Network"]
    np.testing.assert_array_equal(curve.x, LINE[0])
    np.testing.assert_array_equal(curve.y, LINE[1])
    assert curve.line.shape is None
    assert curve.mode == "lines"


def test_the_joints_are_marked_without_the_ends():
    joints = traces(fit_figure(LINE, TRAIN, TEST, names=NAMES))["Joints"]
    np.testing.assert_array_equal(joints.x, [1, 3])
    np.testing.assert_array_equal(joints.y, [1, -1])


def test_train_and_test_differ_by_shape_and_by_colour():
    data = traces(fit_figure(LINE, TRAIN, TEST, names=NAMES))
    train, test = data["Training"].marker, data["Test"].marker
    assert train.symbol != test.symbol
    assert train.color != test.color


def test_every_number_travels_as_float32():
    figure = fit_figure(LINE, TRAIN, TEST, names=NAMES, target=LINE)
    assert {np.asarray(t.x).dtype for t in figure.data} == {np.dtype("float32")}
    assert {np.asarray(t.y).dtype for t in figure.data} == {np.dtype("float32")}


def test_large_data_is_thinned_and_says_so():
    rng = np.random.default_rng(0)
    many = (rng.normal(size=80_000), rng.normal(size=80_000))
    fewer = (rng.normal(size=20_000), rng.normal(size=20_000))
    figure = fit_figure(LINE, many, fewer, names=NAMES)
    drawn = [t for t in figure.data if "drawn" in t.name]
    assert sum(len(t.x) for t in drawn) <= MAX_POINTS
    assert drawn[0].name == "Training (1,600 of 80,000 drawn)"
    assert drawn[1].name == "Test (400 of 20,000 drawn)"


def test_the_vertical_axis_follows_the_data_not_the_network():
    wild = (LINE[0], LINE[1] * 1e6)
    calm = fit_figure(LINE, TRAIN, TEST, names=NAMES).layout.yaxis.range
    assert fit_figure(wild, TRAIN, TEST, names=NAMES).layout.yaxis.range == calm
    assert calm[0] < -0.6 and calm[1] > 1.1


def test_equal_targets_still_have_an_axis():
    flat = (TRAIN[0], np.full(4, 7.0))
    low, high = fit_figure(
        LINE, flat, (TEST[0], np.full(2, 7.0)), names=NAMES
    ).layout.yaxis.range
    assert low < 7 < high


def test_names_cannot_be_markup():
    figure = fit_figure(LINE, TRAIN, TEST, names=("<b>x</b>", "$y$ %{z} & " + "w" * 99))
    text = figure.layout.xaxis.title.text + figure.layout.yaxis.title.text
    assert not set("<>$%") & set(text)
    assert "&#60;b&#62;" in text
    assert len(figure.layout.yaxis.title.text) < 100


def test_a_function_without_joints_can_be_drawn():
    straight = (np.array([0.0, 4.0]), np.array([0.0, 1.0]))
    data = traces(fit_figure(straight, TRAIN, TEST, names=NAMES))
    assert len(data["Joints"].x) == 0
    assert "0 joints between 0 and 4." in fit_alt(straight, NAMES, 0.5)


def test_the_text_alternative_states_joints_places_and_loss():
    text = fit_alt(LINE, ("dose", "effect"), 0.01234)
    assert "effect against dose" in text
    assert "2 joints" in text and "1, 3" in text and "0.01234" in text
    many = (np.arange(102.0), np.zeros(102))
    assert "100 joints" in fit_alt(many, NAMES, 1.0)
    assert len(fit_alt(many, ("n" * 999, "m" * 999), 1.0)) < 500


def test_the_loss_has_a_logarithmic_axis_and_two_distinct_curves():
    figure = loss_figure([0, 1, 2], [4.0, 1.0, 0.0], [5.0, 2.0, 3.0], unit="kg²")
    train, test = figure.data
    assert figure.layout.yaxis.type == "log"
    assert (train.line.color, test.line.color) == (ROLE["train"], ROLE["test"])
    assert train.line.dash != test.line.dash
    np.testing.assert_array_equal(train.y, [4, 1, np.nan])  # log 0 is left out
    assert "kg²" in figure.layout.yaxis.title.text


def test_a_long_loss_curve_is_thinned_with_both_ends_kept():
    n = 50_000
    (curve,) = loss_figure(range(n), np.linspace(9, 1, n)).data
    assert len(curve.x) == MAX_POINTS
    assert (curve.x[0], curve.x[-1]) == (0, n - 1)


def test_the_loss_in_words():
    text = loss_alt([0, 10, 20], [4.0, 1.0, 0.5], [5.0, 2.0, 3.0])
    assert "4 at iteration 0" in text and "0.5 at iteration 20" in text
    assert "lowest 2 at iteration 10" in text
    assert "Test" not in loss_alt([0], [1.0])


@pytest.mark.parametrize(("n", "limit"), [(0, 5), (1, 5), (5, 5), (6, 5), (10**6, 7)])
def test_thinning(n, limit):
    kept = thin(n, limit)
    assert len(kept) == min(n, limit) or n == 0
    if n:
        assert (kept[0], kept[-1]) == (0, n - 1)
        assert (np.diff(kept) > 0).all()


def test_values_far_from_zero_keep_their_digits():
    seconds = 1.7e9 + np.arange(5.0)
    np.testing.assert_array_equal(wire(seconds), seconds)
    assert wire([1.0, 2.0]).dtype == np.float32
    assert wire([]).size == 0


def test_a_diverged_network_can_still_be_drawn():
    assert np.isfinite(wire([0.0, 1e200, -1e200])).all()
