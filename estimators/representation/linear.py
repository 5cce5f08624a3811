"""A linear map as three motions: rotate, stretch along the axes, rotate again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

EPSILON = np.finfo(np.float64).eps
LARGEST = 1e100  # of an entry: determinants of these are finite, up to 3 × 3
N_STAGES = 3


@dataclass(frozen=True, eq=False)
class Stages:
    """The singular value decomposition Θ = U S Vᵀ with signs that mean something.

    Vᵀ is always a rotation, never a reflection. So is U, unless the determinant of a
    square Θ is negative: then U reflects, since some factor must.

    Attributes
    ----------
    theta : ndarray of shape (m, n)
        The map, Θ.
    rotation_in : ndarray of shape (n, n)
        Vᵀ, the first motion.
    scale : ndarray of shape (min(m, n),)
        The singular values: descending, none negative; what rounding leaves of a zero
        is zero.
    rotation_out : ndarray of shape (m, m)
        U, the last motion.
    angles : (float, float) or None
        Of a 2 × 2 map, the angles of the two rotations in radians, anticlockwise. The
        first is above −π/2 and at most π/2. Where U reflects, it first turns the
        second axis round.
    """

    theta: Floats
    rotation_in: Floats
    scale: Floats
    rotation_out: Floats
    angles: tuple[float, float] | None

    @property
    def rank(self) -> int:
        """How many singular values are above zero."""
        return int(np.count_nonzero(self.scale))

    @property
    def determinant(self) -> float | None:
        """By how much areas grow; negative for a reflection. None if not square."""
        if self.theta.shape[0] != self.theta.shape[1]:
            return None
        size = float(np.prod(self.scale))
        return -size if self.reflects else size

    @property
    def reflects(self) -> bool:
        """Whether U is a reflection: exactly if the determinant is negative."""
        return bool(np.linalg.det(self.rotation_out) < 0)

    @property
    def scaling(self) -> Floats:
        """The singular values as the m × n matrix S, the second motion."""
        stretch = np.zeros(self.theta.shape)
        np.fill_diagonal(stretch, self.scale)
        return stretch

    def at(self, t: float) -> Floats:
        """Return the matrix at a moment of the motion from the identity to Θ.

        Parameters
        ----------
        t : float
            From 0 to 1 the plane turns until it is Vᵀx, from 1 to 2 it is stretched
            to S Vᵀx, from 2 to 3 it turns to U S Vᵀx. A reflection shows its other
            side during the last turn, as a sheet of paper that is turned over.

        Returns
        -------
        matrix : ndarray of shape (2, 2)
            Continuous in t; Θ itself, up to rounding, for t = 3.

        Raises
        ------
        ValueError
            If the map is not 2 × 2 or t is not in [0, 3].
        """
        if self.angles is None:
            m, n = self.theta.shape
            raise ValueError(f"only a 2 × 2 map can be played; this one is {m} × {n}.")
        if not 0 <= t <= N_STAGES:
            raise ValueError(f"t must be between 0 and {N_STAGES}, got {t}.")
        first, second, third = (float(np.clip(t - stage, 0, 1)) for stage in range(3))
        angle_in, angle_out = self.angles
        stretch = np.diag(1 + second * (self.scale - 1))
        turn_over = np.diag([1.0, np.cos(np.pi * third) if self.reflects else 1.0])
        return (
            _rotation(third * angle_out)
            @ turn_over
            @ stretch
            @ _rotation(first * angle_in)
        )


def svd_stages(theta: ArrayLike) -> Stages:
    """Decompose a linear map into a rotation, a scaling and a rotation.

    Parameters
    ----------
    theta : array-like of shape (m, n)
        The matrix Θ of the map y = Θ x.

    Returns
    -------
    stages : Stages
        U, S and Vᵀ with Θ = U S Vᵀ; of a 2 × 2 map also the motion in between.

    Raises
    ------
    ValueError
        If Θ is not a matrix of finite numbers of ordinary size.

    Notes
    -----
    A pair (u, v) of singular vectors may change sign together, and that alone would
    turn rotations into reflections: with det Θ > 0 both factors can be rotations, and
    here they are. Of the signs that remain, Vᵀ turns the plane by 90° at most.

    A 2 × 2 map is the sum of a rotation and a reflection, each with a factor; from
    their angles and sizes the decomposition follows in closed form. Source: Blinn,
    "Consider the lowly 2 × 2 matrix", IEEE Computer Graphics and Applications 16 (2),
    1996; the lectures' "The representation view. Linear model".

    Examples
    --------
    >>> from estimators.representation import svd_stages
    >>> stages = svd_stages([[0.19, 1.84], [-0.97, -0.93]])
    >>> stages.scale.round(2).tolist(), stages.reflects
    ([2.16, 0.74], False)
    """
    theta = _validated(theta)
    if theta.shape == (2, 2):
        return _of_plane(theta)
    U, scale, Vt = np.linalg.svd(theta)
    scale = np.where(scale <= max(theta.shape) * EPSILON * scale.max(), 0.0, scale)
    signs = np.sign(Vt[np.arange(len(Vt)), np.abs(Vt).argmax(axis=1)])
    Vt *= signs[:, np.newaxis]
    U[:, : scale.size] *= signs[: scale.size]
    m, n = theta.shape
    # A pair may change sign, and so may alone what is multiplied by zero.
    if n > m:
        sign = _sign_of(U)
        U[:, -1] *= sign
        Vt[m - 1] *= sign
        Vt[-1] *= _sign_of(Vt)
    else:
        sign = _sign_of(Vt)
        Vt[-1] *= sign
        U[:, n - 1] *= sign
        if m > n or scale[-1] == 0:
            U[:, -1] *= _sign_of(U)
    return Stages(theta, Vt, scale, U, None)


def _of_plane(theta: Floats) -> Stages:
    (a, b), (c, d) = theta
    # Θ = turning · R(turn) + mirroring · R(mirror) · diag(1, −1).
    turning, turn = np.hypot(a + d, c - b) / 2, np.arctan2(c - b, a + d)
    mirroring, mirror = np.hypot(a - d, c + b) / 2, np.arctan2(c + b, a - d)
    largest, smallest = turning + mirroring, turning - mirroring
    rounding = 4 * EPSILON * largest
    # Without one of the two, circles stay circles and Vᵀ need not turn them.
    if mirroring <= rounding:
        mirror = turn
    elif turning <= rounding:
        turn = mirror
    angle_in = (turn - mirror) / 2
    # Half a turn more of both rotations changes nothing: take the smaller one first.
    half_turns = np.ceil(angle_in / np.pi - 0.5)
    angle_in -= half_turns * np.pi
    angle_out = _wrapped((turn + mirror) / 2 + half_turns * np.pi)
    flip = -1.0 if smallest < -rounding else 1.0
    scale = np.array([largest, 0.0 if abs(smallest) <= rounding else abs(smallest)])
    return Stages(
        theta,
        _rotation(angle_in),
        scale,
        _rotation(angle_out) @ np.diag([1.0, flip]),
        (float(angle_in), float(angle_out)),
    )


def _sign_of(orthogonal: Floats) -> float:
    return -1.0 if np.linalg.det(orthogonal) < 0 else 1.0


def _rotation(angle: float) -> Floats:
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.array([[cosine, -sine], [sine, cosine]])


def _wrapped(angle: float) -> float:
    """Return the angle between −π and π."""
    return angle - 2 * np.pi * np.ceil(angle / (2 * np.pi) - 0.5)


def _validated(theta: ArrayLike) -> Floats:
    try:
        matrix = np.array(theta, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"theta must hold numbers, got {theta!r}.") from None
    if matrix.ndim != 2 or not matrix.size:
        raise ValueError(
            f"theta must be a matrix, of shape (m, n), got shape {matrix.shape}."
        )
    if not (np.abs(matrix) <= LARGEST).all():  # NaN among them
        raise ValueError(
            f"theta must hold finite numbers of at most {LARGEST:g} in size, got "
            f"{matrix.tolist()}."
        )
    return matrix
