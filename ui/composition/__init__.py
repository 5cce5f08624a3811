"""The Composition page: its steps, controls, computations and words."""
