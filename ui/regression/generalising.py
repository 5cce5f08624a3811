"""Networks of many widths on one part of the data, judged by the rest of it."""

from collections.abc import Hashable, Iterator
from contextlib import closing
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.compose import TransformedTargetRegressor
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import KFold, train_test_split
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import shuffle

from estimators import ReLUNetwork, ShallowReLURegressor
from ui.picked_data import Law
from ui.regression.universe import true_error

Array = NDArray[np.floating]
XY = tuple[Array, Array]

MAX_WIDTH = 100
MAX_REPEATS = 20
MAX_ROWS = 2000  # of a larger table a random part is taken
MIN_TRAIN, MIN_TEST = 8, 3
FOLDS = (3, 10)

_WIDTHS = (1, 2, 3, 5, 8, 12, 20, 30, 50, 80)
_PAUSE = 100  # iterations after which a fit may be interrupted
_MAX_ITER = 1000


class GeneraliseSettings(NamedTuple):
    """What the page lets one choose.

    Attributes
    ----------
    width : int
        Hidden units of the network to look at.
    n_train : int
        Rows to train on; all others test.
    n_repeats : int
        Random splits on which every width is tried.
    max_width : int
        The largest width tried.
    alpha : float or "auto"
        Penalty of `ShallowReLURegressor`; without any, over-fitting shows best.
    n_folds : int
        Parts of the training rows in cross-validation.
    seed : int
        Of the first split; the others count on from there.
    """

    width: int = 50
    n_train: int = 20
    n_repeats: int = 6
    max_width: int = MAX_WIDTH
    alpha: float | str = 0.0
    n_folds: int = 5
    seed: int = 4

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths tried, evenly on a logarithmic scale."""
        return (*(w for w in _WIDTHS if w < self.max_width), self.max_width)

    @property
    def of_sweep(self) -> Hashable:
        """What determines the errors of all widths: everything but the one shown."""
        return self._replace(width=0)

    @property
    def of_network(self) -> Hashable:
        """What determines the network shown."""
        return (self.width, self.n_train, self.alpha, self.seed)


class Split(NamedTuple):
    """The two parts of the data, each ``(x, y)`` of shapes (n,) in the data's units."""

    train: XY
    test: XY


class Score(NamedTuple):
    """Errors of one network, mean squared, in squared units of y.

    Attributes
    ----------
    width : int
    repeat : int or None
        Number of the split; None in cross-validation.
    fold : int or None
        Number of the fold; None outside cross-validation.
    training, test : float
        On the rows trained on, and on the rows held out.
    universe : float or None
        Expected on new data, exactly, where the law of the data is known.
    network : ReLUNetwork or None
        Kept of the first split only.
    """

    width: int
    repeat: int | None
    fold: int | None
    training: float
    test: float
    universe: float | None = None
    network: ReLUNetwork | None = None


def check_settings(settings: GeneraliseSettings, n_rows: int) -> None:
    """Raise the ValueError that says which setting does not suit so many rows."""
    n_rows = min(n_rows, MAX_ROWS)
    limits = {
        "The width D": (settings.width, 1, MAX_WIDTH),
        "The largest D": (settings.max_width, 1, MAX_WIDTH),
        "The number of random splits": (settings.n_repeats, 1, MAX_REPEATS),
        "The number of training rows": (
            settings.n_train,
            MIN_TRAIN,
            n_rows - MIN_TEST,
        ),
        "The number of folds": (
            settings.n_folds,
            FOLDS[0],
            min(FOLDS[1], settings.n_train),
        ),
        "The seed": (settings.seed, 0, 9999),
    }
    if n_rows < MIN_TRAIN + MIN_TEST:
        raise ValueError(
            f"{n_rows} rows are too few to train on some and test on others; at least "
            f"{MIN_TRAIN + MIN_TEST} are needed. Choose more points or another table."
        )
    for name, (value, low, high) in limits.items():
        if not low <= value <= high:
            raise ValueError(
                f"{name} must be from {low:,} to {high:,}, as there are {n_rows:,} "
                f"rows; got {value:,}."
            )
    alpha = settings.alpha
    if alpha != "auto" and (isinstance(alpha, str) or not 0 <= alpha < np.inf):
        raise ValueError(
            f"The penalty must be 'auto' or finite and not negative; got {alpha!r}."
        )


def bounded(x: Array, y: Array, seed: int) -> XY:
    """Return the rows, or `MAX_ROWS` of them at random if there are more."""
    if len(x) <= MAX_ROWS:
        return x, y
    return tuple(shuffle(x, y, n_samples=MAX_ROWS, random_state=seed))


def split_rows(x: Array, y: Array, settings: GeneraliseSettings, repeat: int) -> Split:
    """Deal the rows, shapes (n,), into training and test rows for the n-th time."""
    x_train, x_test, y_train, y_test = train_test_split(
        x, y, train_size=settings.n_train, random_state=settings.seed + repeat
    )
    return Split((x_train, y_train), (x_test, y_test))


def untrained(
    width: int, settings: GeneraliseSettings, repeat: int = 0
) -> ShallowReLURegressor:
    """Return the estimator that every network here is trained by."""
    return ShallowReLURegressor(
        width,
        solver="lbfgs",
        alpha=settings.alpha,
        max_iter=_MAX_ITER,
        random_state=settings.seed + repeat,
    )


def untrained_peer(settings: GeneraliseSettings) -> TransformedTargetRegressor:
    """Return scikit-learn's network of the same width, for a fair comparison.

    Its inputs and outputs are standardised, as it does not do so itself. Its penalty
    is divided by the number of rows, ours is not; "auto" leaves it at its default.
    """
    auto = settings.alpha == "auto"
    network = MLPRegressor(
        hidden_layer_sizes=(settings.width,),
        solver="lbfgs",
        alpha=0.0001 if auto else settings.alpha * settings.n_train,
        max_iter=_MAX_ITER,
        random_state=settings.seed,
    )
    return TransformedTargetRegressor(
        make_pipeline(StandardScaler(), network), transformer=StandardScaler()
    )


def training(model: ShallowReLURegressor, data: XY) -> Iterator[ReLUNetwork]:
    """Train a model on ``(x, y)``, pausing now and then.

    Yields
    ------
    network : ReLUNetwork
        The start, some on the way, and at last the one that the model keeps.
    """
    with closing(model.iter_fit(data[0][:, np.newaxis], data[1])) as states:
        for state in states:
            if state.iteration % _PAUSE == 0:
                yield state.network
    yield model.network_


def sweep(
    x: Array,
    y: Array,
    settings: GeneraliseSettings,
    universe: Law | None,
) -> Iterator[Score | None]:
    """Try every width: on the first split, in cross-validation, on the other splits.

    Parameters
    ----------
    x, y : ndarray of shape (n_rows,)
    settings : GeneraliseSettings
    universe : Law or None
        The law of the data, where it is known.

    Yields
    ------
    score : Score or None
        None in the middle of a fit, where the work may be interrupted.
    """
    yield from _on_split(x, y, settings, 0, universe)
    x_train, y_train = split_rows(x, y, settings, 0).train
    folds = KFold(settings.n_folds, shuffle=True, random_state=settings.seed)
    for fold, (kept, held_out) in enumerate(folds.split(x_train)):
        parts = Split(
            (x_train[kept], y_train[kept]), (x_train[held_out], y_train[held_out])
        )
        for width in settings.widths:
            model = untrained(width, settings)
            yield from (None for _ in training(model, parts.train))
            errors = (squared_error(model.network_, part) for part in parts)
            yield Score(width, None, fold, *errors)
    for repeat in range(1, settings.n_repeats):
        yield from _on_split(x, y, settings, repeat, universe)


def _on_split(
    x: Array,
    y: Array,
    settings: GeneraliseSettings,
    repeat: int,
    universe: Law | None,
) -> Iterator[Score | None]:
    split = split_rows(x, y, settings, repeat)
    for width in settings.widths:
        model = untrained(width, settings, repeat)
        yield from (None for _ in training(model, split.train))
        network = model.network_
        yield Score(
            width,
            repeat,
            None,
            *(squared_error(network, part) for part in split),
            true_error(network, universe) if universe else None,
            None if repeat else network,
        )


def n_fits(settings: GeneraliseSettings) -> int:
    """Count the networks that a sweep trains."""
    return len(settings.widths) * (settings.n_repeats + settings.n_folds)


def squared_error(network: ReLUNetwork, data: XY) -> float:
    """Return the mean squared error on ``(x, y)``, in squared units of y."""
    return float(mean_squared_error(data[1], network(data[0][:, np.newaxis])[:, 0]))
