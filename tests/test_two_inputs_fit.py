"""The Fit step of the Two inputs page as a visitor drives it, without a browser."""

import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from tests.pages import errors, figure, press, results, run, text
from tests.two_inputs_page import opened, settled
from ui.bundled import BUNDLED
from ui.two_inputs.fitting import FitSettings, start_fit
from ui.two_inputs.plane_data import PLANE_COLUMNS, surface_data
from ui.two_inputs.surfaces import SURFACES, sample_code, sampled

QUICK = {"plane_points": "100", "plane_iterations": "30", "plane_width": "6"}
GOOD = "dose,weight,effect,name\n" + "".join(
    f"{i / 10},{(7 * i) % 13},{abs(i - 20) + (7 * i) % 13},n{i}\n" for i in range(40)
)


def fitted(**query):
    return settled(opened("Fit", **(QUICK | query)))


def uploaded(content, name="data.csv"):
    at = fitted(plane_data="Your file")
    at.file_uploader(key="plane_file").upload(name, content.encode())
    return settled(run(at))


def rebuilt(at):
    """The model and the counts that the page's program comes to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # few iterations, here
        scope, printed = results(at.code[0].value)
    return scope["model"], [values[0] for values in printed]


def test_the_page_opens_with_a_finished_fit():
    at = settled(opened("Fit"))
    assert "Finished after" in text(at) and not at.error and not at.warning
    scores = at.table[0].value.astype(float)
    assert scores.loc["Network, 20 units", "R², test"] > 0.98
    assert scores.loc["Plane", "R², test"] < 0.8
    (loss,) = at.get("echarts_chart")
    assert loss.proto.alt.startswith("Training loss")
    assert len(figure(at)["series"]) == 2


@pytest.mark.parametrize("name", SURFACES)
def test_every_surface_and_the_program_that_samples_it(name):
    scope, _ = results(sample_code(name, 80, 0.25, 3))
    X, y = sampled(name, 80, 0.25, 3)
    np.testing.assert_array_equal(scope["X"], X)
    np.testing.assert_allclose(scope["y"], y, rtol=1e-14)
    low, high = np.transpose(SURFACES[name].box)
    assert (low <= X).all() and (high >= X).all()


def test_frankes_function_has_the_values_that_are_known_of_it():
    # At the tops of its two hills and in its dip, but for the other terms' tails.
    franke = SURFACES["Franke"].surface.function
    assert franke(2 / 9, 2 / 9) == pytest.approx(1.22, abs=0.01)
    assert franke(7 / 9, 3 / 9) == pytest.approx(0.63, abs=0.03)
    assert franke(4 / 9, 7 / 9) < 0.1


@pytest.mark.parametrize("depth", ["1", "3"])
@pytest.mark.parametrize("solver", ["auto", "gd", "adam", "lbfgs"])
def test_the_program_trains_the_network_shown(depth, solver):
    at = fitted(plane_depth=depth, plane_solver=solver)
    assert errors(at) == []
    model, (n_regions, score) = rebuilt(at)
    assert f"**{n_regions:,}** in view" in text(at)
    shown = at.table[0].value.iloc[0]["R², test"]
    assert float(shown) == pytest.approx(score, rel=1e-3)
    assert model.network_.depth == int(depth)


@pytest.mark.parametrize("title", BUNDLED)
def test_every_bundled_table_with_two_columns_of_choice(title):
    at = fitted(plane_data="Real table", plane_table=title)
    assert errors(at) == []
    _, (n_regions, _) = rebuilt(at)
    assert f"**{n_regions:,}** in view" in text(at)
    place = list(BUNDLED).index(title)
    second = at.selectbox(key=f"p{place}x₂")
    assert second.value == PLANE_COLUMNS[f"p{place}x₂"]
    second.select(at.selectbox(key=f"p{place}x₁").value)
    assert errors(run(at)) == ["x₁ and x₂ are the same column. Choose three columns."]
    press(at, "Reset")
    assert errors(settled(at)) == []


def test_columns_of_a_table_are_in_the_link():
    at = fitted(plane_data="Real table", **{"p0x₁": "age", "p0x₂": "bp"})
    assert [at.selectbox(key=f"p0{axis}").value for axis in ("x₁", "x₂")] == [
        *("age", "bp")
    ]


def test_a_file_of_ones_own():
    at = uploaded(GOOD)
    assert errors(at) == []
    assert [
        at.selectbox(key=f"plane_up{axis}").value for axis in ("x₁", "x₂", "y")
    ] == [*("dose", "weight", "effect")]
    assert "read_csv(\n    'data.csv'" in at.code[0].value
    assert "28 rows to train, 12 to test" in text(at)


@pytest.mark.parametrize(
    ("content", "complaint"),
    {
        "": "empty",
        "a,b\n1,2\n3,4\n": "Only two columns hold numbers, `a` and `b`, and three",
        "a,b,c\n1,2,3\n2,3,4\n": "At least 12 are needed",
        "a,b,c\n" + "1,2,3\n" * 30: "Column `a` is 1 in every row",
        "%PDF-1.4": "PDF",
    }.items(),
)
def test_a_file_that_cannot_be_used_gets_a_sentence(content, complaint):
    (message,) = errors(uploaded(content))
    assert complaint in message


def test_divergence_is_explained_and_the_page_goes_on():
    at = fitted(plane_solver="gd", plane_rate="10")
    (message,) = errors(at)
    assert "diverged" in message
    at.select_slider(key="plane_rate").set_value(0.01)
    assert errors(settled(run(at))) == []


def test_watching_again_and_stopping():
    at = fitted(plane_solver="gd", plane_iterations="1000")
    press(at, "Watch again")
    assert "**Training with gradient descent: iteration 0**" in text(at)
    assert not at.code  # the program is of a network that has been trained
    run(at)
    press(at, "Stop training")
    assert "**Stopped at iteration" in text(at)
    stopped = text(at)
    assert text(run(at)) == stopped
    rebuilt(at)


def test_too_large_a_network_is_refused_in_words():
    data = surface_data("Franke", 50, 0.0, 0)
    with pytest.raises(ValueError, match="At most 4 layers of 64 units"):
        start_fit(data, FitSettings(depth=5))


def test_the_largest_network_there_is_can_be_trained_and_drawn():
    largest = {"plane_depth": "4", "plane_width": "64", "plane_solver": "adam"}
    at = opened("Fit", **(QUICK | largest | {"plane_iterations": "10"}))
    at = settled(at)
    assert "Finished" in text(at) and "cover half of the view" in text(at)
