"""The programs that find again what the step of figure 20.2 shows."""

from collections.abc import Sequence

from estimators.experiments.random_labels import Task
from ui.snippets import program

_RECORDED = """\
for curve in recorded():
    if curve.task.labels == {labels!r}:
        print(curve.task.name, curve.epochs[-1], curve.losses[-1], curve.finished)
"""
_LIVE = """\
for depth, width in {shapes!r}:
    task = Task(
        depth, width, seed={seed}, labels={labels!r},
        n_examples={n_examples}, learning_rate={rate},
    )
    for moment in epochs(task):
        if moment.epoch == 100_000:
            break
    print(depth, width, moment.epoch, moment.loss, moment.error)
"""


def recorded_snippet(labels: str) -> str:
    """Write the program that reads the curves that come with the library."""
    imports = "from estimators.experiments.random_labels import recorded"
    return program("", imports, _RECORDED.format(labels=labels))


def live_snippet(tasks: Sequence[Task]) -> str:
    """Write the program that trains the networks on the page, to the end."""
    task = tasks[0]
    body = _LIVE.format(
        shapes=[(each.depth, each.width) for each in tasks],
        seed=task.seed,
        labels=task.labels,
        n_examples=task.n_examples,
        rate=task.learning_rate,
    )
    return program(
        "", "from estimators.experiments.random_labels import Task, epochs", body
    )
