"""Cutting the square into convex polygons by the units of a network."""
