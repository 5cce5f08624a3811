"""What piecewise-linear functions can be asked and answer exactly, in a box."""

from estimators.analysis.equivalence import Equivalence, equivalent
from estimators.analysis.integrals import integral, mean, region_moments
from estimators.analysis.lipschitz import LipschitzConstant, lipschitz_constant
from estimators.analysis.ranges import OutputRange, output_range
from estimators.analysis.simplification import Simplification, simplify
from estimators.analysis.units import UnitStatus, unit_status

__all__ = [
    "Equivalence",
    "LipschitzConstant",
    "OutputRange",
    "Simplification",
    "UnitStatus",
    "equivalent",
    "integral",
    "lipschitz_constant",
    "mean",
    "output_range",
    "region_moments",
    "simplify",
    "unit_status",
]
