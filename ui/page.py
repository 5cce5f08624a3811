"""The frame of a page: title, link to copy, lesson, notes on a link, sources."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import shell
from ui.instruments.copy_link import copy_link_button
from ui.state import HIDE, LOCK, Table, begin_run, hideable, link_notes

_LESSON = "lesson"  # hides the controls of the lesson itself


@contextmanager
def page(title: str, table: Table, *sources: str) -> Iterator[None]:
    """Draw what every page has around the content that is drawn within.

    Parameters
    ----------
    title : str
    table : Table
        All controls of the page.
    *sources : str
        Where the content comes from, Markdown: a lecture's section, a theorem, a
        misprint that the page corrects.
    """
    shell.guard()
    begin_run()
    head = st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    )
    head.title(title, width="content")
    tools = head.container(horizontal=True, width="content")
    with tools:
        copy_link_button()
    _show_lesson(tools, table)
    notes = st.container()
    yield
    _show_notes(notes)
    st.divider()
    st.caption("**Where this comes from**\n\n" + "\n".join(f"- {s}" for s in sources))


def _show_lesson(place: DeltaGenerator, table: Table) -> None:
    """Let a lecturer take controls away, for those who get the link."""
    with hideable(_LESSON, place).popover("Lesson"):
        st.markdown(
            "Prepare the page for others: what is locked or hidden here is so for "
            "whoever opens the link. Set everything, then copy the link."
        )
        st.multiselect(
            "Lock", list(table), key=LOCK, bind="query-params", placeholder="Nothing"
        )
        st.multiselect(
            "Hide",
            [*table, _LESSON],
            key=HIDE,
            bind="query-params",
            placeholder="Nothing",
            help="`lesson` hides this box; take it out of the link to have it back.",
        )


def _show_notes(place: DeltaGenerator) -> None:
    """Say what the link asked for in vain, until the reader has seen it."""
    if notes := link_notes():
        with place:
            st.warning("\n\n".join(notes), icon=":material/link_off:")
            st.button("Close this note", on_click=notes.clear)
