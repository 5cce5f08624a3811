"""Train the networks of UDL figure 20.2, hours of them, and write down how it went.

    python -m estimators.experiments.random_labels --depths 4 --seeds 0

Each network takes one core from minutes to an hour or two. A run that was interrupted
goes on where it was when it is started again with the same folder.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
import zipfile
from itertools import product
from pathlib import Path

import numpy as np
import scipy
import sklearn
from threadpoolctl import threadpool_limits

from estimators.experiments.random_labels.curves import Curve
from estimators.experiments.random_labels.task import WIDTHS, Task, error_rate
from estimators.experiments.random_labels.training import Epoch, epochs
from estimators.network import ReLUNetwork

SECONDS_BETWEEN_CHECKPOINTS = 30


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--depths", type=int, nargs="+", choices=WIDTHS, default=WIDTHS)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1])
    parser.add_argument(
        "--labels", nargs="+", choices=["random", "true"], default=["random", "true"]
    )
    parser.add_argument("--most-epochs", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("random_labels"))
    return parser.parse_args()


def train(task: Task, folder: Path, most_epochs: int) -> None:
    """Train one network, or go on with it, and write its curve to the folder."""
    written, checkpoint = folder / f"{task.name}.json", folder / f"{task.name}.npz"
    if written.exists() and Curve.of_text(written.read_text("utf-8")).finished:
        print(f"{task.name}: finished before", flush=True)
        return
    curve, network, done = read(checkpoint, task)
    X_test, y_test = task.examples()[2:]
    before, began, saved = curve.seconds, time.process_time(), time.monotonic()
    for moment in epochs(task, network, done):
        epoch, loss, reached, error = moment
        curve.finished = error == 0
        last = curve.finished or (moment.ends_a_leg and epoch >= most_epochs)
        if curve.is_due(epoch) or last:
            test_error = None
            if error is not None:
                test_error = error_rate(reached, X_test, y_test)
            curve.add(epoch, loss, error, test_error)
        curve.seconds = round(before + time.process_time() - began, 1)
        waited = time.monotonic() - saved
        if last or (moment.ends_a_leg and waited > SECONDS_BETWEEN_CHECKPOINTS):
            save(checkpoint, curve, moment)
            written.write_text(curve.as_text(), encoding="utf-8")
            saved = time.monotonic()
            print(progress(moment, curve), flush=True)
        if last:
            break
    if curve.finished:
        checkpoint.unlink()


def progress(moment: Epoch, curve: Curve) -> str:
    """Say how far training is."""
    return (
        f"{curve.task.name}: epoch {moment.epoch:,}, loss {moment.loss:.4f}, "
        f"{moment.error:.2%} wrong, {curve.seconds:,.0f} s"
        + (", finished" if curve.finished else "")
    )


def save(checkpoint: Path, curve: Curve, moment: Epoch) -> None:
    """Write what is needed to go on, so that it is there whole or not at all."""
    network, unfinished = moment.network, checkpoint.with_suffix(".part")
    layers = {f"weights{k}": array for k, array in enumerate(network.weights)}
    layers |= {f"biases{k}": array for k, array in enumerate(network.biases)}
    with unfinished.open("wb") as file:
        np.savez(file, curve=np.array(curve.as_text()), epoch=moment.epoch, **layers)
    os.replace(unfinished, checkpoint)


def read(checkpoint: Path, task: Task) -> tuple[Curve, ReLUNetwork | None, int]:
    """Return the curve so far, the network, and its epoch; or those of the start."""
    if not checkpoint.exists():
        return Curve(task, versions=versions()), None, 0
    try:
        with np.load(checkpoint) as stored:
            curve = Curve.of_text(str(stored["curve"]))
            network = ReLUNetwork(
                [stored[f"weights{k}"] for k in range(task.depth + 1)],
                [stored[f"biases{k}"] for k in range(task.depth + 1)],
            )
            return curve, network, int(stored["epoch"])
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise SystemExit(
            f"{checkpoint} is no checkpoint of this experiment ({error}); delete it to "
            f"train {task.name} from the start."
        ) from error


def versions() -> dict[str, str]:
    """Return the versions of what computes."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
        "processor": platform.machine(),
    }


def main() -> None:
    """Train what the command line asks for, one network after the other."""
    asked = arguments()
    asked.folder.mkdir(parents=True, exist_ok=True)
    # Deep ones first: they are done soonest.
    depths = sorted(asked.depths, reverse=True)
    with threadpool_limits(1):
        for seed, labels, depth in product(asked.seeds, asked.labels, depths):
            task = Task(depth, WIDTHS[depth], seed, labels)
            train(task, asked.folder, asked.most_epochs)


if __name__ == "__main__":
    main()
