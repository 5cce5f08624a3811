"""The best fits to the lecture's twelve points: none is better, none is cheated."""

from itertools import product

import numpy as np
import pytest

from benchmarks.challenge import best_fit, network_of
from estimators import ShallowReLURegressor
from estimators.datasets import lecture_line
from tests.networks import random_network
from ui.network_text import network_from_text
from ui.regression.building import PRESETS
from ui.regression.challenge import UNITS_THROUGH_ALL, best_known, summed_loss

X, Y = lecture_line()
UNITS = range(1, 11)
ROUNDING = 1e-9  # six decimals in the text


def test_the_loss_is_the_lectures():
    """UDL chapter 2 prints 7.068 for the line 0.4 + 0.2 x and 10.280 for another."""
    assert summed_loss(network_from_text("0.4~0,1,0.2")) == pytest.approx(7.068, 1e-4)
    assert summed_loss(network_from_text("1.6~0,1,-0.8")) == pytest.approx(10.28, 1e-4)


def test_more_units_never_fit_worse_and_eight_reach_every_point():
    losses = [summed_loss(best_known(n_units)) for n_units in UNITS]
    assert UNITS_THROUGH_ALL == 8
    assert np.all(np.diff(losses[:8]) < 0)
    assert losses[6] > 1e-4 and max(losses[7:]) < 1e-10


@pytest.mark.parametrize("n_units", UNITS)
def test_the_network_can_be_shown_and_set_by_hand(n_units):
    network = best_known(n_units)
    assert network.widths == (n_units,) and network.n_outputs == 1
    joints = -network.biases[0] / network.weights[0][:, 0]
    assert np.all((joints >= 0) & (joints <= 2))
    parameters = [*network.weights, *network.biases]
    assert max(np.abs(array).max() for array in parameters) < 10


@pytest.mark.parametrize("n_units", UNITS)
def test_training_from_random_starts_finds_nothing_better(n_units):
    losses = []
    for seed in range(10):
        model = ShallowReLURegressor(n_units, alpha=0, tol=1e-9, random_state=seed)
        losses.append(summed_loss(model.fit(X[:, None], Y).network_))
    assert summed_loss(best_known(n_units)) <= min(losses) + ROUNDING


@pytest.mark.parametrize("n_units", [1, 2])
def test_no_joints_of_a_fine_grid_do_better(n_units):
    grid = np.linspace(X[0], X[-1], (2001, 61)[n_units - 1])
    joints = np.array(list(product(grid, repeat=n_units)))
    least = np.inf
    for facing in product([-1, 1], repeat=n_units):
        hidden = np.maximum(facing * (X[:, None] - joints[:, None]), 0)
        design = np.concatenate([np.ones((*hidden.shape[:2], 1)), hidden], axis=2)
        U, scales, _ = np.linalg.svd(design, full_matrices=False)
        along = (U.swapaxes(1, 2) @ Y) * (scales > 1e-9)
        least = min(least, (Y @ Y - np.sum(along**2, axis=1)).min())
    best = summed_loss(best_known(n_units))
    assert best - ROUNDING <= least <= 1.02 * best


@pytest.mark.parametrize("n_units", [1, 2, 3, 4])
def test_the_search_finds_the_networks_that_are_kept(n_units):
    fit = best_fit(n_units)
    assert network_of(fit) == best_known(n_units)
    assert fit.loss == pytest.approx(summed_loss(best_known(n_units)), abs=ROUNDING)


def test_the_challenge_starts_where_there_is_something_to_win():
    (preset,) = (preset for preset in PRESETS.values() if preset.challenge)
    start = network_from_text(preset.text)
    goal = summed_loss(best_known(*start.widths))
    straight = np.polyfit(X, Y, 1, full=True)[1][0]
    assert summed_loss(start) > straight > goal > 0


@pytest.mark.parametrize("n_units", [0, 11])
def test_other_numbers_of_units_are_refused(n_units):
    with pytest.raises(ValueError, match="1 to 10"):
        best_known(n_units)


def test_the_points_have_one_output():
    with pytest.raises(ValueError, match="2 outputs"):
        summed_loss(random_network(0, (1, 3, 2)))
