"""Cutting the cube into polytopes by the units of a network of more inputs."""
