"""The controls that say what is approximated, and how errors are measured."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

import streamlit as st

from ui.approximation.targets import TARGETS, Target, typed_target
from ui.formula import FormulaError
from ui.state import Choice, Number, Table, Text

TYPED = "A formula of yours"
LARGEST, MEAN = "Largest error", "Root mean square"
NORMS = {LARGEST: "max", MEAN: "rms"}
_BY_LABEL = {target.label: target for target in TARGETS.values()}
_BEFORE = "_formula_before"
_LIMIT = 1e6

Made = TypeVar("Made")
Typed = tuple[str, float, float]

TARGET = Table(
    Choice(
        key="target",
        label="Target",
        options=(*_BY_LABEL, TYPED),
        default=TARGETS["sine"].label,
        look="menu",
    ),
    Text(
        key="formula",
        label="f(x) =",
        default="sin(3x) + |x|/2",
        help="Numbers, x, + − × ÷ ^, parentheses, |x|, pi, e, and functions such as "
        "sin, exp, ln, sqrt, abs, sign, step, floor, min(a, b), max(a, b).",
    ),
    Number(
        key="low", label="x from", low=-_LIMIT, high=_LIMIT, default=-2.0, look="field"
    ),
    Number(
        key="high", label="x to", low=-_LIMIT, high=_LIMIT, default=2.0, look="field"
    ),
)
NORM = Choice(
    key="norm",
    label="Error to be small",
    options=tuple(NORMS),
    default=LARGEST,
    look="menu",
    help="The largest distance between network and target, or the root of the mean "
    "square of the distance.",
)


def choose_target(table: Table) -> Target:
    """Show the choice of a target; of what is typed in error, the one before stays.

    Parameters
    ----------
    table : Table
        With the controls of `TARGET`, the chosen preset's defaults among them.

    Returns
    -------
    Target
    """
    label = table.draw("target")
    if label != TYPED:
        target = _BY_LABEL[label]
        st.caption(f"${target.latex}$  \n{target.teaches}")
        return target
    text = table.draw("formula")
    left, right = st.columns(2, wrap=False)
    typed = (text, table.draw("low", left), table.draw("high", right))
    defaults = tuple(TARGET.defaults[key] for key in ("formula", "low", "high"))
    return typed_in_words(_typed, typed, _BEFORE, defaults)


def typed_in_words(
    make: Callable[[str, float, float], Made], typed: Typed, key: str, defaults: Typed
) -> Made:
    """Make what was typed; of what cannot be made say why, and make the one before.

    Parameters
    ----------
    make : callable
        Makes it of a formula and a range, or raises a ValueError in words.
    typed : (str, float, float)
    key : str
        Under which the session keeps what could be made last.
    defaults : (str, float, float)
        What is made if nothing could be yet.
    """
    try:
        made = make(*typed)
        st.session_state[key] = typed
    except FormulaError as error:
        st.error(f"{error.message} Shown is the one before.")
        st.code(error.shown(), language=None)
    except ValueError as error:
        st.error(f"{error} Shown is the one before.")
    else:
        return made
    return make(*st.session_state.get(key, defaults))


@lru_cache(256)
def _typed(text: str, low: float, high: float) -> Target:
    return typed_target(text, low, high)
