"""A typed formula: Python's own semantics are the oracle, and no text breaks it."""

import math
import pickle
import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formulas import KINDS, by_python, expressions
from ui.formula import FormulaError, parse

X = np.array([-2.5, -1.0, -0.3, 0.0, 0.25, 1.0, 3.0])


def error_of(text, *variables):
    with pytest.raises(FormulaError) as caught:
        parse(text, variables or ("x",))
    return caught.value


# What is read


@settings(max_examples=400)
@given(expressions())
def test_operators_group_as_in_python(expression):
    python, typed = expression
    expected = [by_python(python, x=x) for x in X]
    np.testing.assert_allclose(parse(typed)(X), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("typed", "python"),
    [
        ("2x", "2*x"),
        ("-2x²", "-(2*x**2)"),
        ("2 sin(x)", "2*np.sin(x)"),
        ("(x+1)(x−1)", "(x+1)*(x-1)"),
        ("2pi x", "2*np.pi*x"),
        ("pix", "np.pi*x"),
        ("xexp(x)", "x*np.exp(x)"),
        ("X(X)", "x*x"),
        ("2e", "2*np.e"),
        ("2e x", "2*np.e*x"),
        ("2e3x", "2000*x"),
        ("2exp(x)", "2*np.exp(x)"),
        ("1/2x", "(1/2)*x"),
        ("2^3x", "8*x"),
        ("-x^2", "-(x**2)"),
        ("2^-x^2", "2**(-(x**2))"),
        ("x²³ - x^23", "0*x"),
        ("x^2³", "x**8"),
        ("x^2^3", "x**8"),
        ("x²^3", "x**6"),
        ("|x-1|", "np.abs(x-1)"),
        ("2|x||x+1|", "2*np.abs(x)*np.abs(x+1)"),
        ("||x|-1|", "np.abs(np.abs(x)-1)"),
        ("|2(|x|)|", "np.abs(2*x)"),
        ("-|x|²", "-np.abs(x)**2"),
        ("max(x, min(1, x²))", "np.maximum(x, np.minimum(1, x**2))"),
        ("√(x²)", "np.abs(x)"),
        ("\t x\u00a0+\n1 ", "x+1"),
        ("step(x)", "np.where(x < 0, 0, 1)"),
        ("relu(x)", "np.where(x < 0, 0, x)"),
    ],
)
def test_what_is_written_without_signs(typed, python):
    np.testing.assert_allclose(parse(typed)(X), by_python(python, x=X), rtol=1e-15)


@pytest.mark.parametrize(
    ("name", "function", "places"),
    [
        *[(n, getattr(math, n), [-2, 0.3, 2]) for n in ("sin", "cos", "tan", "exp")],
        *[(n, getattr(math, n), [-2, 0.3, 2]) for n in ("sinh", "cosh", "tanh")],
        *[(n, getattr(math, n), [-1, 0.3, 1]) for n in ("asin", "acos", "atan")],
        *[(n, getattr(math, n), [0.1, 0.3]) for n in ("asinh", "atanh")],
        *[(n, getattr(math, n), [-1.5, 0, 2]) for n in ("floor", "ceil", "cbrt")],
        *[(n, getattr(math, n), [0.5, 2, 1e3]) for n in ("log", "log2", "log10")],
        ("arcsin", math.asin, [0.3]),
        ("arccos", math.acos, [0.3]),
        ("arctan", math.atan, [0.3]),
        ("arsinh", math.asinh, [0.3]),
        ("arcosh", math.acosh, [1, 3]),
        ("artanh", math.atanh, [0.3]),
        ("ln", math.log, [0.5, 2, 1e3]),
        ("sqrt", math.sqrt, [0, 2]),
        ("abs", abs, [-2, 0, 2]),
        ("sign", lambda x: math.copysign(1, x) if x else 0, [-2, 0, 2]),
        ("sgn", lambda x: math.copysign(1, x) if x else 0, [-2, 0, 2]),
        ("heaviside", lambda x: float(x >= 0), [-2, 0, 2]),
    ],
)
def test_functions_are_those_of_mathematics(name, function, places):
    expected = [function(x) for x in places]
    assert parse(f"{name}(x)")(places) == pytest.approx(expected, rel=1e-14)
    assert parse(f"{name.upper()}(x)")(places) == pytest.approx(expected, rel=1e-14)


def test_two_inputs_broadcast():
    formula = parse("x y + max(x, y)", ("x", "y"))
    values = formula(X[:, np.newaxis], X)
    np.testing.assert_allclose(values, np.multiply.outer(X, X) + np.maximum.outer(X, X))
    assert parse("3")(X).tolist() == [3] * len(X)
    with pytest.raises(TypeError, match="2 inputs"):
        formula(X)


# What is not read


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 0, "Type a formula in x"),
        (" \t", 0, "Type a formula in x"),
        ("x + y", 4, "`y` at position 5 is not known. Use x, numbers"),
        ("x + foo(x)", 4, "`foo` at position 5 is not known"),
        ("x $ 2", 2, "`$` at position 3"),
        ("y = 2x", 0, "`y` at position 1"),
        ("x = 2", 2, "Leave out the equals sign"),
        ("x < 2", 2, "step(…)"),
        ("2(x + 1", 1, "parenthesis is not closed"),
        ("(", 0, "parenthesis is not closed"),
        ("sin((x)", 0, "parenthesis is not closed"),
        ("1 + |x", 4, "bar is not closed"),
        ("(|x)", 1, "bar is not closed"),
        ("(x))", 3, "closes nothing"),
        ("x +", 2, "After `+` something is missing"),
        ("x + * 2", 2, "After `+` something is missing"),
        ("* x", 0, "Before `*` something is missing"),
        ("² x", 0, "Before `²` something is missing"),
        ("()", 0, "nothing in this parenthesis"),
        ("max(x,)", 5, "between these commas"),
        ("sin x", 0, "as in sin(x)"),
        ("max", 0, "as in max(x, 0)"),
        ("2 sin^2(x)", 2, "as in sin(x)"),
        ("1 + max(x)", 4, "takes 2 numbers, here it has 1"),
        ("max(1, 2, x)", 0, "takes 2 numbers, here it has 3"),
        ("sin(x, 2)", 5, "write decimals with a point"),
        ("0,5 x", 1, "write decimals with a point"),
        ("x 2", 2, "or ^ for a power"),
        ("1.2.3", 3, "such as + or * before .3"),
        ("1e999", 0, "too large"),
        ("x" * 501, 500, "501 characters; at most 500"),
        ("(" * 51 + "x" + ")" * 51, 50, "more than 50 deep"),
    ],
)
def test_an_error_says_what_and_points_where(text, position, words):
    error = error_of(text)
    assert words in error.message
    assert error.position == position
    assert str(error) == error.message
    formula, caret = error.shown().split("\n")
    assert caret.strip() == "^"
    if position < len(text):
        assert formula[caret.index("^")] == text[position].replace("\t", " ")


def test_what_is_allowed_at_the_limits_is_read():
    assert parse("(" * 50 + "x" + ")" * 50)(3.0) == 3
    assert parse("x" * 500)(1.0) == 1
    for text in ("-" * 498 + "x", "x" + "^x" * 249, "x" + "+x" * 249):
        check_writings(parse(text))


def test_a_stranger_s_text_stays_text():
    error = error_of("`](x)<b>\u202e\n\ud800中")
    assert "`" not in error.shown() and error.shown().count("\n") == 1
    assert error_of("⌘" * 400).shown().count("⌘") < 100
    again = pickle.loads(pickle.dumps(error))
    assert (again.message, again.shown()) == (error.message, error.shown())


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_does_anything_but_raise_a_formula_error(kind):
    rng = random.Random(kind)
    n_read, longest = 0, 0.0
    for _ in range(600):
        text = KINDS[kind](rng)
        began = time.process_time()
        try:
            formula = parse(text)
        except FormulaError as error:
            longest = max(longest, time.process_time() - began)
            assert 0 <= error.position <= len(text) and error.shown()
            continue
        n_read += 1
        check_writings(formula)
    assert n_read or kind == "random characters"
    assert longest < 0.5  # by far, on any machine; a hang takes longer


@settings(max_examples=300)
@given(st.text())
def test_nor_does_any_text_that_hypothesis_finds(text):
    try:
        formula = parse(text)
    except FormulaError as error:
        assert 0 <= error.position <= len(text) and error.shown()
    else:
        check_writings(formula)


@given(expressions())
def test_what_is_written_is_what_was_read(expression):
    check_writings(parse(expression[1]))


def check_writings(formula):
    np.testing.assert_array_equal(by_python(formula.python(), x=X) + 0 * X, formula(X))
    latex = formula.latex()
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\left") == latex.count(r"\right")
    assert len(latex) < 100 * len(formula.text)


@pytest.mark.parametrize(
    ("typed", "latex"),
    [
        ("2*pi*x", r"2 \, \pi \, x"),
        ("-x^2", "-{x}^{2}"),
        ("(-x)^2", r"{\left(-x\right)}^{2}"),
        ("x - (1 - x)", r"x - \left(1 - x\right)"),
        ("(x - 1) - x", "x - 1 - x"),
        ("x - -x", r"x - \left(-x\right)"),
        ("1/(1 + 25x²)", r"\frac{1}{1 + 25 \, {x}^{2}}"),
        ("(x/2)^3", r"{\left(\frac{x}{2}\right)}^{3}"),
        ("2*3", r"2 \cdot 3"),
        ("1.5e-7 x", r"1.5 \cdot 10^{-7} \, x"),
        ("exp(-x)", "e^{-x}"),
        ("e^-x", "{e}^{-x}"),
        ("exp(x)^2", r"{\left(e^{x}\right)}^{2}"),
        ("√(|x|)", r"\sqrt{\left|x\right|}"),
    ],
)
def test_mathematics_is_written_with_the_parentheses_it_needs(typed, latex):
    assert parse(typed).latex() == latex


# Values


@pytest.mark.parametrize(
    ("text", "x", "words"),
    [
        ("1/x", 0, "`1/x` has no finite value at x = 0: division by zero."),
        ("x + 2/(x - x)", 3, "at x = 3: division by zero"),
        ("ln(x)", -1, "at x = -1: `ln` is not defined for -1"),
        ("(-8)^(1/x)", 3, "`^` is not defined for -8 and 0.333333"),
        ("exp(x)", 1000, "`exp` of 1000 is infinite or too large"),
        ("9^9^9", 0, "`^` of 9 and 3.8742e+08 is infinite"),
        ("exp(x)", 20, "is 4.85e+08 at x = 20; values from −1,000,000 to 1,000,000"),
    ],
)
def test_a_missing_value_is_explained(text, x, words):
    with pytest.raises(FormulaError) as caught:
        parse(text).values([x])
    assert words in caught.value.message


def test_the_roundest_of_several_bad_places_is_named():
    with pytest.raises(FormulaError, match="x = 0, y = 2"):
        parse("ln(x)", ("x", "y")).values([[-0.1234], [0.0]], [2.0, 2.34567])


def test_formulas_typed_alike_are_equal():
    assert parse("2x") == parse("2x") != parse("2 x")
    assert len({parse("2x"), parse("2x"), parse("2x", ("x", "y"))}) == 2
    assert pickle.loads(pickle.dumps(parse("2x")))(4.0) == 8
