from ui.composition.steps import PAGE, STEPS
from ui.page import page

with page(
    "Composition",
    PAGE,
    "Lecture 2, “Composing two networks” to “Notation change and general case”. The "
    "slides print ψ₂₁h₂ and ψ₃₁h₂ for ψ₂₁h₁ and ψ₃₁h₁, and ψ₃₂ ψ₃₂ ψ₃₃ for the row "
    "ψ₃₁ ψ₃₂ ψ₃₃ of the matrix; here they are as they should be",
    "S. J. D. Prince, *Understanding Deep Learning*, MIT Press 2023, sections 4.1 to "
    "4.5, figures 4.1 to 4.5. “(At least) 9 regions” for two networks of three units: "
    "16 can be reached, the best fold does",
    "T. Serra, C. Tjandraatmadja, S. Ramalingam, *Bounding and Counting Linear Regions "
    "of Deep Neural Networks*, ICML 2018, Theorems 1 and 5, for the largest numbers",
):
    STEPS[PAGE.draw("scene")]()
