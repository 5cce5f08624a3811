"""A fit as a page shows it: its settings, the split, the job, the moments kept."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split

from estimators import ReLUNetwork, ShallowReLURegressor
from estimators.training import FitState
from ui.in_training import InTraining, Moment, moment_of, with_effect
from ui.jobs import SlicedJob
from ui.regression.snapshots import Film
from ui.workbench import Workbench

Array = NDArray[np.floating]

MIN_ROWS = 8  # leaves five to train on and three to test on
TEST_SIZE = 0.3
MAX_WIDTH = 100
TIME_LIMIT = 20.0  # s of work for one fit
FITS: Workbench[FitState] = Workbench("fit", 32)


class FitSettings(NamedTuple):
    """The parameters of `ShallowReLURegressor` that the page lets one choose."""

    width: int = 10
    solver: str = "lbfgs"
    learning_rate_init: float = 0.01
    alpha: float | str = "auto"
    max_iter: int = 1000
    random_state: int = 0

    def parameters(self) -> dict[str, float | str]:
        """Return the keyword arguments, without a rate where none is used."""
        return with_effect(self._asdict())


class Shown(NamedTuple):
    """The network that the page shows, and its training loss.

    Attributes
    ----------
    network : ReLUNetwork
    loss : float
        In squared units of y.
    iteration : int or None
        The iteration looked back at; None for where training is, or what it kept.
    """

    network: ReLUNetwork
    loss: float
    iteration: int | None = None


@dataclass(frozen=True)
class Fit(InTraining):
    """A network in training, on one part of the data, and what it is compared with.

    Attributes
    ----------
    settings : FitSettings
    model : ShallowReLURegressor
        Fitted once the job has ended and not failed.
    job : SlicedJob
        Trains it.
    film : Film
        States to look back at.
    train, test : (x, y), each ndarray of shape (n_train,) or (n_test,)
        In the units of the data.
    low, high : float
        Limits of all x.
    """

    settings: FitSettings
    model: ShallowReLURegressor
    job: SlicedJob
    film: Film
    train: tuple[Array, Array]
    test: tuple[Array, Array]
    low: float
    high: float

    def shown(self, iteration: int | None = None) -> Shown:
        """Return the network of a moment that was kept, or by default the one of now.

        Parameters
        ----------
        iteration : int or None
            Of one of the film's frames.

        Raises
        ------
        ValueError
            If no state of this iteration was kept.
        """
        if iteration is None:
            return Shown(self.network, self.loss)
        for frame in self.film.frames:
            if frame.iteration == iteration:
                return Shown(frame.network, frame.loss, iteration)
        raise ValueError(f"no state of iteration {iteration} was kept.")


def start_fit(x: Array, y: Array, settings: FitSettings) -> Fit:
    """Split the data and prepare the training; nothing is trained yet.

    Parameters
    ----------
    x, y : ndarray of shape (n_samples,)
        The data, finite, at least `MIN_ROWS` of them.
    settings : FitSettings
        ``random_state`` is the seed of the split and of the start of training.

    Returns
    -------
    Fit

    Raises
    ------
    ValueError
        If a setting is not acceptable to the estimator.
    """
    if settings.width > MAX_WIDTH:
        raise ValueError(f"width must be at most {MAX_WIDTH}; got {settings.width}.")
    x_train, x_test, y_train, y_test = train_test_split(
        x, y, test_size=TEST_SIZE, random_state=settings.random_state
    )
    model = ShallowReLURegressor(**settings.parameters())
    states = model.iter_fit(
        x_train[:, None], y_train, X_val=x_test[:, None], y_val=y_test
    )
    film = Film()

    def record(state: FitState) -> Moment:
        film.take(state)
        return moment_of(state)

    return Fit(
        settings,
        model,
        SlicedJob(states, record=record, time_limit=TIME_LIMIT),
        film,
        (x_train, y_train),
        (x_test, y_test),
        float(x.min()),
        float(x.max()),
    )
