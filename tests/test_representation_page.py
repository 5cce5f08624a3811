"""The Representation page as a visitor drives it, without a browser."""

import re
import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from estimators.representation import svd_stages
from tests.pages import assert_opens, errors, run, run_snippet, text
from tests.representation_page import opened, settled
from ui.approximation.steps import PAGE as APPROXIMATION
from ui.regression.steps import PAGE as REGRESSION
from ui.representation.activation_step import ACTIVATION_BAR
from ui.representation.activation_words import ONE_TO_ONE
from ui.representation.activations import ACTIVATIONS
from ui.representation.map_step import MAP_BAR, SLIDE
from ui.representation.real_controls import REAL_BAR, UPLOADED
from ui.representation.steps import PAGE, STEPS
from ui.representation.warping_controls import OWN, WARPING_BAR

BARS = dict(zip(STEPS, (MAP_BAR, ACTIVATION_BAR, WARPING_BAR, REAL_BAR)))
PRESETS = [(step, name) for step, bar in BARS.items() for name in bar.presets]


def right(at):
    """The share of points that the network gets right."""
    return float(re.search(r"right about \*\*([\d.]+) %", text(at))[1]) / 100


@pytest.mark.parametrize(("step", "name"), PRESETS)
def test_every_preset_opens_with_nothing_to_complain_about(step, name):
    bar = BARS[step]
    at = opened(step)
    assert_opens(at, bar, name)
    assert at.title[0].value == "Representation"


def test_no_control_is_taken_for_one_of_another_page():
    assert set(PAGE) & set(REGRESSION) == {"ask"}
    assert set(PAGE) & set(APPROXIMATION) == {"ask"}


def test_both_views_name_what_shows_them():
    at = opened("Two views")
    assert len(at.get("page_link")) == 12


# -- linear map ------------------------------------------------------------------------


def test_the_slides_matrix_and_what_the_slide_gets_wrong():
    at = opened("Linear map")
    (latex,) = (each.value for each in at.latex)
    for number in ("2.162", "0.7438", "0.8343", "0.3207"):
        assert number in latex
    assert "det Θ = +1.608" in text(at)
    assert "det Θ = +1.608" not in text(opened("Linear map", theta="1,1~0,1"))


def test_the_snippet_gives_the_stages_on_screen():
    at = opened("Linear map", theta="1,2~3,-4", moment="1.5")
    shown = run_snippet(at)["shown"]
    np.testing.assert_array_equal(shown, svd_stages([[1, 2], [3, -4]]).at(1.5))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1,2,3,4", "two rows of two"),
        ("1,2~3,x", "“x” is not a number"),
        ("1,2~3,1e9", "too large"),
        ("1,2~3,nan", "is not a number"),
        ("", "two rows"),
        ("1" * 200, "longer"),
    ],
)
def test_a_bad_matrix_is_explained_and_the_one_before_stays(typed, says):
    at = opened("Linear map", theta="1,1~0,1")
    before = at.latex[0].value
    at.text_input(key="theta").set_value(typed)
    run(at)
    (message,) = errors(at)
    assert says in message
    assert at.latex[0].value == before


@pytest.mark.parametrize(
    ("theta", "answer"),
    [
        (SLIDE, "No, its front stays up"),
        (((0, 1), (1, 0)), "It turns it over"),
        (((1, 2), (2, 4)), "Neither: it makes it flat"),
    ],
)
def test_the_question_about_the_sheet_of_paper(theta, answer):
    typed = "~".join(",".join(map(str, row)) for row in theta)
    at = opened("Linear map", theta=typed, ask="true")
    assert not at.latex
    at.get("button_group")[-1].select(answer)
    run(at)
    (message,) = at.success
    assert "right" in message.value
    assert at.latex


def test_undo_takes_back_a_typed_matrix():
    at = opened("Linear map")
    at.text_input(key="theta").set_value("1,0~0,1")
    run(at)
    (undo,) = (button for button in at.button if button.label == "Undo")
    undo.click()
    assert run(at).text_input(key="theta").value == "0.19,1.84~-0.97,-0.93"


# -- activations -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_quadrants_that_are_one_to_one_are_so(name):
    # A continuous function of one number is one-to-one where it is monotonic.
    rise = np.diff(ACTIVATIONS[name].function(np.linspace(0.01, 4, 400)))
    fall = np.diff(ACTIVATIONS[name].function(np.linspace(-4, -0.01, 400)))
    whole = [bool((steps > 0).all() or (steps < 0).all()) for steps in (rise, fall)]
    assert ONE_TO_ONE[name] == sum(a and b for a in whole for b in whole)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_snippet_computes_the_activation(name):
    at = opened("Activations", activation=name, scale="2.5")
    assert errors(at) == []
    found = run_snippet(at)
    expected = ACTIVATIONS[name].function(2.5 * found["x"])
    np.testing.assert_allclose(found["y"], expected, atol=1e-15)


# -- warping ---------------------------------------------------------------------------


def test_two_units_separate_xor_and_a_straight_cut_of_the_inputs_does_not():
    at = settled(opened("Warping"))
    assert right(at) == 1
    shares = [float(str(v).rstrip(" %")) for v in at.table[0].value.iloc[0]]
    assert shares[0] < 80
    assert shares[1:] == [100, 100]


def test_two_units_never_enclose_and_the_page_says_why():
    at = opened("Warping", warpings="Two units cannot enclose", cloud="Circles")
    (info,) = at.info
    assert "whatever their parameters" in info.value
    assert "Three suffice" in info.value
    assert right(settled(at)) < 1


@pytest.mark.parametrize(
    "name", ["Three units can", "Two moons, two layers", "Three classes"]
)
def test_what_presets_promise_to_separate_is_separated(name):
    values = {key: str(v) for key, v in WARPING_BAR.presets[name].values.items()}
    at = settled(opened("Warping", warpings=name, **values))
    assert right(at) == 1
    assert not at.info


def test_spirals_come_apart_within_twenty_seconds_of_training():
    values = WARPING_BAR.presets["Spirals"].values
    values = {key: str(value) for key, value in values.items()}
    at = settled(opened("Warping", warpings="Spirals", **values))
    assert right(at) >= 0.98
    assert float(re.search(r"\(([\d.]+) s\)", text(at))[1]) < 20


def test_the_snippet_trains_the_same_network():
    at = settled(opened("Warping", cloud="Circles", units_each="3"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = run_snippet(at)
    (share,), *probes = found["printed"][: 2 + found["network"].depth + 1]
    assert share == pytest.approx(right(at), abs=1e-3)
    shown = [float(str(v).rstrip(" %")) / 100 for v in at.table[0].value.iloc[0]]
    np.testing.assert_allclose([value for (value,) in probes], shown, atol=1e-3)


def test_ones_own_points():
    at = settled(opened("Warping", cloud=OWN))
    assert right(at) == 1
    at.text_input(key="own_points").set_value("0,0,1~1,1,4")
    run(at)
    (message,) = errors(at)
    assert "Point 2 is not written" in message
    at.text_input(key="own_points").set_value("0,0,1")
    run(at)
    assert errors(at) == []
    assert "at least two classes" in at.info[0].value


def test_a_network_is_watched_again():
    at = settled(opened("Warping"))
    (again,) = (button for button in at.button if button.label == "Watch again")
    again.click()
    assert "Training…" in text(run(at))
    assert right(settled(at)) == 1


# -- real data -------------------------------------------------------------------------


def test_irises_come_apart():
    at = settled(opened("Real data", real="Iris", real_units_each="4"))
    table = at.table[0].value
    assert list(table.iloc[:, 1]) == ["4", "4", "4"]
    silhouettes = [float(value) for value in table["silhouette"]]
    assert silhouettes[-1] > silhouettes[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = run_snippet(at)
    seen = [f"{100 * values[0]:.1f} %" for values in found["printed"][1:]]
    assert seen == list(table["straight cuts, rows seen"])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n3,4\n", "No column can hold classes"),
        (b"kind,b\n" + b"x,1\ny,1\n" * 6, "no column of numbers that vary"),
        (b"PK\x03\x04rest", "Excel"),
    ],
)
def test_a_table_that_will_not_do_is_explained(content, says):
    at = opened("Real data", real=UPLOADED)
    at.file_uploader(key="file").upload("data.csv", content)
    run(at)
    (message,) = errors(at)
    assert says in message


def test_an_uploaded_table():
    rows = [f"{i % 7},{i % 3},{':red[a]' if i % 2 else '<b>'}" for i in range(40)]
    content = "\n".join(["width,height,kind", *rows]).encode()
    at = opened("Real data", real=UPLOADED)
    at.file_uploader(key="file").upload("data.csv", content)
    at = settled(run(at))
    assert errors(at) == []
    assert "40 rows of 2 numbers, 2 classes" in text(at)
    assert at.table[0].value.shape[0] == 3
