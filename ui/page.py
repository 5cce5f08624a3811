"""The frame of a page: title, link to copy, lesson, notes on a link, sources."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import shell
from ui.instruments.copy_link import copy_link_button
from ui.lesson import show_lesson
from ui.state import Table, begin_run, drawn_controls, link_notes


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
    notes = st.container()
    yield
    labels = {key: control.label for key, control in table.items()}
    show_lesson(tools, drawn_controls(), labels)
    _show_notes(notes)
    st.divider()
    st.caption("**Where this comes from**\n\n" + "\n".join(f"- {s}" for s in sources))


def _show_notes(place: DeltaGenerator) -> None:
    """Say what the link asked for in vain, until the reader has seen it."""
    if notes := link_notes():
        with place:
            st.warning("\n\n".join(notes), icon=":material/link_off:")
            st.button("Close this note", on_click=notes.clear)
