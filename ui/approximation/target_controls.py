"""The controls that say what is approximated, and how errors are measured."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import streamlit as st

from ui.approximation.targets import TARGETS, Target, typed_target
from ui.formula import FormulaError
from ui.state import Choice, Number, Table, Text
from ui.surfaces import Surface

TYPED = "A formula of yours"
LARGEST, MEAN = "Largest error", "Root mean square"
NORMS = {LARGEST: "max", MEAN: "rms"}
_BY_LABEL = {target.label: target for target in TARGETS.values()}
_LIMIT = 1e6

Chosen = TypeVar("Chosen", Target, Surface)

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
    return choose_function(table, _BY_LABEL, tuple(TARGET), TARGET.defaults, _typed)


def choose_function(
    table: Table,
    by_label: Mapping[str, Chosen],
    keys: tuple[str, str, str, str],
    defaults: Mapping[str, Any],
    make: Callable[[str, float, float], Chosen],
) -> Chosen:
    """Show a choice of functions, a formula of the reader's own among them.

    Of what cannot be made of it, say why, and give the one before.

    Parameters
    ----------
    table : Table
        With the chosen preset's defaults.
    by_label : mapping
        What there is to choose from, besides `TYPED`.
    keys : (str, str, str, str)
        Of the choice, the formula and both ends of its range.
    defaults : mapping
        What is made if nothing could be yet.
    make : callable
        Makes it of a formula and a range, or raises a ValueError in words.
    """
    choice, *parts = keys
    label = table.draw(choice)
    if label != TYPED:
        chosen = by_label[label]
        st.caption(f"${chosen.latex}$  \n{chosen.teaches}")
        return chosen
    text = table.draw(parts[0])
    places = st.columns(2, wrap=False)
    typed = (text, *map(table.draw, parts[1:], places))
    before = f"_{choice}_before"
    try:
        made = make(*typed)
        st.session_state[before] = typed
    except FormulaError as error:
        st.error(f"{error.message} Shown is the one before.")
        st.code(error.shown(), language=None)
    except ValueError as error:
        st.error(f"{error} Shown is the one before.")
    else:
        return made
    return make(*st.session_state.get(before, [defaults[key] for key in parts]))


@lru_cache(256)
def _typed(text: str, low: float, high: float) -> Target:
    return typed_target(text, low, high)
