"""The representational view: what a map, or each layer of a network, does to space.

Source: the lectures' "Functional vs. representational", lecture 1.
"""

from estimators.representation.layers import (
    GridLine,
    embeddings,
    grid_polylines,
    truncated,
)
from estimators.representation.linear import Stages, svd_stages
from estimators.representation.preimages import (
    DecisionRegions,
    decision_boundary,
    decision_regions,
    preimage,
)
from estimators.representation.probes import Probe, layer_probes, linear_probe
from estimators.representation.separation import (
    enclosing_triangle,
    two_units_never_separate,
)

__all__ = [
    "DecisionRegions",
    "GridLine",
    "Probe",
    "Stages",
    "decision_boundary",
    "decision_regions",
    "embeddings",
    "enclosing_triangle",
    "grid_polylines",
    "layer_probes",
    "linear_probe",
    "preimage",
    "svd_stages",
    "truncated",
    "two_units_never_separate",
]
