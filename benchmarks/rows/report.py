"""The lines that a row prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np


class Line(NamedTuple):
    """One task: ours beside the best of the peers, medians over seeds."""

    task: str
    ours: float
    peer: str
    theirs: float
    ratio: float
    remark: str = ""

    def __str__(self) -> str:
        return (
            f"  {self.task:34} ours {self.ours:10.4g}   {self.peer:>22} "
            f"{self.theirs:10.4g}   ratio {self.ratio:8.3g}  {self.remark}"
        ).rstrip()


class Goal(NamedTuple):
    """What must be shown, and what came out."""

    what: str
    measured: float
    limit: float
    at_least: bool = False

    def __str__(self) -> str:
        reached = (
            self.measured >= self.limit
            if self.at_least
            else self.measured <= self.limit
        )
        sign, verdict = "≥" if self.at_least else "≤", "met" if reached else "NOT MET"
        return (
            f"  {self.what}: {self.measured:.3g}, target {sign} {self.limit:g}: "
            f"{verdict}"
        )


def medians(results: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the median over seeds of each contender."""
    return {
        name: float(np.median([each[name] for each in results])) for name in results[0]
    }


def compared(task: str, values: Mapping[str, float], remark: str = "") -> Line:
    """Set "ours" beside the smallest value of those who are not ours."""
    peers = {who: value for who, value in values.items() if "ours" not in who}
    best = min(peers, key=peers.__getitem__)
    ratio = values["ours"] / peers[best]
    return Line(task, values["ours"], best, peers[best], ratio, remark)


def geometric_mean(ratios: Sequence[float]) -> float:
    """Return the mean of ratios."""
    return float(np.exp(np.mean(np.log(ratios))))
