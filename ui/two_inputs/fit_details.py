"""What is said of a network of two inputs in training, and how to take it away."""

import numpy as np
import pandas as pd
import streamlit as st
from sklearn.linear_model import LinearRegression

from estimators import ReLUNetwork
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.figures.fit import loss_alt, loss_chart
from ui.names import display_name
from ui.numbers import as_text
from ui.pace import folded
from ui.regression.readings import standing_words
from ui.regression.scoring import score_table
from ui.snippets import program
from ui.two_inputs.fitting import TEST_SIZE, TIME_LIMIT, Fit
from ui.two_inputs.map_view import MOST_EQUATIONS, show_counts
from ui.two_inputs.solid import show_solid

_BODY = """\
X_train, X_test, y_train, y_test = train_test_split(
    X, y, test_size={test_size}, random_state={seed}
)
model = {name}({given})
model.fit(X_train, y_train)
print(model.linear_regions({box}).n_regions)
print(model.score(X_test, y_test))
"""


def progress_sentence(fit: Fit) -> str:
    """Say where the training stands (Markdown)."""
    standing = standing_words(fit.job, fit.model.solver_, TIME_LIMIT)
    return f"**{standing}**, training loss {fit.loss:.4g}."


def show_loss(fit: Fit) -> None:
    """Draw how the training and the test loss fell so far."""
    history = tuple(zip(*fit.job.history, strict=True))
    st.echarts_chart(
        loss_chart(*history),
        height=260,
        alt=loss_alt(*history),
        key="plane_loss_chart",
        renderer="svg",
    )


def show_details(fit: Fit, drawn: bool) -> None:
    """Show counts and scores and, when opened, surface, equations, the program.

    Parameters
    ----------
    fit : Fit
        With at least one state computed.
    drawn : bool
        Whether its polygons are few enough to be drawn.
    """
    data, network = fit.data, fit.network
    if drawn and not fit.job.running:
        show_counts(network, data.box, "fit")
    st.table(as_text(scores(fit, network)))
    st.caption(
        "R²: 1 is perfect, 0 no better than the mean. RMSE: root-mean-square error, in "
        f"units of {display_name(data.names[2])}. {len(fit.train[1]):,} rows to train, "
        f"{len(fit.test[1]):,} to test."
    )
    if drawn:
        points = np.column_stack(fit.train)
        show_solid(network, data.box, "plane_fit", names=data.names, points=points)
    with folded("Equations with these numbers", "show_plane_equations") as body:
        if body.open and sum(network.widths) <= MOST_EQUATIONS:
            show_equations(network)
        elif body.open:
            st.markdown(
                f"{sum(network.widths)} hidden units have too many equations to read. "
                f"Up to {MOST_EQUATIONS} are written out; “Network” below has all "
                "numbers."
            )
    with folded("Copy as Python", "show_plane_fit_snippet") as body:
        if body.open and not fit.job.running:
            st.code(fit_snippet(fit), language="python")
    columns = (data.names, (*data.X.T, data.y))
    show_downloads("two_inputs", columns=columns, network=network)


def scores(fit: Fit, network: ReLUNetwork) -> pd.DataFrame:
    """Compare a network with a plane on the same split; see `score_table`."""
    plane = LinearRegression().fit(*fit.train)
    layers = " + ".join(map(str, network.widths))
    return score_table(
        {f"Network, {layers} units": network, "Plane": plane.predict},
        fit.train,
        fit.test,
    )


def fit_snippet(fit: Fit) -> str:
    """Write the Python program that trains the network shown."""
    parameters = fit.settings.parameters()
    if fit.job.status in ("stopped", "out of time"):
        parameters["max_iter"] = max(1, fit.job.history[-1].iteration)
    defaults = fit.settings.estimator().get_params()
    given = ", ".join(
        f"{name}={value!r}"
        for name, value in parameters.items()
        if value != defaults[name] or name == "width"
    )
    name = fit.settings.estimator.__name__
    return program(
        fit.data.code,
        "from sklearn.model_selection import train_test_split\n"
        f"from estimators import {name}",
        _BODY.format(
            test_size=TEST_SIZE,
            seed=fit.settings.random_state,
            name=name,
            given=given,
            box=[list(limits) for limits in fit.data.box],
        ),
    )
