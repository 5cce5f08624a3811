"""Show what a network makes of the plane: the instrument, probes, things to take."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from estimators import ReLUNetwork
from estimators.representation import layer_probes
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.instruments.warping import (
    OWN_CLASSES,
    Warped,
    WarpedLayer,
    WarpingState,
    warping_instrument,
)
from ui.pace import folded
from ui.representation.clouds import Cloud
from ui.representation.space_view import show_space
from ui.representation.training import Shape, Trained
from ui.representation.warped import (
    box_around,
    straight_line,
    view_of,
    warped_layers,
)
from ui.representation.warping_words import accuracy, counted, warping_snippet

_MAX_EQUATIONS = 10  # hidden units whose equations can still be read
_QUICK = 40  # hidden units up to which answers are coloured while training goes on
_CLASSES = tuple(f"Class {k + 1}" for k in range(OWN_CLASSES))


def show_warped(
    trained: Trained | None,
    cloud: Cloud,
    state: WarpingState,
    shape: Shape,
    locked: tuple[bool, bool],
    on_release: Callable[[WarpingState], None],
) -> None:
    """Show the points, and what the network makes of the plane if there is one."""
    if trained is None:
        warped = Warped(
            [_bare(cloud)], cloud.labels, _CLASSES, (), (), None, "Points, no network."
        )
    else:
        quick = not trained.job.running or sum(shape.widths) <= _QUICK
        warped = _warped(trained.network, cloud, quick)
    warping_instrument(
        warped, state, key="warping", locked=locked, on_release=on_release
    )
    st.caption(
        "The grid bends only where a unit switches on or off, and is drawn from bend "
        "to bend: no picture here is sampled. The thick line is where the answer "
        "changes; in the last hidden layer it is straight (dashed), as the output is "
        "linear in the hidden units."
    )


def show_rest(trained: Trained, cloud: Cloud, shape: Shape) -> None:
    """Show what a straight cut gets right after each layer, and things to take away."""
    network = trained.network
    if not trained.job.running:
        st.markdown(_counted(network, float(box_around(cloud.X).max())))
        shares = _probes(network, cloud.X, cloud.labels)
        names = ["input", *(f"h{k + 1}" for k in range(network.depth)), "output"]
        st.markdown("**What a straight cut gets right after each layer**")
        st.table({name: [f"{100 * s:.1f} %"] for name, s in zip(names, shares)})
        st.caption(
            "A logistic regression is fitted to each layer (a linear probe): the "
            "network is a success if its last layer leaves nothing but a straight cut "
            "to do."
        )
    show_space(network, cloud.X, cloud.labels, _CLASSES[: int(cloud.labels.max()) + 1])
    with folded("Equations with these numbers", "show_warping_equations") as body:
        if body.open:
            if sum(network.widths) > _MAX_EQUATIONS:
                st.markdown(
                    f"{sum(network.widths)} hidden units have too many equations to "
                    f"read. Up to {_MAX_EQUATIONS} are written out."
                )
            else:
                show_equations(network)
    with folded("Copy as Python", "show_warping_snippet") as body:
        if body.open:
            code = warping_snippet(cloud, trained, shape, box_around(cloud.X))
            st.code(code, language="python")
    last = network.hidden(cloud.X)[-1]
    names = ("x1", "x2", "class", *(f"h{d + 1}" for d in range(last.shape[1])))
    columns = (*cloud.X.T, cloud.labels + 1, *last.T)
    show_downloads("warping", columns=(names, columns), network=network)


# A network's hash has its biases only, and caches ask for more.
_HASH = {ReLUNetwork: lambda network: [p.tolist() for p in _parameters(network)]}


def _parameters(network: ReLUNetwork) -> tuple[np.ndarray, ...]:
    return (*network.weights, *network.biases)


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=_HASH)
def _counted(network: ReLUNetwork, half: float) -> str:
    return counted(network, half)


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=_HASH)
def _probes(network: ReLUNetwork, X: np.ndarray, labels: np.ndarray) -> list[float]:
    return [probe.accuracy for probe in layer_probes(network, X, labels)]


def _warped(network: ReLUNetwork, cloud: Cloud, with_sides: bool) -> Warped:
    layers, families, kinds = warped_layers(network, cloud.X, with_sides=with_sides)
    known = np.unique(cloud.labels)
    percent = 100 * accuracy(network, cloud.X, cloud.labels)
    widths = "-".join(map(str, (2, *network.widths, network.n_outputs)))
    return Warped(
        layers,
        cloud.labels,
        _CLASSES[: max(int(known.max()) + 1, 2)],
        families,
        [int(known[kind]) for kind in kinds],
        straight_line(network, layers[-1]),
        f"{len(cloud.X)} points of {len(known)} classes in a {widths} network that "
        f"is right about {percent:.1f} % of them; the line between its answers has "
        f"{len(layers[0].cut)} straight pieces in the input plane.",
    )


def _bare(cloud: Cloud) -> WarpedLayer:
    view = view_of(cloud.X, box_around(cloud.X))
    nothing = np.empty((0, 2, 2))
    return WarpedLayer("Input", ("x1", "x2"), cloud.X, (), (), nothing, view)
