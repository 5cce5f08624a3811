"""What a step of training costs, beside what cannot be avoided.

Run with ``PYTHONPATH=. python benchmarks/steps.py``. First the gradient over all of
4000 rows with 40 inputs and 10 classes, in float32, for the four networks of UDL
Fig. 20.2, beside the bare matrix products on arrays that are there already. Then
mini-batches of 200 rows through three layers of 64 units, with Adam's update, beside
`MLPRegressor`'s. Contenders take turns, one BLAS thread; printed are the median and the
least time of a step, and the ratio of the least ones, which a busy machine disturbs
least.
"""

import time
from collections.abc import Callable

import numpy as np
from sklearn.neural_network import MLPRegressor
from threadpoolctl import threadpool_limits

from estimators.losses import cross_entropy, squared_error
from estimators.objective import BLOCK_ROWS, Objective, Penalty, n_parameters
from estimators.solvers.adam import Moments

DEPTHS = ((298,), (100, 100), (75, 75, 75), (63, 63, 63, 63))  # of Fig. 20.2
TURNS = 60
BATCH = 200

Work = Callable[[], object]


def products(sizes: tuple[int, ...], n_rows: int, dtype: np.dtype) -> Work:
    """Make the matrix products of one forward and backward pass over a block."""
    rng = np.random.default_rng(0)
    arrays = [rng.normal(size=(n_rows, size)).astype(dtype) for size in sizes]
    results = [np.empty_like(array) for array in arrays]
    shapes = zip(sizes[1:], sizes[:-1])
    weights = [rng.normal(size=shape).astype(dtype) for shape in shapes]

    def multiply() -> None:
        for k, weight in enumerate(weights):
            np.matmul(arrays[k], weight.T, out=results[k + 1])
        for k in reversed(range(len(weights))):
            np.matmul(arrays[k + 1].T, arrays[k])
            if k:
                np.matmul(arrays[k + 1], weights[k], out=results[k])

    return multiply


def repeated(work: Work, times: int) -> Work:
    """Do something several times."""

    def all_of_it() -> None:
        for _ in range(times):
            work()

    return all_of_it


def milliseconds(contenders: dict[str, Work], steps: int = 1) -> dict[str, list[float]]:
    """Let contenders take turns, and return the times of their steps."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(TURNS):
        for name, work in contenders.items():
            began = time.perf_counter()
            work()
            times[name].append(1000 * (time.perf_counter() - began) / steps)
    return times


def full_batch(widths: tuple[int, ...]) -> dict[str, list[float]]:
    """Time the gradient over all rows of a network for ten classes."""
    rng = np.random.default_rng(0)
    sizes, n_rows, dtype = (40, *widths, 10), 4000, np.float32
    X = rng.normal(size=(n_rows, 40)).astype(dtype)
    targets = np.eye(10, dtype=dtype)[rng.integers(0, 10, n_rows)]
    weights = np.ones(n_rows, dtype)
    objective = Objective(sizes, X, targets, weights, cross_entropy, Penalty(0))
    params = rng.normal(0, 0.1, n_parameters(sizes)).astype(dtype)
    n_blocks = n_rows / BLOCK_ROWS
    block = products(sizes, round(n_rows / np.ceil(n_blocks)), dtype)
    return milliseconds(
        {
            "products": repeated(block, int(np.ceil(n_blocks))),
            "ours": lambda: objective(params),
        }
    )


def mini_batch(dtype: type) -> dict[str, list[float]]:
    """Time a pass of Adam, divided by its number of steps."""
    rng = np.random.default_rng(0)
    sizes, n_rows = (10, 64, 64, 64, 1), 4000
    X = rng.normal(size=(n_rows, 10)).astype(dtype)
    y = rng.normal(size=(n_rows, 1)).astype(dtype)
    weights = np.ones(n_rows, dtype)
    objective = Objective(sizes, X, y, weights, squared_error, Penalty(1e-4))
    params = rng.normal(0, 0.1, n_parameters(sizes)).astype(dtype)
    moments = Moments.zeros_like(params)
    peer = MLPRegressor(hidden_layer_sizes=sizes[1:-1], batch_size=BATCH)

    def ours() -> None:
        order = rng.permutation(n_rows)
        for start in range(0, n_rows, BATCH):
            _, gradient = objective(params, order[start : start + BATCH])
            moments.update(params, gradient, 1e-3)

    theirs = {"MLPRegressor": lambda: peer.partial_fit(X, y[:, 0])}
    return milliseconds({**theirs, "ours": ours}, n_rows // BATCH)


def row(name: str, times: dict[str, list[float]], ratio: float) -> None:
    """Print what came out."""
    shown = (
        f"{who} {np.median(each):7.3f} ({min(each):7.3f}) ms"
        for who, each in times.items()
    )
    print(f"{name:28}", "   ".join(shown), f"   ratio {ratio:.2f}", flush=True)


def main() -> None:
    """Print both tables: median (least)."""
    print("Gradient over all rows; the ratio is ours ÷ bare products")
    for widths in DEPTHS:
        times = full_batch(widths)
        row(str(widths), times, min(times["ours"]) / min(times["products"]))
    print("Mini-batch Adam; the ratio is theirs ÷ ours")
    for dtype in (np.float32, np.float64):
        times = mini_batch(dtype)
        row(dtype.__name__, times, min(times["MLPRegressor"]) / min(times["ours"]))


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
