"""Read a formula into steps for a stack machine: Dijkstra's shunting yard.

No function here calls itself and every list is as short as the text, so time and memory
are bounded by the length of the formula, whatever it says.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from ui.formulas.errors import FormulaError
from ui.formulas.tokens import Token, tokens
from ui.formulas.vocabulary import (
    ABSOLUTE,
    ADD,
    CONSTANTS,
    DIVIDE,
    FUNCTIONS,
    MULTIPLY,
    NEGATE,
    POWER,
    SUBTRACT,
    Constant,
    Operation,
    Variable,
)
from ui.names import display_name

MAX_NESTING = 50

_BINARY = {
    "+": (1, ADD),
    "-": (1, SUBTRACT),
    "*": (2, MULTIPLY),
    "/": (2, DIVIDE),
    "^": (4, POWER),
}
_PREFIX = 3  # below a power, so that −x² is −(x²), and above a product


class Step(NamedTuple):
    """Push a number or an input, or replace operands by their result."""

    what: Constant | Variable | Operation
    position: int


class _Waiting(NamedTuple):
    """An operator whose right operand is not complete."""

    binding: int
    operation: Operation | None
    token: Token


class _Group(NamedTuple):
    """Something opened: a parenthesis, a function's, or a bar of |x|."""

    closing: str
    function: Operation | None
    token: Token
    outer: list[_Waiting]
    n_before: int  # arguments that a comma has ended


class Reader:
    """Turn one text into steps; `steps` is called once."""

    def __init__(self, text: str, variables: Sequence[str]) -> None:
        self._text = text
        self._variables = tuple(variables)
        self._steps: list[Step] = []
        self._waiting: list[_Waiting] = []
        self._groups: list[_Group] = []

    def steps(self) -> tuple[Step, ...]:
        """Read the text.

        Returns
        -------
        tuple of Step
            In the order of evaluation; the result is what remains on the stack.

        Raises
        ------
        FormulaError
            If the text is no formula.
        """
        pieces = list(tokens(self._text, self._variables))
        if len(pieces) == 1:
            example = "sin(2 pi x)" if len(self._variables) == 1 else "x^2 + y^2"
            raise FormulaError(
                f"Type a formula in {' and '.join(self._variables)}, for example "
                f"{example}.",
                self._text,
                0,
            )
        operand_expected = True
        before = Token("start", "", 0)
        for i, token in enumerate(pieces):
            if operand_expected:
                operand_expected = self._begin(token, before, pieces[i + 1 : i + 2])
            elif self._begins_operand(token):
                if token.kind == "number":
                    raise self._error(
                        f"Write a sign such as + or * before {token.text}"
                        + (", or ^ for a power." if before.kind == "name" else "."),
                        token,
                    )
                self._operate(token._replace(kind="sign", text="*"))
                operand_expected = self._begin(token, before, pieces[i + 1 : i + 2])
            else:
                operand_expected = self._continue(token)
            before = token
        return tuple(self._steps)

    def _begins_operand(self, token: Token) -> bool:
        """Whether a token after an operand is multiplied by it, as in 2x."""
        if token.text == "|":
            return not (self._groups and self._groups[-1].closing == "|")
        return token.kind in ("number", "name") or token.text == "("

    def _begin(self, token: Token, before: Token, following: list[Token]) -> bool:
        """Take a token where an operand may begin; return whether one still may."""
        if token.kind == "number":
            self._push(self._number(token), token)
            return False
        if token.kind == "name":
            return self._begin_name(token, following)
        if token.text in ("(", "|"):
            # A function has opened its own parenthesis with its name.
            if before.kind != "name" or before.text not in FUNCTIONS:
                self._open(")" if token.text == "(" else "|", None, token)
            return True
        if token.text in ("+", "-"):
            operation = NEGATE if token.text == "-" else None
            self._waiting.append(_Waiting(_PREFIX, operation, token))
            return True
        raise self._missing_operand(token, before)

    def _begin_name(self, token: Token, following: list[Token]) -> bool:
        name = token.text
        if name in self._variables:
            self._push(Variable(self._variables.index(name), name), token)
            return False
        if name in CONSTANTS:
            self._push(CONSTANTS[name], token)
            return False
        if not following or following[0].text != "(":
            raise self._error(
                f"Write what {display_name(name)} is taken of in parentheses, as in "
                f"{name}({'x, 0' if FUNCTIONS[name].arity == 2 else 'x'}).",
                token,
            )
        self._open(")", FUNCTIONS[name], token)
        return True

    def _continue(self, token: Token) -> bool:
        """Take a token after an operand; return whether an operand may begin next."""
        if token.kind == "superscript":
            # Binds tighter than anything typed after it, so it is done at once.
            self._push(self._number(token), token)
            self._steps.append(Step(POWER, token.position))
            return False
        if token.text in _BINARY:
            self._operate(token)
            return True
        if token.kind == "end":
            if self._groups:
                raise self._unclosed()
            self._finish()
            return False
        if token.text == ",":
            return self._next_argument(token)
        self._close(token)
        return False

    def _operate(self, token: Token) -> None:
        binding, operation = _BINARY[token.text]
        # x^y^z is x^(y^z); all other operators group from the left.
        keeps = binding if operation is POWER else binding - 1
        while self._waiting and self._waiting[-1].binding > keeps:
            self._settle()
        self._waiting.append(_Waiting(binding, operation, token))

    def _settle(self) -> None:
        _, operation, token = self._waiting.pop()
        if operation is not None:  # a plus sign in front changes nothing
            self._steps.append(Step(operation, token.position))

    def _finish(self) -> None:
        while self._waiting:
            self._settle()

    def _open(self, closing: str, function: Operation | None, token: Token) -> None:
        if len(self._groups) == MAX_NESTING:
            raise self._error(
                f"Parentheses are nested more than {MAX_NESTING} deep.", token
            )
        self._groups.append(_Group(closing, function, token, self._waiting, 0))
        self._waiting = []

    def _next_argument(self, token: Token) -> bool:
        group = self._groups[-1] if self._groups else None
        if group is None or group.function is None or group.function.arity == 1:
            raise self._error(
                "A comma can only stand between the two arguments of max or min; "
                "write decimals with a point, as in 0.5.",
                token,
            )
        self._finish()
        self._groups[-1] = group._replace(n_before=group.n_before + 1)
        return True

    def _close(self, token: Token) -> None:
        group = self._groups[-1] if self._groups else None
        if group is None:
            raise self._error("This ) closes nothing: remove it or add a (.", token)
        if group.closing != token.text:
            raise self._unclosed()
        self._finish()
        self._groups.pop()
        self._waiting = group.outer
        operation = ABSOLUTE if group.closing == "|" else group.function
        if operation is None:
            return
        if group.n_before + 1 != operation.arity:
            raise self._error(
                f"{display_name(operation.name)} takes {operation.arity} numbers, here "
                f"it has {group.n_before + 1}: separate them by commas.",
                group.token,
            )
        self._steps.append(Step(operation, group.token.position))

    def _push(self, what: Constant | Variable, token: Token) -> None:
        self._steps.append(Step(what, token.position))

    def _number(self, token: Token) -> Constant:
        value = float(token.text)
        if math.isinf(value):
            raise self._error("This number is too large to compute with.", token)
        return Constant(value)

    def _missing_operand(self, token: Token, before: Token) -> FormulaError:
        if before.kind == "sign" and before.text not in "(),|":
            return self._error(
                f"After {display_name(before.text)} something is missing: a number, "
                f"{self._variables[0]}, a function or a parenthesis.",
                before,
            )
        if token.kind == "end":
            return self._unclosed()
        if token.text in (")", ","):
            return self._error(
                "There is nothing in this parenthesis or between these commas.",
                before,
            )
        return self._error(
            f"Before {display_name(self._text[token.position])} something is missing: "
            f"a number, {self._variables[0]}, a function or a parenthesis.",
            token,
        )

    def _unclosed(self) -> FormulaError:
        group = self._groups[-1]
        name = "bar" if group.closing == "|" else "parenthesis"
        return self._error(
            f"This {name} is not closed: a {group.closing} is missing.", group.token
        )

    def _error(self, message: str, token: Token) -> FormulaError:
        return FormulaError(message, self._text, token.position)
