from ui.approximation.steps import PAGE, STEPS
from ui.page import page

with page(
    "Universal approximation",
    PAGE,
    "Lecture 1, “Universal approximation theorem”; the slide's “Hornik, 1990” "
    "appeared in 1991",
    "S. J. D. Prince, *Understanding Deep Learning*, MIT Press 2023, section 3.2",
    "G. Cybenko, *Approximation by superpositions of a sigmoidal function*, Math. "
    "Control Signals Systems 2 (1989); K. Hornik, *Approximation capabilities of "
    "multilayer feedforward networks*, Neural Networks 4 (1991); M. Leshno, V. Lin, "
    "A. Pinkus, S. Schocken, *Multilayer feedforward networks with a nonpolynomial "
    "activation function can approximate any function*, Neural Networks 6 (1993)",
    "C. de Boor, *Good approximation by splines with variable knots* (1973), for the "
    "laws of the best error",
):
    STEPS[PAGE.draw("part")]()
