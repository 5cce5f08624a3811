"""JavaScript modules joined into one, since Streamlit takes one text a component."""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([^"/]+)\.js";\n', re.MULTILINE)
_NAMED_EXPORT = re.compile(r"^export (?!default\b)", re.MULTILINE)
_DEFAULT_EXPORT = re.compile(r"^export default\b", re.MULTILINE)


@cache
def bundle(*names: str) -> str:
    """Join modules of this folder into the text of one module.

    Top-level names are shared by all of them afterwards, so they must be unique.

    Parameters
    ----------
    *names : str
        Files without their ending, each after those it imports from.

    Returns
    -------
    javascript : str
        Without imports; of exports it has only the default one, if there is any.

    Raises
    ------
    ValueError
        If there is no such file, if one imports from a file that does not come before
        it, or if more than one has a default export.
    """
    known = sorted(path.stem for path in _FOLDER.glob("*.js"))
    parts: list[str] = []
    for position, name in enumerate(names):
        if name not in known:
            raise ValueError(f"no {name}.js; there are: {', '.join(known)}.")
        source = (_FOLDER / f"{name}.js").read_text(encoding="utf-8")
        for imported in _IMPORT.findall(source):
            if imported not in names[:position]:
                raise ValueError(f"{name} imports from {imported}: name that before.")
        parts.append(_NAMED_EXPORT.sub("", _IMPORT.sub("", source)))
    javascript = "\n".join(parts)
    if len(_DEFAULT_EXPORT.findall(javascript)) > 1:
        raise ValueError(f"more than one default export in: {', '.join(names)}.")
    return javascript
