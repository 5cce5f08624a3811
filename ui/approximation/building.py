"""Networks with one hidden unit after the other, as frames of a film."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ui.approximation.best_fits import Norm, iter_best_fit
from ui.approximation.errors import error_report
from ui.approximation.pieces import pieces_of
from ui.approximation.targets import Target

MOST_UNITS = 40


class Frame(NamedTuple):
    """A network as it is drawn.

    Attributes
    ----------
    n_units : int
        Hidden units; joints in the range may be fewer.
    x, y : ndarray of shape (n_joints + 2,), dtype float32
        Ends of the range and joints between them, and the values there.
    max_error, rms : float
        Its errors.
    where : float
        The x of the largest.
    """

    n_units: int
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    max_error: float
    rms: float
    where: float


def iter_frames(
    target: Target, norm: Norm, most_units: int = MOST_UNITS
) -> Iterator[Frame]:
    """Find the best networks with 1, 2, 3, … hidden units.

    Parameters
    ----------
    target : Target
    norm : {"rms", "max"}
        In which they are the best.
    most_units : int, default=40

    Yields
    ------
    frame : Frame
        For each number of units; the very same again is a pause. None is worse than the
        one before: units that do not help are left out.
    """
    frame = None
    for n_units in range(1, most_units + 1):
        for found in iter_best_fit(target, n_units, norm):
            network = found
            if frame is not None:
                yield frame
        report = error_report(network, target)
        errors = {"rms": report.rms, "max": report.max_error}
        if frame is not None and errors[norm] >= _error(frame, norm):
            frame = frame._replace(n_units=n_units)
        else:
            pieces = pieces_of(network, target.low, target.high)
            frame = Frame(
                n_units,
                pieces.x.astype(np.float32),
                pieces.y.astype(np.float32),
                report.max_error,
                report.rms,
                report.where,
            )
        yield frame


def _error(frame: Frame, norm: Norm) -> float:
    return {"rms": frame.rms, "max": frame.max_error}[norm]
