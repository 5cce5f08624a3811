"""Predict, then reveal: a question to be answered before one looks."""

from collections.abc import Callable, Hashable
from typing import NamedTuple

import streamlit as st

from ui.state import Switch

ASK = Switch(
    key="ask",
    label="Ask me first",
    default=False,
    help="The page asks what will be seen, and shows it once you have answered.",
)
_FEW = 12  # answers that fit in a row


def asks_first() -> bool:
    """Tell whether the reader wants to be asked; known before the switch is drawn."""
    linked = st.query_params.get(ASK.key, "").lower() == "true"
    return st.session_state.get(ASK.key, linked)


class Question(NamedTuple):
    """What a reader is asked.

    Attributes
    ----------
    text : str
        The question, Markdown.
    subject : hashable
        What it is about; of another subject it is asked anew.
    answers : tuple of int or str
        To choose from.
    truth : callable
        Gives the right answer, computed from what will be shown, and a sentence that
        says why, Markdown; or None as long as it is being computed.
    """

    text: str
    subject: Hashable
    answers: tuple[int | str, ...]
    truth: Callable[[], tuple[int | str, str] | None]


def ask_first(question: Question, key: str) -> bool:
    """Ask, or judge the answer given; return whether there is one.

    Parameters
    ----------
    question : Question
    key : str
        Of the page's step.

    Returns
    -------
    answered : bool
        Whether what was asked for may be shown.
    """
    memory = f"_answer_to_{key}"
    subject, given, truth = st.session_state.get(memory, (None, None, None))
    if subject != question.subject:
        _ask(question, key, memory)
        return False
    # What is changed afterwards does not change the answer to what was asked.
    truth = truth or question.truth()
    st.session_state[memory] = (subject, given, truth)
    if truth is None:
        st.info(f"You say **{given}**. The answer is being computed.")
    elif truth[0] == given:
        st.success(f"You said **{given}**: right. {truth[1]}")
    else:
        st.warning(f"You said **{given}**; it is **{truth[0]}**. {truth[1]}")
    return True


def _ask(question: Question, key: str, memory: str) -> None:
    field = f"{key}_answer"

    def answer() -> None:
        st.session_state[memory] = (question.subject, st.session_state[field], None)

    with st.container(border=True):
        st.markdown(f"**Before you look.** {question.text}")
        if len(question.answers) <= _FEW:
            st.segmented_control(
                "Your answer", question.answers, key=field, on_change=answer
            )
        else:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.selectbox("Your answer", question.answers, key=field, width=200)
                st.button("Reveal", key=f"{key}_reveal", on_click=answer)
