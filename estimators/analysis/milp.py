"""The largest value of a network in a box by mixed-integer programming."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array

from estimators.analysis.intervals import BoundedLayer, affine_bounds, linear_bound
from estimators.geometry.regions import Floats
from estimators.network import ReLUNetwork

# HiGHS stops within this of the best value, relative to what the bounds leave open.
SOLVER_TOLERANCE = 1e-6
# Units that cross zero by less, relative to their size, count as if they did not.
NEGLIGIBLE = 1e-9
# A bound that an attained value meets to this leaves nothing to search for.
ROUNDING_GAP = 1e-12
N_TRIALS = 256
N_STEPS = 40


@dataclass(frozen=True)
class Largest:
    """The largest value of a one-output network in a box, from both sides.

    Attributes
    ----------
    value : float
        A value that the network attains.
    location : ndarray of shape (n_inputs,)
        Where it attains it.
    bound : float
        No value in the box is larger.
    """

    value: float
    location: Floats
    bound: float


class Encoding:
    """Hidden layers over a box as linear constraints with one binary per unit.

    Parameters
    ----------
    box : ndarray of shape (n_inputs, 2)
        Validated, finite limits.

    Notes
    -----
    A unit h = a[z] has a binary s and the constraints ``z ≤ h``, ``0 ≤ h ≤ high·s``
    and ``h ≤ z − low·(1 − s)``. Source: Tjeng, Xiao, Tedrake, "Evaluating Robustness
    of Neural Networks with Mixed Integer Programming", ICLR 2019; Fischetti and Jo,
    "Deep neural networks and mixed integer linear optimization", Constraints 23, 2018.
    """

    def __init__(self, box: Floats) -> None:
        self.box = box
        self.layers: list[BoundedLayer] = []

    def append(self, W: Floats, b: Floats) -> None:
        """Add a hidden layer; bounds of its units come from the linear relaxation."""
        low, high = affine_bounds(self.layers, self.box, W, b)
        if any(_crossing(layer).any() for layer in self.layers):
            for i in np.flatnonzero((low < 0) & (high > 0)):
                spread = high[i] - low[i]
                high[i] = min(high[i], self._relaxed(W[i], b[i], spread))
                low[i] = max(low[i], -self._relaxed(-W[i], -b[i], spread))
        self.layers.append(BoundedLayer(W, b, low, high))

    def largest(
        self,
        w: Floats,
        b: float,
        time_limit: float = np.inf,
        enough: float = -np.inf,
    ) -> Largest:
        """Find the largest value of ``w @ h + b``, where h leaves the last layer.

        Parameters
        ----------
        w : ndarray of shape (D_K,)
            Output weights.
        b : float
            Output bias.
        time_limit : float, default=inf
            Seconds after which the search stops; value and bound then differ.
        enough : float, default=-inf
            Do not search if simple bounds show that no value is above this.

        Returns
        -------
        largest : Largest
            `value` is what the network gives at `location`. `bound` allows for the
            tolerance of the solver, 1e-6 of the spread that bounds leave open.
        """
        network = ReLUNetwork(
            [*(layer.weight for layer in self.layers), [w]],
            [*(layer.bias for layer in self.layers), [b]],
        )
        last = network.weights[-1], network.biases[-1]
        low, high = (
            float(end[0]) for end in affine_bounds(self.layers, self.box, *last)
        )
        _, guess = linear_bound(self.layers, self.box, *last)
        points = _climb(network, self.box, guess)
        best = _best(network, points, high)
        decided = not any(_crossing(layer).any() for layer in self.layers)
        enough = max(enough, best.value + ROUNDING_GAP * abs(high))
        if decided or best.bound <= enough:
            return best
        spread = high - low
        answer = self._solve(w / spread, integral=True, time_limit=time_limit)
        if answer.mip_dual_bound is not None:
            top = b + (SOLVER_TOLERANCE - answer.mip_dual_bound) * spread
            high = min(high, float(top))
        if answer.x is not None:
            active = answer.x[-sum(network.widths) :] > 0.5
            points = np.vstack([best.location, *_corner(network, self.box, active)])
        return _best(network, points, high)

    def _relaxed(self, w: Floats, b: float, spread: float) -> float:
        """Bound ``w @ h + b`` from above with binaries that may be fractions."""
        answer = self._solve(w / spread, integral=False)
        if answer.status:
            return np.inf
        return b + (SOLVER_TOLERANCE - answer.fun) * spread

    def _solve(
        self, w: Floats, integral: bool, time_limit: float = np.inf
    ) -> OptimizeResult:
        """Maximise ``w @ h`` over all x, h and s, each in units of its own size."""
        box, layers = self.box, self.layers
        low, high, bias = (
            np.concatenate([getattr(layer, name) for layer in layers])
            for name in ("low", "high", "bias")
        )
        n, m = len(box), low.size
        size = np.maximum(high, -low)
        size[size == 0] = 1
        scale = np.concatenate([(box[:, 1] - box[:, 0]) / 2, size])
        # Pre-activation i is bias[i] + weight[i] @ [x, h].
        weight = np.zeros((m, n + m))
        row, column = 0, 0
        for W in (layer.weight for layer in layers):
            weight[row : row + len(W), column : column + W.shape[1]] = W
            row, column = row + len(W), column + W.shape[1]
        bias[: len(layers[0].bias)] += layers[0].weight @ box.mean(axis=1)
        weight, bias = weight * scale / size[:, np.newaxis], bias / size
        low, high = np.minimum(low / size, 0), np.maximum(high / size, 0)
        # Units that barely cross zero only trouble the solver.
        low[low > -NEGLIGIBLE], high[high < NEGLIGIBLE] = 0, 0
        h, s = np.eye(m, n + m, n), np.eye(m)
        objective = np.zeros(n + 2 * m)
        objective[n + m - w.size : n + m] = -w * size[-w.size :]
        blocks = [
            (np.hstack([h - weight, 0 * s]), bias, np.inf),
            (np.hstack([h - weight, -low * s]), -np.inf, bias - low),
            (np.hstack([h, -high * s]), -np.inf, 0),
        ]
        return milp(
            objective,
            integrality=np.repeat([0, int(integral)], [n + m, m]),
            bounds=Bounds(
                np.concatenate([-np.ones(n), np.zeros(m), (low == 0) & (high > 0)]),
                np.concatenate([np.ones(n), high, high > 0]),
            ),
            constraints=[LinearConstraint(csr_array(A), *ends) for A, *ends in blocks],
            options={"mip_rel_gap": 0, "time_limit": time_limit},
        )


def _crossing(layer: BoundedLayer) -> NDArray[np.bool_]:
    """Tell which units the bounds leave undecided."""
    return (layer.low < 0) & (layer.high > 0)


def _best(network: ReLUNetwork, points: Floats, bound: float) -> Largest:
    values = network(points)[:, 0]
    i = values.argmax()
    return Largest(float(values[i]), points[i], max(bound, float(values[i])))


def _climb(network: ReLUNetwork, box: Floats, guess: Floats) -> Floats:
    """Move points of the box uphill; what they reach is attained at any rate."""
    start = np.random.default_rng(0).uniform(*box.T, (N_TRIALS, len(box)))
    points = np.concatenate([guess, start])
    values = network(points)[:, 0]
    reach = box[:, 1] - box[:, 0]
    for step in 0.25 * 0.8 ** np.arange(N_STEPS):
        slopes, _ = network.local_linear_model(points)
        moved = np.clip(points + step * reach * np.sign(slopes[:, 0]), *box.T)
        higher = network(moved)[:, 0]
        better = higher > values
        points[better], values[better] = moved[better], higher[better]
    return points


def _corner(
    network: ReLUNetwork, box: Floats, active: NDArray[np.bool_]
) -> list[Floats]:
    """Return the highest corner of the region of a pattern, if there is one."""
    slopes, values = np.eye(network.n_inputs), np.zeros(network.n_inputs)
    rows, limits = [], []
    for W, b in zip(network.weights[:-1], network.biases[:-1]):
        on, active = active[: b.size], active[b.size :]
        slopes, values = W @ slopes, W @ values + b
        sign = np.where(on, -1, 1)
        rows.append(sign[:, np.newaxis] * slopes)
        limits.append(-sign * values)
        slopes, values = slopes * on[:, np.newaxis], values * on
    answer = linprog(
        -(network.weights[-1] @ slopes)[0],
        A_ub=np.vstack(rows),
        b_ub=np.concatenate(limits),
        bounds=box,
    )
    return [] if answer.x is None else [np.clip(answer.x, *box.T)]
