"""A layer of three units or more, seen in space."""

from collections.abc import Sequence

import streamlit as st
from numpy.typing import NDArray

from estimators import ReLUNetwork
from ui.figures.representation import sheet_alt, sheet_figure
from ui.pace import folded
from ui.representation.lifted import N_SHOWN, lifted


def show_space(
    network: ReLUNetwork, X: NDArray, labels: NDArray, classes: Sequence[str]
) -> None:
    """Offer the last hidden layer of three units or more, to be turned.

    Parameters
    ----------
    network : ReLUNetwork
        Of two inputs; its outputs are logits.
    X : ndarray of shape (n_samples, 2)
    labels : ndarray of int of shape (n_samples,)
        Class numbers.
    classes : sequence of str
        Their names.
    """
    wide = [k for k, width in enumerate(network.widths, start=1) if width >= N_SHOWN]
    if not wide:
        return
    with folded(f"Hidden layer {wide[-1]} in space", "show_space") as body:
        if not body.open:
            return
        sheet = lifted(network, X, wide[-1])
        st.plotly_chart(
            sheet_figure(
                sheet.points,
                labels,
                classes,
                (sheet.vertices, sheet.offsets),
                sheet.cut,
                plane=sheet.plane,
                names=sheet.names,
                colours=_theme_colours(),
            ),
            key="sheet",
            config={"displaylogo": False, "scrollZoom": False},
        )
        told = sheet_alt(
            len(X), len(sheet.offsets) - 1, len(sheet.cut), flat=sheet.plane is not None
        )
        axes = "The axes are the three units."
        if sheet.share is not None:
            percent = f"{100 * sheet.share:.0f} %"
            axes = (
                f"The axes are three principal components: {percent} of the variance."
            )
        st.caption(f"{told} {axes}")


def _theme_colours() -> list[str]:
    """Return the colours that instruments, too, give to classes."""
    mode = st.context.theme.type or "light"
    return st.get_option(f"theme.{mode}.chartCategoricalColors")
