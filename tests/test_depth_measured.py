"""How few regions random and trained networks have, counted."""

import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.exceptions import ConvergenceWarning

from estimators.bounds import count_parameters, max_regions
from estimators.geometry import linear_regions
from tests.depth_page import opened, printed
from tests.pages import curve, figure, press, run, text
from tests.rational import exact_regions
from ui.depth.counted_controls import MEASURED, VIEW
from ui.depth.measured import (
    NORMAL,
    RANDOM,
    SAME_PARAMETERS,
    SAME_WIDTH,
    SEEDS,
    SERIES,
    SPREAD,
    TRAINED,
    WAVES,
    ZERO,
    Measured,
    Plan,
    counts_of,
    he_network,
    iter_measured,
    measure,
    regressor,
    samples,
)
from ui.depth.measured_view import STUDIES
from ui.depth.measured_words import (
    finding,
    measured_question,
    measured_snippet,
    measured_table,
)


@pytest.fixture(scope="module")
def plan():
    return Plan(1, 5, SAME_WIDTH, WAVES, 50)


@pytest.fixture(scope="module")
def points(plan):
    distinct = []
    for point in iter_measured(plan):
        if not distinct or point is not distinct[-1]:
            distinct.append(point)
    return distinct


def test_every_kind_depth_and_seed_is_counted_once(plan, points):
    asked = {(point.series, point.widths, point.seed) for point in points}
    assert len(points) == len(asked) == len(SERIES) * 5 * SEEDS


def test_no_count_is_above_the_maximum_and_without_biases_there_are_two(plan, points):
    for point in points:
        assert 1 <= point.in_view <= point.in_total <= max_regions(1, point.widths)
    zero = [point.in_total for point in points if point.series == ZERO]
    assert max(zero) <= 2


def test_a_trained_network_is_that_of_a_fit_made_by_hand(plan, points):
    X, y = samples(1, WAVES)
    widths = plan.widths[2]
    model = regressor(plan, widths, 3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X, y)
    expected = linear_regions(model.network_, (-np.inf, np.inf)).n_regions
    assert counts_of(points, TRAINED, widths, in_view=False)[3] == expected
    grid = np.linspace(-1, 1, 20_001)
    patterns = model.network_.activation_pattern(grid)
    seen = 1 + np.any(patterns[1:] != patterns[:-1], axis=1).sum()
    in_box = counts_of(points, TRAINED, widths, in_view=True)[3]
    assert len(np.unique(patterns, axis=0)) <= seen <= in_box


@pytest.mark.parametrize("widths", [(4,), (3, 3), (4, 3, 2)])
@pytest.mark.parametrize("n_inputs", [1, 2])
def test_random_networks_are_counted_as_in_rational_arithmetic(widths, n_inputs):
    for seed in range(3):
        network = he_network(n_inputs, widths, seed, scale=1)
        exact = exact_regions(network, [(-1, 1)] * n_inputs)
        found = measure(NORMAL, seed, network)
        assert found.in_view == len(exact) <= max_regions(n_inputs, widths)
        assert (found.in_total is None) == (n_inputs == 2)


@pytest.mark.parametrize("n_inputs", [1, 2])
def test_the_same_budget_buys_the_widest_layers(n_inputs):
    plan = Plan(n_inputs, 10, SAME_PARAMETERS, RANDOM, 50)
    budget = count_parameters(n_inputs, [10] * 5)
    assert [len(widths) for widths in plan.widths] == [1, 2, 3, 4, 5]
    for widths in plan.widths:
        wider = [width + 1 for width in widths]
        assert count_parameters(n_inputs, widths) <= budget
        assert count_parameters(n_inputs, wider) > budget


def test_the_finding_counts_what_training_changed(plan, points):
    said = finding(points, plan, in_view=False)
    counts = counts_of(points, TRAINED, plan.widths[-1], in_view=False)
    starts = counts_of(points, SPREAD, plan.widths[-1], in_view=False)
    assert f"median **{np.median(counts):,.4g}** regions" in said
    more = sum(end > start for start, end in zip(starts, counts, strict=True))
    fewer = sum(end < start for start, end in zip(starts, counts, strict=True))
    assert f"more in {more} and fewer in {fewer} of {SEEDS}" in said
    assert "7,776 possible" in said and "One layer" not in said


@pytest.mark.parametrize(
    ("shallow", "said"), [(60, "**more**"), (40, "**fewer**"), (50, "**as many**")]
)
def test_one_layer_of_as_many_parameters_is_compared_as_it_was_counted(shallow, said):
    plan = Plan(1, 10, SAME_PARAMETERS, WAVES, 50)
    first, *_, last = plan.widths
    made_up = [
        Measured(TRAINED, widths, seed, 1, count + seed, 0.25)
        for widths, count in ((first, shallow), (last, 50))
        for seed in (0, 1, 2)
    ]
    sentence = finding(made_up, plan, in_view=False)
    assert f"(156 units) has {said}: {shallow + 1}." in sentence
    table = measured_table(made_up, plan, in_view=False)
    assert table["at most"].tolist()[0] == "157"
    assert (
        table[SERIES[TRAINED]].tolist()[0] == f"{shallow + 1} ({shallow}–{shallow + 2})"
    )
    assert table["error left"].tolist() == ["0.25", "", "", "", "0.25"]


@pytest.mark.parametrize(
    ("n_inputs", "said", "not_said"),
    [(1, "below** the maximum", "bound"), (2, "below** the upper bound", "maximum")],
)
def test_in_the_plane_nothing_is_called_the_maximum(n_inputs, said, not_said):
    """There Theorem 1 is an upper bound, and no network may have as many."""
    plan = Plan(n_inputs, 10, SAME_WIDTH, WAVES, 50)
    made_up = [Measured(TRAINED, plan.widths[-1], 0, 99, None, 0.25)]
    sentence = finding(made_up, plan, in_view=True)
    assert said in sentence and not_said not in sentence


def test_with_one_layer_dots_reach_the_maximum_and_deep_ones_are_far_below(points):
    """What the preset says: a unit makes about one joint or two."""
    for depth in range(1, 6):
        for series in (NORMAL, SPREAD, TRAINED):
            widths = (5,) * depth
            median = np.median(counts_of(points, series, widths, in_view=False))
            assert 0.5 < median / (5 * depth) < 2.5
            assert median == 6 if depth == 1 else median < max_regions(1, widths) / 2


def test_a_question_without_an_answer_claims_none(plan):
    stopped = SimpleNamespace(running=False, history=[])
    answer, why = measured_question(stopped, plan, in_view=False).truth()
    assert answer == "not known" and "ended before" in why


def test_what_one_reader_had_trained_is_there_for_all_and_its_program_finds_it(plan):
    other = {}
    STUDIES.job_for(other, plan, lambda: iter_measured(plan), 0, keep=lambda p: p)
    STUDIES.tick(other, 60)
    at = opened(
        "Counted", counted_part=MEASURED, measured_units="5", measured_iterations="50"
    )
    assert "Finished: 50 of 50 networks trained" in text(at)
    median, most = printed(at)[-1]
    assert most == 7776
    assert f"median **{median:,.4g}** regions" in text(at)
    assert len(at.dataframe[0].value) == 5
    depth, highest = curve(at, "Maximum")
    assert_array_equal(highest, 6**depth)
    everywhere = curve(at, "Trained, from there, median")[1]
    at.segmented_control(key="measured_where").set_value(VIEW)
    run(at)
    inside = curve(at, "Trained, from there, median")[1]
    assert (inside <= everywhere).all() and (inside < everywhere).any()


def n_points(at):
    return sum(len(series["data"]) for series in figure(at)["series"])


def test_the_work_goes_on_and_can_be_stopped_and_what_is_there_stays():
    at = opened(
        "Counted", counted_part=MEASURED, measured_units="20", measured_iterations="500"
    )
    before = n_points(at)
    assert 0 < before < n_points(run(at))
    press(at, "Stop")
    before = text(at)
    assert "Stopped: " in before and text(run(at)) == before


@pytest.mark.parametrize("n_inputs", [1, 2])
@pytest.mark.parametrize("data", [WAVES, RANDOM])
def test_the_programs_data_are_the_data_trained_on(n_inputs, data):
    code = measured_snippet(Plan(n_inputs, 5, SAME_WIDTH, data, 50))
    scope = {}
    exec(compile(code.split("counts = []")[0], "snippet", "exec"), scope)
    X, y = samples(n_inputs, data)
    assert_array_equal(scope["X"], X)
    assert_array_equal(scope["y"], y)
