"""Exact geometry of ReLU networks."""

from estimators.geometry.line import joints

__all__ = ["joints"]
