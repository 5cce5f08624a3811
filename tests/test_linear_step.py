"""The Linear step: the lecture's losses, when descent diverges, and other data."""

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from estimators.datasets import lecture_line
from tests import pages
from tests.pages import press, run
from ui.bundled import BUNDLED
from ui.regression.line_data import line_data
from ui.regression.linear import (
    PRESETS,
    RATES,
    curvatures,
    descent,
    least_squares,
    line_from_text,
    line_to_text,
    start_on,
    summed_loss,
)
from ui.regression.linear_words import valley, verdict

X, Y = lecture_line()
YEARS = np.arange(1850.0, 2001.0)
PEOPLE = 1.2e9 * 1.011 ** (YEARS - 1850)

rates = st.sampled_from(RATES)
columns = st.lists(st.floats(-50, 50), min_size=3, max_size=20).map(np.array)
inputs = columns.filter(lambda x: np.ptp(x) > 0.1)


def opened(**query):
    return pages.opened("Linear", **query)


def uploaded(x, y, header="x,y", **query):
    at = opened(linear_data="Your file", **query)
    rows = (f"{float(a)!r},{float(b)!r}" for a, b in zip(x, y, strict=True))
    content = "\n".join([header, *rows]).encode()
    at.file_uploader(key="file").upload("data.csv", content)
    return run(at), content


def prepared(x, y, **keywords):
    return line_data(x, y, ("x", "y"), "", max_points=500, **keywords)


def instrument(at):
    """What the instrument was given to show."""
    (element,) = (e for e in at.get("bidi_component") if e.key == "linear_instrument")
    return json.loads(element.proto.json)


def table(at):
    return at.table[0].value


# -- arithmetic -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "loss"),
    [((0.4, 0.2), 7.068), ((1.6, -0.8), 10.28), ((1.2, 0.2), 0.687)],
)
def test_the_lectures_losses(line, loss):
    assert summed_loss(X, Y, line) == pytest.approx(loss, abs=5e-4)


def test_least_squares_is_where_descent_ends():
    best = least_squares(X, Y)
    assert_allclose(best, (0.82595, 0.52223), atol=5e-6)
    assert summed_loss(X, Y, best) == pytest.approx(0.19987, abs=5e-6)
    assert_allclose(descent(X, Y, (0.4, 0.2), 1.5, 5000)[-1], best)


@given(inputs, rates, st.floats(-3, 3), st.floats(-3, 3))
def test_on_any_data_the_steepest_error_grows_by_the_factor_told(x, rate, phi_0, phi_1):
    y = np.sin(x)
    A = np.column_stack([np.ones_like(x), x])
    values, axes = np.linalg.eigh(2 * A.T @ A)
    assert curvatures(x).steepest == pytest.approx(values[1])
    path = descent(x, y, (phi_0, phi_1), rate, 20)
    errors = (path - np.linalg.lstsq(A, y)[0]) @ axes[:, 1]
    scale = np.abs(path).max() + 1
    assert_allclose(errors[1:], (1 - rate) * errors[:-1], atol=1e-7 * scale)
    assert ("diverges" in verdict(x, rate)) == (abs(1 - rate) > 1)


@given(inputs, rates.filter(lambda rate: rate < 2))
def test_below_two_no_step_goes_uphill(x, rate):
    y = np.cos(x)
    losses = [summed_loss(x, y, line) for line in descent(x, y, (1, -1), rate, 20)]
    assert (np.diff(losses) <= 1e-9 * losses[0]).all()


@pytest.mark.parametrize("x", [X, YEARS, YEARS - 1925, YEARS + 1e5], ids=len)
def test_the_condition_number_is_that_of_the_singular_values(x):
    singular = np.linalg.svd(np.column_stack([np.ones_like(x), x]), compute_uv=False)
    expected = (singular[0] / singular[1]) ** 2
    assert curvatures(x).condition == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("rate", [rate for rate in RATES if rate < 2])
def test_so_many_steps_halve_the_error_along_the_floor(rate):
    told = re.search(r"takes (\S+) steps? to halve", valley(X, rate))[1]
    count = 1 if told == "one" else int(told)
    A = np.column_stack([np.ones_like(X), X])
    floor = np.linalg.eigh(A.T @ A)[1][:, 0]
    best = np.array(least_squares(X, Y))
    path = descent(X, Y, tuple(best + floor), rate, count)
    errors = np.abs((path - best) @ floor)
    assert errors[-1] <= 0.5
    assert (errors[:-1] > 0.5).all()


@given(inputs)
def test_standardised_the_contours_are_circles_and_one_step_is_enough(x):
    data = prepared(x, np.exp(x / 50), standardised=True)
    assert curvatures(data.x).condition == pytest.approx(1)
    path = descent(data.x, data.y, (3, -2), 1.0, 1)
    assert_allclose(path[-1], least_squares(data.x, data.y), atol=1e-9)
    assert "κ is 1" in valley(data.x, 1.0)


@pytest.mark.parametrize("name", PRESETS)
def test_on_the_lectures_data_presets_start_where_the_lecture_does(name):
    assert start_on(prepared(X, Y), PRESETS[name]) == PRESETS[name].start


@given(st.floats(0.1, 100), st.floats(-100, 100), st.floats(0.1, 100), st.booleans())
def test_in_other_units_a_preset_is_the_same_line(scale, shift, height, standardised):
    """Its loss is as many times the variance of y, up to rounding."""
    for preset in PRESETS.values():
        data = prepared(scale * X + shift, height * Y, standardised=standardised)
        ratio = summed_loss(data.x, data.y, start_on(data, preset)) / data.y.var()
        expected = summed_loss(X, Y, preset.start) / Y.var()
        assert ratio == pytest.approx(expected, rel=0.1)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_lines_come_back_from_text_bit_by_bit(phi_0, phi_1):
    assert line_from_text(line_to_text(phi_0, phi_1)) == (phi_0, phi_1)


# -- the page ---------------------------------------------------------------------


def test_the_page_shows_start_end_and_optimum():
    at = opened()
    shown = table(at)
    assert next(iter(shown["summed loss"])) == "7.0679"
    assert list(shown["φ0"])[2] == "0.82595"
    assert any("never overshoots" in m.value for m in at.markdown)


SOURCES = [
    {},
    {"standardise": "true"},
    {"linear_data": "Toy", "toy": "line", "points": "1000"},
    *({"linear_data": "Real table", "table": title} for title in BUNDLED),
    {"linear_data": "Real table", "table": "Life expectancy", "standardise": "true"},
]


@pytest.mark.parametrize("source", SOURCES, ids=lambda query: "-".join(query.values()))
def test_every_preset_opens_on_all_data_and_its_snippet_takes_the_steps_shown(source):
    at = opened(**source)
    for name, preset in PRESETS.items():
        at.selectbox(key="descent").set_value(name)
        run(at)
        shown, sent = table(at), instrument(at)
        start = [float(part) for part in at.text_input(key="line").value.split(",")]
        assert sent["line"] == start == sent["path"][0]
        assert preset.look_for in [m.value for m in at.markdown]
        assert not at.error
        diverges = any("diverges" in m.value for m in at.markdown)
        losses = [float(loss) for loss in shown["summed loss"]]
        assert diverges == (name == "Too fast") == (losses[1] > losses[0])
        assert losses[2] < losses[0]
        assert_snippet_agrees(at)


def assert_snippet_agrees(at):
    printed = []
    exec(compile(at.code[0].value, "snippet", "exec"), {"print": printed.append})
    phi, loss = printed
    shown = table(at)
    assert_allclose(phi, [float(shown["φ0"][1]), float(shown["φ1"][1])], rtol=1e-4)
    assert loss == pytest.approx(float(shown["summed loss"][1]), rel=1e-4)


def test_other_data_begin_anew_but_a_link_keeps_its_line():
    at = opened(linear_data="Toy", toy="line", line="1,2")
    assert at.text_input(key="line").value == "1,2"
    at.selectbox(key="toy").set_value("zigzag")
    run(at)
    anew = at.text_input(key="line").value
    assert anew != "1,2"
    at.text_input(key="line").set_value("3,4")
    assert instrument(run(at))["line"] == [3, 4]
    press(at, "Reset")
    assert at.text_input(key="line").value == anew
    at.segmented_control(key="linear_data").set_value("Lecture")
    run(at)
    assert at.text_input(key="line").value == "0.4,0.2"
    assert instrument(at)["x"] == X.tolist()


@pytest.mark.parametrize("speed", ["0.038", "nan", "9", "<b>"])
def test_a_rate_that_is_no_option_gives_the_presets(speed):
    at = opened(speed=speed, descent="Too fast")
    assert at.select_slider(key="speed").value == PRESETS["Too fast"].rate


def test_the_choice_of_data_is_its_own_and_what_is_within_is_shared():
    at = opened(linear_data="Toy", toy="chirp", data="Real table")
    assert at.selectbox(key="toy").value == "chirp"
    at.segmented_control(key="step").set_value("Fit")
    run(at)
    assert at.segmented_control(key="data").value == "Real table"


def test_years_and_people_of_an_upload(tmp_path, monkeypatch):
    at, content = uploaded(YEARS, PEOPLE, "year,people", descent="Zigzag")
    assert not at.error
    assert instrument(at)["names"] == ["year", "people in 10⁶"]
    (words,) = (m.value for m in at.markdown if "κ" in m.value)
    assert "κ = 7,230,000,000" in words and "**Standardise x**" in words
    (tmp_path / "data.csv").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert_snippet_agrees(at)
    at.toggle(key="standardise").set_value(True)
    assert any("circles" in m.value for m in run(at).markdown)
    assert_snippet_agrees(at)


def test_of_many_rows_an_even_part_is_shown_and_said_so(tmp_path, monkeypatch):
    rng = np.random.default_rng(0)
    at, content = uploaded(*rng.normal(size=(2, 1200)).round(4))
    assert len(instrument(at)["x"]) == 500
    assert any("500 of 1,200 rows" in c.value for c in at.caption)
    (tmp_path / "data.csv").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert_snippet_agrees(at)


def test_numbers_beyond_the_limit_get_the_remedy():
    at, _ = uploaded(1000 + 1e-9 * np.arange(9), np.arange(9.0))
    (error,) = at.error
    assert "Standardise x" in error.value and not at.table
    at.toggle(key="standardise").set_value(True)
    assert not run(at).error
    assert table(at)["φ0"][2] == "4"


@pytest.mark.parametrize(
    ("x", "y", "says"),
    [([1, 1, 1], [1, 2, 3], "in every row"), ([1, 2], [3, 4], "At least 3")],
)
def test_a_file_without_a_line_gets_a_sentence(x, y, says):
    at, _ = uploaded(x, y)
    assert says in at.error[0].value
    assert not at.table


def test_names_that_a_stranger_chose_are_cut_to_one_line():
    at, _ = uploaded([1, 2, 3], [4, 6, 5], f"{'w' * 300},:red[y]")
    across, up = instrument(at)["names"]
    assert across == "w" * 39 + "…" and up == ":red[y]"


def test_undo_and_reset():
    at = opened()
    at.text_input(key="line").set_value("1,1")
    run(at)
    assert next(iter(table(at)["φ0"])) == "1"
    press(at, "Undo")
    assert at.text_input(key="line").value == "0.4,0.2"
    press(at, "Redo")
    assert at.text_input(key="line").value == "1,1"
    press(at, "Reset")
    assert at.text_input(key="line").value == "0.4,0.2"


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "nan,1", "1e9,1", "1," * 99])
def test_text_that_is_no_line_gets_a_sentence(text):
    at = opened()
    at.text_input(key="line").set_value(text)
    run(at)
    assert len(at.error) == 1
    assert next(iter(table(at)["φ0"])) == "0.4"
