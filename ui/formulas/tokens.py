"""Cut the text of a formula into numbers, names and signs."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ui.formulas.errors import FormulaError
from ui.formulas.vocabulary import CONSTANTS, FUNCTIONS
from ui.names import display_name

MAX_LENGTH = 500

_SIGNS = {
    "+": "+",
    "**": "^",
    "^": "^",
    **dict.fromkeys("-−–", "-"),
    **dict.fromkeys("*×·⋅∗", "*"),
    **dict.fromkeys("/÷∕", "/"),
    **{sign: sign for sign in "(),|"},
}
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[lL][oO][gG](?:10|2)(?![0-9])|[A-Za-zπ]+|√)"
    rf"|(?P<superscript>[{_SUPERSCRIPTS}]+)"
    rf"|(?P<sign>\*\*|[{re.escape(''.join(s for s in _SIGNS if len(s) == 1))}])"
)
_ADVICE = {
    "=": "Leave out the equals sign and what stands before it.",
    **dict.fromkeys("<>", "For a case distinction use step(…), max(…) or abs(…)."),
    "√": "",
}


class Token(NamedTuple):
    """A piece of the formula.

    Attributes
    ----------
    kind : {"number", "name", "superscript", "sign", "end"}
    text : str
        The number without superscripts, the name in lower case, the sign in ASCII.
    position : int
        Index of its first character.
    """

    kind: str
    text: str
    position: int


def tokens(text: str, variables: Sequence[str]) -> Iterator[Token]:
    """Yield the pieces of a formula, the last of kind "end".

    Parameters
    ----------
    text : str
        Whatever was typed.
    variables : sequence of str
        Names of the inputs, one letter each.

    Yields
    ------
    Token

    Raises
    ------
    FormulaError
        If the text is too long or has a character or name that means nothing.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            f"The formula has {len(text):,} characters; at most {MAX_LENGTH} can be "
            f"read. Write a shorter one.",
            text,
            MAX_LENGTH,
        )
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unknown(text, position, text[position], variables)
        kind, found = match.lastgroup, match.group()
        if kind == "name":
            yield from _names(text, found, position, variables)
        elif kind == "superscript":
            yield Token(kind, found.translate(_DIGITS), position)
        else:
            yield Token(kind, _SIGNS.get(found, found), position)
        position = match.end()
    yield Token("end", "", len(text))


def _names(
    text: str, run: str, position: int, variables: Sequence[str]
) -> Iterator[Token]:
    """Cut letters without spaces, like ``pix``, into names, the longest first."""
    known = sorted({*variables, *CONSTANTS, *FUNCTIONS}, key=len, reverse=True)
    letters, found = run.lower(), []
    while letters:
        name = next((name for name in known if letters.startswith(name)), None)
        if name is None:
            raise _unknown(text, position, run, variables)
        found.append(Token("name", name, position + len(run) - len(letters)))
        letters = letters[len(name) :]
    yield from found


def _unknown(
    text: str, position: int, what: str, variables: Sequence[str]
) -> FormulaError:
    inputs = " and ".join(variables)
    advice = _ADVICE.get(what) or (
        f"Use {inputs}, numbers, pi, e, + − * / ^, parentheses and functions "
        f"such as sin, exp, sqrt, abs or max."
    )
    return FormulaError(
        f"{display_name(what)} at position {position + 1} is not known. {advice}",
        text,
        position,
    )
