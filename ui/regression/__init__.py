"""The steps of the Regression page: what they compute, their controls and views."""
