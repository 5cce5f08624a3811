"""Show what a stranger chose (a column of an upload) without it doing anything.

Markdown gives some characters a meaning: a column called ``:red[x]``, ``$x$`` or
``<b>`` must appear as these characters.
"""

import re
import unicodedata
from typing import Literal


def display_name(
    name: object,
    context: Literal["markdown", "text"] = "markdown",
    max_length: int = 40,
) -> str:
    """Write a name so that it is shown literally, on one line, at a bounded length.

    Parameters
    ----------
    name : object
        Whatever a table calls its column; converted by `str`.
    context : {"markdown", "text"}, default="markdown"
        Where it will be shown. Markdown gives inline code, because emoji codes and
        typographic replacements act even on escaped characters elsewhere; "text" is
        for places that show text as it is.
    max_length : int, default=40
        Characters shown at most; a longer name ends in "…".

    Returns
    -------
    str

    Examples
    --------
    >>> display_name(":red[x]")
    '`:red[x]`'
    >>> display_name(":red[x]", "text")
    ':red[x]'
    """
    plain = _one_line(str(name)[: 10 * max_length + 10])
    if len(plain) > max_length:
        plain = plain[: max_length - 1].rstrip() + "…"
    plain = plain or "(no name)"
    if context == "markdown":
        return "`" + plain.replace("`", "'") + "`"
    return plain


def _one_line(name: str) -> str:
    """Collapse white space and drop characters that are invisible or turn the text.

    Control, format (zero-width, right-to-left override), surrogate and private-use
    characters make up the Unicode categories C*.
    """
    words = "".join(
        character
        if not unicodedata.category(character).startswith("C")
        else " " * character.isspace()
        for character in name
    )
    return " ".join(words.split())


def literal(sentence: str) -> str:
    """Keep Markdown from giving a meaning to what a sentence quotes, such as ~."""
    return re.sub(r"([\\`*_~\[\]<>:$#|])", r"\\\1", sentence)
