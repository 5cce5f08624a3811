"""The steps of the Universal approximation page: what they compute and show."""
