"""The steps of the Two inputs page: what they compute, their controls and views."""
