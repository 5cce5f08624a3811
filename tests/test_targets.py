"""Targets: presets against independent definitions, breaks of typed formulas."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.rows.curves import weierstrass
from benchmarks.rows.surfaces import franke, peaks
from estimators.constructions import lecture
from ui.approximation.breaks import find_breaks
from ui.approximation.samples import maximum_sample
from ui.approximation.surfaces import typed_surface
from ui.approximation.targets import TARGETS, typed_target
from ui.formula import FormulaError
from ui.surfaces import SURFACES

RNG = np.random.default_rng(0)
DEFINITIONS = {
    "exp": np.exp,
    "sine": lambda x: np.sin(2 * np.pi * x),
    "runge": lambda x: 1 / (1 + 25 * x**2),
    "wiggly": lambda x: np.sin(2 * np.pi * 5 * x),
    "chirp": lambda x: np.sin(2 * np.pi * (x + 3 * x**2)),
    "kink": lambda x: abs(x - 0.3) + 0.2 * np.sin(2 * np.pi * x),
    "lecture": lambda x: lecture("ten_parameters")(x)[:, 0],
    "root": np.sqrt,
    "step": lambda x: np.where(x < 1 / 3, 0, 1),
    "sawtooth": lambda x: np.mod(3 * x + 0.5, 1),
    "weierstrass": weierstrass,
}
SURFACE_DEFINITIONS = {
    "hill": lambda x, y: np.exp(-(np.hypot(x, y) ** 2)),
    "franke": franke,
    "peaks": peaks,
    "pyramid": lambda x, y: abs(x) + abs(y),
    "disc": lambda x, y: np.where(np.hypot(x, y) > 0.6, 0, 1),
}


def computed(code, **inputs):
    return eval(code, {"__builtins__": {}, "np": np, **inputs})


# Presets


@pytest.mark.parametrize("key", TARGETS)
def test_a_preset_is_the_function_it_is_called(key):
    target = TARGETS[key]
    assert target.key == key and target.latex and target.teaches.endswith(".")
    x = RNG.uniform(target.low, target.high, 200)
    np.testing.assert_allclose(target.function(x), DEFINITIONS[key](x), atol=1e-11)
    np.testing.assert_array_equal(computed(target.code, x=x), target.function(x))


@pytest.mark.parametrize("key", [key for key in TARGETS if key != "weierstrass"])
def test_a_preset_breaks_where_it_says(key):
    target = TARGETS[key]
    found = find_breaks(target.function, target.low, target.high)
    assert found == (
        pytest.approx(target.kinks, abs=1e-15),
        pytest.approx(target.jumps, abs=1e-15),
    )


@pytest.mark.parametrize("targets", [TARGETS, SURFACES])
def test_presets_are_told_apart(targets):
    for attribute in ("key", "name", "label"):
        assert len({getattr(t, attribute) for t in targets.values()}) == len(targets)


@pytest.mark.parametrize("key", SURFACES)
def test_a_surface_is_the_function_it_is_called(key):
    surface = SURFACES[key]
    assert surface.key == key and surface.latex and surface.teaches.endswith(".")
    x, y = RNG.uniform(surface.low, surface.high, (2, 200))
    expected = SURFACE_DEFINITIONS[key](x, y)
    np.testing.assert_allclose(surface.function(x, y), expected, atol=1e-12)
    np.testing.assert_array_equal(
        computed(surface.code, x=x, y=y), surface.function(x, y)
    )


# What is typed


@settings(max_examples=60)
@given(
    places=st.lists(st.integers(-199, 199), min_size=2, max_size=12, unique=True),
    sizes=st.lists(st.integers(1, 9), min_size=12, max_size=12),
)
def test_kinks_and_jumps_are_found_to_the_last_digit(places, sizes):
    places = [place / 100 for place in places]
    half = len(places) // 2
    kinks, jumps = sorted(places[:half]), sorted(places[half:])
    text = "x²"
    for place, size in zip(kinks, sizes, strict=False):
        text += f" + {size}|x - {place}|"
    for place, size in zip(jumps, sizes, strict=False):
        text += f" - 0.{size} step(x - {place})"
    text = text.replace("- -", "+ ")
    target = typed_target(text, -2, 2)
    assert (target.kinks, target.jumps) == (tuple(kinks), tuple(jumps))


@pytest.mark.parametrize(
    ("text", "low", "high", "kinks", "jumps"),
    [
        ("3", 0, 1, (), ()),
        ("(x - 0.3)^2", 0, 1, (), ()),
        ("sign(x)", -1, 1, (), (0.0,)),
        ("sign(x)", 0, 1, (), (0.0,)),
        ("floor(x)", -1.5, 2, (), (-1.0, 0.0, 1.0, 2.0)),
        ("ceil(x)", -1.5, 1.5, (), (-1.0, 0.0, 1.0)),
        ("floor(-|x|)", -1, 1, (), (0.0,)),  # one value stands alone
        ("atan(1/(x - 0.5))", 0, 1, (), (0.5,)),
        ("max(x, x²)", -1, 2, (0.0, 1.0), ()),
        ("relu(2 - x)", 0, 3, (2.0,), ()),
        ("cbrt(x - 0.5)", 0, 1, (0.5,), ()),  # infinitely steep, but continuous
        ("|x|^0.2", -1, 1, (0.0,), ()),
        ("|sin(pi x)|", 0.5, 3.5, (1.0, 2.0, 3.0), ()),
        ("1e-7 floor(x) + 1", 0.5, 1.5, (), (1.0,)),
        ("1e6 |x - 1e5|", 99999.5, 100000.5, (1e5,), ()),
    ],
)
def test_breaks_of_formulas(text, low, high, kinks, jumps):
    target = typed_target(text, low, high)
    assert target.kinks == pytest.approx(kinks, rel=1e-15)
    assert target.jumps == pytest.approx(jumps, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "low", "high", "words"),
    [
        ("1/x", -1, 1, "at x = 0: division by zero"),
        ("1/(x - 1/3)", 0, 1, "at x = 0.333333: division by zero"),
        ("sin(x)/x", -1, 2, "at x = 0: division by zero"),
        ("1/(x - 0.123456)^2", 0, 1, "values from −1,000,000 to 1,000,000"),
        ("tan(x)", 0, 3, "at x = 1.5708"),
        ("ln(x)", 0, 1, "has no finite value at x = 0"),
        ("sqrt(x - 0.5)", 0, 1, "`sqrt` is not defined for -0.5"),
        ("1e7 x", 0, 1, "values from −1,000,000 to 1,000,000"),
        ("sin(1e5 x)", 0, 1, "swings up and down more than 500 times"),
        # In step with the 4001 even places, where all values are zero.
        ("sin(4000 pi x)", 0, 1, "swings up and down more than 500 times"),
        ("floor(600 x)", 0, 1, "more than 500 kinks or jumps"),
        ("x", 1, 1, "1 is not less than 1"),
        ("x", 0, np.inf, "finite numbers"),
        ("x", np.nan, 1, "finite numbers"),
        ("x", 0, 2e6, "between −1,000,000 and 1,000,000"),
        ("x", 1e5, 1e5 + 1e-3, "too narrow"),
    ],
)
def test_what_cannot_be_a_target_is_refused_in_words(text, low, high, words):
    with pytest.raises(ValueError, match=r"\.$") as caught:
        typed_target(text, low, high)
    assert words in str(caught.value)
    if isinstance(caught.value, FormulaError):
        assert caught.value.shown()


@pytest.mark.parametrize(
    "text",
    [
        "x" + "^x" * 249,
        "step(sin(1500x))" + "+sin(x)" * 69,
        "+".join(["floor(99x)"] * 45),
        "sqrt(x" * 50 + ")" * 50,
    ],
)
def test_no_formula_takes_long(text):
    began = time.process_time()
    typed_target(text, 0.5, 1)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("key", ["exp", "kink", "root", "sawtooth"])
def test_a_sample_has_the_ends_the_kinks_and_both_sides_of_jumps(key):
    target = TARGETS[key]
    x, y, _ = maximum_sample(target, 500)
    assert len(x) == len(y) > 400 and (np.diff(x) >= 0).all()
    assert {target.low, target.high, *target.kinks, *target.jumps} <= set(x.tolist())
    twice = np.flatnonzero(np.diff(x) == 0)
    assert x[twice].tolist() == list(target.jumps)
    # The sawtooth falls from 1 to 0.
    np.testing.assert_allclose(y[twice] - y[twice + 1], 1, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1/(x y)", "at x = 0, y = 0: division by zero"),
        ("x + z", "Use x and y, numbers"),
        ("", "a formula in x and y, for example"),
        ("ln(x + y)", "at x = 0, y = 0: `ln` of 0 is infinite"),
    ],
)
def test_what_cannot_be_a_surface_is_refused_in_words(text, words):
    with pytest.raises(FormulaError) as caught:
        typed_surface(text, -1, 1.5)
    assert words in caught.value.message


def test_a_typed_surface_is_the_function_of_its_formula():
    surface = typed_surface("x² − |y|", -1, 2)
    assert surface.function(3.0, -4.0) == 5
    assert (surface.low, surface.high) == (-1, 2)
    with pytest.raises(ValueError, match="upwards"):
        typed_surface("x", 2, -1)
