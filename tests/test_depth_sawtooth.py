"""The sawtooth: what it takes, what fewer units make of it, who learns it."""

import itertools
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.exceptions import ConvergenceWarning

from estimators import DeepReLURegressor, ReLUNetwork, ShallowReLURegressor
from estimators.bounds import count_parameters
from estimators.constructions import interpolant, sawtooth
from estimators.geometry import linear_regions
from estimators.minimax import best_broken_line, best_units
from ui.depth.learning import (
    ADAM,
    DEEP,
    FOUND,
    SETTINGS,
    SHALLOW,
    Progress,
    Run,
    Study,
    iter_runs,
)
from ui.depth.sawtooth_words import found_sentence, verdict
from ui.depth.teeth import (
    SPREAD,
    best_found,
    compared,
    corners,
    errors_of,
    least_maximum,
    rms_limits,
    shallow_sawtooth,
    sizes_of,
)

FOLDS = (1, 2, 3, 5, 8, 12)


@pytest.mark.parametrize("n_folds", FOLDS)
def test_units_and_parameters_are_those_of_the_networks(n_folds):
    sizes, deep = sizes_of(n_folds), sawtooth(n_folds)
    assert (sum(deep.widths), deep.n_parameters) == (2 * n_folds, 6 * n_folds + 1)
    assert sizes.deep_units == 2 * n_folds
    assert sizes.deep_parameters == deep.n_parameters
    shallow = shallow_sawtooth(n_folds)
    assert shallow.widths == (2**n_folds,) == (sizes.shallow_units,)
    assert sizes.shallow_parameters == shallow.n_parameters == 3 * 2**n_folds + 1
    assert linear_regions(deep, (0, 1)).n_regions == sizes.n_pieces == 2**n_folds


@pytest.mark.parametrize("n_folds", FOLDS)
def test_both_networks_are_the_same_function_without_any_rounding(n_folds):
    comparison = compared(n_folds)
    assert comparison.same_joints and comparison.difference == 0
    x, y = corners(n_folds)
    assert (sawtooth(n_folds)(x)[:, 0] == y).all()
    if n_folds <= 8:
        between = np.random.default_rng(n_folds).integers(0, 2**30, 50) / 2**30
        both = [network(between) for network in (sawtooth(n_folds),)]
        both.append(shallow_sawtooth(n_folds)(between))
        np.testing.assert_array_equal(*both)


@pytest.mark.parametrize("n_pieces", range(2, 13))
def test_no_orientation_of_one_unit_less_gives_the_first_slope(n_pieces):
    changes = [2 * n_pieces * (-1) ** j for j in range(1, n_pieces)]
    first_slopes = {
        -sum(itertools.compress(changes, facing_left))
        for facing_left in itertools.product((0, 1), repeat=n_pieces - 1)
    }
    assert n_pieces not in first_slopes


@pytest.mark.parametrize("n_pieces", [2, 4, 8])
def test_with_joints_at_all_places_inside_only_one_unit_more_fits(n_pieces):
    """By least squares over the weights, for every way that units can face."""
    x = np.linspace(0, 1, 16 * n_pieces + 1)
    y = sawtooth(n_pieces.bit_length() - 1)(x)[:, 0]
    places = np.arange(1, n_pieces) / n_pieces

    def error(places, facing):
        hidden = np.maximum(np.array(facing) * (x[:, None] - places), 0)
        columns = np.column_stack([np.ones_like(x), hidden])
        weights = np.linalg.lstsq(columns, y)[0]
        return np.abs(columns @ weights - y).max()

    ways = itertools.product((-1, 1), repeat=n_pieces - 1)
    assert min(error(places, facing) for facing in ways) > 0.01
    assert error(np.append(0, places), np.ones(n_pieces)) < 1e-12


@pytest.mark.parametrize("n_folds", [1, 2, 3])
def test_the_least_largest_error_is_the_one_that_is_proven_by_search(n_folds):
    n_pieces = 2**n_folds
    x = np.linspace(0, 1, 8 * n_pieces + 1)
    y = sawtooth(n_folds)(x)[:, 0]
    for n_units in range(1, n_pieces + 1):
        known = least_maximum(n_pieces, n_units)
        proven = best_broken_line(x, y, n_units).lower_bound
        if n_units < n_pieces - 1:
            assert known == proven == 0.5
        elif n_units == n_pieces - 1:
            # A broken line could be the sawtooth; a network cannot.
            assert known is None and proven == 0
            assert best_units(x, y, n_units).max_error > 0.02
        else:
            assert known == best_units(x, y, n_units).max_error == 0


@pytest.mark.parametrize("n_folds", [1, 3, 5])
def test_the_lower_limit_counts_what_a_flank_costs_that_is_not_crossed(n_folds):
    """The best that stays above 1/2 is the sawtooth, cut off there."""
    n_pieces = 2**n_folds
    x = np.arange(2 * n_pieces + 1) / (2 * n_pieces)
    cut = interpolant(x, np.maximum(sawtooth(n_folds)(x)[:, 0], 0.5))
    a_flank = errors_of(cut, n_folds)["rms"] ** 2 / n_pieces
    squares = [rms_limits(n_pieces, d)[0] ** 2 for d in range(n_pieces)]
    assert squares[-1] == 0
    np.testing.assert_allclose(-np.diff(squares), a_flank)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4),
    st.integers(1, 12),
    st.integers(0, 2**32 - 1),
)
def test_no_network_is_below_what_is_proven(n_folds, n_units, seed):
    """Random joints, and the best weights for them."""
    rng = np.random.default_rng(seed)
    places = rng.choice([rng.uniform(size=n_units), np.arange(n_units) / 2**n_folds])
    facing = rng.choice([-1, 1], n_units)
    x = np.linspace(0, 1, 801)
    hidden = np.maximum(facing * (x[:, None] - places), 0)
    columns = np.column_stack([np.ones_like(x), hidden])
    weights = np.linalg.lstsq(columns, sawtooth(n_folds)(x)[:, 0])[0]
    network = ReLUNetwork(
        [facing[:, None], weights[None, 1:]], [-facing * places, weights[:1]]
    )
    errors, n_pieces = errors_of(network, n_folds), 2**n_folds
    assert errors["rms"] >= rms_limits(n_pieces, n_units)[0] - 1e-12
    assert errors["max"] >= (least_maximum(n_pieces, n_units) or 0) - 1e-12
    grid = np.linspace(0, 1, 20_001)
    differences = (network(grid) - sawtooth(n_folds)(grid))[:, 0]
    assert errors["max"] >= np.abs(differences).max() - 1e-12
    assert errors["rms"] == pytest.approx(np.sqrt(np.mean(differences**2)), abs=1e-3)


def test_the_spread_is_that_of_every_sawtooth():
    level = ReLUNetwork([[[0.0]], [[0.0]]], [[0.0], [0.5]])
    assert all(errors_of(level, k)["rms"] == pytest.approx(SPREAD) for k in FOLDS)


@pytest.mark.parametrize("norm", ["max", "rms"])
@pytest.mark.parametrize("n_units", [1, 4, 7, 8])
def test_what_is_found_is_between_the_limits(n_units, norm):
    found = best_found(3, n_units, norm)
    low, high = rms_limits(8, n_units)
    assert found.network.widths == (n_units,)
    assert found.errors == errors_of(found.network, 3)
    assert found.errors["rms"] >= low - 1e-12
    if norm == "rms":
        assert found.errors["rms"] <= high + 1e-12
    else:
        least = least_maximum(8, n_units)
        assert found.errors["max"] == least if least is not None else True
        assert found.errors["max"] <= 0.5


def test_each_unit_saves_about_one_flanks_share_until_the_last_but_one():
    """What the preset about the mean square says of four folds."""
    shares = [
        12 * 16 * best_found(4, d, "rms").errors["rms"] ** 2 for d in range(1, 17)
    ]
    saved = -np.diff(shares)
    assert saved[:-2] == pytest.approx(1, abs=0.15)
    assert saved[-2] > 2


def test_a_study_learns_what_is_learned_by_hand():
    study = Study(n_folds=2, width=4, n_rows=100, n_seeds=2)
    *_, progress = iter_runs(study)
    assert len(progress.runs) == study.n_runs == 6
    deep, n_parameters = (4, 4), count_parameters(1, (4, 4))
    units = study.shallow_units
    assert study.deep_widths == deep and study.units(DEEP) == 8
    assert count_parameters(1, (units,)) <= n_parameters
    assert count_parameters(1, (units + 1,)) > n_parameters
    for seed in range(2):
        X = np.random.default_rng(seed).uniform(size=(100, 1))
        y = sawtooth(2)(X)[:, 0]
        models = {
            DEEP: DeepReLURegressor(2, 4),
            ADAM: DeepReLURegressor(2, 4),
            SHALLOW: ShallowReLURegressor(units),
        }
        for method, model in models.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ConvergenceWarning)
                model.set_params(**SETTINGS[method], random_state=seed).fit(X, y)
            (learned,) = (r for r in progress.of(method) if r.seed == seed)
            assert learned.network == model.network_
            grid = (np.arange(40_000) + 0.5) / 40_000
            error = model.predict(grid[:, None]) - sawtooth(2)(grid)[:, 0]
            rmse = np.sqrt(np.mean(error**2)) / SPREAD
            assert learned.rmse == pytest.approx(rmse, rel=1e-3, abs=1e-6)
            assert learned.found == (learned.rmse < FOUND)


def test_work_pauses_as_the_very_same_and_no_run_comes_twice():
    states = list(iter_runs(Study(1, 2, 250, 1)))
    distinct = {id(state): state for state in states}
    assert [len(s.runs) for s in distinct.values()] == [0, 1, 2, 3]
    assert [run.method for run in states[-1].runs] == list(SETTINGS)
    assert [len(s.complete.runs) for s in distinct.values()] == [0, 0, 0, 3]


def progress_of(*errors):
    """Runs with errors given by seed, in the order of the methods."""
    return Progress(
        tuple(
            Run(method, seed, None, error)
            for seed, row in enumerate(errors)
            for method, error in zip(SETTINGS, row, strict=True)
        )
    )


@pytest.mark.parametrize(
    ("errors", "said", "not_said"),
    [
        ([(0.5, 0.9, 0.001)], "more often than depth", "always"),
        ([(0.001, 0.9, 0.001)], "as often as depth", "representable"),
        ([(0.9, 0.001, 0.5), (0.9, 0.5, 0.001)], "as often as depth", "No run"),
        ([(0.001, 0.9, 0.5), (0.5, 0.9, 0.5)], "no run found it either", "No run"),
        ([(0.001, 0.9, 0.5), (0.01, 0.9, 0.001)], "less often than depth", "No run"),
        ([(0.5, 0.9, 0.5)], "No run found it: representable", "always"),
        ([(0.5, 0.9, 0.5), (0.01, 0.9, 0.5)], "did not always find it", "No run"),
    ],
)
def test_what_runs_show_is_said_and_nothing_else(errors, said, not_said):
    study = Study(n_folds=4, width=4, n_rows=250, n_seeds=2)
    sentence = verdict(progress_of(*errors), study)
    assert said in sentence and not_said not in sentence
    assert "8 units in 4 layers are enough" in sentence
    assert "has 24 units, at least the 16" in sentence


def test_one_layer_with_too_few_units_is_said_to_be_unable():
    study = Study(n_folds=5, width=4, n_rows=250, n_seeds=1)
    sentence = verdict(progress_of((0.6, 0.9, 0.3)), study)
    assert "has 30 units and would need 32" in sentence
    least = np.sqrt((32 - 31) / (24 * 32)) / SPREAD
    assert f"stays {least:.2g} of the spread away" in sentence
    assert "often" not in sentence


def test_nothing_is_said_of_no_run():
    study = Study(n_folds=4, width=4, n_rows=250, n_seeds=1)
    assert verdict(Progress(), study) == found_sentence(Progress()) == ""
