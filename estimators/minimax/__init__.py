"""The smallest maximum error that networks of one input and one hidden layer have."""

from estimators.minimax.broken_line import BrokenLine
from estimators.minimax.fit import best_broken_line, iter_broken_line
from estimators.minimax.network import best_units, iter_units
from estimators.minimax.units import Units, as_units

__all__ = [
    "BrokenLine",
    "Units",
    "as_units",
    "best_broken_line",
    "best_units",
    "iter_broken_line",
    "iter_units",
]
