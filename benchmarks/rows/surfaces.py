"""Two surfaces without noise, n = 5000: time to the best peer's loss, and RMSE.

Franke's function and MATLAB's ``peaks``. The mark is the lowest error that any peer has
reached when the time below is over. Lines show the seconds to the mark, ours and
that peer's; "RMSE" is our error when the time is over, divided by the mark.
"ours" is without a penalty, like the peers, and goes on until nothing improves; "ours,
defaults" is what ``fit`` does by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product
from statistics import mode
from typing import NamedTuple

import numpy as np

from benchmarks.rows.contest import Contest
from benchmarks.rows.ours import TO_THE_END, along
from benchmarks.rows.peers import PEERS
from benchmarks.rows.report import Goal, Line, geometric_mean
from benchmarks.rows.tasks import NEVER, WARM_UP, Moment, Task, least

N_SAMPLES, WIDTHS = 5000, ((50,), (200,), (50, 50), (50, 50, 50))
SECONDS, QUICK_SECONDS = 20.0, 3.0
# What counts if the mark is never reached.
LEAST_RATIO = 0.01
OURS = {"ours": partial(along, **TO_THE_END), "ours, defaults": along}


def franke(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Franke's test surface on the unit square (two hills, a dip and a plain)."""
    u, v = 9 * u, 9 * v
    return (
        0.75 * np.exp(-((u - 2) ** 2 + (v - 2) ** 2) / 4)
        + 0.75 * np.exp(-((u + 1) ** 2) / 49 - (v + 1) / 10)
        + 0.5 * np.exp(-((u - 7) ** 2 + (v - 3) ** 2) / 4)
        - 0.2 * np.exp(-((u - 4) ** 2) - (v - 7) ** 2)
    )


def peaks(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """MATLAB's test surface: three hills and three dips."""
    return (
        3 * (1 - u) ** 2 * np.exp(-(u**2) - (v + 1) ** 2)
        - 10 * (u / 5 - u**3 - v**5) * np.exp(-(u**2) - v**2)
        - np.exp(-((u + 1) ** 2) - v**2) / 3
    )


SURFACES = {"Franke": (franke, 0, 1), "peaks": (peaks, -3, 3)}


def task_of(name: str, widths: tuple[int, ...], seed: int, seconds: float) -> Task:
    """Draw a sample."""
    surface, low, high = SURFACES[name]
    X = np.random.default_rng(seed).uniform(low, high, (N_SAMPLES, 2))
    y = surface(*X.T)
    return Task(X, y, widths, seed, (seconds,), X, y)


class Comparison(NamedTuple):
    """One fit of ours against the best of the peers, who set the mark."""

    peer: str
    their_seconds: float
    our_seconds: float
    faster: float
    error: float
    error_of_defaults: float


def against_mark(results: dict[str, list[Moment]]) -> Comparison:
    """Compare the ends, and the times to the best peer's end."""
    ends = {who: least(moments) for who, moments in results.items()}
    peer = min(PEERS, key=lambda who: ends[who].error)
    mark = ends[peer]
    arrived = next((m for m in results["ours"] if m.error <= mark.error), NEVER)
    return Comparison(
        peer,
        mark.seconds,
        arrived.seconds,
        max(mark.seconds / arrived.seconds, LEAST_RATIO),
        ends["ours"].error / mark.error,
        ends["ours, defaults"].error / mark.error,
    )


def over_seeds(task: str, runs: Sequence[Comparison]) -> Line:
    """Return the medians, and the peer that was the best most often."""
    peers, *figures = zip(*runs)
    theirs, ours, faster, error, of_defaults = (float(np.median(f)) for f in figures)
    remark = f"RMSE {error:.3f}, defaults {of_defaults:.3f}"
    return Line(task, ours, mode(peers), theirs, faster, remark)


def measure(seeds: Sequence[int], quick: bool) -> Iterator[Line | Goal | str]:
    """Yield a line for each surface and architecture, then the goals."""
    seconds = QUICK_SECONDS if quick else SECONDS
    lines, errors = [], []
    with Contest(OURS | PEERS, WARM_UP) as contest:
        for name, widths in product(SURFACES, WIDTHS):
            runs = [
                against_mark(contest.results(task_of(name, widths, seed, seconds)))
                for seed in seeds
            ]
            errors.append(float(np.median([run.error for run in runs])))
            lines.append(over_seeds(f"{name} {widths}", runs))
            yield lines[-1]
        yield contest.memory()
    faster = geometric_mean([line.ratio for line in lines])
    yield Goal("peer's seconds ÷ ours, geometric mean", faster, 10, at_least=True)
    yield Goal("RMSE ÷ best peer's, geometric mean", geometric_mean(errors), 0.5)
    yield Goal("RMSE ÷ best peer's, worst", max(errors), 0.5)
