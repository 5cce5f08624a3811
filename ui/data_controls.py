"""The controls that choose data, except those that depend on a table's columns."""

from estimators import datasets
from ui.bundled import BUNDLED
from ui.names import display_name
from ui.shared_controls import (
    noise_control,
    points_control,
    sample_control,
    table_control,
)
from ui.state import Choice, Table

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
    points_control("points", (20, 50, 100, 200, 500, 1000), 200),
    noise_control(
        "noise",
        1.0,
        0.1,
        "Standard deviation of the noise, in units of y. The functions span "
        "about −1 to 1.",
    ),
    sample_control("sample", "from the same function"),
    table_control("table"),
)
# What is offered here depends on the table or file chosen: what undo takes back, and
# what reset sets.
COLUMN_DEFAULTS = {
    f"t{place}{axis}": display_name(column, "text")
    for place, table in enumerate(BUNDLED.values())
    for axis, column in (("x", table.x), ("y", table.y))
}
