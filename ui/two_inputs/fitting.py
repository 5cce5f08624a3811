"""A network of two inputs in training: its settings, the split, the job."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split

from estimators import DeepReLURegressor, ShallowReLURegressor
from estimators.training import FitState
from ui.in_training import InTraining, Moment, moment_of, with_effect
from ui.jobs import SlicedJob
from ui.two_inputs.plane_data import PlaneData
from ui.workbench import Workbench

Array = NDArray[np.floating]

MIN_ROWS = 12
TEST_SIZE = 0.3
MAX_WIDTH, MAX_DEPTH = 64, 4
TIME_LIMIT = 40.0  # s of work for one fit
FITS: Workbench[FitState] = Workbench("plane_fit", 16)


class FitSettings(NamedTuple):
    """The parameters of the estimators that the page lets one choose."""

    depth: int = 1
    width: int = 16
    solver: str = "lbfgs"
    learning_rate_init: float = 0.01
    alpha: float | str = "auto"
    max_iter: int = 300
    random_state: int = 0

    def parameters(self) -> dict[str, float | str]:
        """Return the keyword arguments of the estimator, none without effect."""
        parameters = with_effect(self._asdict())
        if self.depth == 1:
            del parameters["depth"]
        return parameters

    @property
    def estimator(self) -> type[ShallowReLURegressor] | type[DeepReLURegressor]:
        """The class that takes them."""
        return ShallowReLURegressor if self.depth == 1 else DeepReLURegressor


@dataclass(frozen=True)
class Fit(InTraining):
    """A network in training on one part of the data.

    Attributes
    ----------
    settings : FitSettings
    data : PlaneData
    model : ShallowReLURegressor or DeepReLURegressor
        Fitted once the job has ended and not failed.
    job : SlicedJob
        Trains it.
    train, test : (X, y), of shapes (n, 2) and (n,)
        In the units of the data.
    """

    settings: FitSettings
    data: PlaneData
    model: ShallowReLURegressor | DeepReLURegressor
    job: SlicedJob[FitState, Moment]
    train: tuple[Array, Array]
    test: tuple[Array, Array]


def start_fit(data: PlaneData, settings: FitSettings) -> Fit:
    """Split the data and prepare the training; nothing is trained yet.

    Parameters
    ----------
    data : PlaneData
        At least `MIN_ROWS` rows.
    settings : FitSettings
        ``random_state`` is the seed of the split and of the start of training.

    Raises
    ------
    ValueError
        If a setting is not acceptable.
    """
    if settings.width > MAX_WIDTH or settings.depth > MAX_DEPTH:
        raise ValueError(
            f"At most {MAX_DEPTH} layers of {MAX_WIDTH} units can be trained here."
        )
    X_train, X_test, y_train, y_test = train_test_split(
        data.X, data.y, test_size=TEST_SIZE, random_state=settings.random_state
    )
    model = settings.estimator(**settings.parameters())
    states = model.iter_fit(X_train, y_train, X_val=X_test, y_val=y_test)

    job = SlicedJob(states, record=moment_of, time_limit=TIME_LIMIT)
    return Fit(settings, data, model, job, (X_train, y_train), (X_test, y_test))
