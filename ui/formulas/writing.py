"""Write a formula that has been read: as LaTeX, and as a NumPy expression."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from ui.formulas.reading import Step
from ui.formulas.vocabulary import (
    ADD,
    DIVIDE,
    MULTIPLY,
    NEGATE,
    POWER,
    SUBTRACT,
    Constant,
    Operation,
    Variable,
)

_SUM, _PRODUCT, _PREFIX, _POWER, _ATOM = range(1, 6)
_MOST_STACKED = 2  # fractions within fractions stay readable so far


class _Latex(NamedTuple):
    """A part of a formula, how tightly it holds together, and fractions in it."""

    text: str
    level: int
    n_stacked: int = 0

    def held(self, level: int) -> str:
        """Put parentheses around what holds less tightly."""
        if self.level >= level:
            return self.text
        return rf"\left({self.text}\right)"


def as_latex(steps: Sequence[Step]) -> str:
    """Write a formula as mathematics.

    Parameters
    ----------
    steps : sequence of Step

    Returns
    -------
    str
        LaTeX without dollar signs; its length is linear in that of the formula.
    """
    stack: list[_Latex] = []
    for what, _ in steps:
        if isinstance(what, Constant):
            stack.append(_latex_number(what))
        elif isinstance(what, Variable):
            stack.append(_Latex(what.name, _ATOM))
        else:
            operands = _taken(stack, what.arity)
            n_stacked = max(operand.n_stacked for operand in operands)
            stack.append(_latex_operation(what, operands, n_stacked))
    return stack[-1].text


def _latex_operation(
    what: Operation, operands: Sequence[_Latex], n_stacked: int
) -> _Latex:
    if what is NEGATE:
        return _Latex("-" + operands[0].held(_PREFIX), _PRODUCT, n_stacked)
    if what in (ADD, SUBTRACT):
        left, right = operands[0].held(_SUM), operands[1].held(_PRODUCT)
        if right.startswith("-"):
            right = rf"\left({right}\right)"
        return _Latex(f"{left} {what.name} {right}", _SUM, n_stacked)
    if what is MULTIPLY:
        left, right = operands[0].held(_PRODUCT), operands[1].held(_PREFIX)
        sign = r" \cdot " if right[0].isdigit() else r" \, "
        return _Latex(left + sign + right, _PRODUCT, n_stacked)
    if what is DIVIDE and n_stacked < _MOST_STACKED:
        above, below = (operand.text for operand in operands)
        return _Latex(rf"\frac{{{above}}}{{{below}}}", _PREFIX, n_stacked + 1)
    if what is DIVIDE:
        left, right = operands[0].held(_PRODUCT), operands[1].held(_PREFIX)
        return _Latex(f"{left} / {right}", _PRODUCT, n_stacked)
    if what is POWER:
        base = operands[0].held(_ATOM)
        return _Latex(f"{{{base}}}^{{{operands[1].text}}}", _POWER, n_stacked)
    level = _POWER if what.name == "exp" else _ATOM
    return _Latex(
        what.latex.format(*(operand.text for operand in operands)), level, n_stacked
    )


def _latex_number(number: Constant) -> _Latex:
    if number.latex:
        return _Latex(number.latex, _ATOM)
    digits, _, power = f"{number.value:.12g}".partition("e")
    if not power:
        return _Latex(digits, _ATOM)
    scale = f"10^{{{int(power)}}}"
    if digits == "1":
        return _Latex(scale, _POWER)
    return _Latex(rf"{digits} \cdot {scale}", _PRODUCT)


class _Python(NamedTuple):
    """A part of a formula, how tightly it holds together, its value if constant."""

    text: str
    level: int
    value: np.float64 | None = None

    def held(self, level: int) -> str:
        """Put parentheses around what holds less tightly."""
        return self.text if self.level >= level else f"({self.text})"


def as_python(steps: Sequence[Step]) -> str:
    """Write a formula as Python code that computes exactly the same.

    Parameters
    ----------
    steps : sequence of Step

    Returns
    -------
    str
        An expression of ``np`` and the inputs, which are arrays of float64.
    """
    stack: list[_Python] = []
    for what, _ in steps:
        if isinstance(what, Constant):
            text = what.python or repr(what.value)
            stack.append(_Python(text, _ATOM, np.float64(what.value)))
        elif isinstance(what, Variable):
            stack.append(_Python(what.name, _ATOM))
        else:
            operands = _taken(stack, what.arity)
            stack.append(_python_operation(what, operands))
    return stack[-1].text


def _python_operation(what: Operation, operands: Sequence[_Python]) -> _Python:
    value = _constant_value(what, operands)
    if value is not None and (what is POWER or not np.isfinite(value)):
        # Python's own numbers raise errors, or turn complex, where NumPy's do not.
        known = np.isfinite(value)
        text = repr(float(value)) if known else f"np.{float(value)}".replace("-", "")
        return _Python(
            f"-{text}" if value < 0 and not known else text,
            _PREFIX if value < 0 else _ATOM,
            value,
        )
    if what is NEGATE:
        return _Python("-" + operands[0].held(_PREFIX), _PREFIX, value)
    if what is POWER:
        base, (text, level, exponent) = operands[0].held(_ATOM), operands[1]
        if exponent is not None and exponent == np.rint(exponent) < 1e6:
            text = text.removesuffix(".0")
        return _Python(f"{base}**{_Python(text, level).held(_PREFIX)}", _POWER)
    if what.arity == 2 and not what.python:
        own = _SUM if what in (ADD, SUBTRACT) else _PRODUCT
        left, right = operands[0].held(own), operands[1].held(own + 1)
        sign = f" {what.name} " if own == _SUM else what.name
        return _Python(f"{left}{sign}{right}", own, value)
    return _Python(
        what.python.format(*(operand.text for operand in operands)), _ATOM, value
    )


def _constant_value(what: Operation, operands: Iterable[_Python]) -> np.float64 | None:
    values = [operand.value for operand in operands]
    if any(value is None for value in values):
        return None
    with np.errstate(all="ignore"):
        return np.float64(what.compute(*values))


def _taken(stack: list, n: int) -> list:
    """Take the last n entries off a stack."""
    taken = stack[-n:]
    del stack[-n:]
    return taken
