"""A full-batch gradient step beside what cannot be avoided, in milliseconds.

4000 rows with 40 inputs and 10 classes, float32, the four networks of UDL Fig. 20.2:
an iteration of ``solver="gd"`` beside the bare matrix products of one forward and
backward pass, on arrays that are there already and small enough for the cache.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.rows.contest import Contest
from benchmarks.rows.report import Goal, Line, compared, medians
from estimators import DeepReLUClassifier

DEPTHS = ((298,), (100, 100), (75, 75, 75), (63, 63, 63, 63))  # of Fig. 20.2
N_ROWS, N_INPUTS, N_CLASSES = 4000, 40, 10
N_BLOCKS = 4  # the rows of one and its activations fit into the cache
STEPS, TURNS = 10, 6


class Network(NamedTuple):
    """Hidden widths, and a seed for the data."""

    widths: tuple[int, ...]
    seed: int


def products(network: Network) -> float:
    """Return the least time of the matrix products."""
    rng = np.random.default_rng(network.seed)
    sizes = (N_INPUTS, *network.widths, N_CLASSES)
    shape = N_ROWS // N_BLOCKS
    arrays = [rng.normal(size=(shape, size)).astype(np.float32) for size in sizes]
    results = [np.empty_like(array) for array in arrays]
    weights = [
        rng.normal(size=shape).astype(np.float32) for shape in zip(sizes[1:], sizes)
    ]

    def multiply() -> None:
        for _ in range(N_BLOCKS):
            for k, weight in enumerate(weights):
                np.matmul(arrays[k], weight.T, out=results[k + 1])
            for k in reversed(range(len(weights))):
                np.matmul(arrays[k + 1].T, arrays[k])
                if k:
                    np.matmul(arrays[k + 1], weights[k], out=results[k])

    return least_milliseconds(multiply)


def ours(network: Network) -> float:
    """Return the least time of an iteration of gradient descent."""
    rng = np.random.default_rng(network.seed)
    X = rng.normal(size=(N_ROWS, N_INPUTS)).astype(np.float32)
    model = DeepReLUClassifier(
        len(network.widths),
        network.widths,
        solver="gd",
        max_iter=10**6,
        n_iter_no_change=10**6,
        random_state=network.seed,
    )
    states = model.iter_fit(X, rng.integers(0, N_CLASSES, N_ROWS))
    return least_milliseconds(lambda: next(states))


def least_milliseconds(work: Callable[[], object]) -> float:
    """Return the shortest of some repetitions, the least disturbed one."""
    work()
    times = []
    for _ in range(STEPS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return 1000 * min(times)


def measure(seeds: Sequence[int], quick: bool) -> Iterator[Line | Goal | str]:
    """Yield a line for each network, then the goal."""
    ratios = []
    contenders = {"ours": ours, "matrix products": products}
    with Contest(contenders, Network((3,), 0)) as contest:
        for widths in DEPTHS:
            turns = [
                contest.results(Network(widths, seed))
                for seed in seeds
                for _ in range(TURNS)
            ]
            line = compared(str(widths), medians(turns))
            ratios.append(line.ratio)
            yield line
        yield contest.memory()
    yield Goal("step ÷ matrix products, worst", max(ratios), 1.3)
