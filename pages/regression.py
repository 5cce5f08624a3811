from ui.page import page
from ui.regression.steps import PAGE, STEPS

with page(
    "Regression",
    PAGE,
    "Lecture 1, regression, shallow networks, and the recap on training and test data",
    "S. J. D. Prince, *Understanding Deep Learning*, MIT Press 2023, chapters 2, 3, 6 "
    "and 8",
):
    STEPS[PAGE.draw("step")]()
