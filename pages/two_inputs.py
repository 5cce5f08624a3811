from ui.page import page
from ui.two_inputs.steps import PAGE, STEPS

with page(
    "Two inputs",
    PAGE,
    "Lecture 1, “Shallow neural networks”, two inputs, and its open question what a "
    "second output can look like; lecture 2, “Deep neural networks”, for several "
    "layers. The regions *in view*, *in total* and *at most* are told apart everywhere",
    "S. J. D. Prince, *Understanding Deep Learning*, MIT Press 2023, sections 3.3 and "
    "3.4, figures 3.8 and 3.9; what lecture 2 calls the maximum (eq. 4.17) is what is "
    "known to be *reachable*: “at most” is a bound that no network exceeds",
    "T. Zaslavsky, *Facing up to arrangements*, Memoirs of the AMS 154 (1975), for one "
    "layer; T. Serra, C. Tjandraatmadja, S. Ramalingam, *Bounding and counting linear "
    "regions of deep neural networks*, ICML 2018, for several",
    "B. Hanin, D. Rolnick, *Deep ReLU networks have surprisingly few activation "
    "patterns*, NeurIPS 2019",
):
    STEPS[PAGE.draw("plane")]()
