"""Depth efficiency: what depth buys, counted, built and trained."""
