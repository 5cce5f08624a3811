"""The universal approximation theorem: what it says, and what it does not promise."""

import streamlit as st

from ui.pace import folded

THEOREM = (
    "**The theorem:** for every continuous function on a closed interval, and however "
    "small an error, there are a D and parameters that keep the largest error below "
    "it. Below: who proved what, and what it does not promise."
)
_EXACTLY = """\
**Universal approximation theorem.** Let $f$ be continuous on a compact subset $K$ of
$\\mathbb{R}^n$, and $a$ an activation that is no polynomial, such as the ReLU. For
every $\\varepsilon > 0$ there are a number $D$ of hidden units and parameters with

$$
\\max_{x \\in K}\\, \\Bigl|\\, f(x) - \\phi_0 - \\sum_{d=1}^{D} \\phi_d\\,
a\\bigl[\\theta_{d0} + \\theta_{d}^{T} x\\bigr] \\Bigr| < \\varepsilon .
$$

What each proof asks of the activation:

- Cybenko 1989: continuous, from 0 at −∞ to 1 at ∞.
- Hornik 1991: continuous, bounded, not constant. The ReLU itself is not bounded, but
  a[z] − a[z − 1] is, and that is two of them.
- Leshno, Lin, Pinkus and Schocken 1993: bounded on bounded sets, and continuous but for
  a closed set of measure zero. Exactly those that are no polynomial will do.

**What it does not promise**

- *A number of units.* D depends on f and ε and may be huge. How fast the error falls is
  another question: see the step “Error against D”.
- *That training finds it.* Parameters exist, says the theorem. Compare what gradient
  training gets with the best there is.
- *Anything outside K.* Beyond its joints every ReLU network of one input is straight.
- *Anything about jumps.* Near a jump a continuous network stays half of it away, for
  some x, whatever D is. The mean error still goes to zero: Hornik 1991 has that case
  too.
- *Anything about data.* f is known everywhere here. From noisy rows more units may do
  worse: see “Generalise” on the Regression page.
"""
_CONSTRUCTION = """\
The lecture adds: “without guaranteeing a construction though!” For **one input there is
one**. Take joints $x_0 < x_1 < \\dots < x_D$ from the lower limit to the upper one, and
one unit $a[x - x_{d-1}]$ for each piece, weighted by the change of slope:

$$
\\phi_0 = f(x_0), \\qquad \\phi_d = s_d - s_{d-1}, \\qquad
s_d = \\frac{f(x_d) - f(x_{d-1})}{x_d - x_{d-1}}, \\quad s_0 = 0 .
$$

The network goes straight from point to point. On a piece of length $h$ it is no farther
from $f$ than $f$ varies there, and no farther than $\\max|f''|\\, h^2/8$ if $f$ has a
second derivative: with equal joints the error falls like $1/D^2$.
"""


def show_theorem() -> None:
    """Offer the theorem with its conditions, and the construction."""
    with folded("The theorem, exactly", "show_theorem") as body:
        if body.open:
            st.markdown(_EXACTLY)
    with folded("“Without guaranteeing a construction”?", "show_construction") as body:
        if body.open:
            st.markdown(_CONSTRUCTION)
