"""Controls that several steps have: of samples and of training."""

from typing import Any

from streamlit.delta_generator import DeltaGenerator

from ui.bundled import BUNDLED
from ui.state import Choice, Number, Table

_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_PENALTIES = (0.0, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0)


def seed_control(key: str, label: str, default: int = 0, help: str = "") -> Number:
    """Make a field for what decides everything that is drawn at random."""
    return Number(
        key=key,
        label=label,
        low=0,
        high=9999,
        default=default,
        look="field",
        help=help,
    )


def training_seed(key: str) -> Number:
    """Make a field for the seed of a split and of the training that follows."""
    help = "Decides the split into training and test data and the start."
    return seed_control(key, "Seed", help=help)


def sample_control(key: str, source: str) -> Number:
    """Make a field for the number of a sample, of the "same function" or the like."""
    help = f"Another number draws other points {source}."
    return seed_control(key, "Sample number", help=help)


def points_control(key: str, options: tuple[int, ...], default: int) -> Choice:
    """Make a slider for the size of a sample."""
    return Choice(
        key=key, label="Points", options=options, default=default, look="slider"
    )


def noise_control(key: str, high: float, default: float, help: str = "") -> Number:
    """Make a slider for the noise of a sample."""
    return Number(
        key=key,
        label="Noise",
        low=0.0,
        high=high,
        default=default,
        step=0.05,
        help=help,
    )


def table_control(key: str) -> Choice:
    """Make a menu of the tables that come with the application."""
    return Choice(
        key=key,
        label="Table",
        options=tuple(BUNDLED),
        default=next(iter(BUNDLED)),
        look="menu",
    )


def rate_control(key: str) -> Choice:
    """Make a slider for the learning rate of the solvers that have one."""
    return Choice(
        key=key,
        label="Learning rate",
        options=_RATES,
        default=0.01,
        look="slider",
        help="Length of a step along the gradient. Too large, and training diverges.",
    )


def draw_rate(
    table: Table, key: str, place: DeltaGenerator, *, rated: bool, **options: Any
) -> None:
    """Draw the learning rate, and say why it cannot be set if no solver has one."""
    table.draw(key, place, disabled=not rated, **options)
    if not rated:
        place.caption("Only gd and adam have a learning rate.")


def penalty_control(key: str, default: float | str, help: str) -> Choice:
    """Make a slider for the penalty, whose help goes on about the values there are."""
    return Choice(
        key=key,
        label="Penalty α",
        options=("auto", *_PENALTIES),
        default=default,
        look="slider",
        help=f"Strength of the penalty on squared weights{help}",
    )


def iterations_control(key: str, options: tuple[int, ...], default: int) -> Choice:
    """Make a slider for the largest number of iterations."""
    return Choice(
        key=key,
        label="Iterations",
        options=options,
        default=default,
        look="slider",
        help="At most so many: passes over the data of adam, steps of other solvers.",
    )
