"""How parameters are found: one method per file, each a generator over states."""

from collections.abc import Callable, Iterator, Sequence

from estimators.losses import squared_error
from estimators.objective import Loss, n_parameters
from estimators.solvers.adam import adam
from estimators.solvers.free_knots import free_knots
from estimators.solvers.gradient_descent import gradient_descent
from estimators.solvers.lbfgs import lbfgs
from estimators.solvers.minimax import minimax
from estimators.solvers.protocol import Step
from estimators.solvers.variable_projection import variable_projection

Solver = Callable[..., Iterator[Step]]

# For any loss and any network.
GRADIENT_SOLVERS: dict[str, Solver] = {
    "adam": adam,
    "gd": gradient_descent,
    "lbfgs": lbfgs,
}
SOLVERS: dict[str, Solver] = {
    **GRADIENT_SOLVERS,
    "free_knots": free_knots,  # squared error, one input, one hidden layer
    "variable_projection": variable_projection,  # squared error
}
ALL_SOLVERS: dict[str, Solver] = {
    **SOLVERS,
    "minimax": minimax,  # maximum error, one input, one hidden layer, one output
}


# Multiplications of one pass over the data, beyond which many cheap steps are better
# than few good ones.
MOST_WORK_OF_PROJECTION = 1_000_000_000
MOST_WORK_OF_LBFGS = 2_000_000


def choose_solver(loss: Loss, sizes: Sequence[int], n_samples: int) -> str:
    """Return what ``solver="auto"`` stands for.

    Of a broken line the best joints can be found directly. Otherwise the squared error
    is least, soonest, with the output layer eliminated; any other loss, by L-BFGS.
    Once a pass over the data is dear, Adam gets further in the same time, as it takes
    many steps in one pass.

    Parameters
    ----------
    loss : callable
        A function of `estimators.losses`.
    sizes : sequence of int
        Layer sizes (D_0, D_1, …, D_{K+1}).
    n_samples : int
        Number of rows.

    Returns
    -------
    solver : str
        A name of `SOLVERS`.
    """
    work = n_samples * n_parameters(sizes)
    if loss is not squared_error:
        return "lbfgs" if work <= MOST_WORK_OF_LBFGS else "adam"
    if sizes[0] == 1 and len(sizes) == 3:
        return "free_knots"
    return "variable_projection" if work <= MOST_WORK_OF_PROJECTION else "adam"
