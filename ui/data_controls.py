"""The controls that choose data, except those that depend on a table's columns."""

from estimators import datasets
from ui.bundled import BUNDLED
from ui.names import display_name
from ui.state import Choice, Number, Table

TOY_SENTENCES = {
    "sine": "One smooth period: more units follow it more closely.",
    "zigzag": "Four straight pieces: three joints, and four hidden units.",
    "step": "A jump, which no continuous function represents exactly.",
    "bumps": "A wide bump and a narrow one: joints are needed in one place.",
    "chirp": "Faster and faster swings: what does the network give up first?",
    "line": "A straight line: every joint in view is fitted noise.",
}
_SOURCES = ("Toy", "Real table", "Your file")  # as they are in the link

SOURCE = Choice(key="data", label="Data", options=_SOURCES, default="Toy")
SOURCE_OF_LINE = Choice(
    key="linear_data",
    label="Data",
    options=("Lecture", *_SOURCES),
    default="Lecture",
)
DATA = Table(
    Choice(
        key="toy",
        label="Function",
        options=datasets.TOY_NAMES,
        default=datasets.TOY_NAMES[0],
        look="menu",
    ),
    Choice(
        key="points",
        label="Points",
        options=(20, 50, 100, 200, 500, 1000),
        default=200,
        look="slider",
    ),
    Number(
        key="noise",
        label="Noise",
        low=0.0,
        high=1.0,
        default=0.1,
        step=0.05,
        help="Standard deviation of the noise, in units of y. The functions span "
        "about −1 to 1.",
    ),
    Number(
        key="sample",
        label="Sample number",
        low=0,
        high=9999,
        default=0,
        look="field",
        help="Another number draws other points from the same function.",
    ),
    Choice(
        key="table",
        label="Table",
        options=tuple(BUNDLED),
        default=next(iter(BUNDLED)),
        look="menu",
    ),
)
# What is offered here depends on the table or file chosen: what undo takes back, and
# what reset sets.
COLUMN_DEFAULTS = {
    f"t{place}{axis}": display_name(column, "text")
    for place, table in enumerate(BUNDLED.values())
    for axis, column in (("x", table.x), ("y", table.y))
}
