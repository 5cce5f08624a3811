"""The step that sets the functional view beside the representational one."""

from typing import NamedTuple

import streamlit as st

from ui.shell import PAGES

_REGRESSION = "regression.py"
_APPROXIMATION = "universal_approximation.py"
_HERE = "representation.py"


class Link(NamedTuple):
    """Where something can be seen: a page, and a step of it."""

    label: str
    page: str
    query: dict[str, str]


class Row(NamedTuple):
    """One subject in both views, and where each can be seen."""

    subject: str
    functional: str
    shown: Link
    representational: str
    shown_here: Link


ROWS = (
    Row(
        "What a network is",
        "A function from inputs to outputs: a graph over the inputs.",
        Link("Build a network", _REGRESSION, {"step": "Build"}),
        "A series of places: each layer puts the data somewhere new.",
        Link("Watch a plane being warped", _HERE, {"space": "Warping"}),
    ),
    Row(
        "What a layer does",
        "It adds joints; between them everything is linear. Well defined, and counted "
        "exactly.",
        Link("Count regions", _APPROXIMATION, {"part": "Surface"}),
        "A linear map turns and stretches, an activation bends or folds.",
        Link("Play a linear map", _HERE, {"space": "Linear map"}),
    ),
    Row(
        "What the ReLU is for",
        "It is the joint: without it all would be one straight line.",
        Link("From lines to joints", _REGRESSION, {"step": "Build"}),
        "It folds half of space flat. tanh bends and keeps, so it never tears a ring "
        "open.",
        Link("Compare activations", _HERE, {"space": "Activations"}),
    ),
    Row(
        "What training looks for",
        "Joints where the data bend: the least error of the function.",
        Link("Watch joints move", _REGRESSION, {"step": "Fit"}),
        "A last layer in which a straight cut will do.",
        Link("Watch the cut unbend", _HERE, {"space": "Warping"}),
    ),
    Row(
        "What width is for",
        "More joints, a smaller error: D units come as near as you like.",
        Link("Error against D", _APPROXIMATION, {"part": "Error against D"}),
        "Room: two units cannot take a ring apart, three can.",
        Link(
            "Two units fail",
            _HERE,
            {"space": "Warping", "warpings": "Two units cannot enclose"},
        ),
    ),
    Row(
        "What it says of real data",
        "How well it predicts rows that it has not seen.",
        Link("Generalise", _REGRESSION, {"step": "Generalise"}),
        "Which rows are alike to it: the basis of transfer and self-supervised "
        "learning.",
        Link("Digits, layer by layer", _HERE, {"space": "Real data"}),
    ),
)


def show_views() -> None:
    """Show both views, row by row, with links to what shows them."""
    st.markdown(
        "One network, seen in two ways. The **functional** view asks what comes out "
        "for what goes in: it is usually well defined (linear regions), useful for the "
        "theory, and better at explaining the preference for deep networks. The "
        "**representational** view asks where each layer puts things: it is not well "
        "defined in general, and yet behind much of what works, from transfer and "
        "self-supervised learning to “thought vectors” in language; depth goes with "
        "*hierarchical* representations."
    )
    for row in ROWS:
        with st.container(border=True):
            st.markdown(f"**{row.subject}**")
            sides = (("Functional", row.functional, row.shown),)
            sides += (("Representational", row.representational, row.shown_here),)
            for place, (view, text, link) in zip(st.columns(2), sides, strict=True):
                place.caption(view)
                place.markdown(text)
                place.page_link(
                    PAGES / link.page,
                    label=link.label,
                    icon=":material/arrow_forward:",
                    query_params=link.query,
                )
