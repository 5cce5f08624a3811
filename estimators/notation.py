r"""LaTeX of a network in the lectures' three notations, with the numbers plugged in.

Source: the lectures' slides "Notation change #1" to "#3" (UDL section 4.4 and 4.5).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Layers = Sequence[NDArray[np.floating]]

# Beyond this many rows or terms nobody reads on and a browser's LaTeX gets slow.
MAX_TERMS = 12


def network_equations(
    weights: Layers, biases: Layers, notation: str, digits: int
) -> str:
    r"""Return an ``aligned`` LaTeX environment that defines the network.

    Parameters
    ----------
    weights, biases : sequences of ndarray
        Ω_k of shape (D_{k+1}, D_k) and β_k of shape (D_{k+1},).
    notation : {"scalar", "vector", "matrix"}
        How to write each layer.
    digits : int
        Significant digits of each number.

    Returns
    -------
    latex : str
        The equations.

    Raises
    ------
    ValueError
        If `notation` is none of the three or `digits` is not at least 1.
    """
    writers = {"scalar": _scalar, "vector": _vector, "matrix": _matrix}
    if notation not in writers:
        raise ValueError(
            f"notation must be one of {sorted(writers)}, got {notation!r}."
        )
    if digits < 1:
        raise ValueError(f"digits must be at least 1, got {digits}.")
    lines = []
    for k, (weight, bias) in enumerate(zip(weights, biases)):
        lines += writers[notation](weight, bias, k, len(weights) - 1, digits)
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _scalar(
    weight: NDArray, bias: NDArray, k: int, depth: int, digits: int
) -> list[str]:
    sources = [_component(k, depth, i, weight.shape[1]) for i in range(weight.shape[1])]
    targets = [_component(k + 1, depth, i, bias.size) for i in range(bias.size)]
    lines = []
    for target, row, offset in zip(_elided(targets), _elided(weight), _elided(bias)):
        if target is None:
            lines.append(r"&\;\;\vdots")
            continue
        total = _sum(offset, row, sources, digits)
        value = total if k == depth else rf"\mathrm{{a}}\left[{total}\right]"
        lines.append(f"{target} &= {value}")
    return lines


def _vector(
    weight: NDArray, bias: NDArray, k: int, depth: int, digits: int
) -> list[str]:
    source = _column(
        [_component(k, depth, i, weight.shape[1]) for i in range(weight.shape[1])]
    )
    target = _column([_component(k + 1, depth, i, bias.size) for i in range(bias.size)])
    affine = f"{_numbers(bias, digits)} + {_numbers(weight, digits)} {source}"
    value = affine if k == depth else rf"\mathbf{{a}}\left[{affine}\right]"
    return [f"{target} &= {value}"]


def _matrix(
    weight: NDArray, bias: NDArray, k: int, depth: int, digits: int
) -> list[str]:
    source = r"\mathbf{x}" if k == 0 else rf"\mathbf{{h}}_{{{k}}}"
    affine = rf"\boldsymbol{{\beta}}_{{{k}}} + \boldsymbol{{\Omega}}_{{{k}}} {source}"
    if k == depth:
        definition = rf"\mathbf{{y}} &= {affine}"
    else:
        definition = rf"\mathbf{{h}}_{{{k + 1}}} &= \mathbf{{a}}\left[{affine}\right]"
    return [
        rf"{definition}, \quad \boldsymbol{{\beta}}_{{{k}}} = "
        rf"{_numbers(bias, digits)}, "
        rf"\; \boldsymbol{{\Omega}}_{{{k}}} = {_numbers(weight, digits)}"
    ]


def _component(level: int, depth: int, index: int, size: int) -> str:
    """Name one entry of x (level 0), of a hidden layer, or of y (level depth + 1)."""
    if level in (0, depth + 1):
        letter = "x" if level == 0 else "y"
        return letter if size == 1 else f"{letter}_{{{index + 1}}}"
    # h, h′, h″ as on the slides; from the fourth layer on primes are unreadable.
    order = "'" * (level - 1) if level <= 3 else f"^{{({level})}}"
    return f"h{order}_{{{index + 1}}}"


def _sum(offset: float, row: NDArray, names: list[str], digits: int) -> str:
    terms = [(float(w), name) for w, name in zip(row, names) if w != 0]
    parts = [(float(offset), "")] if offset != 0 or not terms else []
    parts += terms
    text = ""
    for part in _elided(parts):
        if part is None:
            text += r" + \cdots"
            continue
        coefficient, name = part
        sign = "-" if coefficient < 0 else "+" if text else ""
        text += f" {sign} " if text else sign
        text += _number(abs(coefficient), digits) + (rf"\,{name}" if name else "")
    return text


def _column(entries: list[str]) -> str:
    if len(entries) == 1:
        return entries[0]
    rows = [r"\vdots" if e is None else e for e in _elided(entries)]
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


def _numbers(values: NDArray, digits: int) -> str:
    """Write a vector as a column and a matrix as it is; both abbreviated when large."""
    table = values.reshape(len(values), -1)
    rows = []
    for row in _elided(table):
        if row is None:
            rows.append(r"\vdots")
            continue
        cells = [
            r"\cdots" if v is None else _number(float(v), digits) for v in _elided(row)
        ]
        rows.append(" & ".join(cells))
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


def _number(value: float, digits: int) -> str:
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa


def _elided(items: Sequence) -> list:
    """Keep the items when they are few; else all but the middle, which becomes None."""
    items = list(items)
    if len(items) <= MAX_TERMS:
        return items
    return [*items[: MAX_TERMS - 2], None, items[-1]]
