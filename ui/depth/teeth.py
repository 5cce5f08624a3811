"""The sawtooth of 2ᵏ pieces: what depth takes to have it, and what one layer takes."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators import ReLUNetwork, ShallowReLURegressor
from estimators.bounds import count_parameters
from estimators.constructions import interpolant, sawtooth
from estimators.geometry import joints
from estimators.minimax import best_units

Array = NDArray[np.float64]
Norm = Literal["max", "rms"]

SPREAD = 1 / 12**0.5  # the standard deviation of every sawtooth on [0, 1]
_ROWS = 256  # evaluated at once: of 4096 units, 8 megabytes
_POINTS_PER_PIECE, _LEAST_POINTS = 16, 500


class Sizes(NamedTuple):
    """What the sawtooth takes.

    Attributes
    ----------
    n_folds, n_pieces : int
        k, and 2ᵏ.
    deep_units, deep_parameters : int
        Of k layers of two units.
    shallow_units, shallow_parameters : int
        The fewest of one hidden layer.
    """

    n_folds: int
    n_pieces: int
    deep_units: int
    deep_parameters: int
    shallow_units: int
    shallow_parameters: int


def sizes_of(n_folds: int) -> Sizes:
    """Count what both networks need that equal the sawtooth on [0, 1].

    One hidden layer needs exactly as many units as there are pieces, p = 2ᵏ:

    * At least p − 1. The sawtooth bends at j / p for j = 1, …, p − 1, and a network of
      one layer bends at joints of its units only.
    * Not p − 1. Each of them would have its joint at one of these places, and no other
      unit would be there. Slopes are p and −p in turn, so the slope changes by 2p or
      −2p at every joint. A unit that faces right adds nothing left of its joint, one
      that faces left adds minus its change there. So the first slope would be a sum of
      ±2p: an even multiple of p, and p is none.
    * p suffice: `interpolant`, whose first unit has its joint at 0, not inside.

    Parameters
    ----------
    n_folds : int
        At least 1.

    Returns
    -------
    sizes : Sizes
    """
    n_pieces = 2**n_folds
    deep = (2,) * n_folds
    return Sizes(
        n_folds,
        n_pieces,
        sum(deep),
        count_parameters(1, deep),
        n_pieces,
        count_parameters(1, (n_pieces,)),
    )


def corners(n_folds: int) -> tuple[Array, Array]:
    """Give the vertices of the sawtooth on [0, 1], its ends included; exact."""
    n_pieces = 2**n_folds
    steps = np.arange(n_pieces + 1)
    return steps / n_pieces, (steps % 2).astype(float)


def shallow_sawtooth(n_folds: int) -> ReLUNetwork:
    """Build the sawtooth with one hidden layer of 2ᵏ units."""
    return interpolant(*corners(n_folds))


class Comparison(NamedTuple):
    """Two networks for one sawtooth, compared on [0, 1].

    Attributes
    ----------
    same_joints : bool
        Whether both bend at the multiples of 2⁻ᵏ inside, and nowhere else.
    difference : float
        The largest at these and both ends. Between them both are straight if
        `same_joints`, so that it is the largest of all.
    """

    same_joints: bool
    difference: float


@lru_cache(32)
def compared(n_folds: int) -> Comparison:
    """Compare `sawtooth` and `shallow_sawtooth`."""
    deep, shallow = sawtooth(n_folds), shallow_sawtooth(n_folds)
    x, _ = corners(n_folds)
    same = all(
        np.array_equal(joints(network, 0, 1), x[1:-1]) for network in (deep, shallow)
    )
    parts = np.array_split(x, -(-x.size // _ROWS))
    differences = (np.abs(deep(part) - shallow(part)).max() for part in parts)
    return Comparison(same, float(max(differences)))


def least_maximum(n_pieces: int, n_units: int) -> float | None:
    """Return the smallest maximum error that one hidden layer has, where it is known.

    Of p pieces. A network with an error below 1/2 everywhere is below 1/2 where the
    sawtooth is 0 and above where it is 1, so it crosses 1/2 between all p + 1 of these
    places. A straight piece crosses once, and D units make at most D + 1 pieces on
    [0, 1]: at least p − 1 units are needed. With fewer the error is at least 1/2, and
    the level line at 1/2 has that. With p units it is 0, see `sizes_of`.

    Returns
    -------
    error : float or None
        None for p − 1 units: all that is known is that it is not 0.
    """
    if n_units >= n_pieces:
        return 0.0
    return 0.5 if n_units < n_pieces - 1 else None


def rms_limits(n_pieces: int, n_units: int) -> tuple[float, float]:
    """Bound the smallest root-mean-square error that one hidden layer has.

    Of p pieces, on [0, 1]. D units make at most D + 1 straight pieces, so the network
    crosses 1/2 inside at most D + 1 of the p flanks. On any other it stays on one side,
    and where the sawtooth is on the other, half of the flank, the error is at least
    the sawtooth's distance from 1/2, whose square integrates to 1 / (24p). So the mean
    square is at least ``(p − D − 1) / (24p)``. `level_then_teeth` has
    ``(N + 1) h² / (3p)``, with N and h as there.

    Returns
    -------
    low, high : float
        No network has less; some network has no more. Both 0 for p units.
    """
    if n_units >= n_pieces:
        return 0.0, 0.0
    low = max(n_pieces - n_units - 1, 0) / (24 * n_pieces)
    n_missed = n_pieces - n_units
    high = (n_missed + 1) * best_level(n_missed) ** 2 / (3 * n_pieces)
    return low**0.5, high**0.5


def best_level(n_missed: int) -> float:
    """Return how far up a flank a network should wait that follows from there on.

    Level at h for N whole flanks and the part h of the next, it has a square error of
    ``N (1/12 + (h − 1/2)²) + h³/3`` times the length of a flank. That is least for
    ``h² = N (1 − 2h)``, and then ``(N + 1) h² / 3``.

    Parameters
    ----------
    n_missed : int
        N, at least 1.

    Returns
    -------
    h : float
        ``√(N (N + 1)) − N``, below 1/2.
    """
    return n_missed**0.5 / ((n_missed + 1) ** 0.5 + n_missed**0.5)


def level_then_teeth(n_folds: int, n_units: int) -> ReLUNetwork:
    """Build a network that is level until a flank comes by, and exact from there.

    Of all that begin so it is the best, see `best_level`. Nor does any small change of
    its weights make it better. The part that is level stays so, as all units face
    right. Another level is worse. And to leave it elsewhere than where the sawtooth
    comes by, by t, saves at most about t³, while the pieces that follow then begin with
    an error of about t, and a piece that does has a square error of about t².

    Parameters
    ----------
    n_folds : int
    n_units : int
        Number of hidden units, D, less than p = 2ᵏ: one where it leaves the level line,
        after N = p − D whole flanks, and one at every vertex that follows.
    """
    x, y = corners(n_folds)
    n_missed = len(x) - 1 - n_units
    height = best_level(n_missed)
    leaves = (n_missed + height) / (len(x) - 1)
    level = abs(y[n_missed] - height)  # from 0 up, or from 1 down
    return interpolant([leaves, *x[n_missed + 1 :]], [level, *y[n_missed + 1 :]])


def errors_of(network: ReLUNetwork, n_folds: int) -> dict[Norm, float]:
    """Measure how far a network is from the sawtooth on [0, 1].

    Both are straight between the joints of either, so that the largest difference is
    at one of them, and the square integrates to (a² + ab + b²) / 3 times the length
    where the difference goes from a to b.
    """
    teeth_x, teeth_y = corners(n_folds)
    x = np.union1d(teeth_x, joints(network, 0, 1))
    error = network(x)[:, 0].astype(float) - np.interp(x, teeth_x, teeth_y)
    a, b = error[:-1], error[1:]
    square = float((np.diff(x) * (a * a + a * b + b * b)).sum() / 3)
    return {"max": float(np.abs(error).max()), "rms": max(square, 0.0) ** 0.5}


class Found(NamedTuple):
    """The best known network of so many units.

    Attributes
    ----------
    network : ReLUNetwork
    how : str
        Where it comes from, to end a sentence with.
    errors : dict
        Both, on [0, 1].
    rival : (str, float) or None
        Where the other candidate comes from, and its error, if there was one.
    """

    network: ReLUNetwork
    how: str
    errors: dict[Norm, float]
    rival: tuple[str, float] | None = None


@lru_cache(128)
def best_found(n_folds: int, n_units: int, norm: Norm) -> Found:
    """Find a good network of one hidden layer for the sawtooth.

    Parameters
    ----------
    n_folds, n_units : int
        No more units than 2ᵏ.
    norm : {"max", "rms"}
        Which error is to be small. The largest is proven to be the least possible,
        except with 2ᵏ − 1 units.
    """
    n_pieces = 2**n_folds
    if n_units == n_pieces:
        return _found(shallow_sawtooth(n_folds), "built", n_folds)
    if norm == "rms":
        candidates = (
            _found(level_then_teeth(n_folds, n_units), "built", n_folds),
            _found(_fitted(n_folds, n_units), "found by “free knots”", n_folds),
        )
        better, worse = sorted(candidates, key=lambda found: found.errors["rms"])
        return better._replace(rival=(worse.how, worse.errors["rms"]))
    if n_units < n_pieces - 1:
        level = ReLUNetwork(
            [np.ones((n_units, 1)), np.zeros((1, n_units))], [np.zeros(n_units), [0.5]]
        )
        return _found(level, "a level line", n_folds)
    x = np.linspace(0, 1, _POINTS_PER_PIECE * n_pieces + 1)
    units = best_units(x, sawtooth(n_folds)(x)[:, 0], n_units).units
    network = ReLUNetwork([units.theta, units.phi], [units.beta, units.offset])
    return _found(network, "found by “minimax”", n_folds)


def evenly(n_folds: int) -> Array:
    """Give the places at which networks are fitted to the sawtooth."""
    n_points = max(_POINTS_PER_PIECE * 2**n_folds, _LEAST_POINTS)
    return (np.arange(n_points) + 0.5) / n_points


def _fitted(n_folds: int, n_units: int) -> ReLUNetwork:
    x = evenly(n_folds)
    model = ShallowReLURegressor(n_units, solver="free_knots", alpha=0)
    return model.fit(x[:, np.newaxis], sawtooth(n_folds)(x)[:, 0]).network_


def _found(network: ReLUNetwork, how: str, n_folds: int) -> Found:
    return Found(network, how, errors_of(network, n_folds))
