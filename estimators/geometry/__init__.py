"""Exact geometry of ReLU networks: regions, joints, slices."""

from estimators.geometry.dispatch import linear_regions
from estimators.geometry.line import joints
from estimators.geometry.regions import Regions
from estimators.geometry.slices import segment_network, slice_network

__all__ = ["Regions", "joints", "linear_regions", "segment_network", "slice_network"]
