"""Show what layers make of a real table: the instrument, a table of numbers, files."""

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.representation import embeddings
from ui.downloads import show_downloads
from ui.instruments.warping import (
    Warped,
    WarpedLayer,
    WarpingState,
    warping_instrument,
)
from ui.names import display_name
from ui.pace import folded
from ui.representation.real_data import (
    TEST_SIZE,
    LayerReport,
    RealData,
    Split,
    layer_reports,
)
from ui.representation.training import Shape, Trained
from ui.representation.warped import (
    axis_names,
    layer_name,
    projection_of,
    view_of,
)
from ui.representation.warping_words import answers_of, standing
from ui.snippets import program

_BODY = """\
train, test = train_test_split(
    np.arange(len(X)), test_size={test_size}, stratify=labels, random_state={seed}
)
train.sort()
model = DeepReLUClassifier({given})
model.fit(X[train], labels[train])
print(model.score(X[test], labels[test]))
for values in embeddings(model.network_, X)[:-1]:
    probe = linear_probe(values[train], labels[train])
    print(probe.accuracy, probe.model.score(values[test], labels[test]))
"""


def show_real(
    trained: Trained,
    data: RealData,
    split: Split,
    state: WarpingState,
    locked: bool,
    on_release: Callable[[WarpingState], None],
) -> None:
    """Show where each layer puts each row."""
    network = trained.network
    answers = answers_of(network, data.X, data.labels)
    right = answers == data.labels
    shares = right[split.train].mean(), right[split.test].mean()
    st.markdown(
        f"{standing(trained, float(shares[0]))} Of the {len(split.test):,} rows that "
        f"it has not seen, about **{100 * shares[1]:.1f} %**."
    )
    if trained.job.error:
        st.error(trained.job.error)
    layers = [
        _layer(k, values) for k, values in enumerate(embeddings(network, data.X)[:-1])
    ]
    names = tuple(display_name(name, "text", 16) for name in data.classes)
    warped = Warped(
        layers,
        data.labels,
        names,
        (),
        (),
        None,
        f"{len(data.X):,} rows of {len(names)} classes. The network is right about "
        f"{100 * shares[1]:.1f} % of the rows that it has not seen.",
        _told(names, data.labels, answers, split),
        data.pictures,
    )
    warping_instrument(
        warped, state, key="real_data", locked=(locked, True), on_release=on_release
    )
    st.caption(
        "Each layer is drawn by the two principal components of its values: the plane "
        "in which the rows differ most, and no more than that. The share of variance "
        "says how much is in the picture."
    )


def show_real_rest(
    trained: Trained, data: RealData, split: Split, shape: Shape
) -> None:
    """Show how far classes are apart in each layer, and things to take away."""
    network = trained.network
    reports = None
    if not trained.job.running:
        reports = reports_of(network, data, split)
        names = ["input", *(f"layer {k + 1}" for k in range(network.depth))]
        st.markdown("**How far the classes are apart, layer by layer**")
        st.table(
            {
                "": names,
                "numbers": [f"{r.width}" for r in reports],
                "straight cuts, rows seen": _percent(r.train_accuracy for r in reports),
                "rows not seen": _percent(r.test_accuracy for r in reports),
                "silhouette": [f"{r.silhouette:.2f}" for r in reports],
            }
        )
        st.caption(
            "Straight cuts: a logistic regression on the layer's values (a linear "
            "probe), fitted to the rows that the network was trained on. Silhouette: "
            "how much nearer rows are to their own class than to the next, from −1 to "
            "1 (Rousseeuw 1987), on rows not seen."
        )
    with folded("Copy as Python", "show_real_snippet") as body:
        if body.open:
            st.code(real_snippet(trained, data, shape), language="python")
    last = network.hidden(data.X)[-1]
    names = ("class", *(f"h{d + 1}" for d in range(last.shape[1])))
    classes = np.array(data.classes)[data.labels]
    show_downloads("layers", columns=(names, (classes, *last.T)), network=network)


@st.cache_data(
    max_entries=16,
    show_spinner=False,
    hash_funcs={ReLUNetwork: lambda network: [b.tolist() for b in network.biases]},
)
def _reports(network: ReLUNetwork, _data: RealData, split: Split) -> list[LayerReport]:
    return layer_reports(network, _data.X, _data.labels, split)


def reports_of(network: ReLUNetwork, data: RealData, split: Split) -> list[LayerReport]:
    """Measure each layer once; see `layer_reports`."""
    return _reports(network, data, split)


def real_snippet(trained: Trained, data: RealData, shape: Shape) -> str:
    """Write the program that trains the network shown."""
    given = ", ".join(f"{k}={v!r}" for k, v in trained.parameters(shape).items())
    imports = (
        "import numpy as np\n"
        "from sklearn.model_selection import train_test_split\n"
        "from estimators import DeepReLUClassifier\n"
        "from estimators.representation import embeddings, linear_probe"
    )
    body = _BODY.format(test_size=TEST_SIZE, seed=shape.seed, given=given)
    return program(data.code, imports, body)


def _layer(k: int, values: NDArray) -> WarpedLayer:
    project = projection_of(values)
    points = project(values)
    return WarpedLayer(
        layer_name(k, project, values.shape[1]),
        axis_names(k, project),
        points,
        (),
        (),
        np.empty((0, 2, 2)),
        view_of(points, from_origin=project.share is None),
    )


def _told(
    names: tuple[str, ...], labels: NDArray, answers: NDArray, split: Split
) -> list[str]:
    """Write a line on each row."""
    seen = np.zeros(len(labels), dtype=bool)
    seen[split.train] = True
    return [
        f"Row {row + 1:,}: {names[label]}, the network says {names[answer]}"
        f"{'' if known else ' (not seen in training)'}."
        for row, (label, answer, known) in enumerate(
            zip(labels.tolist(), answers.tolist(), seen.tolist(), strict=True)
        )
    ]


def _percent(shares: object) -> list[str]:
    return [f"{100 * share:.1f} %" for share in shares]
