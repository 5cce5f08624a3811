"""What a rank of 1 can and cannot fit: targets, starts, and the work in slices."""

from collections.abc import Callable, MutableMapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork
from estimators.constructions import lecture
from estimators.datasets import toy
from ui.composition.pairs import network_code
from ui.composition.rank_one import Race, iter_race
from ui.jobs import SlicedJob
from ui.workbench import Workbench

Array = NDArray[np.float64]
MAX_ITER = 3000
TIME_LIMIT = 20.0  # s
_N_POINTS = 401
_SPREAD = 0.1  # of the start's parameters around the fold, for seeds but 0


class Target(NamedTuple):
    """Something to be fitted.

    Attributes
    ----------
    function : callable
        From an array of x to an array of y.
    low, high : float
    code : str
        Lines of Python that make ``y`` of ``x``.
    """

    function: Callable[[Array], Array]
    low: float
    high: float
    code: str

    @property
    def points(self) -> tuple[Array, Array]:
        """The points that are fitted, evenly spaced."""
        x = np.linspace(self.low, self.high, _N_POINTS)
        return x, self.function(x)


def uneven() -> ReLUNetwork:
    """Build a network with 16 regions on [0, 1] that are no mirror images.

    The first layer is the best fold's. In ψ = θ′φᵀ every row is a multiple of one,
    so that each layer of the folded line is divided at the same heights; here the rows
    differ, by about a tenth.
    """
    fold = lecture("fold")
    return ReLUNetwork(
        [
            fold.weights[0],
            [[-12.7, 9.5, -6.1], [-12.2, 8.8, -5.8], [12.0, -9.6, 5.3]],
            fold.weights[1],
        ],
        [fold.biases[0], [3.76, 3.62, -3.34], fold.biases[1]],
    )


def _of(network: ReLUNetwork, low: float, high: float) -> Target:
    code = network_code("target", network) + "y = target(x)[:, 0]\n"
    return Target(lambda x: network(x)[:, 0], low, high, code)


def _toy(name: str) -> Target:
    known = toy(name, n_samples=2)
    code = f"y = toy({name!r}).target(x)\n"
    return Target(known.target, known.low, known.high, code)


TARGETS = {
    "Sixteen uneven pieces": _of(uneven(), 0.0, 1.0),
    "The lecture's two layers": _of(lecture("clip_and_recombine"), 0.0, 2.0),
    "A sine": _toy("sine"),
}


def start(target: Target, seed: int) -> tuple[ReLUNetwork, ReLUNetwork]:
    """Give the networks that both trainings begin with: the best fold, twice.

    Parameters
    ----------
    target : Target
        Over whose inputs the first is stretched.
    seed : int
        0 for the fold itself; others move every number by about a tenth.
    """
    fold = second = lecture("fold")
    width = target.high - target.low
    first = ReLUNetwork(
        [fold.weights[0] / width, fold.weights[1]],
        [fold.biases[0] - fold.weights[0][:, 0] * target.low / width, fold.biases[1]],
    )
    if seed == 0:
        return first, second
    rng = np.random.default_rng(seed)
    return _shaken(first, rng), _shaken(second, rng)


def _shaken(network: ReLUNetwork, rng: np.random.Generator) -> ReLUNetwork:
    return ReLUNetwork(
        *(
            [part * (1 + _SPREAD * rng.standard_normal(part.shape)) for part in parts]
            for parts in (network.weights, network.biases)
        )
    )


class Moment(NamedTuple):
    """What is remembered of each iteration."""

    iteration: int
    tied_error: float
    free_error: float


Job = SlicedJob[Race, Moment]
# Few iterations at first, so that the way there can be seen.
TRAININGS: Workbench[Race] = Workbench("freeing", 32, TIME_LIMIT, pace=3, at_least=3)


def job_for(session: MutableMapping[str, Any], name: str, seed: int) -> Job:
    """Return the session's training on this target from this start; others end.

    Parameters
    ----------
    session : mutable mapping
        Where the session keeps it, such as ``st.session_state``.
    name : str
        One of `TARGETS`.
    seed : int
        Of the start.
    """
    target = TARGETS[name]
    return TRAININGS.job_for(
        session,
        (name, seed),
        lambda: iter_race(*start(target, seed), *target.points, MAX_ITER),
        0.0,
        keep=_moment,
    )


def _moment(race: Race) -> Moment:
    return Moment(race.iteration, race.tied_error, race.free_error)


def race_snippet(name: str, seed: int) -> str:
    """Write the program that trains the network whose Ω₁ is free, from this start.

    It prints the root-mean-square error.
    """
    target = TARGETS[name]
    first, second = start(target, seed)
    return f"""\
import numpy as np

from estimators import DeepReLURegressor, ReLUNetwork
from estimators.datasets import toy

x = np.linspace({target.low!r}, {target.high!r}, {_N_POINTS})
{target.code}{network_code("start", second @ first)}\
model = DeepReLURegressor.from_network(start).set_params(
    warm_start=True, solver="lbfgs", alpha=0.0, tol=0.0, max_iter={MAX_ITER}
)
model.fit(x[:, None], y)
print(model.loss_ ** 0.5)
"""
