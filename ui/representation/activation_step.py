"""The step of activation functions: what each does to the plane, and what is lost."""

import streamlit as st

from ui.downloads import show_downloads
from ui.instruments.activation import (
    LARGEST_SCALE,
    LEAST_SCALE,
    QUARTER,
    ActivationState,
    activation_instrument,
)
from ui.lesson import is_locked
from ui.pace import folded, let_paint
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.representation.activation_words import (
    ONE_TO_ONE,
    activation_snippet,
    gallery,
    one_to_one_sentence,
)
from ui.representation.activations import ACTIVATIONS, activation_curve
from ui.state import Choice, Number, Table, put_released

_HALF = 2.0

ACTIVATION = Table(
    Choice(
        key="activation",
        label="Activation a",
        options=tuple(ACTIVATIONS),
        default="ReLU",
        look="menu",
    ),
    Number(
        key="scale",
        label="Scale S",
        low=LEAST_SCALE,
        high=LARGEST_SCALE,
        default=1.0,
        step=0.1,
        look="field",
        help="Both coordinates are multiplied by S before the activation.",
    ),
    Number(
        key="turn",
        label="Turn of the grid (degrees)",
        low=0.0,
        high=QUARTER,
        default=30.0,
        step=1.0,
        look="field",
    ),
    Number(
        key="way",
        label="Way from x to a(Sx)",
        low=0.0,
        high=1.0,
        default=1.0,
        step=0.01,
        look="field",
    ),
    ASK,
)
ACTIVATION_BAR = PresetBar(
    "activations",
    {
        "ReLU folds flat": Preset(
            "Press Play. One quadrant stays, two are pressed onto the axes, and the "
            "fourth is gone: all of it is at the ringed point.",
            {},
        ),
        "ReLU, five times steeper": Preset(
            "S = 5 only makes the same picture larger, as ReLU(5x) is 5 ReLU(x): what "
            "is lost does not depend on the scale.",
            {"scale": 5.0},
        ),
        "tanh bends and keeps": Preset(
            "With S = 1 the plane is squeezed into a square, and every point keeps a "
            "place of its own.",
            {"activation": "tanh"},
        ),
        "tanh, nearly a step": Preset(
            "With S = 5 nearly everything is in the four corners. Each point still "
            "has its own place, but count those that differ by 0.001.",
            {"activation": "tanh", "scale": 5.0},
        ),
        "A step leaves four points": Preset(
            "Only the signs are left. Its slope is 0 wherever it has one, so gradient "
            "descent cannot train it.",
            {"activation": "step"},
        ),
        "Leaky: bent, not flat": Preset(
            "A slope of 0.1 instead of 0, and nothing is lost: all four quadrants can "
            "be told apart.",
            {"activation": "leaky ReLU", "scale": 1.0},
        ),
        "SiLU folds a little": Preset(
            "Look just below the axes: it falls to −0.278 and rises again, so two "
            "inputs share an output.",
            {"activation": "SiLU", "scale": 2.0},
        ),
    },
    ACTIVATION,
)


def show_activation() -> None:
    """Let the reader choose an activation and its scale, and move the plane by it."""
    table = ACTIVATION_BAR.choose()
    st.fragment(_show_view)(table)


def _show_view(table: Table) -> None:
    buttons = st.container(horizontal=True)
    question, instrument = st.container(), st.container()
    places = st.columns((2, 1, 1, 1), vertical_alignment="bottom")
    name, *numbers = (
        table.draw(key, place) for key, place in zip(_SHOWN, places, strict=True)
    )
    state = ActivationState(*numbers)
    asked = table.draw(ASK.key)
    with question:
        revealed = not asked or ask_first(_question(name), "activation")
    if revealed:
        with instrument:
            activation_instrument(
                name,
                state,
                key="activation_instrument",
                locked=tuple(map(is_locked, _SHOWN[1:])),
                on_release=_take_released,
            )
    let_paint()
    with buttons:
        ACTIVATION_BAR.show_history()
    if not revealed:
        return
    activation = ACTIVATIONS[name]
    st.markdown(
        f"**{name}**, $a(z) = {activation.latex}$. {activation.sentence} "
        f"{one_to_one_sentence(name)}"
    )
    with folded("The gallery: which can be undone", "show_gallery") as body:
        if body.open:
            st.table(gallery())
            st.markdown(
                "**Why that matters.** A layer of invertible activations and an "
                "invertible Ω is a homeomorphism: it stretches and bends, and never "
                "tears or folds. What is inside of a ring stays inside, so "
                "with two units a layer, however many layers, no straight line can cut "
                "it out. ReLU layers collapse a half-space per unit: they lose "
                "information, and can bring together what was apart."
            )
    snippet = folded("Copy as Python", "show_activation_snippet")
    if snippet.open:
        snippet.code(activation_snippet(name, state.scale), language="python")
    x, y = activation_curve(name, state.scale, -_HALF, _HALF).T
    show_downloads("activation", columns=(("x", f"{name}(S x)"), (x, y)))


_SHOWN = ("activation", "scale", "turn", "way")


def _question(name: str) -> Question:
    return Question(
        f"Both coordinates of the plane go through **{name}**. In how many of the four "
        "quadrants do different points keep different places?",
        name,
        (0, 1, 2, 3, 4),
        lambda: (ONE_TO_ONE[name], ACTIVATIONS[name].sentence),
    )


def _take_released(state: ActivationState) -> None:
    for key, value in zip(_SHOWN[1:], state, strict=True):
        put_released(key, value)
