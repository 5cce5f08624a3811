"""Two trainings side by side: Ω₁ of rank 1, and Ω₁ free."""

import streamlit as st

from estimators.geometry import linear_regions
from ui.composition import freeing
from ui.figures.composition import Line, errors_chart, lines_alt, lines_chart
from ui.figures.style import ROLE
from ui.pace import folded
from ui.regression.readings import exact_line
from ui.state import Choice, Number, Table
from ui.ticking import TickingPart

VIEW = TickingPart("free_view", 0.2, freeing.TRAININGS)
_NAMES = ("Two networks, Ω₁ of rank 1", "Two layers, Ω₁ free")
_ROLES = ("train", "fit")

TARGET = Choice(
    key="freed",
    label="Target",
    options=tuple(freeing.TARGETS),
    default="Sixteen uneven pieces",
    look="menu",
    help="What both are fitted to, at 401 points, by their mean squared error.",
)
SEED = Number(
    key="fuse_start",
    label="Start",
    low=0,
    high=99,
    default=8,  # from where rounding has no say in what the free network finds
    look="field",
    help="0: both start from the best fold, composed with itself. Others move each of "
    "its numbers by about a tenth.",
)


def show_freeing(table: Table) -> None:
    """Let the reader choose a target, and train both networks on it."""
    st.subheader("Free the rank")
    st.markdown(
        "Composing ties Ω₁ = θ′φᵀ to rank 1: **20** numbers make 3 + 3 units. Let all "
        "nine entries of Ω₁ vary and there are **22**. Both start from the same "
        "function and are trained by L-BFGS on the same points."
    )
    row = st.container(horizontal=True)
    table.draw(TARGET.key, row.container(width=300))
    table.draw(SEED.key, row.container(width=130))
    VIEW.draw(_show)


def _show() -> None:
    name, seed = (st.session_state[each.key] for each in (TARGET, SEED))
    job = freeing.job_for(st.session_state, name, int(seed))
    target, race = freeing.TARGETS[name], job.latest
    x, y = target.points
    fits = tuple(
        Line(each, exact_line(network, target.low, target.high), ROLE[role])
        for each, network, role in zip(_NAMES, (race.tied, race.free), _ROLES)
    )
    lines = (Line("Target", (x, y), ROLE["target"], width=5), *fits)
    st.markdown(_standing(job, target))
    st.echarts_chart(
        lines_chart(lines, heights=(y.min(), y.max())),
        height=380,
        alt=f"A target and two networks fitted to it. {lines_alt(fits)}",
        key="free_chart",
        renderer="svg",
    )
    iterations, *errors = zip(*job.history)
    ends = (f"{name} {each[-1]:.4g}" for name, each in zip(_NAMES, errors))
    st.echarts_chart(
        errors_chart(iterations, list(zip(_NAMES, errors, _ROLES))),
        height=260,
        alt=f"Root-mean-square errors at iteration {iterations[-1]:,}: "
        f"{'; '.join(ends)}.",
        key="free_errors",
        renderer="svg",
    )
    snippet = folded("Copy as Python: the free network", "show_free_snippet")
    if snippet.open:
        snippet.code(freeing.race_snippet(name, int(seed)), language="python")


def _standing(job: freeing.Job, target: freeing.Target) -> str:
    race, limits = job.latest, (target.low, target.high)
    regions = [
        linear_regions(network, limits).n_regions for network in (race.tied, race.free)
    ]
    state = "Training" if job.running else "Finished"
    return (
        f"**{state}**, iteration {race.iteration:,}. Root-mean-square error: rank 1 "
        f"**{race.tied_error:.3g}** (20 parameters, {regions[0]} regions in view), "
        f"free **{race.free_error:.3g}** (22 parameters, {regions[1]} regions in view)."
    )
