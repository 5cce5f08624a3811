"""A button that copies the page's address."""

from pathlib import Path

import streamlit as st

from ui.instruments.bundle import bundle

_COPY_LINK = st.components.v2.component(
    "unfold_copy_link",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=bundle("axes", "copy_link"),
)


def copy_link_button() -> None:
    """Show the button; the browser does the rest, without the server."""
    _COPY_LINK(key="copy_link", width="content")
