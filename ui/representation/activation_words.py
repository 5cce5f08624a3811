"""What is to be said of activation functions, and the program for one."""

from ui.representation.activations import ACTIVATIONS
from ui.snippets import program

# Quadrants in which both coordinates are mapped one-to-one, of four: all if the
# function is; else the one in which both coordinates are positive, unless it is flat
# there as well.
ONE_TO_ONE = {
    name: 4 if each.invertible else 0 if each.jumps else 1
    for name, each in ACTIVATIONS.items()
}
_CODE = {
    "ReLU": "np.maximum(z, 0)",
    "tanh": "np.tanh(z)",
    "sigmoid": "expit(z)",
    "leaky ReLU": "np.maximum(z, 0.1 * z)",
    "ELU": "np.where(z > 0, z, np.expm1(np.minimum(z, 0)))",
    "softplus": "np.logaddexp(0, z)",
    "SiLU": "z * expit(z)",
    "GELU": "z * (1 + erf(z / np.sqrt(2))) / 2",
    "step": "(z >= 0).astype(float)",
}
_BODY = """\
def a(z):
    return {code}


S = {scale!r}
x = np.linspace(-2, 2, 401)
y = a(S * x)
print(y.min(), y.max())
"""


def one_to_one_sentence(name: str) -> str:
    """Say in how much of the plane nothing is lost."""
    kept = ONE_TO_ONE[name]
    if kept == 4:
        return "It can be undone: all **4** quadrants keep their points apart."
    return f"It cannot be undone: **{kept}** of 4 quadrants keep their points apart."


def gallery() -> dict[str, list[str]]:
    """Give a table of all activations."""
    return {
        "": list(ACTIVATIONS),
        "a(z)": [f"${each.latex}$" for each in ACTIVATIONS.values()],
        "invertible": ["yes" if e.invertible else "no" for e in ACTIVATIONS.values()],
        "what it does to the plane": [e.sentence for e in ACTIVATIONS.values()],
    }


def activation_snippet(name: str, scale: float) -> str:
    """Write the program that computes the curve shown."""
    code = _CODE[name]
    used = [word for word in ("erf", "expit") if word in code]
    imports = ["import numpy as np"]
    imports += [f"from scipy.special import {', '.join(used)}"] if used else []
    return program("", "\n".join(imports), _BODY.format(code=code, scale=scale))
