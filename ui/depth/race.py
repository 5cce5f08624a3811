"""Figure 20.2 in small: four networks learn a few labels by heart while one waits."""

from collections.abc import Iterator
from typing import Literal

from estimators.experiments.random_labels import WIDTHS, Curve, Epoch, Task, epochs

_EPOCHS_A_TURN = 50
_WIDEST = 400
# Parameters for each example, as in the figure.
_PARAMETERS_PER_EXAMPLE = Task(1, WIDTHS[1]).n_parameters / Task(1, 1).n_examples


def small_tasks(
    n_examples: int, labels: Literal["random", "true"], learning_rate: float, seed: int
) -> tuple[Task, ...]:
    """Choose widths so that there are as many parameters per example as in the figure.

    Parameters
    ----------
    n_examples, labels, learning_rate, seed
        Of each `Task`.

    Returns
    -------
    tasks : tuple of Task
        One for each depth of the figure, each with the width that comes nearest.
    """
    budget = _PARAMETERS_PER_EXAMPLE * n_examples

    def distance(task: Task) -> float:
        return abs(task.n_parameters - budget)

    return tuple(
        min(
            (
                Task(depth, width, seed, labels, n_examples, learning_rate)
                for width in range(1, _WIDEST)
            ),
            key=distance,
        )
        for depth in WIDTHS
    )


def iter_race(tasks: tuple[Task, ...]) -> Iterator[tuple[Curve, ...]]:
    """Train all at once, some epochs of each in turn, until none has an error left.

    Yields
    ------
    curves : tuple of Curve
        One for each task, so far.
    """
    curves = tuple(Curve(task) for task in tasks)
    running = [(epochs(task), curve) for task, curve in zip(tasks, curves, strict=True)]
    for states, curve in running:
        _keep(next(states), curve)  # the start
    while running:
        for states, curve in running:
            _advance(states, curve)
            yield tuple(curves)
        running = [pair for pair in running if not pair[1].finished]


def _advance(states: Iterator[Epoch], curve: Curve) -> None:
    """Train for some epochs."""
    for moment in states:
        _keep(moment, curve)
        if moment.epoch % _EPOCHS_A_TURN == 0:
            return


def _keep(moment: Epoch, curve: Curve) -> None:
    curve.finished = moment.error == 0
    if curve.is_due(moment.epoch) or curve.finished:
        curve.add(moment.epoch, moment.loss, moment.error)
