"""The network of few units that is built for the sawtooth, and its rivals."""

import itertools

import numpy as np
import pytest
from scipy.optimize import minimize

from estimators import ReLUNetwork
from estimators.constructions import interpolant
from estimators.solvers.threads import one_blas_thread
from ui.depth.learning import SETTINGS, Progress, Run, Study
from ui.depth.sawtooth_words import fewer_sentence, verdict
from ui.depth.teeth import (
    SPREAD,
    best_found,
    best_level,
    corners,
    errors_of,
    level_then_teeth,
    rms_limits,
)

SIZES = [(k, d) for k in (1, 2, 3, 5) for d in {1, 2, 3, 2 ** (k - 1), 2**k - 1}]
SIZES = [(k, d) for k, d in SIZES if d < 2**k]


def beginning(n_folds, n_units, level, leaves):
    """Level up to some place of the flank after N whole ones, exact from its end on."""
    x, y = corners(n_folds)
    first = 2**n_folds - n_units
    return interpolant([leaves, *x[first + 1 :]], [level, *y[first + 1 :]])


@pytest.mark.parametrize(("n_folds", "n_units"), SIZES)
def test_what_is_built_has_the_upper_limit(n_folds, n_units):
    n_pieces = 2**n_folds
    assert rms_limits(n_pieces, n_pieces) == (0, 0)
    low, high = rms_limits(n_pieces, n_units)
    built = level_then_teeth(n_folds, n_units)
    assert built.widths == (n_units,)
    assert errors_of(built, n_folds)["rms"] == pytest.approx(high, rel=1e-12)
    assert low < high < SPREAD


@pytest.mark.parametrize(("n_folds", "n_units"), SIZES)
def test_no_other_level_and_no_other_place_to_leave_it_is_better(n_folds, n_units):
    n_pieces = 2**n_folds
    first = n_pieces - n_units

    def rms(at):
        level, part = at
        network = beginning(n_folds, n_units, level, (first + part) / n_pieces)
        return errors_of(network, n_folds)["rms"]

    built = errors_of(level_then_teeth(n_folds, n_units), n_folds)["rms"]
    assert built < rms((0.5, 0.5))  # from the middle of a flank on
    starts = itertools.product((0.2, 0.5, 0.8), (0.2, 0.5, 0.8))
    bounds = [(-1, 2), (0, 0.99)]
    best = min(
        (minimize(rms, start, method="Nelder-Mead", bounds=bounds) for start in starts),
        key=lambda found: found.fun,
    )
    assert built <= best.fun + 1e-12
    assert best.fun == pytest.approx(built, rel=1e-6)
    up = first % 2 == 0
    height = best_level(first)
    assert best.x == pytest.approx([height if up else 1 - height, height], abs=1e-2)


@pytest.mark.parametrize(("n_folds", "n_units"), SIZES)
def test_no_small_change_of_its_weights_is_better(n_folds, n_units):
    network = level_then_teeth(n_folds, n_units)
    least = errors_of(network, n_folds)["rms"]
    rng = np.random.default_rng(n_units)
    for size in np.repeat([1e-2, 1e-3, 1e-4], 30):
        changed = ReLUNetwork(
            *(
                [each * (1 + size * rng.normal(size=each.shape)) for each in part]
                for part in (network.weights, network.biases)
            )
        )
        assert errors_of(changed, n_folds)["rms"] >= least - 1e-13


def square_error(places, facing, n_pieces):
    """The least mean square with these joints, exactly, and its slopes in them.

    Between joints and corners all is straight: two points of Gauss integrate a square.
    """
    corner = np.arange(n_pieces + 1) / n_pieces
    ends = np.union1d(corner, places)
    half = np.diff(ends)[:, None] / 2
    x = (ends[:-1, None] + half * (1 + np.array([-1, 1]) / np.sqrt(3))).ravel()
    root = np.sqrt(np.repeat(half, 2))
    hidden = np.maximum(facing * (x[:, None] - places), 0)
    columns = np.column_stack([np.ones_like(x), hidden])
    y = np.interp(x, corner, np.arange(n_pieces + 1) % 2)
    weights = np.linalg.lstsq(columns * root[:, None], y * root, rcond=1e-10)[0]
    error = columns @ weights - y
    slopes = -2 * weights[1:] * facing * ((root**2 * error) @ (hidden > 0))
    return (root**2 * error) @ error, slopes


@pytest.mark.parametrize(("n_folds", "n_units"), [(2, 1), (2, 2), (3, 1), (3, 2)])
@one_blas_thread()
def test_of_few_units_no_search_from_many_starts_finds_better(n_folds, n_units):
    rng, n_pieces = np.random.default_rng(0), 2**n_folds
    found = [
        minimize(
            square_error,
            rng.uniform(size=n_units),
            (np.array(facing), n_pieces),
            jac=True,
            bounds=[(0, 1)] * n_units,
        ).fun
        for facing in itertools.product((-1, 1), repeat=n_units)
        for _ in range(15)
    ]
    assert min(found) ** 0.5 == pytest.approx(rms_limits(n_pieces, n_units)[1])


@pytest.mark.parametrize("n_units", [1, 5, 12, 13, 15])
def test_what_the_other_way_comes_to_is_said(n_units):
    found = best_found(4, n_units, "rms")
    how, other = found.rival
    better = found.errors["rms"]
    assert better <= other
    assert better <= errors_of(level_then_teeth(4, n_units), 4)["rms"]
    assert ("built" in (how, found.how)) and how != found.how
    said = fewer_sentence(4, n_units, found)
    worse = f"One that is {how} is worse: {other:.3g}."
    same = f"One that is {how} has the same to three digits."
    assert (same if n_units == 1 else worse) in said
    assert "One that is" not in fewer_sentence(
        4, n_units, best_found(4, n_units, "max")
    )


@pytest.mark.parametrize(
    ("learned", "order"),
    [(0.4, "worse: 0.4"), (0.2751, "about the same: 0.28"), (0.1, "better: 0.1")],
)
def test_learning_is_held_against_what_can_be_built(learned, order):
    study = Study(n_folds=5, width=4, n_rows=250, n_seeds=1)
    assert study.shallow_units == 30
    progress = Progress(
        tuple(
            Run(method, 0, None, error)
            for method, error in zip(SETTINGS, (0.6, 0.9, learned), strict=True)
        )
    )
    sentence = verdict(progress, study)
    built = errors_of(level_then_teeth(5, 30), 5)["rms"] / SPREAD
    assert f"One that is {built:.2g} away can be built" in sentence
    assert f"the best that was learned is {order}." in sentence
