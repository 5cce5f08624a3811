"""Show a training: the fit, the ways of its joints, its loss; updated in place."""

import streamlit as st

from ui.figures.fit import fit_alt, fit_chart, loss_alt, loss_chart
from ui.figures.options import Options
from ui.figures.training import track_alt, track_chart
from ui.picked_data import PickedData
from ui.regression.fitting import Fit, Shown
from ui.regression.readings import exact_line, target_line
from ui.regression.units import joint_tracks


def show_fit(fit: Fit, data: PickedData, shown: Shown) -> Options:
    """Draw the network through its exact joints, among the data.

    Parameters
    ----------
    fit : Fit
        With at least one state computed.
    data : PickedData
        What it is fitted to.
    shown : Shown
        The fit's network of now or of a moment that was kept.

    Returns
    -------
    dict
        The chart, for charts to line up with it.
    """
    line = exact_line(shown.network, fit.low, fit.high)
    target = data.law and target_line(
        data.law.target, data.law.kinks, fit.low, fit.high
    )
    chart = fit_chart(line, fit.train, fit.test, names=data.names, target=target)
    alt = fit_alt(line, data.names, shown.loss)
    st.echarts_chart(chart, height=420, alt=alt, key="fit_chart", renderer="svg")
    return chart


def show_tracks(fit: Fit, above: Options, shown: Shown) -> None:
    """Draw how the joints of the hidden units moved, in line with the fit above.

    Parameters
    ----------
    fit, shown
        As in `show_fit`.
    above : dict
        What `show_fit` returned.
    """
    st.caption(
        "The way of each hidden unit's joint during training; time runs downwards."
    )
    tracks = joint_tracks(fit.film.frames, fit.train[0])
    chart = track_chart(tracks, above, looked_at=shown.iteration)
    alt = track_alt(tracks, fit.low, fit.high)
    st.echarts_chart(chart, height=260, alt=alt, key="track_chart", renderer="svg")


def show_loss(fit: Fit, shown: Shown) -> None:
    """Draw how the training and the test loss fell so far.

    Parameters
    ----------
    fit, shown
        As in `show_fit`.
    """
    history = tuple(zip(*fit.job.history, strict=True))
    alt = loss_alt(*history)
    chart = loss_chart(*history, looked_at=shown.iteration)
    st.echarts_chart(chart, height=300, alt=alt, key="loss_chart", renderer="svg")
