"""Broken lines whose bends cancel their first slope, so that no unit is needed for it.

The units that face left are all that is on at the left end. So a broken line is a
network with a unit for each joint exactly if, for some set of joints, the changes of
slope there and the first slope sum to zero.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from estimators.knots.orientations import EXHAUSTED, all_masks, meet_in_the_middle
from estimators.knots.units import balance_of
from estimators.minimax.bars import Bars
from estimators.minimax.broken_line import BrokenLine
from estimators.minimax.joining import measured
from estimators.minimax.programme import raised

Mask = NDArray[np.bool_]

MAX_ROUNDS = 30
# How far joints go in the first round, as a share of the pieces beside them.
FIRST_REACH, LEAST_REACH = 0.45, 5e-3
SHRINKING, GROWTH = 0.25, 1.5
# A relative gain below this, so many times, ends the rounds.
SMALL_GAIN, PATIENCE = 1e-3, 2


class Folded(NamedTuple):
    """A broken line as the network that it is.

    Attributes
    ----------
    line : BrokenLine
        With a joint for each unit.
    facing_left : ndarray of bool of shape (n_joints,)
        Which units face left.
    """

    line: BrokenLine
    facing_left: Mask


class Folding(NamedTuple):
    """A set of joints whose units are to face left, and what that should cost.

    Attributes
    ----------
    facing_left : ndarray of bool of shape (n_joints,)
    cost : float
        By how much the line has to be moved at least, if every piece turns about its
        middle by the same rise.
    """

    facing_left: Mask
    cost: float


def promising_foldings(line: BrokenLine, n_kept: int) -> list[Folding]:
    """Choose the sets of joints that balance a line at the least cost.

    Parameters
    ----------
    line : BrokenLine
        With at least one joint.
    n_kept : int
        How many sets are wanted.

    Returns
    -------
    foldings : list of Folding
        The cheapest first, of units that face both ways: of all such sets if joints are
        few, of many that are found by meeting in the middle otherwise.
    """
    slopes = line.slopes
    bends = np.diff(slopes)
    if bends.size <= EXHAUSTED:
        masks = all_masks(bends.size)
    else:
        masks = meet_in_the_middle(bends[:, np.newaxis], slopes[:1])
    masks = masks[masks.any(axis=1) & ~masks.all(axis=1)]
    balances = balance_of(masks)
    costs = np.abs(balances @ slopes) / (np.abs(balances) @ (1 / np.diff(line.x)))
    order = np.argsort(costs, kind="stable")[:n_kept]
    return [Folding(masks[k], float(costs[k])) for k in order]


def folded_line(bars: Bars, line: BrokenLine, facing_left: Mask) -> Folded:
    """Balance a line by turning its pieces, each by the same rise, and centre it.

    The coefficients of pieces that matter are 1 and -1 by turns, so the rises take each
    other back.

    Returns
    -------
    folded : Folded
        Its line is measured, with what rounding tilts it; the error is infinite if the
        joints are not in order.
    """
    widths = np.diff(line.x)
    if not (widths > 0).all():
        return Folded(replace(line, max_error=np.inf), facing_left)
    balance = balance_of(facing_left)
    by_rise, slopes = balance / widths, line.slopes
    slopes = slopes - by_rise * (balance @ slopes / np.abs(by_rise).sum())
    y = line.y[0] + np.append(0, np.cumsum(slopes * widths))
    values = np.interp(bars.x, line.x, y)
    y += ((bars.high - values).max() - (values - bars.low).max()) / 2
    line = measured(bars, line.x, y)
    tilt = abs(balance @ line.slopes) * (line.x[-1] - line.x[0])
    return Folded(replace(line, max_error=line.max_error + float(tilt)), facing_left)


def iter_balanced(
    bars: Bars, line: BrokenLine, facing_left: Mask
) -> Iterator[BrokenLine | None]:
    """Balance a line, and move its joints and values to where the error is small.

    Parameters
    ----------
    bars : Bars
        The data.
    line : BrokenLine
        With a joint for each unit.
    facing_left : ndarray of bool of shape (n_joints,)
        Which units are to face left.

    Yields
    ------
    best : BrokenLine or None
        The best balanced line so far after each round; None is a pause.
    """
    start = folded_line(bars, line, facing_left)
    if not 0 < start.line.max_error < np.inf:
        return
    # The line as it is, with joints where they belong, but errors as they will be.
    start = start._replace(line=replace(line, max_error=start.line.max_error))
    best = yield from _round(bars, start, FIRST_REACH, freely=False)
    yield best
    reach, waited = FIRST_REACH, 0
    for _ in range(MAX_ROUNDS):
        if not 0 < best.max_error < np.inf:
            return
        trial = yield from _round(bars, Folded(best, facing_left), reach, freely=True)
        if trial.max_error < best.max_error:
            gain = 1 - trial.max_error / best.max_error
            waited = waited + 1 if gain < SMALL_GAIN else 0
            best, reach = trial, min(reach * GROWTH, FIRST_REACH)
        else:
            reach *= SHRINKING
        yield best
        if waited == PATIENCE or reach < LEAST_REACH:
            break
    last = yield from _round(bars, Folded(best, facing_left), FIRST_REACH, freely=False)
    yield min(best, last, key=lambda line: line.max_error)


def _round(
    bars: Bars, folded: Folded, reach: float, *, freely: bool
) -> Generator[None, None, BrokenLine]:
    """Return what a linear programme makes of a line, measured."""
    line, facing_left = folded
    balance = balance_of(facing_left)
    corners = yield from raised(bars, line, balance, reach, freely=freely)
    if corners is None:
        return replace(line, max_error=np.inf)
    line = replace(line, x=corners[0], y=corners[1])
    return folded_line(bars, line, facing_left).line
