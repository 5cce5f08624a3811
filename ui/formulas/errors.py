"""What is wrong with a formula, and where."""

import unicodedata

_SHOWN = 60  # characters of a long formula around the place


class FormulaError(ValueError):
    """A formula cannot be read, or has no value where one is needed.

    Attributes
    ----------
    message : str
        For the person who typed it; safe to show as Markdown.
    text : str
        The formula.
    position : int
        Index in `text` of the character that the message is about; ``len(text)`` if
        something is missing at the end.
    """

    def __init__(self, message: str, text: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.position = position

    def __reduce__(self) -> tuple[type, tuple[str, str, int]]:
        return type(self), (self.message, self.text, self.position)

    def shown(self) -> str:
        """Write the formula with a caret below the place, for a monospaced block.

        Returns
        -------
        str
            Two lines. Every character takes one column, and none ends a fenced block
            of Markdown. Of a long formula only the neighbourhood is shown.

        Examples
        --------
        >>> print(FormulaError("What is $?", "2 + $x", 4).shown())
        2 + $x
            ^
        """
        start = max(0, min(self.position - _SHOWN // 2, len(self.text) - _SHOWN))
        excerpt = "".join(map(_one_column, self.text[start : start + _SHOWN]))
        before = "…" * (start > 0)
        after = "…" * (start + _SHOWN < len(self.text))
        caret = " " * (len(before) + self.position - start) + "^"
        return f"{before}{excerpt}{after}\n{caret}"


def _one_column(character: str) -> str:
    """Replace what would break the line, the column or a block of Markdown."""
    if character.isspace():
        return " "
    invisible = unicodedata.category(character)[0] in "CM"
    wide = unicodedata.east_asian_width(character) in "WF"
    return "�" if invisible or wide else character.replace("`", "'")
