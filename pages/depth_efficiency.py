from ui.depth.steps import PAGE, STEPS
from ui.page import page

with page(
    "Depth efficiency",
    PAGE,
    "Lecture 1, “Shallow vs. deep networks”, and lecture 2, “Number of linear regions "
    "per parameter” to “Fitting and generalization”; UDL sections 4.5 and 20.2, "
    "figures 4.7 and 20.2. Three numbers of the slides are "
    "wrong: the step Regions has the right ones and the reasons",
    "T. Serra, C. Tjandraatmadja, S. Ramalingam, *Bounding and Counting Linear Regions "
    "of Deep Neural Networks*, ICML 2018, theorems 1, 5 and 6",
    "G. Montúfar, R. Pascanu, K. Cho, Y. Bengio, *On the Number of Linear Regions of "
    "Deep Neural Networks*, NeurIPS 2014, for narrower layers",
    "B. Hanin, D. Rolnick, *Deep ReLU Networks Have Surprisingly Few Activation "
    "Patterns*, NeurIPS 2019, for networks as they are initialised and trained",
    "M. Telgarsky, *Benefits of depth in neural networks*, COLT 2016, for the sawtooth",
    "S. Greydanus, D. Kobak, *Scaling Down Deep Learning with MNIST-1D*, ICML 2024, "
    "for the data of figure 20.2 (Apache License 2.0)",
):
    STEPS[PAGE.draw("efficiency")]()
