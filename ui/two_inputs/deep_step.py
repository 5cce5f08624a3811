"""The step of the Two inputs page with many units in several layers."""

import streamlit as st

from estimators import ReLUNetwork
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.pace import folded, let_paint
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.snippets import program
from ui.state import Choice, Number, Switch, Table
from ui.two_inputs.building import Box, corner_columns, counted
from ui.two_inputs.deep_networks import (
    FOLD_UNITS,
    folded_code,
    folded_network,
    random_code,
    random_network,
)
from ui.two_inputs.map_view import MOST_EQUATIONS, colour_control, show_counts, show_map
from ui.two_inputs.solid import show_solid
from ui.two_inputs.words import COUNTS_TO_GUESS, count_answer

RANDOM, FOLDED = "Random", "Folded"
_COUNT = """\
regions = linear_regions(network, {})
print(regions.n_regions, regions.n_pieces, regions.areas.sum())
"""

DEEP = Table(
    Choice(
        key="deep_kind",
        label="Network",
        options=(RANDOM, FOLDED),
        default=RANDOM,
        help="Random: as training begins. Folded: each layer folds the plane along "
        "both axes. Trained networks are in the next step.",
    ),
    Number(key="deep_layers", label="Hidden layers", low=1, high=4, default=3),
    Number(key="deep_width", label="Units a layer", low=1, high=64, default=12),
    Number(key="deep_seed", label="Seed", low=0, high=9999, default=0, look="field"),
    Switch(
        key="deep_biases",
        label="Biases",
        default=True,
        help="Spread the creases over the view; without, all biases are zero.",
    ),
    Choice(
        key="deep_reach",
        label="View from −r to r, r =",
        options=(0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0),
        default=1.0,
        look="slider",
        help="Both inputs. The random network has its creases between −1 and 1.",
    ),
    colour_control("deep_colour", "layer"),
    ASK,
)
DEEP_BAR = PresetBar(
    "deep_preset",
    {
        "Creases that bend": Preset(
            "The first layer's creases are straight lines. Those of a later layer are "
            "straight within each polygon and **bend at the creases before**. Look at "
            "the colours of the edges.",
            {},
        ),
        "As many units in one layer": Preset(
            "The same 36 units side by side: straight lines from rim to rim, and **in "
            "total** nearly always as many polygons as Zaslavsky's theorem allows.",
            {"deep_layers": 1, "deep_width": 36},
        ),
        "Four layers of sixteen": Preset(
            "64 units. Compare the regions in view with what the theorem allows: "
            "random networks have far fewer, of the order of half the number of units "
            "squared, whatever the depth (Hanin and Rolnick 2019).",
            {"deep_layers": 4, "deep_width": 16},
        ),
        "Folded like paper": Preset(
            "Sixteen units that fold the plane four times, along both axes each time: "
            "4⁴ = 256 squares. One layer of sixteen units has 137 at most.",
            {"deep_kind": FOLDED, "deep_layers": 4},
        ),
        "No biases: a fan": Preset(
            "With all biases zero the network is the same at every scale, and every "
            "crease begins at the origin. Change the view: nothing moves.",
            {"deep_biases": False, "deep_colour": "active units"},
        ),
        "From far away": Preset(
            "From far away nothing but a fan is left, as if there were no biases: "
            "most polygons are in the small square in the middle.",
            {"deep_reach": 30.0, "deep_colour": "gradient"},
        ),
        "Thousands of polygons": Preset(
            "Four layers of 32 units, each polygon exact. Change the view: small "
            "polygons gather where many creases pass.",
            {"deep_layers": 4, "deep_width": 32, "deep_colour": "value"},
        ),
    },
    DEEP,
)


def show_deep() -> None:
    """Let the reader choose a network and show its polygons."""
    table = DEEP_BAR.choose()
    controls, view = st.columns((2, 5), gap="large")
    with controls:
        folds = table.draw("deep_kind", width="stretch") == FOLDED
        layers = table.draw("deep_layers")
        width = table.draw("deep_width", disabled=folds)
        left, right = st.columns(2, vertical_alignment="bottom", wrap=False)
        seed = table.draw("deep_seed", left, disabled=folds)
        biases = table.draw("deep_biases", right, disabled=folds)
        reach = table.draw("deep_reach")
        colour = table.draw("deep_colour")
        asked = table.draw(ASK.key)
        if folds:
            st.caption(f"{FOLD_UNITS} units a layer fold the plane; nothing is random.")
    if folds:
        network, code = folded_network(layers), folded_code(layers)
    else:
        drawn = (layers, width, seed, biases)
        network, code = random_network(*drawn), random_code(*drawn)
    with view:
        st.fragment(_show)(network, ((-reach, reach),) * 2, colour, code, asked)


def _show(network: ReLUNetwork, box: Box, colour: str, code: str, asked: bool) -> None:
    """Show the polygons, what they are in numbers, and how to take them away."""
    bar, place = st.container(), st.container()
    revealed = not asked or ask_first(_question(network, box), "plane_deep")
    drawn = False
    if revealed:
        with place:
            drawn = show_map(network, box, colour, "deep_map")
    let_paint()
    with bar:
        DEEP_BAR.show_history()
    if drawn:
        show_counts(network, box, "deep")
        show_solid(network, box, "plane_deep")
    if sum(network.widths) <= MOST_EQUATIONS:
        show_equations(network)
    with folded("Copy as Python", "show_plane_deep_snippet") as body:
        if body.open:
            st.code(deep_snippet(code, box), language="python")
    columns = corner_columns(network, box) if drawn else None
    show_downloads("deep_polygons", columns=columns, network=network)


def deep_snippet(code: str, box: Box) -> str:
    """Write the program that defines the network and counts its regions in view."""
    limits = [list(each) for each in box]
    imports = "from estimators.geometry import linear_regions"
    return program(code, imports, _COUNT.format(limits))


def _question(network: ReLUNetwork, box: Box) -> Question:
    layers = " then ".join(map(str, network.widths))
    return Question(
        f"A network of {layers} units is drawn over the square from {box[0][0]:g} to "
        f"{box[0][1]:g}. About how many **polygons** will there be: which of these is "
        "nearest?",
        (network, box),
        COUNTS_TO_GUESS,
        lambda: count_answer(counted(network, box)),
    )
