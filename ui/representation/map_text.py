"""A 2 × 2 matrix as a line of text, and the program that takes it apart."""

from ui.network_text import number_from_text, number_to_text
from ui.snippets import program

Rows = tuple[tuple[float, float], tuple[float, float]]

_LONGEST = 120
_WRITTEN = "a matrix is written row by row, θ11,θ12~θ21,θ22"
_BODY = """\
theta = np.array({theta})
stages = svd_stages(theta)
print(stages.rotation_out, stages.scale, stages.rotation_in, sep="\\n")
print(stages.determinant, stages.rank, stages.reflects)
shown = stages.at({moment:g})
print(shown)
"""


def map_to_text(theta: Rows) -> str:
    """Write a matrix so that `map_from_text` reads the very same numbers."""
    return "~".join(",".join(map(number_to_text, row)) for row in theta)


def map_from_text(text: str) -> Rows:
    """Read a matrix that somebody may have typed.

    Parameters
    ----------
    text : str
        ``θ11,θ12~θ21,θ22``; spaces do not matter.

    Returns
    -------
    theta : tuple of two tuples of two floats

    Raises
    ------
    ValueError
        If it is no such text, with a sentence for its author.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"This is longer than a matrix can be: {_WRITTEN}.")
    rows = [row.split(",") for row in "".join(text.split()).split("~")]
    if list(map(len, rows)) != [2, 2]:
        raise ValueError(f"There must be two rows of two numbers: {_WRITTEN}.")
    (a, b), (c, d) = (map(number_from_text, row) for row in rows)
    return (a, b), (c, d)


def map_latex(theta: Rows, factors: tuple[Rows, Rows, Rows]) -> str:
    """Write Θ = U S Vᵀ with its numbers as LaTeX."""
    names = (r"\text{then turn}", r"\text{scale}", r"\text{turn first}")
    written = [
        rf"\underbrace{{{_matrix(factor)}}}_{{{name}}}"
        for factor, name in zip(factors, names, strict=True)
    ]
    return rf"{_matrix(theta)} = {' '.join(written)}"


def map_snippet(theta: Rows, moment: float) -> str:
    """Write the program that finds the three stages."""
    return program(
        "",
        "import numpy as np\nfrom estimators.representation import svd_stages",
        _BODY.format(theta=[list(row) for row in theta], moment=moment),
    )


def _matrix(rows: Rows) -> str:
    lines = (" & ".join(f"{value + 0.0:.4g}" for value in row) for row in rows)
    return r"\begin{bmatrix}" + r" \\ ".join(lines) + r"\end{bmatrix}"
