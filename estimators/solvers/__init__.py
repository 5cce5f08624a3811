"""How parameters are found: one method per file, each a generator over states."""

from collections.abc import Callable, Iterator

from estimators.solvers.adam import adam
from estimators.solvers.gradient_descent import gradient_descent
from estimators.solvers.lbfgs import lbfgs
from estimators.solvers.protocol import Step

SOLVERS: dict[str, Callable[..., Iterator[Step]]] = {
    "adam": adam,
    "gd": gradient_descent,
    "lbfgs": lbfgs,
}


def choose_solver(n_samples: int, n_parameters: int) -> str:
    """Return what ``solver="auto"`` stands for.

    L-BFGS gets further per pass over the data, Adam makes many steps in one pass. The
    first wins as long as a pass is cheap.
    """
    return "lbfgs" if n_samples * n_parameters <= 20_000_000 else "adam"
