"""Points of two or three classes in the plane: drawn, or clicked by the reader."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.instruments.warping import MAX_OWN, OWN_CLASSES, OwnPoint
from ui.network_text import number_from_text, number_to_text
from ui.representation.data_sets import data_set

Array = NDArray[np.float64]
Ints = NDArray[np.intp]

_LONGEST = 40 * MAX_OWN


class Cloud(NamedTuple):
    """Points and their classes.

    Attributes
    ----------
    X : ndarray of shape (n_samples, 2)
    labels : ndarray of int of shape (n_samples,)
        From 0 on.
    code : str
        Python lines that define ``X`` and ``labels``.
    """

    X: Array
    labels: Ints
    code: str


def drawn_cloud(name: str, n_samples: int, noise: float, seed: int) -> Cloud:
    """Draw one of the data sets, with coordinates short enough to be listed.

    Parameters
    ----------
    name, n_samples, noise, seed
        See `data_set`.

    Returns
    -------
    Cloud
    """
    X, labels = data_set(name, n_samples, noise, seed)
    X = X.round(4) + 0.0
    return Cloud(X, labels, _listed(X, labels))


def own_cloud(points: tuple[OwnPoint, ...]) -> Cloud:
    """Take the reader's own points.

    Raises
    ------
    ValueError
        If they are too few to be learned from, with a sentence for the reader.
    """
    labels = np.array([label for *_, label in points], dtype=np.intp)
    if len(set(labels.tolist())) < 2:
        raise ValueError(
            "Click points of at least two classes into the plane on the left."
        )
    X = np.array([place for *place, _ in points], dtype=np.float64)
    if len(np.unique(X, axis=0)) < 2 or not np.ptp(X, axis=0).all():
        raise ValueError(
            "All points lie on one line along an axis. Add one that does not."
        )
    return Cloud(X, labels, _listed(X, labels))


def points_to_text(points: tuple[OwnPoint, ...]) -> str:
    """Write points as ``x,y,class~x,y,class``, classes from 1 on."""
    return "~".join(
        f"{number_to_text(x)},{number_to_text(y)},{label + 1}" for x, y, label in points
    )


def points_from_text(text: str) -> tuple[OwnPoint, ...]:
    """Read points that somebody may have typed; none at all from an empty text.

    Raises
    ------
    ValueError
        If it is no such text, with a sentence for its author.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"This is longer than {MAX_OWN} points can be.")
    plain = "".join(text.split())
    groups = plain.split("~") if plain else []
    if len(groups) > MAX_OWN:
        raise ValueError(f"There are {len(groups)} points; at most {MAX_OWN} are read.")
    return tuple(_point(group, i) for i, group in enumerate(groups, 1))


def _point(group: str, number: int) -> OwnPoint:
    parts = group.split(",")
    classes = [str(k + 1) for k in range(OWN_CLASSES)]
    if len(parts) != 3 or parts[2] not in classes:
        raise ValueError(
            f"Point {number} is not written as x,y,class, with class 1, 2 or 3."
        )
    x, y = map(number_from_text, parts[:2])
    return x, y, classes.index(parts[2])


def _listed(X: Array, labels: Ints) -> str:
    """Write points as Python lines, since their numbers are what they are."""
    rows = ", ".join(f"({x!r}, {y!r})" for x, y in X.tolist())
    return (
        "import numpy as np\n\n"
        f"X = np.array([{rows}])\n"
        f"labels = np.array({labels.tolist()})"
    )
