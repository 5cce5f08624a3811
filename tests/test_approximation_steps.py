"""Errors against D, building and surfaces, as a visitor drives them."""

import re
import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from tests.approximation_page import number_after, opened, settled
from tests.pages import curve, errors, run, run_snippet, text
from ui.approximation.law_study import iter_points, laws_of
from ui.approximation.target_controls import MEAN, TYPED
from ui.approximation.targets import TARGETS


@pytest.fixture(scope="module")
def points():
    distinct = []
    for point in iter_points(TARGETS["exp"], 13, 0):
        if not distinct or point is not distinct[-1]:
            distinct.append(point)
    return distinct


@pytest.mark.parametrize("norm", ["max", "rms"])
def test_errors_against_d_are_in_the_order_that_theory_has(points, norm):
    laws = {law.name: law for law in laws_of(points, TARGETS["exp"], norm, 13)}
    assert {law.units == (1, 2, 3, 5, 8, 13) for law in laws.values()}
    best, bound, equal, curved, trained, theory = (
        np.array(laws[name].errors)
        for name in (
            "Best known",
            "Proven: none is below",
            "Construction: equal joints",
            "Construction: by curvature",
            "Trained: L-BFGS",
            "Law for large D",
        )
    )
    assert len(best) == len(bound) == len(trained) == 6
    assert (bound <= 1.001 * best).all() and (bound <= 1.001 * trained).all()
    assert (best <= equal).all() and (best <= curved).all()
    # One unit carries the first slope, so that the joints are D − 1.
    units = np.array(laws["Best known"].units)
    np.testing.assert_allclose(best[2:], (theory * (1 + 1 / units) ** 2)[2:], rtol=0.15)


def test_no_number_is_found_twice(points):
    found = [(point.norm, *point.mark[:2]) for point in points]
    assert len(found) == len(set(found)) == 2 * 6 * 6


def n_numbers(at):
    return int(re.search(r"(\d+) numbers in", text(at))[1])


def test_errors_against_d_grow_on_the_page():
    at = opened("Error against D", most_units="13", target=TARGETS["exp"].label)
    assert len(at.get("echarts_chart")) == 2
    assert "Measuring: " in text(at)
    early = n_numbers(at)
    settled(at)
    units, before = curve(at, "Construction: equal joints", 1)
    assert units.tolist() == [1, 2, 3, 5, 8, 13]
    assert (np.diff(before) < 0).all()
    assert n_numbers(at) > early
    assert curve(at, "Best known", 1)[1][0] < before[0]
    assert "Twice as many pieces: four times smaller" in text(at)
    assert len(at.dataframe[0].value) == 12


def test_the_program_of_errors_against_d_runs():
    at = opened("Error against D", most_units="34")
    scope = run_snippet(at)
    assert scope["proven"] <= scope["best"] <= scope["equal"]


def test_work_can_be_stopped_and_what_is_there_stays():
    at = opened("Error against D", most_units="1000", target=TARGETS["chirp"].label)
    (stop,) = (b for b in at.button if b.label == "Stop")
    stop.click()
    run(at)
    assert "Stopped: " in text(at)
    before = text(at)
    assert text(run(at)) == before


def test_a_surface_is_trained_and_its_program_finds_the_same():
    label = "|x| + |y|: four units"
    at = settled(opened("Surface", surface=label, surface_units="6"))
    assert len(at.get("echarts_chart")) >= 3
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        error = run_snippet(at)["error"]
    mean = np.sqrt(np.mean(error**2))
    assert mean == pytest.approx(
        number_after("root mean square", at), rel=0.1, abs=1e-6
    )
    assert "Zaslavsky" in text(at)


def test_a_bad_formula_of_two_inputs_is_explained():
    at = opened("Surface", surface=TYPED, surface_formula="1/(x - y)")
    (message,) = errors(at)
    assert "no finite value" in message
    assert at.get("echarts_chart")


def test_frames_come_one_after_the_other_and_the_law_is_beside_them():
    at = opened(
        "Watch it being built", target=TARGETS["lecture"].label, norm=MEAN, shown="3"
    )
    assert "Every D has its own best network" in text(at)
    assert at.number_input(key="shown").value == 3
    scope = run_snippet(at)
    assert np.abs(scope["error"]).max() < 1e-6  # three units are the lecture's own
