"""Networks of two inputs that make a point: the presets of the Build step."""

from typing import NamedTuple

from estimators.constructions import lecture
from ui.network_text import network_to_text


class Example(NamedTuple):
    """A network that makes a point, and where to look.

    Attributes
    ----------
    text : str
        The network, for `ui.network_text.network_from_text`.
    look_for : str
        A sentence or two, Markdown.
    """

    text: str
    look_for: str


EXAMPLES = {
    "The lecture's three units": Example(
        network_to_text(lecture("two_inputs")),
        "Each unit is a plane, cut off below zero along a line. Three lines make "
        "**seven convex polygons**, over each of which the sum is one plane. Of the "
        "eight patterns one never occurs: drag a line over the point where the two "
        "others meet, and it is another one.",
    ),
    # The first output is the lecture's; its φ were free to choose.
    "A second output: the same polygons": Example(
        "0.4,-0.2~0.2,0.5,0.5,-1,0.6~-0.3,0.9,-0.1,1.8,-1.1~0.2,0.2,-0.7,-0.5,1.6",
        "The lecture asks what a second output can look like. It has the **same seven "
        "polygons** and a plane of its own over each: drag its φ. It is not any "
        "surface: across the line of a unit the slope changes by that unit's φ·θ, and "
        "by as much everywhere along the line.",
    ),
    "Three lines through one point": Example(
        "0~0,1,0,1~0,-0.5,0.8660254037844386,1~0,-0.5,-0.8660254037844386,1",
        "Three lines through one point make six regions, not seven: the triangle "
        "between them has shrunk to a point. Drag any line by its middle and the "
        "seventh is back.",
    ),
    "Parallel lines: like one input": Example(
        "0.2~0.6,1,0.5,0.8~0,1,0.5,-1.8~-0.6,1,0.5,1.4",
        "Three parallel lines make four strips, as three joints do on one axis: D + 1. "
        "Turn a line by its end and the count jumps, though the lines may meet out of "
        "view.",
    ),
    "A pyramid from four units": Example(
        "1~0,1,0,-1~0,-1,0,-1~0,0,1,-1~0,0,-1,-1",
        "1 − |x₁| − |x₂|: two units for each |x|, on the same line but on opposite "
        "sides. Four units could have eleven regions; these have four.",
    ),
    "A saddle from four units": Example(
        "0~0,1,1,0.5~0,-1,-1,0.5~0,1,-1,-0.5~0,-1,1,-0.5",
        "½|x₁ + x₂| − ½|x₁ − x₂| rises along one diagonal and falls along the other, "
        "as x₁·x₂ does. It is the smaller of |x₁| and |x₂|, with the sign of x₁·x₂.",
    ),
    "Two regions, one plane": Example(
        "0~0,1,0.5,1~0,-1,-0.5,-1~0.3,0.2,-1,0.6",
        "Units 1 and 2 switch on the same line and cancel the crease: z₁ = a[z₁] − "
        "a[−z₁]. The patterns differ on both sides of it, the plane does not. Regions "
        "are counted by patterns.",
    ),
    "Seven regions, four in view": Example(
        "0.3~0.2,1,0.2,0.7~-0.2,0.3,1,-0.9~2.6,-1,-1,0.8",
        "The third line passes outside of the picture, so unit 3 is on all over it. "
        "**In view** there are four regions, **in total** seven: widen the view to "
        "find the others.",
    ),
    "Seven lines, twenty-nine polygons": Example(
        "0.1~0.11,0.99,-0.14,0.6~0.22,-0.94,-0.33,0.6~0.25,0.61,0.79,0.7"
        "~0.29,-0.09,-1,0.7~0.02,0.25,-0.97,-1~-0.17,0.71,-0.71,1~-0.14,-0.93,0.38,0.9",
        "Every new line crosses all those before, in as many points as it can, and "
        "each crossing adds a polygon: 1 + 7 + 21 = 29. That is Zaslavsky's maximum, "
        "and nearly all choices of seven lines have it.",
    ),
}
