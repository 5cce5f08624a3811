"""Experiments of the lectures that take hours, with what they found."""
