"""The numbers, operators and functions that a formula may contain: nothing else."""

import operator
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Constant(NamedTuple):
    """A number, and how it is written if it has a name."""

    value: float
    latex: str = ""
    python: str = ""


class Variable(NamedTuple):
    """An input: which one, and its name."""

    index: int
    name: str


class Operation(NamedTuple):
    """An operator or a function.

    Attributes
    ----------
    name : str
        How it is typed.
    arity : int
        Number of operands.
    compute : callable
        Works on arrays that broadcast; never raises, given float64.
    python, latex : str
        Templates for `str.format`. Empty for operators, whose writing depends on
        their neighbours.
    branch : callable or None
        From the operands to numbers that are constant wherever the operation is
        smooth: where they change there may be a kink, a jump or a pole.
    """

    name: str
    arity: int
    compute: Callable[..., Array]
    python: str = ""
    latex: str = ""
    branch: Callable[..., Array] | None = None


def _power_branch(base: Array, exponent: Array) -> Array:
    """Return the sign of the base, unless the power is a polynomial."""
    polynomial = (exponent >= 0) & (exponent == np.rint(exponent))
    return np.where(polynomial, 0, np.sign(base))


def _divisor(_: Array, divisor: Array) -> Array:
    return np.sign(divisor)


def _larger(a: Array, b: Array) -> Array:
    return np.sign(a - b)


def _quarter_turns(angle: Array) -> Array:
    """Count the poles of the tangent up to an angle."""
    return np.floor(angle / np.pi + 0.5)


ADD = Operation("+", 2, np.add)
SUBTRACT = Operation("-", 2, np.subtract)
MULTIPLY = Operation("*", 2, np.multiply)
DIVIDE = Operation("/", 2, np.divide, branch=_divisor)
POWER = Operation("^", 2, operator.pow, branch=_power_branch)
NEGATE = Operation("-", 1, np.negative)

CONSTANTS = {
    "pi": Constant(np.pi, r"\pi", "np.pi"),
    "π": Constant(np.pi, r"\pi", "np.pi"),
    "e": Constant(np.e, "e", "np.e"),
}


def _step(x: Array) -> Array:
    return np.heaviside(x, 1.0)


def _relu(x: Array) -> Array:
    return np.maximum(x, 0.0)


def _named(name: str, latex: str, compute: np.ufunc) -> Operation:
    """Describe a smooth function of one number that NumPy has."""
    template = latex + r"\left({}\right)"
    return Operation(name, 1, compute, f"np.{compute.__name__}({{}})", template)


_SMOOTH = [
    _named("sin", r"\sin", np.sin),
    _named("cos", r"\cos", np.cos),
    _named("tan", r"\tan", np.tan)._replace(branch=_quarter_turns),
    _named("asin", r"\arcsin", np.arcsin),
    _named("acos", r"\arccos", np.arccos),
    _named("atan", r"\arctan", np.arctan),
    _named("sinh", r"\sinh", np.sinh),
    _named("cosh", r"\cosh", np.cosh),
    _named("tanh", r"\tanh", np.tanh),
    _named("asinh", r"\operatorname{arsinh}", np.arcsinh),
    _named("acosh", r"\operatorname{arcosh}", np.arccosh),
    _named("atanh", r"\operatorname{artanh}", np.arctanh),
    _named("ln", r"\ln", np.log)._replace(branch=np.sign),
    _named("log2", r"\log_2", np.log2)._replace(branch=np.sign),
    _named("log10", r"\log_{10}", np.log10)._replace(branch=np.sign),
    Operation("exp", 1, np.exp, "np.exp({})", "e^{{{}}}"),
]
_BRANCHING = [
    Operation("sqrt", 1, np.sqrt, "np.sqrt({})", r"\sqrt{{{}}}", np.sign),
    Operation("cbrt", 1, np.cbrt, "np.cbrt({})", r"\sqrt[3]{{{}}}", np.sign),
    Operation("abs", 1, np.abs, "np.abs({})", r"\left|{}\right|", np.sign),
    Operation(
        "sign",
        1,
        np.sign,
        "np.sign({})",
        r"\operatorname{{sign}}\left({}\right)",
        np.sign,
    ),
    Operation(
        "step",
        1,
        _step,
        "np.heaviside({}, 1.0)",
        r"\operatorname{{step}}\left({}\right)",
        np.sign,
    ),
    Operation(
        "relu",
        1,
        _relu,
        "np.maximum({}, 0.0)",
        r"\operatorname{{ReLU}}\left[{}\right]",
        np.sign,
    ),
    Operation(
        "floor",
        1,
        np.floor,
        "np.floor({})",
        r"\left\lfloor {} \right\rfloor",
        np.floor,
    ),
    Operation(
        "ceil", 1, np.ceil, "np.ceil({})", r"\left\lceil {} \right\rceil", np.ceil
    ),
    Operation(
        "max", 2, np.maximum, "np.maximum({}, {})", r"\max\left({}, {}\right)", _larger
    ),
    Operation(
        "min", 2, np.minimum, "np.minimum({}, {})", r"\min\left({}, {}\right)", _larger
    ),
]
FUNCTIONS = {operation.name: operation for operation in _SMOOTH + _BRANCHING}
ABSOLUTE = FUNCTIONS["abs"]
FUNCTIONS |= {
    alias: FUNCTIONS[name]
    for alias, name in {
        "arcsin": "asin",
        "arccos": "acos",
        "arctan": "atan",
        "arsinh": "asinh",
        "arcosh": "acosh",
        "artanh": "atanh",
        "log": "ln",
        "√": "sqrt",
        "sgn": "sign",
        "heaviside": "step",
    }.items()
}
