"""What is to be said of a network that warps the plane, and the program for it."""

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.bounds import max_regions
from estimators.geometry import linear_regions
from estimators.representation import enclosing_triangle, two_units_never_separate
from ui.counters import regions_sentence
from ui.representation.clouds import Cloud
from ui.representation.training import Shape, Trained
from ui.snippets import program
from ui.square_counts import counted_on_square

_TWO = 2
_BODY = """\
model = DeepReLUClassifier({given})
model.fit(X, labels)
network = model.network_
print(model.score(X, labels))
for probe in layer_probes(network, X, labels):
    print(probe.accuracy)
"""
_BOUNDARY = """\
box = np.array({box})
boundary = decision_boundary(network, box)
print(len(boundary))
"""


def answers_of(network: ReLUNetwork, X: NDArray, labels: NDArray) -> NDArray:
    """Return the classes that a network gives to rows, of those that labels have."""
    outputs = network(X)
    one = outputs.shape[1] == 1
    answers = (outputs[:, 0] > 0) if one else outputs.argmax(axis=1)
    # Labels may leave out a class, which no output stands for then.
    return np.unique(labels)[answers.astype(int)]


def accuracy(network: ReLUNetwork, X: NDArray, labels: NDArray) -> float:
    """Return the share of rows that a classifying network gets right."""
    return float(np.mean(answers_of(network, X, labels) == labels))


def standing(trained: Trained, share: float) -> str:
    """Say how far training is, and how well the network does."""
    job = trained.job
    words = {
        "running": f"Training… iteration {trained.iteration:,}",
        "stopped": f"Stopped after {trained.iteration:,} iterations",
        "out of time": f"Out of time after {trained.iteration:,} iterations",
        "failed": "Training ended early",
    }
    how = words.get(job.status, f"Trained for {trained.iteration:,} iterations")
    # Rounding must not promise that all are right.
    percent = f"{100 * share:.1f}" if share < 1 else "100"
    return (
        f"{how} ({job.seconds:.1f} s). The network is right about **{percent} %** of "
        f"the points; mean cross-entropy {trained.loss:.3g} nats."
    )


def counted(network: ReLUNetwork, half: float) -> str:
    """Say how many linear regions there are; in total only where that is known."""
    if network.depth == 1:
        counts = counted_on_square(network, -half, half)
        theorem = f"Zaslavsky, {network.widths[0]} units, two inputs"
        return regions_sentence(*counts, theorem)
    limits = ((-half, half), (-half, half))
    in_view = linear_regions(network, limits).n_regions
    most = max_regions(2, network.widths)
    return (
        f"Linear regions: **{in_view:,}** in view, **{most:,}** at most on the whole "
        "plane (Serra, Tjandraatmadja, Ramalingam 2018)."
    )


def obstacle(X: NDArray, labels: NDArray, widths: tuple[int, ...]) -> str:
    """Say why two units cannot separate two classes, if that is proven.

    Parameters
    ----------
    X : ndarray of shape (n_samples, 2)
    labels : ndarray of int of shape (n_samples,)
    widths : tuple of int
        Of the hidden layers.
    """
    classes = np.unique(labels)
    if len(classes) != _TWO or len(widths) > 1 or widths[0] > _TWO:
        return ""
    first, second = (X[labels == k] for k in classes)
    if not two_units_never_separate(first, second):
        return ""
    triangles = (
        enclosing_triangle(first, second),
        enclosing_triangle(second, first),
    )
    around = [k for k, found in zip(classes, triangles, strict=True) if found]
    end = (
        f"**Three suffice**: one for each side of a triangle around class "
        f"{around[0] + 1}. Try it, perhaps with another seed."
        if around
        else "More units make more bends: add some, and train again."
    )
    return (
        "**Two units cannot separate these points, whatever their parameters.** With "
        "two units, one side of the cut is a convex region that goes on for ever in "
        "some direction. But take either class: whatever direction you look in from "
        f"it, a point of the other class is in the way. {end}"
    )


def warping_snippet(cloud: Cloud, trained: Trained, shape: Shape, box: NDArray) -> str:
    """Write the program that trains the network shown."""
    given = ", ".join(f"{k}={v!r}" for k, v in trained.parameters(shape).items())
    imports = (
        "import numpy as np\n"
        "from estimators import DeepReLUClassifier\n"
        "from estimators.representation import decision_boundary, layer_probes"
    )
    body = _BODY.format(given=given) + _BOUNDARY.format(box=box.tolist())
    return program(cloud.code, imports, body)
