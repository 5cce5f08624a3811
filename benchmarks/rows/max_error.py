"""One input, n = 2000: maximum error ÷ the least that D − 1 joints can have.

The yardstick is a proven bound: no broken line with D − 1 joints has a smaller error on
these points. Networks of exactly D units are evaluated from their parameters. The peers
train for the squared error, with the time below, and the best moment of theirs counts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.rows.contest import Contest
from benchmarks.rows.curves import CURVES, WIDTHS
from benchmarks.rows.one_input import sample
from benchmarks.rows.peers import PEERS
from benchmarks.rows.report import Goal, Line, compared, geometric_mean, medians
from benchmarks.rows.tasks import WARM_UP, Moment, Task, largest, least
from estimators import ReLUNetwork, ShallowReLURegressor
from estimators.minimax import best_broken_line

SECONDS, QUICK_SECONDS = 2.0, 0.5


def minimax_network(task: Task) -> ReLUNetwork:
    """Return the network of the smallest maximum error that is found."""
    model = ShallowReLURegressor(*task.widths, loss="max_error")
    return model.fit(task.X, task.y).network_


def ours(task: Task) -> list[Moment]:
    """Fit for the maximum error."""
    began = time.process_time()
    network = minimax_network(task)
    seconds = time.process_time() - began
    return [Moment(seconds, task.error(lambda X: network(X)[:, 0]))]


def measure(seeds: Sequence[int], quick: bool) -> Iterator[Line | Goal | str]:
    """Yield a line for each curve and width, then the goals."""
    seconds = (QUICK_SECONDS if quick else SECONDS,)
    lines, longest = [], 0.0
    with Contest({"ours": ours} | PEERS, WARM_UP) as contest:
        for name, curve in CURVES.items():
            x, y = sample(curve, "grid", 0)
            X = x[:, np.newaxis]
            for width in WIDTHS:
                bound = best_broken_line(x, y, width - 1).lower_bound
                ratios = []
                for seed in seeds:
                    task = Task(X, y, (width,), seed, seconds, X, y, largest)
                    ends = {
                        who: least(moments)
                        for who, moments in contest.results(task).items()
                    }
                    longest = max(longest, ends["ours"].seconds)
                    ratios.append({who: end.error / bound for who, end in ends.items()})
                lines.append(compared(f"{name}, D = {width}", medians(ratios)))
                yield lines[-1]
        yield contest.memory()
    mean = geometric_mean([line.ours for line in lines])
    yield Goal("maximum error ÷ bound, geometric mean", mean, 1.1)
    yield f"  worst {max(line.ours for line in lines):.3f}, longest fit {longest:.2f} s"
