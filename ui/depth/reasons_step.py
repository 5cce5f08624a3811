"""The step that lists the lectures' reasons for depth, and what is known of each."""

from typing import NamedTuple

import streamlit as st

from ui.shell import PAGES

_HERE = "depth_efficiency.py"


class Reason(NamedTuple):
    """One reason, what is known and what is not, and where it can be seen."""

    title: str
    known: str
    unknown: str
    shown: tuple[tuple[str, str, dict[str, str]], ...]  # label, page, query


REASONS = (
    Reason(
        "1. Which functions can be approximated",
        "All continuous ones, on any bounded set, by one hidden layer already: in this "
        "respect depth buys nothing. A deep network can have its other layers compute "
        "the identity.",
        "How many units it takes for the functions that matter.",
        (
            (
                "One layer is enough",
                "universal_approximation.py",
                {"part": "One target"},
            ),
            (
                "The error against D",
                "universal_approximation.py",
                {"part": "Error against D"},
            ),
        ),
    ),
    Reason(
        "2. Linear regions per parameter",
        "With the same number of parameters a deep network can have exponentially more "
        "regions. They depend on each other: what one layer folds together, all later "
        "layers treat alike.",
        "Whether real functions have symmetries of this kind. Deep networks as they "
        "are initialised or trained have far fewer regions than they could have.",
        (
            ("Regions against parameters", _HERE, {"efficiency": "Regions"}),
            ("Count them", _HERE, {"efficiency": "Counted"}),
            ("Fold a line", "composition.py", {"scene": "Fold"}),
        ),
    ),
    Reason(
        "3. Depth efficiency",
        "Some functions take a shallow network exponentially more units than a deep "
        "one: the sawtooth with 2ᵏ pieces has 2k units in k layers, but 2ᵏ in one.",
        "“But do the real-world functions we want to approximate have this property?” "
        "Nobody knows. That a function can be represented does not mean that training "
        "finds it.",
        (("The sawtooth", _HERE, {"efficiency": "Sawtooth"}),),
    ),
    Reason(
        "4. Large structured networks",
        "An image of a million pixels cannot be given to a fully connected layer: "
        "weights that work locally and are shared (convolutions) need several layers "
        "before information from all of the image has come together.",
        "This tool draws fully connected networks only: there is no view of it here.",
        (),
    ),
    Reason(
        "5. Fitting and generalisation",
        "Of the four networks of figure 20.2, each with about 15,000 parameters, the "
        "deeper learn random labels in fewer epochs. Beyond about 20 layers fitting "
        "gets harder again, and takes normalisation or residual connections, which are "
        "outside this tool.",
        "Why deep networks generalise well.",
        (
            ("Figure 20.2, trained", _HERE, {"efficiency": "Figure 20.2"}),
            ("Fit and generalise", "regression.py", {"step": "Generalise"}),
        ),
    ),
)


def show_reasons() -> None:
    """Show the reasons in the lecture's order, with links to what shows them."""
    st.markdown(
        "The best results are obtained by networks with many layers: 50 to 1000 in "
        "most applications. **Why?** The lectures name five reasons. Here is what is "
        "known of each, what is not, and where you can see it."
    )
    for reason in REASONS:
        with st.container(border=True):
            st.markdown(f"**{reason.title}**")
            known, unknown = st.columns(2)
            known.caption("Known")
            known.markdown(reason.known)
            unknown.caption("Unknown, or outside this tool")
            unknown.markdown(reason.unknown)
            with st.container(horizontal=True):
                for label, page, query in reason.shown:
                    st.page_link(
                        PAGES / page,
                        label=label,
                        icon=":material/arrow_forward:",
                        query_params=query,
                    )
