"""Fits of continuous broken lines to points, with joints where they serve best."""
