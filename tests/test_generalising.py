"""Errors of networks on data they have not seen, against what is known otherwise."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from sklearn.metrics import mean_squared_error

from estimators import ReLUNetwork
from estimators.datasets import TOY_NAMES, toy
from estimators.geometry.line import joints
from tests.studies import QUICK, picked, studied
from ui.figures.error_chart import HeldOut
from ui.picked_data import Law
from ui.regression.generalise_results import (
    cross_validation,
    error_curves,
    finding,
    score_columns,
)
from ui.regression.generalise_study import study_for
from ui.regression.generalising import (
    MAX_ROWS,
    GeneraliseSettings,
    Score,
    bounded,
    check_settings,
    n_fits,
    split_rows,
    sweep,
    untrained_peer,
)
from ui.regression.scoring import score_table
from ui.regression.universe import true_error

ZERO = ReLUNetwork([[[1.0]], [[0.0]]], [[0.0], [0.0]])


def law(name, noise=0.1):
    data = toy(name, 1)
    return Law(data.target, data.kinks, data.low, data.high, noise)


# -- the universe -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "mean_square"),
    [("sine", 1 / 2), ("line", 1 / 3), ("step", 1.0), ("zigzag", 7 / 24)],
)
def test_predicting_zero_costs_the_mean_square_of_the_target(name, mean_square):
    assert true_error(ZERO, law(name)) == pytest.approx(mean_square + 0.01, rel=1e-12)


@st.composite
def networks(draw):
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    width = draw(st.integers(1, 12))
    sizes = [(width, 1), (1, width)]
    weights = [rng.normal(scale=2, size=size) for size in sizes]
    return ReLUNetwork(weights, [rng.normal(scale=2, size=n) for n, _ in sizes])


@settings(max_examples=30)
@given(networks(), st.sampled_from(TOY_NAMES))
def test_the_true_error_is_what_adaptive_quadrature_finds(network, name):
    universe = law(name)
    low, high = universe.low, universe.high
    bends = [*joints(network, low, high), *universe.kinks, 0.78, 0.8, 0.82]
    edges = sorted({low, high, *(b for b in bends if low < b < high)})
    total = sum(
        quad(
            lambda x: float((network([[x]])[0, 0] - universe.target(x)) ** 2),
            *edge,
            limit=200,
        )[0]
        for edge in pairwise(edges)
        if edge[1] - edge[0] > 1e-12
    )
    expected = total / (high - low) + 0.01
    assert true_error(network, universe) == pytest.approx(expected, rel=1e-9)


def test_the_true_error_is_the_mean_over_many_new_data():
    new = toy("bumps", 200_000, 0.3, random_state=5)
    squared = (new.y - ZERO(new.x[:, None])[:, 0]) ** 2
    spread = squared.std() / np.sqrt(len(squared))
    error = true_error(ZERO, law("bumps", 0.3))
    assert abs(error - squared.mean()) < 5 * spread


# -- settings, rows ---------------------------------------------------------------


def test_the_widths_end_at_the_largest_wanted():
    assert QUICK.widths == (1, 2, 3, 4)
    assert QUICK._replace(max_width=5).widths == (1, 2, 3, 5)
    assert QUICK._replace(max_width=1).widths == (1,)
    assert GeneraliseSettings().widths[-2:] == (80, 100)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"width": 0}, "width D"),
        ({"max_width": 101}, "largest D"),
        ({"n_train": 7}, "training rows must be from 8 to 57"),
        ({"n_train": 58}, "training rows must be from 8 to 57"),
        ({"n_repeats": 21}, "random splits"),
        ({"n_folds": 2}, "folds"),
        ({"n_train": 8, "n_folds": 9}, "folds must be from 3 to 8"),
        ({"seed": -1}, "seed"),
        ({"alpha": -1.0}, "penalty"),
        ({"alpha": float("nan")}, "penalty"),
        ({"alpha": "much"}, "penalty"),
    ],
)
def test_settings_that_do_not_suit_the_rows_are_refused(changes, word):
    with pytest.raises(ValueError, match=word):
        study_for({}, picked(), QUICK._replace(**changes), 0)


def test_too_few_rows_are_refused_with_what_is_needed():
    with pytest.raises(ValueError, match="at least 11"):
        check_settings(QUICK, 10)


def test_large_tables_are_cut_down_to_some_of_their_rows():
    x = np.arange(3.0 * MAX_ROWS)
    kept, values = bounded(x, 2 * x, 0)
    assert len(set(kept)) == MAX_ROWS
    np.testing.assert_array_equal(values, 2 * kept)
    few = x[:MAX_ROWS]
    assert bounded(few, few, 0)[0] is few


def test_splits_differ_from_each_other_and_lose_no_row():
    data = picked()
    first, second = (split_rows(data.x, data.y, QUICK, n) for n in (0, 1))
    assert len(first.train[0]) == 20 and len(first.test[0]) == 40
    assert set(first.train[0]) != set(second.train[0])
    assert set(first.train[0]) | set(first.test[0]) == set(data.x)


# -- what a sweep finds -----------------------------------------------------------


def test_scores_are_summarised_by_quartiles_over_splits():
    errors = [(0.1, 1.0), (0.2, 3.0), (0.4, 2.0), (0.3, 9.0), (0.5, 4.0)]
    scores = [Score(2, n, None, *pair, 2 * pair[1]) for n, pair in enumerate(errors)]
    scores.append(Score(2, None, 0, 99.0, 99.0))  # of cross-validation
    curves = error_curves(scores)
    np.testing.assert_allclose(curves.training, [[0.2], [0.3], [0.4]])
    np.testing.assert_allclose(curves.test, [[2.0], [3.0], [4.0]])
    np.testing.assert_allclose(curves.universe, [6.0])


def test_the_one_standard_error_rule_takes_the_smallest_that_is_as_good():
    mean = np.array([9.0, 4.0, 2.9, 2.0, 2.0, 5.0])
    held_out = HeldOut(np.array([1, 2, 3, 5, 8, 12]), mean, np.full(6, 1.0))
    assert held_out.best == 5
    assert held_out.one_error_rule == 3
    assert held_out._replace(standard_error=np.zeros(6)).one_error_rule == 5


def test_cross_validation_is_known_when_all_folds_are():
    data = picked()
    scores = [s for s in sweep(data.x, data.y, QUICK, None) if s is not None]
    assert len(scores) == n_fits(QUICK) == 4 * (2 + 3)
    in_folds = [s for s in scores if s.fold is not None]
    assert cross_validation(in_folds[:-1], QUICK) is None
    result = cross_validation(scores, QUICK)
    of_two = [s.test for s in in_folds if s.width == 2]
    assert result.mean[1] == pytest.approx(np.mean(of_two))
    assert result.standard_error[1] == pytest.approx(np.std(of_two, ddof=1) / 3**0.5)


def test_the_scores_can_be_taken_away():
    names, columns = score_columns([Score(5, 1, None, 0.5, 2.0, 3.0)])
    assert names == ["width", "repeat", "fold", "training", "test", "universe"]
    np.testing.assert_array_equal(np.ravel(columns), [5, 1, np.nan, 0.5, 2, 3])
    assert [len(column) for column in score_columns([])[1]] == [0] * 6


def test_no_network_beats_the_noise_in_the_universe():
    study = studied()
    assert min(s.universe for s in study.scores if s.universe) > 0.1**2


def test_the_errors_are_those_of_the_networks_kept():
    study = studied()
    for score in study.scores[:4]:
        for error, (x, y) in zip(
            (score.training, score.test), study.split, strict=True
        ):
            predicted = score.network(x[:, None])[:, 0]
            assert error == pytest.approx(mean_squared_error(y, predicted))


def test_the_network_shown_is_the_one_of_its_width_in_the_sweep():
    study = studied()
    grid = np.linspace(0, 6, 50)[:, None]
    np.testing.assert_array_equal(study.network(grid), study.network_of(3)(grid))


def test_everything_is_compared_on_the_same_rows():
    study = studied(picked("line", noise=0.2))
    table = score_table(study.predictors(), *study.split)
    x, y = study.split.train
    slope, intercept = np.polyfit(x, y, 1)
    line = table.loc["Straight line"]
    rest = y - intercept - slope * x
    assert line["RMSE, training"] == pytest.approx(np.sqrt(np.mean(rest**2)))
    assert line["R², training"] == pytest.approx(1 - np.var(rest) / np.var(y))
    peer = untrained_peer(QUICK).fit(x[:, None], y)
    x, y = study.split.test
    theirs = table.loc["MLPRegressor, D = 3"]
    assert theirs["R², test"] == pytest.approx(peer.score(x[:, None], y))
    assert len(table) == 4


def test_the_default_shows_over_fitting():
    study = studied(picked(n=200), GeneraliseSettings())
    curves, held_out = error_curves(study.scores), study.cross_validation
    first, last = curves.training[1][[0, -1]]
    assert last < 0.1**2 / 2 < first  # the noise is fitted
    assert 3 <= curves.best <= 50
    assert curves.test[1][-1] > 1.3 * curves.test[1].min()
    assert held_out.one_error_rule <= held_out.best < 100
    table = score_table(study.predictors(), *study.split)
    shown, chosen = table.iloc[0], table.iloc[1]
    assert shown["RMSE, training"] < chosen["RMSE, training"]
    assert shown["RMSE, test"] > chosen["RMSE, test"]


def test_the_finding_in_words():
    rows = [(1, 4.0, 5.0), (2, 1.0, 2.0), (5, 0.5, 8.0)]
    curves = error_curves([Score(w, 0, None, a, b) for w, a, b in rows])
    text = finding(curves, None)
    assert "from 1 to 5" in text and "falls from 4 to 0.5" in text
    assert "**D = 2**: 2" in text and "4 times as large" in text
    assert "Cross" not in text
    mean = np.array([3.0, 1.2, 1.0])
    held_out = HeldOut(np.array([1, 2, 5]), mean, np.full(3, 0.5))
    assert "picks **D = 5**" in finding(curves, held_out)
    assert "has D = 2." in finding(curves, held_out)
    flat = error_curves([Score(w, 0, None, 0.0, 0.0) for w in (1, 2)])
    assert "times" not in finding(flat, None) and "goes" in finding(flat, None)
