"""Bounds and laws for the error of networks: closed numbers and proofs."""

from itertools import combinations

import numpy as np
import pytest

from ui.approximation.best_fits import best_fit
from ui.approximation.bounds import bound_sample, iter_bounds
from ui.approximation.errors import error_report
from ui.approximation.laws import asymptotic_law
from ui.approximation.pieces import pieces_of
from ui.approximation.samples import Sample
from ui.approximation.targets import TARGETS, typed_target

EXP = TARGETS["exp"]


def bound(target, norm, n_units):
    return next(b for b in iter_bounds(target, norm, [n_units]) if b)[1]


def error(report, norm):
    return {"rms": report.rms, "max": report.max_error}[norm]


@pytest.mark.parametrize(
    ("norm", "n_joints", "least"),
    [("rms", 10, 5.168e-4), ("rms", 100, 6.097e-6), ("max", 10, 8.69e-4)],
)
def test_the_best_with_so_many_joints_of_exp_is_known(norm, n_joints, least):
    assert bound(EXP, norm, n_joints) == pytest.approx(least, rel=0.005)
    law = asymptotic_law(EXP, norm)
    assert law(n_joints) == pytest.approx(least, rel=0.005)


def test_the_law_of_exp_in_closed_form():
    # ∫ exp(x/2) and ∫ exp(2x/5) over [0, 1].
    maximum, mean = 2 * np.expm1(0.5), 2.5 * np.expm1(0.4)
    assert asymptotic_law(EXP, "max").constant == pytest.approx(
        maximum**2 / 16, rel=1e-5
    )
    assert asymptotic_law(EXP, "rms").constant == pytest.approx(
        mean**2.5 / np.sqrt(720), rel=1e-5
    )


@pytest.mark.parametrize("norm", ["rms", "max"])
def test_there_is_no_law_where_there_is_nothing_smooth(norm):
    for key in ("step", "sawtooth", "lecture", "weierstrass"):
        assert asymptotic_law(TARGETS[key], norm) is None
    assert asymptotic_law(typed_target("2x + 1", 0, 1), norm) is None


@pytest.mark.parametrize("key", TARGETS)
def test_best_fits_are_never_below_what_is_proven(key):
    target = TARGETS[key]
    sizes = [1, 10]
    for norm in ("rms", "max"):
        proven = dict(b for b in iter_bounds(target, norm, sizes) if b)
        assert list(proven) == sizes
        for n_units in sizes:
            network = best_fit(target, n_units, norm)
            assert network.widths == (n_units,)
            report = error_report(network, target)
            rounding = 1e-14 * np.abs(network([target.high])).max()
            assert error(report, norm) >= proven[n_units] * (1 - 1e-9) - rounding
            if norm == "rms":
                sample = bound_sample(target, n_units)
                values = pieces_of(network, target.low, target.high)(sample.x)
                assert sample.rms(values) >= proven[n_units] * (1 - 1e-9) - rounding


def least_sum_of_squares(sample, n_runs):
    """Try all divisions into straight runs."""
    n_points, best = len(sample.x), np.inf
    for cuts in combinations(range(1, n_points), n_runs - 1):
        total = 0.0
        for start, stop in zip((0, *cuts), (*cuts, n_points)):
            x, y, weight = (part[start:stop] for part in sample)
            root = np.sqrt(weight)[:, np.newaxis]
            columns = np.column_stack([np.ones_like(x), x]) * root
            rest = np.linalg.lstsq(columns, y * root[:, 0])[0]
            total += ((y * root[:, 0] - columns @ rest) ** 2).sum()
        best = min(best, total)
    return best


def test_no_division_into_runs_costs_less(monkeypatch):
    rng = np.random.default_rng(1)
    x, weight = np.sort(rng.uniform(size=9)), rng.uniform(0.5, 1, 9)
    sample = Sample(x, rng.normal(size=9) + 5 * x, weight / weight.sum())
    monkeypatch.setattr("ui.approximation.bounds.bound_sample", lambda *_: sample)
    found = dict(b for b in iter_bounds(EXP, "rms", [1, 2, 3]) if b)
    for n_joints, least in found.items():
        exact = np.sqrt(least_sum_of_squares(sample, n_joints + 1))
        assert least == pytest.approx(exact, rel=1e-9)


def test_free_cuts_between_blocks_only_lower_the_bound():
    # 100 joints are treated at once, 101 in blocks.
    proven = dict(b for b in iter_bounds(EXP, "rms", [100, 101, 450]) if b)
    assert 0.8 * proven[100] < proven[101] < proven[100]
    law = asymptotic_law(EXP, "rms")
    assert all(0.8 * law(d) < proven[d] <= law(d) * 1.001 for d in proven)
