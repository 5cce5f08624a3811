import numpy as np
import pytest
from sklearn.datasets import load_diabetes

from estimators import datasets
from ui.bundled import BUNDLED


@pytest.mark.parametrize("name", datasets.TOY_NAMES)
def test_a_seed_gives_the_same_sample_and_another_seed_another(name):
    first = datasets.toy(name, 40, 0.2, random_state=3)
    again = datasets.toy(name, 40, 0.2, random_state=3)
    other = datasets.toy(name, 40, 0.2, random_state=4)
    np.testing.assert_array_equal(first.y, again.y)
    assert not np.array_equal(first.x, other.x)
    assert first.x.shape == first.y.shape == (40,)
    assert (np.diff(first.x) >= 0).all()
    assert first.low <= first.x[0] and first.x[-1] <= first.high


@pytest.mark.parametrize("name", datasets.TOY_NAMES)
def test_noise_is_a_standard_deviation_around_the_target(name):
    exact = datasets.toy(name, 10, 0.0)
    np.testing.assert_array_equal(exact.y, exact.target(exact.x))
    noisy = datasets.toy(name, 20_000, 0.5)
    residual = noisy.y - noisy.target(noisy.x)
    assert abs(residual.std() - 0.5) < 0.01
    assert abs(residual.mean()) < 0.02


def test_four_hidden_units_represent_the_zigzag_exactly():
    x = np.linspace(0, 4, 401)
    by_hand = np.maximum(x, 0) - 2.5 * np.maximum(x - 1, 0) + 3 * np.maximum(x - 2, 0)
    by_hand -= 2.5 * np.maximum(x - 3, 0)
    np.testing.assert_allclose(datasets.toy("zigzag").target(x), by_hand, atol=1e-14)


def test_targets_at_known_points():
    def target(name, x):
        return float(datasets.toy(name, 1).target(np.array(x)))

    assert target("step", -1e-9) == -1 and target("step", 0.0) == 1
    assert target("sine", np.pi / 2) == 1
    assert target("line", 2.0) == 1
    assert target("bumps", 0.8) == pytest.approx(1 + np.exp(-6.25))
    assert target("chirp", 1.0) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"name": "cosine"}, "name must be one of"),
        ({"name": "sine", "n_samples": 0}, "at least 1"),
        ({"name": "sine", "noise": -1.0}, "not negative"),
        ({"name": "sine", "noise": float("nan")}, "not negative"),
    ],
)
def test_bad_arguments_are_named(arguments, says):
    with pytest.raises(ValueError, match=says):
        datasets.toy(**arguments)


@pytest.mark.parametrize(
    ("intercept", "slope", "loss"),
    [(0.4, 0.2, 7.068), (1.60, -0.8, 10.280), (1.2, 0.2, 0.687)],
)
def test_the_lecture_line_has_the_losses_the_lecture_prints(intercept, slope, loss):
    x, y = datasets.lecture_line()
    assert ((y - intercept - slope * x) ** 2).sum() == pytest.approx(loss, abs=5e-4)


def test_the_lecture_line_has_the_least_squares_fit_its_docstring_states():
    x, y = datasets.lecture_line()
    slope, intercept = np.polyfit(x, y, 1)
    assert intercept == pytest.approx(0.82595, abs=5e-6)
    assert slope == pytest.approx(0.52223, abs=5e-6)
    assert ((y - intercept - slope * x) ** 2).sum() == pytest.approx(0.19987, abs=5e-6)


def test_diabetes_is_in_its_own_units():
    frame = datasets.diabetes()
    assert frame.shape == (442, 11)
    assert frame["bmi"].min() >= 18 and frame["bmi"].max() < 45
    assert set(frame["sex"]) == {1.0, 2.0}
    np.testing.assert_array_equal(frame["target"], load_diabetes().target)


@pytest.mark.parametrize("title", BUNDLED)
def test_bundled_tables_have_their_default_columns_complete(title):
    table = BUNDLED[title]
    frame = table.load()
    assert table.x != table.y
    assert frame[[table.x, table.y]].notna().all(axis=None)
    assert len(frame) > 100
    assert table.sentence.endswith(".") and table.source


def test_gapminder_is_one_year_with_one_row_for_each_country():
    frame = BUNDLED["Life expectancy"].load()
    assert len(frame) == frame["country"].nunique() == 142
