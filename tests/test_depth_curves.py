"""The step of figure 20.2: curves that were recorded, and a small version, live."""

from itertools import product

import numpy as np
import pytest

from estimators.experiments.random_labels import Curve, Task, epochs, recorded
from tests.depth_page import opened, printed
from tests.pages import assert_possible, figure, press, run, text
from ui.depth.curve_controls import CURVE_BAR, LIVE
from ui.depth.curve_words import (
    columns_of,
    depth_question,
    epochs_needed,
    order_sentence,
    trained_sentence,
)
from ui.depth.race import iter_race, small_tasks
from ui.figures.depth_curves import depth_alt, depth_chart, points_of

SMALL = small_tasks(400, "random", 0.05, 1)


def settled(at):
    for _ in range(300):
        if not any("Training:" in each.value for each in at.markdown):
            return at
        run(at)
    raise AssertionError("training does not end")


def curve(depth, seed, last, finished=True):
    """A made-up curve of a network that needed so many epochs."""
    made = Curve(Task(depth, 5, seed), finished=finished)
    made.add(0, 2.3, 0.9)
    made.add(last, 0.1, 0.0 if finished else 0.25)
    return made


@pytest.mark.parametrize("name", CURVE_BAR.presets)
def test_every_preset_shows_its_point(name):
    assert_possible(CURVE_BAR, name)
    at = opened("Figure 20.2", curves=name)
    assert not at.error
    assert CURVE_BAR.presets[name].look_for in text(at)
    values = CURVE_BAR.presets[name].values
    tasks = [c.task for c in recorded()]
    wanted = [t for t in tasks if t.labels == values.get("curve_labels", "random")]
    n_networks = 4 if values.get("curve_run") == LIVE else len(wanted)
    assert len(at.dataframe[0].value) == n_networks
    press(at, "Reset")


def test_the_page_says_of_the_claim_what_the_recorded_curves_say():
    at = opened("Figure 20.2")
    curves = [c for c in recorded() if c.task.labels == "random"]
    assert f"**{sum(c.finished for c in curves)} of {len(curves)}** networks" in text(
        at
    )
    assert order_sentence(curves) in text(at)
    shown = at.dataframe[0].value
    for row, each in zip(shown.itertuples(index=False), curves, strict=True):
        assert (row[0], row[1], row[3]) == (
            each.task.depth,
            each.task.width,
            each.task.seed,
        )
        assert row[4] == (f"{each.epochs[-1]:,}" if each.finished else "not reached")


def test_on_random_labels_all_are_about_as_good_as_guessing():
    deviation = np.sqrt(0.9 * 0.1 / 1000)
    for each in recorded():
        if each.task.labels == "random":
            errors = np.array(
                [error for error in each.test_errors if error is not None]
            )
            assert errors.size > 100
            assert np.abs(errors - 0.9).max() < 4 * deviation


def test_most_digits_are_right_sooner_than_most_random_labels():
    """What the preset about true labels tells its reader to look at."""

    def first_half(each):
        counted = zip(each.epochs, each.errors, strict=True)
        return next(n for n, error in counted if error is not None and error < 0.5)

    halves = {"random": [], "true": []}
    for each in recorded():
        halves[each.task.labels].append(first_half(each))
    assert 4 * max(halves["true"]) < min(halves["random"])


def test_a_preset_says_nothing_of_another_picture():
    look_for = CURVE_BAR.presets["Random labels"].look_for
    assert look_for in text(opened("Figure 20.2"))
    at = opened("Figure 20.2", curve_labels="true")
    assert look_for not in text(at)
    at.segmented_control(key="curve_labels").set_value("random")
    assert look_for in text(run(at))
    at.segmented_control(key="curve_run").set_value(LIVE)
    assert look_for not in text(run(at))


def test_all_recorded_networks_were_trained_to_the_end():
    tasks = {(c.task.labels, c.task.depth, c.task.seed) for c in recorded()}
    assert tasks == set(product(["random", "true"], [1, 2, 3, 4], [0, 1]))
    for each in recorded():
        assert each.finished and each.errors[-1] == 0


@pytest.mark.parametrize("axis", ["linear", "logarithmic"])
def test_the_chart_has_the_counts_of_every_network(axis):
    curves = [c for c in recorded() if c.task.labels == "random"]
    at = opened("Figure 20.2", curve_axis=axis)
    drawn = figure(at)["series"][: len(curves)]
    for series, each in zip(drawn, curves, strict=True):
        x, y = np.transpose(series["data"])
        epochs_, errors = points_of(each, "train")
        if axis == "logarithmic":
            epochs_, errors = epochs_[1:], errors[1:]
        kept = np.searchsorted(epochs_, 0.999 * x)
        np.testing.assert_allclose(x, epochs_[kept], rtol=1e-4)
        np.testing.assert_allclose(y, errors[kept], rtol=1e-4)
        assert kept[0] == 0 and kept[-1] == len(epochs_) - 1
        # What is left out is hardly beside what is drawn.
        places = np.log(epochs_) if axis == "logarithmic" else epochs_
        gaps = (
            places
            - places[kept][np.searchsorted(kept, range(len(places)), "right") - 1]
        )
        assert gaps.max() <= np.ptp(places) / 190


def test_a_live_network_learns_what_the_library_learns():
    at = settled(opened("Figure 20.2", curve_run=LIVE, curve_seed="1"))
    shown = at.dataframe[0].value
    assert "**4 of 4** networks have learned all 400 labels" in text(at)
    for row, task in zip(shown.itertuples(index=False), SMALL, strict=True):
        *_, last = epochs(task)
        assert row[4] == f"{last.epoch:,}"
    assert [f"{values[2]:,}" for values in printed(at)] == list(shown.iloc[:, 4])
    assert all(values[4] == 0 for values in printed(at))


def test_live_training_can_be_stopped():
    at = opened(
        "Figure 20.2", curve_run=LIVE, curve_examples="800", curve_rate="0.0025"
    )
    assert "Training:" in text(at)
    press(at, "Stop")
    run(at)
    assert "Stopped:" in text(at)
    assert "**0 of 4** networks" in text(at)


def test_the_program_for_what_is_recorded_prints_it():
    at = opened("Figure 20.2", curve_labels="true")
    assert len(printed(at)) == len(at.dataframe[0].value)


def test_an_answer_comes_before_the_curves():
    at = opened("Figure 20.2", ask="true")
    assert not at.get("echarts_chart")
    at.segmented_control(key="curves_answer").set_value("4")
    run(at)
    assert at.get("echarts_chart")
    assert any("You said **4**" in each.value for each in (*at.success, *at.warning))


@pytest.mark.parametrize("n_examples", [200, 400, 800])
def test_small_networks_have_parameters_as_the_figure(n_examples):
    for task in small_tasks(n_examples, "random", 0.05, 0):
        wider = Task(task.depth, task.width + 1)
        step = wider.n_parameters - task.n_parameters
        distance = abs(task.n_parameters - 15208 / 4000 * n_examples)
        assert distance <= step / 2 + 1


def test_all_run_at_the_same_pace():
    race = iter_race(SMALL)
    for _ in range(8):
        curves = next(race)
    assert [c.epochs[-1] for c in curves] == [100] * 4


def test_a_sentence_says_what_curves_show():
    falling = [curve(depth, 0, 1000 // depth) for depth in (1, 2, 3, 4)]
    assert "Each network needed fewer" in order_sentence(falling)
    broken = [*falling[:3], curve(4, 0, 900)]
    assert "4 layers needed no fewer than 3 with seed 0" in order_sentence(broken)
    unfinished = [*falling[:3], curve(4, 0, 900, finished=False)]
    assert "**3 of 4** networks" in trained_sentence(unfinished)
    assert "4 layers × 5, seed 0 had 25.00% wrong after 900" in trained_sentence(
        unfinished
    )
    assert "Of those that got there, each needed fewer" in order_sentence(unfinished)
    alone = [falling[0], curve(2, 0, 900, finished=False)]
    assert "nothing to compare" in order_sentence(alone)
    assert epochs_needed(unfinished) == {1: [1000], 2: [500], 3: [333]}
    assert depth_question(falling, 0, False).truth()[0] == "4"
    assert depth_question(falling, 0, True).truth() is None


def test_figures_and_columns_hold_what_was_recorded():
    curves = [curve(1, 0, 1000), curve(2, 0, 500, finished=False)]
    linear = depth_chart(curves, "train", log=False)["series"]
    assert linear[0]["data"] == [[0, 90], [1000, 0]]
    assert linear[1]["data"] == [[0, 90], [500, 25]]
    assert [s["name"] for s in linear[2:]] == ["No error: 1 layer × 5, seed 0"]
    logarithmic = depth_chart(curves, "loss", log=True)["series"]
    assert logarithmic[0]["data"] == [[1000, 0.1]]  # a logarithm of zero there is not
    assert "25 after 500 epochs." in depth_alt(curves, "train")
    assert "0 after 1,000 epochs, no error left." in depth_alt(curves, "train")
    names, columns = columns_of(curves)
    row = dict(zip(names, np.transpose(columns)[3]))
    assert np.isnan(row.pop("test_error"))
    assert row == {
        "layers": 2,
        "width": 5,
        "seed": 0,
        "epoch": 500,
        "loss": 0.1,
        "error": 0.25,
    }
