"""The step that plays how the best network changes with its number of units."""

from collections.abc import Hashable, Sequence

import numpy as np
import streamlit as st

from ui.approximation.answers import BEST, Wanted, identity_of, law_of
from ui.approximation.best_fits import Norm
from ui.approximation.building import MOST_UNITS, Frame, iter_frames
from ui.approximation.one_view import target_line
from ui.approximation.one_words import ERROR_NAMES, jump_sentence
from ui.approximation.snippet import network_snippet
from ui.approximation.step_law import heights
from ui.approximation.target_controls import MEAN, NORM, NORMS, TARGET, choose_target
from ui.approximation.targets import TARGETS, Target
from ui.downloads import show_downloads
from ui.instruments.built_up import Law, built_up_instrument
from ui.jobs import SlicedJob
from ui.lesson import is_locked
from ui.pace import folded, let_paint
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.state import Number, Table, put_released
from ui.ticking import TickingPart
from ui.workbench import Workbench

_FIRST_SLICE = 0.3  # s; then the reader sees something
_TIME_LIMIT = 120.0  # s
_TENTH = 10
_MORE = "more than 40"

FRAMES: Workbench[Frame] = Workbench("frames", 32, _TIME_LIMIT)
VIEW = TickingPart("built_view", 0.3, FRAMES)
SHOWN = Number(
    key="shown",
    label="D on screen",
    low=1,
    high=MOST_UNITS,
    default=8,
    step=1,
    look="field",
)
BUILT = Table(*TARGET.values(), NORM, SHOWN, ASK)
BUILT_BAR = PresetBar(
    "built",
    {
        "A wave takes shape": Preset(
            "Press Play: one hidden unit after the other. Look how all joints move to "
            "make room for the new one, and how the error below keeps its shape while "
            "it shrinks.",
            {},
        ),
        "Steeper and steeper": Preset(
            "A jump, in the root mean square. Look how the largest error stays at half "
            "the jump from the first unit to the last.",
            {"target": TARGETS["step"].label, "norm": MEAN},
        ),
        "First the slow, then the fast": Preset(
            "A chirp. Look which wave gets its joints next, and how late the error "
            "begins to fall.",
            {"target": TARGETS["chirp"].label},
        ),
        "Done after three": Preset(
            "The lecture's own network. Look at D = 3: the error is gone, and no "
            "further unit has anything to do.",
            {"target": TARGETS["lecture"].label, "norm": MEAN, "shown": 3},
        ),
        "Never done": Preset(
            "A function that is rough at every scale. Look how the error falls along "
            "a line that is flatter than for a smooth one.",
            {"target": TARGETS["weierstrass"].label, "shown": 20},
        ),
    },
    BUILT,
)


def show_built() -> None:
    """Let the reader choose a target, and play its networks."""
    table = BUILT_BAR.choose()
    controls, view = st.columns((2, 7), gap="large")
    with controls:
        target = choose_target(table)
        norm = NORMS[table.draw(NORM.key)]
        asked = table.draw(ASK.key)
    with view:
        VIEW.draw(_show, table, target, norm, asked)


def _show(table: Table, target: Target, norm: Norm, asked: bool) -> None:
    """Show the frames that there are so far."""
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    units = table.draw(SHOWN.key, bar, width=140)
    question = (identity_of(target), norm)
    try:
        job = FRAMES.job_for(
            st.session_state,
            question,
            lambda: iter_frames(target, norm),
            _FIRST_SLICE,
            keep=lambda frame: frame,
        )
    except ValueError as error:
        st.error(str(error))
        job = None
    if job is not None and (
        not asked or ask_first(_question(job, question, norm), "built")
    ):
        _show_frames(job.history, target, norm, units)
    let_paint()
    with bar:
        BUILT_BAR.show_history()


def _show_frames(
    frames: Sequence[Frame], target: Target, norm: Norm, units: int
) -> None:
    """Show the instrument with the frames so far, and how to take them away."""
    built_up_instrument(
        target_line(target),
        frames,
        _laws(frames, target, norm),
        units,
        key="built_up",
        subject=f"{identity_of(target)} {norm}",
        playable=MOST_UNITS,
        locked=is_locked(SHOWN.key),
        on_release=lambda stopped: put_released(SHOWN.key, stopped),
    )
    st.caption(
        f"Every D has its own best network, in the {ERROR_NAMES[norm]}: joints move "
        "when one comes in. Between two of them the picture moves from one to the "
        f"other; numbers are those of the D shown. {jump_sentence(target)}"
    )
    snippet = folded("Copy as Python", "show_built_snippet")
    if snippet.open:
        wanted = Wanted(target, units, norm, BEST)
        snippet.code(network_snippet(wanted), language="python")
    names = ("D", "joints", "largest error", "root mean square")
    rows = [(f.n_units, len(f.x) - 2, f.max_error, f.rms) for f in frames]
    show_downloads("built", columns=(names, np.array(rows).T))


def _laws(frames: Sequence[Frame], target: Target, norm: Norm) -> list[Law]:
    """Give the errors of the frames, and what they cannot or should come to."""
    laws = [
        Law("Largest error", [frame.max_error for frame in frames], "fit"),
        Law("Root mean square", [frame.rms for frame in frames], "train"),
    ]
    all_units = range(1, MOST_UNITS + 1)
    if law := law_of(target, norm):
        name = f"Law of the {ERROR_NAMES[norm]}"
        laws.append(Law(name, [*map(law, all_units)], "target", "2 3", dotted=False))
    if (jumps := heights(target)).size:
        half = [jumps.max() / 2] * MOST_UNITS
        laws.append(Law("Half the jump", half, "target", "7 3", dotted=False))
    return laws


def _question(job: SlicedJob, subject: Hashable, norm: Norm) -> Question:
    def truth() -> tuple[int | str, str] | None:
        errors = [
            frame.max_error if norm == "max" else frame.rms for frame in job.history
        ]
        enough = [d for d, error in enumerate(errors, 1) if error <= errors[0] / _TENTH]
        if not enough and job.running:
            return None
        return (enough or [_MORE])[0], (
            f"With one unit it is {errors[0]:.3g}, with {len(errors)} {errors[-1]:.3g}."
        )

    return Question(
        f"How many **hidden units** make the {ERROR_NAMES[norm]} ten times smaller "
        "than one unit does?",
        subject,
        (*range(2, MOST_UNITS + 1), _MORE),
        truth,
    )
