"""Real tables with classes, and how well each layer of a network tells them apart."""

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.datasets import load_digits, load_iris
from sklearn.metrics import silhouette_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from estimators import ReLUNetwork
from estimators.representation import embeddings, linear_probe
from ui.names import display_name
from ui.tables import TableError, numeric_columns, take_columns

Array = NDArray[np.floating]
Ints = NDArray[np.intp]

MIN_CLASSES, MAX_CLASSES = 2, 10
MIN_IN_CLASS = 5  # three to train on, at least one to test on
MAX_ROWS, MAX_FEATURES = 3000, 100
TEST_SIZE = 0.3
SILHOUETTE_ROWS = 500  # its work grows with their square
_INK = 16  # of scikit-learn's digits


class RealData(NamedTuple):
    """Rows of numbers and their classes.

    Attributes
    ----------
    X : ndarray of shape (n_samples, n_features)
    labels : ndarray of int of shape (n_samples,)
        Class numbers from 0.
    classes : tuple of str
        Their names; any text of a stranger, so show them with `display_name`.
    features : tuple of str
        Names of the columns, likewise.
    sentence : str
        What the data are.
    code : str
        Python lines that define ``X`` and ``labels``.
    identity : hashable
        Equal for equal data.
    pictures : ndarray of shape (n_samples, side, side) or None
        What each row is a picture of, from 0 (white) to 255.
    """

    X: Array
    labels: Ints
    classes: tuple[str, ...]
    features: tuple[str, ...]
    sentence: str
    code: str
    identity: Hashable
    pictures: Array | None = None


def digits() -> RealData:
    """Load scikit-learn's handwritten digits."""
    bundle = load_digits()
    return RealData(
        bundle.data,
        bundle.target.astype(np.intp),
        tuple(map(str, range(10))),
        tuple(bundle.feature_names),
        "1,797 handwritten digits, 8 × 8 pixels each, from 0 to 16. Source: "
        "E. Alpaydin and C. Kaynak, UCI repository (1998), with scikit-learn.",
        "from sklearn.datasets import load_digits\n\n"
        "X, labels = load_digits(return_X_y=True)",
        ("digits",),
        bundle.images * (255 / _INK),
    )


def iris() -> RealData:
    """Load Fisher's irises, with scikit-learn."""
    bundle = load_iris()
    return RealData(
        bundle.data,
        bundle.target.astype(np.intp),
        tuple(map(str, bundle.target_names)),
        tuple(bundle.feature_names),
        "150 irises of three species: length and width of sepals and petals in cm. "
        "Source: R. A. Fisher (1936), with scikit-learn.",
        "from sklearn.datasets import load_iris\n\n"
        "X, labels = load_iris(return_X_y=True)",
        ("iris",),
    )


BUNDLED = {"Digits": digits, "Iris": iris}


def class_columns(frame: pd.DataFrame) -> list[str]:
    """Name the columns that can hold classes: few different values, each repeated."""
    return [name for name in frame.columns if not _why_no_classes(frame[name])]


def labelled_table(frame: pd.DataFrame, column: str, identity: Hashable) -> RealData:
    """Take an uploaded table apart into numbers and classes.

    Parameters
    ----------
    frame : DataFrame of shape (n_rows, n_columns)
    column : str
        The one that holds the classes; all other columns of numbers are features.
    identity : hashable
        Of the file.

    Returns
    -------
    RealData
        Rows in which a value is missing are left out; as are columns that never vary.

    Raises
    ------
    TableError
        If there are too few or too many classes, features or rows, in words that are
        safe to show.
    """
    if column not in frame.columns:
        raise TableError(f"There is no column {display_name(column)}.")
    wrong = _why_no_classes(frame[column])
    if wrong:
        raise TableError(f"Column {display_name(column)} {wrong}")
    complete = frame[frame[column].notna() & (frame[column] != "")]
    features = [
        name
        for name in numeric_columns(complete)
        if name != column and complete[name].nunique() > 1
    ]
    if not features:
        raise TableError(
            f"Beside {display_name(column)} there is no column of numbers that vary."
        )
    if len(features) > MAX_FEATURES:
        raise TableError(
            f"The table has {len(features)} columns of numbers; at most "
            f"{MAX_FEATURES} can be shown. Keep the columns that you need."
        )
    complete = complete[complete[features].notna().all(axis=1)]
    if len(complete) > MAX_ROWS:
        raise TableError(
            f"The table has {len(complete):,} rows; at most {MAX_ROWS:,} can be "
            "shown. Keep a sample of them."
        )
    wrong = _why_no_classes(complete[column])
    if wrong:
        raise TableError(
            f"Without the rows in which a value is missing, column "
            f"{display_name(column)} {wrong}"
        )
    X = take_columns(complete, features)
    classes, labels = np.unique(complete[column].map(_class_name), return_inverse=True)
    positions = frame.attrs.get("positions", {})
    places = [positions.get(name, frame.columns.get_loc(name)) for name in features]
    place = positions.get(column, frame.columns.get_loc(column))
    code = (
        f"frame = frame.dropna(subset=frame.columns[{[*places, place]}])\n"
        f"X = frame.iloc[:, {places}].to_numpy(float)\n"
        f"labels = frame.iloc[:, {place}].astype(str).to_numpy()"
    )
    return RealData(
        X,
        labels.astype(np.intp),
        tuple(map(str, classes)),
        tuple(features),
        f"{len(X):,} rows of {len(features)} numbers, {len(classes)} classes.",
        code,
        (identity, column),
    )


class Split(NamedTuple):
    """Numbers of the rows to train and to test on, as many of each class as can be."""

    train: Ints
    test: Ints


def split_rows(labels: Ints, seed: int) -> Split:
    """Set a part of the rows aside, class by class."""
    train, test = train_test_split(
        np.arange(len(labels)), test_size=TEST_SIZE, stratify=labels, random_state=seed
    )
    return Split(np.sort(train), np.sort(test))


class LayerReport(NamedTuple):
    """How well the classes are apart in one layer.

    Attributes
    ----------
    width : int
    train_accuracy, test_accuracy : float
        Of a linear probe fitted to the layer's values of the training rows.
    silhouette : float
        From −1 to 1, of test rows, every unit in units of its standard deviation: how
        much nearer points are to their own class than to the next.
    """

    width: int
    train_accuracy: float
    test_accuracy: float
    silhouette: float


def layer_reports(
    network: ReLUNetwork, X: Array, labels: Ints, split: Split
) -> list[LayerReport]:
    """Measure the input and every hidden layer.

    Parameters
    ----------
    network : ReLUNetwork
    X : ndarray of shape (n_samples, n_features)
    labels : ndarray of int of shape (n_samples,)
    split : Split

    Returns
    -------
    reports : list of K + 1 LayerReport
    """
    reports = []
    for values in embeddings(network, X)[:-1]:
        probe = linear_probe(values[split.train], labels[split.train])
        test_accuracy = probe.model.score(values[split.test], labels[split.test])
        reports.append(
            LayerReport(
                values.shape[1],
                probe.accuracy,
                float(test_accuracy),
                silhouette(values[split.test], labels[split.test]),
            )
        )
    return reports


def silhouette(values: Array, labels: Ints) -> float:
    """Return the mean silhouette of at most 500 rows; 0 if there is nothing to tell.

    Source: Rousseeuw, "Silhouettes: a graphical aid to the interpretation and
    validation of cluster analysis", J. Computational and Applied Mathematics 20, 1987.
    """
    chosen = np.random.RandomState(0).permutation(len(values))[:SILHOUETTE_ROWS]
    values, labels = StandardScaler().fit_transform(values[chosen]), labels[chosen]
    if not MIN_CLASSES <= len(np.unique(labels)) < len(labels) or not values.any():
        return 0.0
    return float(silhouette_score(values, labels))


def _why_no_classes(values: pd.Series) -> str:
    """Say why a column cannot hold classes; nothing if it can."""
    counts = values[values.notna() & (values != "")].map(_class_name).value_counts()
    if not MIN_CLASSES <= len(counts) <= MAX_CLASSES:
        return (
            f"has {len(counts):,} different values; a column of classes has "
            f"{MIN_CLASSES} to {MAX_CLASSES}."
        )
    if counts.min() < MIN_IN_CLASS:
        return (
            f"has a class of {counts.min()} row(s), {display_name(counts.idxmin())}; "
            f"each needs at least {MIN_IN_CLASS}."
        )
    return ""


def _class_name(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)
