"""Exact linear regions, timed against evaluating the network.

Run with ``python benchmarks/regions.py``. The reference is one evaluation of the same
network at four points a region: what sampling must pay at the very least to see every
region. Both take turns in one process; figures are medians. He-normal weights, biases
N(0, 0.5²), box [−1, 1]ⁿ; polygons (cells), patterns and affine maps are all asked for.
With ``pip install relucent`` (which needs Gurobi's licence of limited size, and which
finds cells one by one with linear programs) that package is timed as well. Bytes a
region are the peak of memory traced while the regions are computed, less what
the result itself holds.
"""

import time
import tracemalloc
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from estimators import ReLUNetwork
from estimators.constructions import maximal_network
from estimators.geometry import Regions, linear_regions

PLANE = [[8] * 3, [16] * 3, [32] * 3, [64] * 3, [128] * 3, [256] * 3]
PLANE += [[64], [256], [512], [64] * 2, [256] * 2, [10] * 10, [32] * 6, [64] * 6]
CELLS = {3: [[16] * 2, [32] * 2, [32] * 3, [64] * 2], 4: [[16] * 2, [32] * 2]}
CELLS |= {5: [[8] * 2, [16] * 2]}


def random_network(n_inputs: int, widths: Sequence[int], seed: int = 0) -> ReLUNetwork:
    """Draw a network as it is before training."""
    rng = np.random.default_rng(seed)
    sizes = [n_inputs, *widths, 1]
    return ReLUNetwork(
        [
            rng.normal(size=(d_out, d_in)) * np.sqrt(2 / d_in)
            for d_in, d_out in pairwise(sizes)
        ],
        [rng.normal(size=d_out) / 2 for d_out in sizes[1:]],
    )


def everything(network: ReLUNetwork, box: np.ndarray) -> Regions:
    """Find the regions with all that is asked for."""
    regions = linear_regions(network, box, max_regions=10**7)
    if network.n_inputs < 3:
        regions.corners()
    _ = regions.slopes
    return regions


def seconds(*actions: Callable[[], object]) -> list[float]:
    """Median seconds of each action; they take turns, at most five times."""
    times: list[list[float]] = [[] for _ in actions]
    began = time.perf_counter()
    while len(times[0]) < 2 or (len(times[0]) < 5 and time.perf_counter() - began < 20):
        for action, taken in zip(actions, times):
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
    return [median(taken) for taken in times]


def bytes_a_region(network: ReLUNetwork, box: np.ndarray) -> float:
    """Peak of memory beyond the result, for each region."""
    tracemalloc.start()
    regions = everything(network, box)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (peak - held) / regions.n_regions


def row(network: ReLUNetwork, box: np.ndarray, name: str) -> tuple[int, float]:
    """Print one network's figures; return its regions and seconds."""
    regions = everything(network, box)
    n = regions.n_regions
    low, high = np.reshape(box, (-1, 2)).T
    X = np.random.default_rng(1).uniform(low, high, (4 * n, network.n_inputs))
    ours, evaluation = seconds(lambda: everything(network, box), lambda: network(X))
    print(
        f"{name:>16} {n:>9,} {1e3 * ours:>9.1f} {1e6 * ours / n:>9.2f} "
        f"{1e3 * evaluation:>9.1f} {ours / evaluation:>7.2f} "
        f"{bytes_a_region(network, box):>9.0f} {'yes' if regions.certain else 'NO':>8}"
    )
    return n, ours


def heading(title: str) -> None:
    """Print the head of a table."""
    print(f"\n{title}")
    print(
        f"{'widths':>16} {'regions':>9} {'ms':>9} {'µs/region':>9} {'eval ms':>9} "
        f"{'ratio':>7} {'B/region':>9} {'certain':>8}"
    )


def shorthand(widths: Sequence[int]) -> str:
    """Return [64, 64, 64] as [64]*3."""
    return f"[{widths[0]}]*{len(widths)}"


def beside_relucent(widths: Sequence[int]) -> None:
    """Print seconds and counts of ours and of relucent, if it is installed."""
    try:
        import relucent
    except ImportError:
        return
    network = random_network(2, widths)
    model = relucent.convert(list(zip(network.weights, network.biases)))
    start = time.perf_counter()
    cells = relucent.Complex(model)
    cells.bfs(cube_radius=1.0, cube_mode="clipped", verbose=0)
    theirs = time.perf_counter() - start
    box = np.array([[-1, 1]] * 2)
    (ours,) = seconds(lambda: everything(network, box))
    n = everything(network, box).n_regions
    print(
        f"{shorthand(widths)}: relucent {len(cells):,} cells in {theirs:.2f} s, "
        f"ours {n:,} in {ours:.4f} s: {theirs / ours:,.0f} ×"
    )


def main() -> None:
    """Print one table for each number of inputs."""
    heading("One input, [0, 1]: the maximal network; [−1, 1]: random ones")
    row(maximal_network([10] * 5), np.array([[0, 1]]), "maximal [10]*5")
    for widths in ([10] * 5, [100] * 3, [1000] * 2):
        row(random_network(1, widths), np.array([[-1, 1]]), shorthand(widths))
    heading("Two inputs")
    figures = []
    for widths in PLANE:
        network = random_network(2, widths)
        figures.append(row(network, np.array([[-1, 1]] * 2), shorthand(widths)))
    many = np.log([figure for figure in figures if figure[0] > 1000])
    print(f"seconds grow as regions to the power {np.polyfit(*many.T, 1)[0]:.2f}")
    for widths in ([16] * 2, [10] * 5):
        beside_relucent(widths)
    for n_inputs, sizes in CELLS.items():
        heading(f"{n_inputs} inputs")
        for widths in sizes:
            network = random_network(n_inputs, widths)
            row(network, np.array([[-1, 1]] * n_inputs), shorthand(widths))


if __name__ == "__main__":
    main()
