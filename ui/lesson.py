"""Lessons: a link that takes controls away from those who open it.

Controls named by ``lock`` in the link cannot be changed, those by ``hide`` not be seen.
The link alone says so: it is read at the beginning of every run.
"""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.following import draw_follower

LOCK, HIDE = "lock", "hide"  # in the link, and what they name in the session
_BOX = "lesson"  # hides the controls of the lesson itself
_HIDDEN = "hidden-control"
# With what is around it, which would leave a gap.
_STYLE = (
    f"<style>[data-testid='stLayoutWrapper']:has(> [class*='st-key-{_HIDDEN}-']) "
    "{ display: none }</style>"
)


def begin_lesson() -> None:
    """Read what the link takes away; before anything is drawn."""
    for name in (LOCK, HIDE):
        st.session_state[name] = _named(name)
    st.html(_STYLE)


def is_locked(key: str) -> bool:
    """Tell whether a control cannot be changed, by hand, preset or button."""
    return key in st.session_state.get(LOCK, ())


def hideable(key: str, place: DeltaGenerator) -> DeltaGenerator:
    """Give a place for something that a lesson may hide.

    What is hidden is still drawn, as a widget that is not drawn leaves the link.
    """
    return hidden_place(key, place) if key in st.session_state.get(HIDE, ()) else place


def hidden_place(key: str, place: DeltaGenerator | None = None) -> DeltaGenerator:
    """Give a place, there or here, for what is drawn and not seen."""
    return (place or st).container(key=f"{_HIDDEN}-{key}")


def show_lesson(
    place: DeltaGenerator, drawn: Mapping[str, str], others: Mapping[str, str]
) -> None:
    """Let a lecturer take controls away, for those who get the link.

    Parameters
    ----------
    place : DeltaGenerator
        Where the box goes.
    drawn : mapping of str to str
        Keys and labels of the controls that are on the page now.
    others : mapping of str to str
        Those of controls that may have been named when they were.
    """
    box = hideable(_BOX, place).popover("Lesson", key="lesson", on_change="rerun")
    if not box.open:
        return
    with box:
        st.markdown(
            "Prepare the page for others: what is locked or hidden here is so for "
            "whoever opens the link. Set everything, then copy the link. Offered is "
            "what this page shows now; what you chose elsewhere stays."
        )
        _choose(LOCK, "Lock", drawn, others)
        _choose(
            HIDE,
            "Hide",
            {**drawn, _BOX: "This box"},
            others,
            help="“This box” hides the lesson's own controls; take `hide=lesson` out "
            "of the link to have them back.",
        )


def _choose(
    name: str,
    label: str,
    drawn: Mapping[str, str],
    others: Mapping[str, str],
    **options: str,
) -> None:
    labels = {**others, **drawn}
    named = _named(name)
    known = [key for key in named if key in labels]
    field = f"_{name}_chosen"

    def write() -> None:
        unknown = [key for key in named if key not in labels]
        st.query_params[name] = [*st.session_state[field], *unknown]

    draw_follower(
        st.multiselect,
        label,
        [*drawn, *(key for key in known if key not in drawn)],
        # With its key, which the link shows, a label is unlike all others.
        format_func=lambda key: f"{labels[key]} · {key}",
        key=field,
        value=known,
        on_change=write,
        placeholder="Nothing",
        filter_mode="contains",
        select_all=False,  # Enter would choose it, not the entry that was looked for
        **options,
    )


def _named(name: str) -> tuple[str, ...]:
    """Give the keys in the link, once each; ``lock=a,b`` is ``lock=a&lock=b``."""
    written = ",".join(st.query_params.get_all(name)).split(",")
    return tuple(dict.fromkeys(key for key in map(str.strip, written) if key))
