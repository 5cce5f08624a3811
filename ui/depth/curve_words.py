"""What curves of training say about the lecture's claim, in numbers and sentences."""

from collections.abc import Hashable, Sequence
from itertools import pairwise
from statistics import median

import numpy as np
import pandas as pd

from estimators.experiments.random_labels import Curve
from ui.figures.depth_curves import name_of
from ui.questions import Question


def epochs_needed(curves: Sequence[Curve]) -> dict[int, list[int]]:
    """Return the epochs to zero error of the networks that got there, by depth."""
    needed: dict[int, list[int]] = {}
    for curve in curves:
        if curve.finished:
            needed.setdefault(curve.task.depth, []).append(curve.epochs[-1])
    return dict(sorted(needed.items()))


def trained_sentence(curves: Sequence[Curve]) -> str:
    """Say how many networks have learned every label: the claim's first half."""
    finished = sum(curve.finished for curve in curves)
    n_examples = curves[0].task.n_examples
    text = (
        f"**{finished} of {len(curves)}** networks have learned all {n_examples:,} "
        "labels without an error."
    )
    for curve in curves:
        if not curve.finished:
            text += (
                f" {name_of(curve)} had {_latest_error(curve):.2%} wrong after "
                f"{curve.epochs[-1]:,} epochs."
            )
    return text


def order_sentence(curves: Sequence[Curve]) -> str:
    """Say whether deeper networks needed fewer epochs: the claim's second half."""
    needed = epochs_needed(curves)
    if len(needed) < 2:
        return "Fewer than two depths have got there: nothing to compare."
    medians = {depth: median(values) for depth, values in needed.items()}
    listed = ", ".join(
        f"{depth} {'layer' if depth == 1 else 'layers'} {value:,.0f}"
        for depth, value in medians.items()
    )
    broken = [
        f"{deep} layers needed no fewer than {shallow} with seed {seed}"
        for shallow, deep in pairwise(medians)
        for seed, fewer, more in _by_seed(curves, shallow, deep)
        if more >= fewer
    ]
    several = any(len(values) > 1 for values in needed.values())
    text = f"Epochs to zero error{' (median of the seeds)' * several}: {listed}. "
    if not broken:
        everyone = all(curve.finished for curve in curves)
        who = "Each network" if everyone else "Of those that got there, each"
        return f"{text}{who} needed fewer than the next shallower one."
    return text + f"Not always fewer with depth: {'; '.join(broken)}."


def results_table(curves: Sequence[Curve]) -> pd.DataFrame:
    """List each network, what it needed, and how it does on new examples."""
    return pd.DataFrame(
        {
            "Layers": [curve.task.depth for curve in curves],
            "Width": [curve.task.width for curve in curves],
            "Parameters": [f"{curve.task.n_parameters:,}" for curve in curves],
            "Seed": [curve.task.seed for curve in curves],
            "Epochs to zero error": [
                f"{curve.epochs[-1]:,}" if curve.finished else "not reached"
                for curve in curves
            ],
            "Wrong at the end": [f"{_latest_error(curve):.2%}" for curve in curves],
            "Loss at the end": [f"{curve.losses[-1]:.3g}" for curve in curves],
            "Wrong on test": [_latest_test_error(curve) for curve in curves],
        }
    )


def columns_of(curves: Sequence[Curve]) -> tuple[tuple[str, ...], list[np.ndarray]]:
    """Give all that was recorded as columns, one row an epoch of a network."""
    names = ("layers", "width", "seed", "epoch", "loss", "error", "test_error")
    rows = [
        (curve.task.depth, curve.task.width, curve.task.seed, *row)
        for curve in curves
        for row in zip(
            curve.epochs, curve.losses, curve.errors, curve.test_errors, strict=True
        )
    ]
    return names, list(np.array(rows, dtype=float).T)


def depth_question(
    curves: Sequence[Curve], subject: Hashable, running: bool
) -> Question:
    """Ask which depth comes first."""

    def truth() -> tuple[str, str] | None:
        if running:
            return None
        needed = epochs_needed(curves)
        if not needed:
            return "None", "Training ended before any had learned them all."
        first = min(needed, key=lambda depth: median(needed[depth]))
        return str(first), order_sentence(curves)

    depths = sorted({curve.task.depth for curve in curves})
    return Question(
        "Networks with as many parameters each, but with different numbers of hidden "
        "layers, learn the same labels. How many layers has the network that makes no "
        "error after the **fewest epochs**?",
        subject,
        (*map(str, depths), "None"),
        truth,
    )


def _by_seed(
    curves: Sequence[Curve], shallow: int, deep: int
) -> list[tuple[int, int, int]]:
    """Give seed and epochs of both depths, where both networks got there."""
    ends = {
        (curve.task.depth, curve.task.seed): curve.epochs[-1]
        for curve in curves
        if curve.finished
    }
    return [
        (seed, ends[shallow, seed], epochs)
        for (depth, seed), epochs in ends.items()
        if depth == deep and (shallow, seed) in ends
    ]


def _latest_error(curve: Curve) -> float:
    return next(error for error in reversed(curve.errors) if error is not None)


def _latest_test_error(curve: Curve) -> str:
    counted = [error for error in curve.test_errors if error is not None]
    return f"{counted[-1]:.1%}" if counted else "not counted"
