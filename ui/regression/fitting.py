"""A fit as a page shows it: split, job, exact line, scores, joints, snippet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score, root_mean_squared_error
from sklearn.model_selection import train_test_split

from estimators import ReLUNetwork, ShallowReLURegressor
from estimators.geometry.line import joints
from ui.jobs import SlicedJob

Array = NDArray[np.floating]

MIN_ROWS = 8  # leaves five to train on and three to test on
TEST_SIZE = 0.3
MAX_WIDTH = 100
TIME_LIMIT = 20.0  # s of work for one fit
GD_PATIENCE = 500  # iterations; its loss may rise for a while and fall again
RATED_SOLVERS = ("gd", "adam")  # those with a learning rate

SOLVER_NAMES = {"gd": "gradient descent", "adam": "Adam", "lbfgs": "L-BFGS"}


class FitSettings(NamedTuple):
    """The parameters of `ShallowReLURegressor` that the page lets one choose."""

    width: int = 10
    solver: str = "auto"
    learning_rate_init: float = 0.01
    alpha: float | str = "auto"
    max_iter: int = 1000
    random_state: int = 0

    def parameters(self) -> dict[str, float | str]:
        """Return the keyword arguments, without a rate where none is used."""
        parameters = self._asdict()
        if self.solver not in RATED_SOLVERS:
            del parameters["learning_rate_init"]
        if self.solver == "gd":
            parameters["n_iter_no_change"] = GD_PATIENCE
        return parameters


class Moment(NamedTuple):
    """What is remembered of each state of training."""

    iteration: int
    loss: float
    test_loss: float


@dataclass(frozen=True)
class Fit:
    """A network in training, on one part of the data, and what it is compared with.

    Attributes
    ----------
    settings : FitSettings
    model : ShallowReLURegressor
        Fitted once the job has ended and not failed.
    job : SlicedJob
        Trains it.
    train, test : (x, y), each ndarray of shape (n_train,) or (n_test,)
        In the units of the data.
    low, high : float
        Limits of all x.
    """

    settings: FitSettings
    model: ShallowReLURegressor
    job: SlicedJob
    train: tuple[Array, Array]
    test: tuple[Array, Array]
    low: float
    high: float

    @property
    def network(self) -> ReLUNetwork:
        """The network to show: the latest while training, then the best."""
        if self.job.running or self.job.status == "failed":
            return self.job.latest.network
        return self.model.network_

    @property
    def loss(self) -> float:
        """Its mean squared error on the training data, in squared units of y."""
        if self.job.running or self.job.status == "failed":
            return self.job.latest.loss
        return self.model.loss_


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
    job = SlicedJob(
        states,
        record=lambda s: Moment(s.iteration, s.loss, s.validation_loss),
        time_limit=TIME_LIMIT,
    )
    return Fit(
        settings,
        model,
        job,
        (x_train, y_train),
        (x_test, y_test),
        float(x.min()),
        float(x.max()),
    )


def advance(fit: Fit, seconds: float, *, watched: bool = False) -> None:
    """Train for one slice.

    Parameters
    ----------
    fit : Fit
    seconds : float
        Time for the slice.
    watched : bool, default=False
        Take so few iterations that changes can be followed by eye: one at first, then
        a fifth of those already done, as training slows down.
    """
    pace = max(1, len(fit.job.history) // 5) if watched else None
    fit.job.advance(seconds, pace)


def exact_line(network: ReLUNetwork, low: float, high: float) -> tuple[Array, Array]:
    """Find the vertices of a one-input network's graph between two limits.

    Parameters
    ----------
    network : ReLUNetwork
        One input, one output.
    low, high : float
        Limits, ``low < high``.

    Returns
    -------
    x, y : ndarray of shape (n_joints + 2,)
        Lower limit, joints in order, upper limit; and the function there.
    """
    x = np.concatenate([[low], joints(network, low, high), [high]])
    return x, network(x)[:, 0]


def target_line(
    target: Callable[[Array], Array],
    kinks: Sequence[float],
    low: float,
    high: float,
    n_grid: int = 300,
) -> tuple[Array, Array]:
    """Draw a target through its kinks; between them it is sampled, as it may curve.

    Parameters
    ----------
    target : callable
        The noise-free function.
    kinks : sequence of float
        Where it is not smooth; a jump by its two sides.
    low, high : float
        Limits, ``low < high``.
    n_grid : int, default=300
        Points beside the kinks, evenly spaced.

    Returns
    -------
    x, y : ndarray of shape (n_points,)
        Exact where the target is piecewise linear.
    """
    inside = [kink for kink in kinks if low < kink < high]
    x = np.union1d(np.linspace(low, high, n_grid), inside)
    return x, target(x)


def scores(fit: Fit) -> pd.DataFrame:
    """Compare the network with a straight line on the same split.

    Parameters
    ----------
    fit : Fit
        With at least one state computed.

    Returns
    -------
    DataFrame of shape (2, 4)
        R² (1 is perfect, 0 is no better than the mean) and root-mean-square error in
        units of y, on the training and on the test data.
    """
    line = LinearRegression().fit(fit.train[0][:, None], fit.train[1])
    predictors = {
        f"Network, {fit.settings.width} hidden units": fit.network,
        "Straight line": line.predict,
    }
    rows = {
        name: [
            score(y, np.ravel(predict(x[:, None])))
            for score in (r2_score, root_mean_squared_error)
            for x, y in (fit.train, fit.test)
        ]
        for name, predict in predictors.items()
    }
    columns = ["R², training", "R², test", "RMSE, training", "RMSE, test"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def joint_table(fit: Fit) -> pd.DataFrame:
    """List the joints within the data, with the slopes on either side.

    Returns
    -------
    DataFrame of shape (n_joints, 4)
        Place x, value y there, slope before, slope after; in units of the data.
    """
    x, y = exact_line(fit.network, fit.low, fit.high)
    slopes = fit.network.local_linear_model((x[:-1] + x[1:])[:, None] / 2)[0][:, 0, 0]
    return pd.DataFrame(
        {
            "Joint at x": x[1:-1],
            "Value y": y[1:-1],
            "Slope before": slopes[:-1],
            "Slope after": slopes[1:],
        },
        index=pd.RangeIndex(1, len(x) - 1, name="No."),
    )


def progress_sentence(fit: Fit) -> str:
    """Say where the training stands and how many joints there are (Markdown)."""
    last = fit.job.history[-1]
    solver = SOLVER_NAMES[fit.model.solver_]
    standing = {
        "running": f"Training with {solver}: iteration {last.iteration:,}",
        "finished": f"Finished after {last.iteration:,} iterations of {solver}",
        "stopped": f"Stopped at iteration {last.iteration:,} of {solver}",
        "out of time": f"Ended at the time limit of {TIME_LIMIT:g} s, at iteration "
        f"{last.iteration:,} of {solver}",
        "failed": f"Diverged soon after iteration {last.iteration:,} of {solver}",
    }[fit.job.status]
    in_view = len(joints(fit.network, fit.low, fit.high))
    total = len(joints(fit.network))
    return (
        f"**{standing}**, training loss {fit.loss:.4g}. Joints: **{in_view}** in view, "
        f"{total} in total, at most {fit.settings.width} (one for each hidden unit)."
    )
