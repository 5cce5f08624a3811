"""The step of the Universal approximation page that looks at one network."""

import streamlit as st

from ui.approximation.answers import (
    ANSWERS,
    BEST,
    CURVED,
    EQUAL,
    HOW,
    TRAINED,
    Wanted,
    iter_answers,
)
from ui.approximation.one_view import show_answer, show_details
from ui.approximation.one_words import doubling_question
from ui.approximation.target_controls import (
    MEAN,
    NORM,
    NORMS,
    TARGET,
    TYPED,
    choose_target,
)
from ui.approximation.targets import TARGETS, Target
from ui.approximation.theorem_view import THEOREM, show_theorem
from ui.approximation.units_control import UNITS, choose_units
from ui.pace import let_paint, rerun_only
from ui.presets import Preset, PresetBar
from ui.questions import ASK, ask_first
from ui.state import Choice, Table
from ui.ticking import TickingPart

VIEW = TickingPart("one_view", 0.2, ANSWERS)
_FIRST_SLICE = 0.1  # s; then the reader sees something

ONE = Table(
    *TARGET.values(),
    NORM,
    Choice(
        key="how",
        label="Network",
        options=HOW,
        default=BEST,
        look="menu",
        help="Best known: for the largest error proven to be next to the best of all, "
        "for the mean found by dynamic programming and descent. Equal joints, Joints "
        "by curvature: written down, nothing is searched for. Gradient training: "
        "L-BFGS from a random start, on squared errors.",
    ),
    UNITS,
    ASK,
)
ONE_BAR = PresetBar(
    "one",
    {
        "Nine units for a wave": Preset(
            "The best network of nine hidden units there is. Look at the error below: "
            "it swings between two equal limits, as it must where the largest error "
            "cannot be made smaller. Then move D.",
            {},
        ),
        "A jump": Preset(
            "No continuous function jumps. Look at the largest error: it stays at half "
            "the jump whatever D is, and a level line has no more. In the root mean "
            "square, two units and a steep piece between them do.",
            {"target": TARGETS["step"].label, "norm": MEAN},
        ),
        "Joints where it bends": Preset(
            "Slow waves, then fast ones. Look how the best network spends its joints, "
            "and what equal joints (“Network”) make of the same number of units.",
            {"target": TARGETS["chirp"].label, "units": 40},
        ),
        "Infinitely steep": Preset(
            "The root of x starts upright. Look how joints crowd at zero: with equal "
            "joints the error would fall like 1/√D only.",
            {"target": TARGETS["root"].label},
        ),
        "Rough all over": Preset(
            "Weierstrass's sum has bends at every scale. Look how slowly the error "
            "falls here: try D = 100, then 1,000.",
            {"target": TARGETS["weierstrass"].label, "units": 100},
        ),
        "A construction": Preset(
            "Written down, not searched for: straight from point to point at equal "
            "distances. Look how all errors are on one side, and how close it comes "
            "to the best.",
            {"how": EQUAL},
        ),
        "What training gets": Preset(
            "Thirty units, trained by L-BFGS from a random start. Look how many times "
            "as large its error is as the best: that it exists does not mean that "
            "training finds it.",
            {"how": TRAINED, "norm": MEAN, "units": 30},
        ),
        "By curvature": Preset(
            "Joints dense where |f″| is large, in the proportion that the law asks "
            "for. Look how close to the best a formula comes.",
            {"how": CURVED, "target": TARGETS["runge"].label, "units": 20},
        ),
        "A formula of yours": Preset(
            "Type a function of x, and where it starts and ends. Look which D makes "
            "the difference invisible.",
            {"target": TYPED, "units": 15},
        ),
    },
    ONE,
)


def show_one() -> None:
    """Let the reader choose a target and a network, and show how far they are apart."""
    table = ONE_BAR.choose()
    controls, view = st.columns((2, 5), gap="large")
    with controls:
        target = choose_target(table)
        redraw = rerun_only(VIEW.key)
        table.draw(NORM.key, on_change=redraw)
        table.draw("how", on_change=redraw)
        table.draw(ASK.key)
        st.caption(THEOREM)
    with view:
        VIEW.draw(_show, table, target)
    show_theorem()


def _show(table: Table, target: Target) -> None:
    """Show the network that is asked for, as far as it is found."""
    units = choose_units(table)
    norm, how = ONE.value(NORM.key), ONE.value("how")
    wanted = Wanted(target, units, NORMS[norm], how)
    history = st.container()
    try:
        job = ANSWERS.job_for(
            st.session_state,
            wanted.identity,
            lambda: iter_answers(wanted),
            _FIRST_SLICE,
        )
    except ValueError as error:
        st.error(str(error))
        job = None
    shown = job is not None and (
        not ONE.value(ASK.key) or ask_first(doubling_question(wanted), "one")
    )
    if shown:
        show_answer(wanted, job)
        let_paint()
    with history:
        ONE_BAR.show_history()
    if shown:
        show_details(wanted, job.latest)
