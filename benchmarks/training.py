"""The table of "fit better and faster than anything a user would pick instead".

Run with ``PYTHONPATH=. python benchmarks/training.py``, or a part of it: ``--rows
one_input step --seeds 1 --quick``. Contenders take turns task by task, each in a
process of its own with one thread; seconds are processor time, figures are medians over
seeds. Peers are scikit-learn's `MLPRegressor` and, if it is installed, PyTorch. Every
row says what it measures, what was to be shown and whether it is met; everything takes
many hours, ``--quick`` shortens what is long.
"""

import argparse
import time
from importlib import import_module

from benchmarks.rows.peers import HAS_TORCH

# Modules of benchmarks.rows; only those asked for are imported.
ROWS = (
    "one_input",
    "max_error",
    "noisy",
    "surfaces",
    "friedman",
    "tables",
    "step",
    "minibatch",
    "sawtooth",
)


def main() -> None:
    """Print the rows that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=ROWS)
    parser.add_argument("--seeds", type=int, default=5, help="how many")
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    print(f"PyTorch: {'among the peers' if HAS_TORCH else 'not installed'}")
    for name in arguments.rows:
        began = time.monotonic()
        row = import_module(f"benchmarks.rows.{name}")
        print(f"\n{name}. {row.__doc__}", flush=True)
        for line in row.measure(range(arguments.seeds), arguments.quick):
            print(line, flush=True)
        print(f"  ({time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main()
