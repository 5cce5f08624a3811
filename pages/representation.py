from ui.page import page
from ui.representation.steps import PAGE, STEPS

with page(
    "Representation",
    PAGE,
    "Lecture 1, “Functional vs. representational” to “Representation view”; of the "
    "slide's two orthogonal factors both have determinant −1, and the singular value "
    "2.17 is 2.16",
    "M. P. Deisenroth, A. A. Faisal, C. S. Ong, *Mathematics for Machine Learning*, "
    "Cambridge 2020, chapter 4, for the singular value decomposition (the slide has "
    "“for Deep Learning”)",
    "J. Johnson, *Deep, skinny neural networks are not universal approximators*, ICLR "
    "2019, for what two units a layer can never enclose",
    "G. Alain, Y. Bengio, *Understanding intermediate layers using linear classifier "
    "probes*, ICLR workshop 2017",
):
    STEPS[PAGE.draw("space")]()
