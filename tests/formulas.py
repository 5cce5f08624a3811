"""Strings that are, nearly are, or are not at all formulas; Python as the oracle."""

import random
from collections.abc import Callable

import numpy as np
from hypothesis import strategies as st

_PIECES = (
    *"xye()()()||+-*/^−–×·÷∕²³¹,.=<>!$%&;:'\"`\\{}[]_ \t\n\x00\u202e\ud800π√∞é中",
    *("**", "sin", "cos(", "exp(", "log2(", "max(", "min(x,", "pi", "abs(", "floor("),
    *("0", "1", "7", "0.5", ".5", "1e3", "1e-3", "9e99", "1e999", "x", "2x", "sin(x)"),
    *("import os", "__class__", "eval(", "lambda", "x for", "np.", "1_000", "0x1f"),
)
_VALID = (
    "sin(2 pi x) + |x − 0.3|",
    "1/(1 + 25x²)",
    "max(x, 0.5)^2^-x - min(-x, 3e-2)",
    "exp(-x^2/2)/sqrt(2pi) · relu(x - step(x))",
    "((x+1)(x-1))/(3 - floor(cbrt(x) + 1/7)) x |x|",
)
_NESTED = ("(", "sin(", "|x+", "-", "x^", "max(x,", "2(", "√(", "+-", "x^-", "1/(")


def _junk(rng: random.Random) -> str:
    return "".join(
        chr(rng.randrange(0x2FFF if rng.random() < 0.3 else 0x7F))
        for _ in range(rng.randrange(40))
    )


def _pieces(rng: random.Random) -> str:
    return "".join(rng.choices(_PIECES, k=rng.randrange(1, 25)))


def _mutated(rng: random.Random) -> str:
    text = list(rng.choice(_VALID))
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(text))
        change = rng.randrange(3)
        if change == 0:
            del text[at]
        elif change == 1:
            text.insert(at, rng.choice(_PIECES))
        else:
            text[at] = rng.choice(_PIECES)
    return "".join(text)


def _nested(rng: random.Random) -> str:
    depth = rng.choice((3, 20, 50, 51, 120, 249))
    opened = "".join(rng.choices(rng.sample(_NESTED, 2), k=depth))
    n_closed = opened.count("(") + rng.choice((0, 0, 0, -1, 1))
    return opened + "x" + ")" * n_closed


def _long(rng: random.Random) -> str:
    piece = rng.choice((*_VALID, "x", "9", "x^", "(", "|", " ", "sin(x)", "x|", "2x/"))
    return (piece + rng.choice(("", "+", "*", " "))) * rng.choice((50, 249, 2000))


KINDS: dict[str, Callable[[random.Random], str]] = {
    "random characters": _junk,
    "random pieces": _pieces,
    "mutated formulas": _mutated,
    "nested": _nested,
    "long": _long,
}

SPELLINGS = {
    "*": ["*", "×", "·", "⋅", " * "],
    "/": ["/", "÷", " / "],
    "-": ["-", "−", " - "],
    "+": ["+", " + "],
    "**": ["**", "^", " ^ "],
}


@st.composite
def expressions(draw, depth=4):
    """Draw the same expression as Python would read it, and as it may be typed.

    Parentheses are left out at random, so both have to group what is left alike.
    """
    kind = draw(st.sampled_from("nxsbbbb" if depth else "nx"))
    if kind == "n":
        number = draw(st.sampled_from(["2", "3", "0.5", "1e-1", ".25", "7.", "10"]))
        return f"np.float64({number})", number
    if kind == "x":
        return "x", "x"
    if kind == "s":
        sign = draw(st.sampled_from("+-"))
        python, typed = draw(expressions(depth=depth - 1))
        pieces = (sign + python, draw(st.sampled_from(SPELLINGS[sign])) + typed)
    else:
        sign = draw(st.sampled_from(list(SPELLINGS)))
        left, right = (draw(expressions(depth=depth - 1)) for _ in range(2))
        spelling = draw(st.sampled_from(SPELLINGS[sign]))
        pieces = (left[0] + sign + right[0], left[1] + spelling + right[1])
    if draw(st.booleans()):
        return f"({pieces[0]})", f"({pieces[1]})"
    return pieces


def by_python(code, **variables):
    """Let Python read an expression whose names are given."""
    with np.errstate(all="ignore"):
        return eval(code, {"__builtins__": {}, "np": np, **variables})
