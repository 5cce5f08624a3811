"""One input without noise, n = 2000: RMSE ÷ that of the best D straight runs.

The yardstick is the exact optimum by dynamic programming, with a cut allowed between
any two points. A broken line with D − 1 joints is such a division whose runs also meet,
so below 1 there are only networks with D joints, whose bends balance. "ours" is without
a penalty, as noise-free data ask for; "ours, defaults" chooses how often to bend. Peers
have the time below for each fit, and the best of their moments counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

import numpy as np

from benchmarks.rows.contest import Contest
from benchmarks.rows.curves import CURVES, WIDTHS, Curve
from benchmarks.rows.ours import at_times
from benchmarks.rows.peers import PEERS
from benchmarks.rows.report import Goal, Line, compared, geometric_mean, medians
from benchmarks.rows.tasks import WARM_UP, Task, least
from estimators.knots.points import Points
from estimators.knots.segments import best_cuts, segment_costs

N_SAMPLES, SECONDS, QUICK_SECONDS = 2000, 2.0, 0.5
OURS = {"ours": partial(at_times, alpha=0), "ours, defaults": at_times}


def sample(curve: Curve, kind: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return places, on a grid or drawn, and the values of a curve there."""
    function, start, end = curve
    if kind == "grid":
        x = np.linspace(start, end, N_SAMPLES)
    else:
        x = np.sort(np.random.default_rng(seed).uniform(start, end, N_SAMPLES))
    return x, function(x)


def best_errors(x: np.ndarray, y: np.ndarray) -> dict[int, float]:
    """Compute the exact optimum over D straight runs for all widths D."""
    points = Points.of_rows(x, y[:, np.newaxis], np.ones(len(x)))
    costs = segment_costs(points, np.arange(points.n_places + 1))
    return {
        n_runs: float(np.sqrt(costs[cuts[1:], cuts[:-1]].sum()))
        for n_runs, cuts in enumerate(best_cuts(costs, max(WIDTHS)), 1)
        if n_runs in WIDTHS
    }


def measure(seeds: Sequence[int], quick: bool) -> Iterator[Line | Goal | str]:
    """Yield a line for each curve, kind of sample and width, then the goals."""
    seconds = (QUICK_SECONDS if quick else SECONDS,)
    lines, longest, defaults = [], 0.0, []
    with Contest(OURS | PEERS, WARM_UP) as contest:
        for (name, curve), kind in product(CURVES.items(), ("grid", "random")):
            samples = [sample(curve, kind, seed) for seed in seeds]
            bests = [best_errors(x, y) for x, y in samples]
            for width in WIDTHS:
                ratios = []
                for seed, (x, y), best in zip(seeds, samples, bests):
                    X = x[:, np.newaxis]
                    task = Task(X, y, (width,), seed, seconds, X, y)
                    results = contest.results(task)
                    ends = {who: least(moments) for who, moments in results.items()}
                    longest = max(longest, ends["ours"].seconds)
                    ratios.append(
                        {who: end.error / best[width] for who, end in ends.items()}
                    )
                values = medians(ratios)
                defaults.append(values["ours, defaults"])
                remark = f"defaults {defaults[-1]:.4g}"
                line = compared(f"{name}, {kind}, D = {width}", values, remark)
                lines.append(line)
                yield line
        yield contest.memory()
    ours = [line.ours for line in lines]
    yield Goal("RMSE ÷ best, geometric mean", geometric_mean(ours), 1.05)
    yield Goal("RMSE ÷ best, worst", max(ours), 1.25)
    yield Goal("seconds of a fit, longest", longest, 0.3)
    yield Goal("defaults, RMSE ÷ best, geometric mean", geometric_mean(defaults), 1.05)
    peers = [line.theirs for line in lines]
    yield f"  best peer's RMSE ÷ best: {min(peers):.3g} to {max(peers):.3g}"
