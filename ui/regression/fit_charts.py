"""Show a fit and its loss; both charts are updated in place as they change."""

import streamlit as st

from ui.data_picker import PickedData
from ui.figures.fit import fit_alt, fit_chart, loss_alt, loss_chart
from ui.regression.fitting import Fit, exact_line, target_line


def show_fit(fit: Fit, data: PickedData) -> None:
    """Draw the network through its exact joints, among the data.

    Parameters
    ----------
    fit : Fit
        With at least one state computed.
    data : PickedData
        What it is fitted to.
    """
    line = exact_line(fit.network, fit.low, fit.high)
    target = data.target and target_line(data.target, data.kinks, fit.low, fit.high)
    chart = fit_chart(line, fit.train, fit.test, names=data.names, target=target)
    alt = fit_alt(line, data.names, fit.loss)
    st.echarts_chart(chart, height=420, alt=alt, key="fit_chart", renderer="svg")


def show_loss(fit: Fit) -> None:
    """Draw how the training and the test loss fell so far.

    Parameters
    ----------
    fit : Fit
        With at least one state computed.
    """
    history = tuple(zip(*fit.job.history, strict=True))
    alt = loss_alt(*history)
    chart = loss_chart(*history)
    st.echarts_chart(chart, height=300, alt=alt, key="loss_chart", renderer="svg")
