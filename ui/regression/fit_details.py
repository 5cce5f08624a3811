"""The numbers of a network, and how to take it away."""

import streamlit as st

from estimators import ReLUNetwork
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.names import display_name
from ui.numbers import as_text
from ui.pace import folded
from ui.picked_data import PickedData
from ui.regression.fit_snippet import fit_snippet
from ui.regression.fitting import Fit, Shown
from ui.regression.readings import joint_table, scores
from ui.regression.units import unit_table

_MAX_EQUATIONS = 10  # hidden units whose equations can still be read


def show_details(fit: Fit, data: PickedData, shown: Shown) -> None:
    """Show scores and, when opened, joints and units, equations, the program.

    Parameters
    ----------
    fit : Fit
        With at least one state computed. While it is in training, all but the program
        is shown, so that what is open stays open.
    data : PickedData
        What it is fitted to.
    shown : Shown
        Its network of now or of a moment that was kept.
    """
    st.table(as_text(scores(fit, shown.network)))
    unit = display_name(data.names[1])
    st.caption(
        "R²: 1 is perfect, 0 no better than the mean. RMSE: root-mean-square error, in "
        f"units of {unit}. {len(fit.train[0]):,} rows to train, {len(fit.test[0]):,} "
        "to test. The loss is the mean squared error; the penalty is not counted."
    )
    network = shown.network
    with folded("Joints and hidden units", "show_joints") as body:
        if body.open:
            _show_units(fit, network)
    with folded("Equations with these numbers", "show_equations") as body:
        if body.open:
            _show_equations(network)
    with folded("Copy as Python", "show_snippet") as body:
        if body.open and not fit.job.running:
            st.code(fit_snippet(fit, shown, data.code), language="python")
    show_downloads("fit", columns=(data.names, (data.x, data.y)), network=network)


def _show_units(fit: Fit, network: ReLUNetwork) -> None:
    st.caption(
        "Hidden units: y = φ₀ + Σ φ_d a[θ_d0 + θ_d1 x], "
        f"φ₀ = {network.biases[1][0]:.6g}. Each bends the function at −θ_d0/θ_d1."
    )
    st.dataframe(as_text(unit_table(network, fit.train[0]), digits=6), width="stretch")
    st.caption("The joints in view, exactly, with the slopes on either side")
    table = joint_table(network, fit.low, fit.high)
    st.dataframe(as_text(table, digits=6), width="stretch")


def _show_equations(network: ReLUNetwork) -> None:
    if network.widths[0] > _MAX_EQUATIONS:
        st.markdown(
            f"{network.widths[0]} hidden units have too many equations to read. Up to "
            f"{_MAX_EQUATIONS} are written out; the table above has all numbers."
        )
    else:
        show_equations(network)
