"""Show a fit and its loss: moving while training runs, then to be explored."""

import streamlit as st

from ui.data_picker import PickedData
from ui.figures.fit import fit_alt, fit_figure, loss_alt, loss_figure
from ui.figures.live import live_fit, live_loss
from ui.fitting import Fit, exact_line, target_line

_FIT_HEIGHT = 420  # px; equal for both kinds, so that nothing jumps
_LOSS_HEIGHT = 300


def fit_chart(fit: Fit, data: PickedData) -> None:
    """Draw the network through its exact joints, among the data.

    Parameters
    ----------
    fit : Fit
        With at least one state computed.
    data : PickedData
        What it is fitted to.
    """
    line = exact_line(fit.network, fit.low, fit.high)
    target = data.target and target_line(data.target, fit.low, fit.high)
    draw = live_fit if fit.job.running else fit_figure
    chart = draw(line, fit.train, fit.test, names=data.names, target=target)
    _show(chart, _FIT_HEIGHT, fit_alt(line, data.names, fit.loss), "fit_chart")


def loss_chart(fit: Fit) -> None:
    """Draw how the training and the test loss fell so far.

    Parameters
    ----------
    fit : Fit
        With at least one state computed.
    """
    history = tuple(zip(*fit.job.history, strict=True))
    draw = live_loss if fit.job.running else loss_figure
    _show(draw(*history), _LOSS_HEIGHT, loss_alt(*history), "loss_chart")


def _show(chart: object, height: int, alt: str, key: str) -> None:
    if isinstance(chart, dict):
        st.echarts_chart(chart, height=height, alt=alt, key=f"live_{key}")
    else:
        st.plotly_chart(chart, height=height, alt=alt, key=key)
