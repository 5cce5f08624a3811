"""Show the network built to have most regions: the count, a window, one piece."""

from fractions import Fraction

import numpy as np
import pandas as pd
import streamlit as st

from estimators.bounds import count_parameters, max_regions
from ui.counters import regions_sentence
from ui.depth.counting import (
    MOST_DRAWN,
    Count,
    Shape,
    Window,
    envelope,
    folds,
    in_view,
    vertices,
)
from ui.depth.pieces import Piece, piece_of
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.figures.depth_counted import Pieces, pieces_chart
from ui.figures.options import XY
from ui.numbers import raised, with_power
from ui.pace import folded
from ui.questions import Question

THEOREM = "Serra et al. 2018, Theorem 5"
_NARROW = 0.02  # windows narrower than this have their axis in cells
_LECTURE = (5, 10)  # the shape of which the slide gives a number


def counting_question(shape: Shape) -> Question:
    """Ask how many regions the network has."""
    depth, width = shape
    exact = (width + 1) ** depth
    parameters = count_parameters(1, [width] * depth)
    answers = {exact, width * depth + 1, parameters, 2 * exact, depth * exact}

    def truth() -> tuple[str, str]:
        return f"{exact:,}", (
            f"Each layer multiplies by {width + 1}: {_power(f'({width} + 1)', depth)}."
        )

    return Question(
        f"{depth} hidden layer{'s' * (depth > 1)} of {width} units, one input, "
        f"{parameters} parameters. How many **linear regions** can it have?",
        shape,
        tuple(f"{answer:,}" for answer in sorted(answers)),
        truth,
    )


def show_count(count: Count, shape: Shape, window: Window, *, now: bool) -> None:
    """Say how many regions there are, how that was found, and what it compares to."""
    depth, width = shape
    parameters, units = count.network.n_parameters, depth * width
    when = "just now" if now else "when it was first asked for"
    seen, maximum = in_view(count, window), max_regions(1, count.network.widths)
    st.markdown(
        f"**{parameters} parameters, {units} hidden units, {count.n_regions:,} "
        f"regions** = {_power(width + 1, depth)}, counted in "
        f"**{count.seconds:.2f} s** {when}. "
        + regions_sentence(seen, count.n_regions, maximum, THEOREM)
    )
    shallow = (parameters - 1) // 3
    notes = [
        f"One hidden layer of no more parameters has {shallow} units and at most "
        f"{max_regions(1, [shallow]):,} regions."
    ]
    if count.certified:
        notes.append(
            f"Checked without rounding: at 0, at all {count.ends.size - 2:,} joints "
            f"and at 1, multiples of 1/{count.cells:,}, the network is 0, 1, 0, 1, … "
            "in turn, so it bends at every joint."
        )
    if shape == _LECTURE:
        notes.append("The lecture's slide prints 161,501: two digits are swapped.")
    st.caption(" ".join(notes))


def show_window(
    count: Count, shape: Shape, window: Window, zoom: int, number: int
) -> None:
    """Draw the pieces in view, or the band that they fill."""
    exact = window.n_pieces <= MOST_DRAWN
    line = vertices(count, window)
    low, high = line[0][0], line[0][-1]
    scale = count.cells if high - low < _NARROW else 1
    picked = vertices(count, Window(number, number))
    outline = folds(count, window, zoom) if zoom + 1 < shape[0] else None
    layers = f"layer{'s 1 to ' + str(zoom + 1) if zoom else ' 1'}"
    pieces = Pieces(
        _scaled(line, scale) if exact else None,
        None if exact else _band(count, window, scale),
        _scaled(outline, scale) if outline else None,
        f"What {layers} make{'' if zoom else 's'} of it",
        _scaled(picked, scale),
        f"Piece {number:,}",
        f"x in units of 1/{count.cells:,}" if scale > 1 else "x",
    )
    st.echarts_chart(
        pieces_chart(pieces),
        height=360,
        alt=_alt(count, window, line, number),
        key="counted_chart",
        renderer="svg",
    )
    ends = [_exact_end(count, k) for k in (window.first - 1, window.last)]
    st.caption(
        f"{_drawn_text(window.n_pieces, exact=exact)} In view: {_place_text(window)} "
        f"of {count.n_regions:,}, x from {ends[0]} to {ends[1]}."
    )


def show_piece(count: Count, number: int) -> None:
    """Tell all about one piece: its ends, slope and active units."""
    piece = piece_of(count, number)
    st.markdown(f"**Piece {number:,}** of {count.n_regions:,}: {piece_words(piece)}")
    rows = [
        {
            "hidden layer": k,
            "active units": "".join("●" if on else "○" for on in layer),
            "which": ", ".join(str(d) for d, on in enumerate(layer, 1) if on) or "none",
        }
        for k, layer in enumerate(piece.pattern, start=1)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def piece_words(piece: Piece) -> str:
    """Say where a piece is and how steep (Markdown)."""
    left = "−∞" if piece.left is None else fraction_text(piece.left)
    right = "∞" if piece.right is None else fraction_text(piece.right)
    about = piece.right if piece.left is None else piece.left
    length = ""
    if piece.left is not None and piece.right is not None:
        length = f", **{fraction_text(piece.right - piece.left)}** long"
    return (
        f"from x = **{left}** to **{right}** (near {with_power(float(about), 7)})"
        f"{length}, slope **{fraction_text(piece.slope)}**, y = slope · x "
        f"{'−' if piece.intercept < 0 else '+'} {fraction_text(abs(piece.intercept))}."
    )


def fraction_text(value: Fraction) -> str:
    """Write a rational number, as a fraction if it is no integer.

    Examples
    --------
    >>> fraction_text(Fraction(-2**20)), fraction_text(Fraction(3, 2048))
    ('−1,048,576', '3/2,048')
    """
    text = f"{value.numerator:,}".replace("-", "−")
    return text if value.denominator == 1 else f"{text}/{value.denominator:,}"


def show_rest(count: Count, shape: Shape, window: Window) -> None:
    """Offer the equations, the program and the files."""
    depth, width = shape
    with folded("Equations", "show_counted_equations") as body:
        if body.open:
            show_equations(count.network)
    with folded("Copy as Python", "show_counted_snippet") as body:
        if body.open:
            st.code(counted_snippet(shape), language="python")
    numbers = np.arange(window.first, window.last + 1)
    x, y = vertices(count, window)
    slopes = np.diff(y) / np.diff(x)
    columns = (numbers, x[:-1], x[1:], y[:-1], y[1:], slopes)
    names = ("piece", "from x", "to x", "from y", "to y", "slope")
    show_downloads(
        f"regions_{depth}x{width}", columns=(names, columns), network=count.network
    )


def counted_snippet(shape: Shape) -> str:
    """Write the program that builds the network and counts."""
    depth, width = shape
    return f"""\
import numpy as np

from estimators.bounds import max_regions
from estimators.constructions import maximal_network
from estimators.geometry import linear_regions

network = maximal_network([{width}] * {depth})
regions = linear_regions(network, (-np.inf, np.inf))
print(network.n_parameters, regions.n_regions, max_regions(1, network.widths))
"""


def _drawn_text(n_pieces: int, *, exact: bool) -> str:
    if n_pieces == 1:
        return "**One** piece is drawn, through its exact ends."
    if exact:
        return f"All **{n_pieces:,}** pieces are drawn, through their exact ends."
    return (
        f"**{n_pieces:,}** pieces are too many for the picture's pixels. Drawn is the "
        "band that they fill: the least and the greatest value in each column, from "
        "all the joints in it."
    )


def _place_text(window: Window) -> str:
    if window.n_pieces == 1:
        return f"piece {window.first:,}"
    return f"pieces {window.first:,} to {window.last:,}"


def _power(base: int | str, exponent: int) -> str:
    return f"{base}{raised(exponent) if exponent > 1 else ''}"


def _scaled(points: XY, scale: int) -> XY:
    return points[0] * scale, points[1]


def _band(
    count: Count, window: Window, scale: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the envelope as steps."""
    found = envelope(count, window)
    x = np.repeat(found.borders, 2)[1:-1] * scale
    return x, np.repeat(found.low, 2), np.repeat(found.high, 2)


def _exact_end(count: Count, index: int) -> str:
    return fraction_text(Fraction(int(count.ends[index]), count.cells))


def _alt(count: Count, window: Window, line: XY, number: int) -> str:
    """Say in words what the picture shows."""
    x, y = line
    return (
        f"The network from x = {x[0]:.10g} to {x[-1]:.10g}: {window.n_pieces:,} of its "
        f"{count.n_regions:,} linear pieces, each of which runs from 0 to 1 or back. "
        f"It begins at {y[0]:g} and ends at {y[-1]:g}. Piece {number:,} is marked."
    )
