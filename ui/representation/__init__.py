"""The Representation page: what maps and layers do to space."""
