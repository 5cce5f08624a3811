"""What is read off a fit: its exact line, scores and joints, and where it stands."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LinearRegression

from estimators import ReLUNetwork
from estimators.geometry.line import joints
from ui.counters import regions_sentence
from ui.jobs import SlicedJob
from ui.regression.building import counted
from ui.regression.fitting import TIME_LIMIT, Fit, Shown
from ui.regression.scoring import score_table

Array = NDArray[np.floating]

SOLVER_NAMES = {
    "gd": "gradient descent",
    "adam": "Adam",
    "lbfgs": "L-BFGS",
    "variable_projection": "variable projection",
    "free_knots": "free knots",
}


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


def scores(fit: Fit, network: ReLUNetwork) -> pd.DataFrame:
    """Compare a network with a straight line on the same split.

    Parameters
    ----------
    fit : Fit
    network : ReLUNetwork
        The fit's, at some moment.

    Returns
    -------
    DataFrame of shape (2, 4)
        R² (1 is perfect, 0 is no better than the mean) and root-mean-square error in
        units of y, on the training and on the test data.
    """
    line = LinearRegression().fit(fit.train[0][:, None], fit.train[1])
    predictors = {
        f"Network, {fit.settings.width} hidden units": network,
        "Straight line": line.predict,
    }
    return score_table(predictors, fit.train, fit.test)


def joint_table(network: ReLUNetwork, low: float, high: float) -> pd.DataFrame:
    """List the joints between two limits, with the slopes on either side.

    Returns
    -------
    DataFrame of shape (n_joints, 4)
        Place x, value y there, slope before, slope after; in units of the data.
    """
    x, y = exact_line(network, low, high)
    slopes = network.local_linear_model((x[:-1] + x[1:])[:, None] / 2)[0][:, 0, 0]
    return pd.DataFrame(
        {
            "Joint at x": x[1:-1],
            "Value y": y[1:-1],
            "Slope before": slopes[:-1],
            "Slope after": slopes[1:],
        },
        index=pd.RangeIndex(1, len(x) - 1, name="No."),
    )


def standing_words(job: SlicedJob, solver: str, time_limit: float) -> str:
    """Say where a training stands whose history has iterations.

    Parameters
    ----------
    job : SlicedJob
        With at least one state computed.
    solver : str
        As the estimator calls it.
    time_limit : float
        Of the job, in seconds.
    """
    at, name = f"{job.history[-1].iteration:,}", SOLVER_NAMES[solver]
    return {
        "running": f"Training with {name}: iteration {at}",
        "finished": f"Finished after {at} iterations of {name}",
        "stopped": f"Stopped at iteration {at} of {name}",
        "out of time": f"Ended at the time limit of {time_limit:g} s, at iteration "
        f"{at} of {name}",
        "failed": f"Diverged soon after iteration {at} of {name}",
    }[job.status]


def progress_sentence(fit: Fit, shown: Shown) -> str:
    """Say where the training stands, or what is looked back at, and count (Markdown).

    Parameters
    ----------
    fit : Fit
        With at least one state computed.
    shown : Shown
        Its network that the page shows.
    """
    standing = standing_words(fit.job, fit.model.solver_, TIME_LIMIT)
    if shown.iteration is not None:
        standing = f"{standing}; shown is iteration {shown.iteration:,}"
    width = fit.settings.width
    regions = counted(shown.network, fit.low, fit.high)
    return (
        f"**{standing}**, training loss {shown.loss:.4g}. "
        f"Joints: **{regions.in_view - 1}** in view, {regions.in_total - 1} in total, "
        f"at most {width} (one for each hidden unit). "
        + regions_sentence(*regions, "one input: D + 1")
    )
