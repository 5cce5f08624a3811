"""Show one network beside its target: both graphs, the error, numbers to take away."""

from functools import lru_cache

import numpy as np
import streamlit as st

from ui.approximation.answers import Answer, Wanted
from ui.approximation.errors import ErrorReport
from ui.approximation.one_words import law_sentence, standing
from ui.approximation.pieces import pieces_of
from ui.approximation.samples import maximum_sample
from ui.approximation.snippet import network_snippet
from ui.approximation.targets import Target
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.figures.approximation import (
    aligned,
    leftover_alt,
    leftover_chart,
    network_alt,
    network_chart,
)
from ui.figures.options import XY
from ui.jobs import SlicedJob
from ui.pace import folded

_MAX_EQUATIONS = 10  # hidden units whose equations can still be read
_DRAWN = 800  # points of a target


def show_answer(wanted: Wanted, job: SlicedJob[Answer, None]) -> None:
    """Show the network that has been found so far, and how far it is from the target.

    Parameters
    ----------
    wanted : Wanted
    job : SlicedJob
        With an answer.
    """
    answer = job.latest
    target, report = wanted.target, answer.report
    if job.error:
        st.error(job.error)
    st.markdown(standing(wanted, answer, searching=job.running))
    line = tuple(pieces_of(answer.network, target.low, target.high))
    worst = signed_worst(report)
    upper, lower = aligned(
        network_chart(target_line(target), line),
        leftover_chart((report.x, report.error), worst),
    )
    alt = network_alt(line, report.max_error, report.rms)
    st.echarts_chart(upper, height=380, alt=alt, key="network_chart", renderer="svg")
    alt = leftover_alt(worst)
    st.echarts_chart(lower, height=220, alt=alt, key="leftover_chart", renderer="svg")
    st.caption(
        "The largest error is looked for on each exact piece, between its joints and "
        "the target's kinks and jumps. To check, a grid of 20,001 points that knows "
        f"nothing of the pieces: {report.on_grid:.4g}."
    )


def show_details(wanted: Wanted, answer: Answer) -> None:
    """Offer the law with its numbers, the equations, the program and the files."""
    network, target = answer.network, wanted.target
    with folded("How fast the error falls, with these numbers", "show_law") as body:
        if body.open:
            st.markdown(law_sentence(wanted, answer))
    with folded("Equations with these numbers", "show_equations") as body:
        if body.open:
            if network.widths[0] > _MAX_EQUATIONS:
                st.markdown(
                    f"{network.widths[0]:,} hidden units have too many equations to "
                    f"read. Up to {_MAX_EQUATIONS} are written out."
                )
            else:
                show_equations(network)
    with folded("Copy as Python", "show_snippet") as body:
        if body.open:
            st.code(network_snippet(wanted), language="python")
    x, y = target_line(target)
    columns = (("x", "target", "network"), (x, y, network(x)[:, 0]))
    show_downloads("approximation", columns=columns, network=network)


@lru_cache(64)
def target_line(target: Target) -> XY:
    """Sample a target for drawing, both sides of jumps among the points."""
    sample = maximum_sample(target, _DRAWN)
    return sample.x, sample.y


def signed_worst(report: ErrorReport) -> tuple[float, float]:
    """Give the place of the largest error, and the error there with its sign."""
    nearest = np.abs(report.x - report.where).argmin()
    return report.where, float(np.copysign(report.max_error, report.error[nearest]))
