"""The step of the Composition page with any number of layers."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from estimators import ReLUNetwork
from estimators.bounds import max_regions
from ui.composition.clipping import deep_snippet, unit_network
from ui.composition.deep_text import MAX_DEPTH
from ui.composition.layering import (
    FOLD,
    KINDS,
    MAXIMAL,
    RANDOM,
    general_latex,
    layer_table,
    make,
    widths_from_text,
)
from ui.composition.pairs import bound
from ui.counters import regions_sentence
from ui.downloads import show_downloads
from ui.equations import show_equations
from ui.figures.composition import Line, lines_alt, lines_chart, unit_colour
from ui.figures.style import ROLE
from ui.lesson import is_locked
from ui.names import literal
from ui.pace import folded
from ui.presets import Preset, PresetBar
from ui.questions import ASK, Question, ask_first
from ui.regression.building import counted
from ui.regression.readings import exact_line
from ui.state import Choice, Number, Table, Text, put

_LOW, _HIGH = 0.0, 1.0
_VALID = "_deep_valid"  # the last widths and kind that made a network
WIDTHS = Text(
    key="deep_widths",
    label="Widths D₁, …, D_K",
    default="3, 3, 3",
    help="The number of hidden units of each layer, up to ten; up to eight layers.",
)
_KIND = Choice(
    key="layers_kind",
    label="Weights",
    options=KINDS,
    default=FOLD,
    look="menu",
    help="Random: He's start, with all joints in view. As many regions as can be: a "
    "construction that folds in every layer. The best fold: composed with itself.",
)
_SEED = Number(
    key="layers_seed", label="Seed", low=0, high=9999, default=0, look="field"
)
_LAYER = Number(
    key="deep_layer",
    label="Hidden layer",
    low=1,
    high=MAX_DEPTH,
    default=2,
    look="field",
    help="Whose units are drawn.",
)
DEEP_BAR = PresetBar(
    "deep",
    {
        "The fold, three layers": Preset(
            "Look at the units of one layer after the other: each has the joints of "
            "all layers before it, and adds its own: 4, 16, 64 regions.",
            {},
        ),
        "Random weights": Preset(
            "The same widths with random weights. Look how few of the possible regions "
            "there are: deep networks can have very many, and by chance never do.",
            {_KIND.key: RANDOM, WIDTHS.key: "5, 5, 5", _SEED.key: 1},
        ),
        "Wide, then narrow": Preset(
            "Every layer multiplies by its width and one: 9 · 5 · 4 = 180 regions, "
            "in whatever order the layers come.",
            {_KIND.key: MAXIMAL, WIDTHS.key: "8, 4, 3"},
        ),
        "A bottleneck of one": Preset(
            "A single unit in the middle is off or a line: it throws away what is "
            "below zero, and all that comes after depends on this one number.",
            {_KIND.key: RANDOM, WIDTHS.key: "6, 1, 6", _SEED.key: 4},
        ),
        "One layer": Preset(
            "K = 1 is the shallow network of lecture 1: D + 1 regions and no more.",
            {_KIND.key: RANDOM, WIDTHS.key: "9", _SEED.key: 3},
        ),
    },
    Table(WIDTHS, _KIND, _SEED, _LAYER, ASK),
)


def show_deep() -> None:
    """Show a network of any depth, layer by layer."""
    st.fragment(_show)(DEEP_BAR.choose())


def _show(table: Table) -> None:
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    row = st.container(horizontal=True, vertical_alignment="bottom")
    network = _chosen(table, row)
    layer = min(table.draw(_LAYER.key, row.container(width=130)), network.depth)
    question, view = st.container(), st.container()
    asked = table.draw(ASK.key)
    with bar:
        _choose_depth(network)
        DEEP_BAR.show_history()
    with question:
        revealed = not asked or ask_first(_question(network), "deep")
    if revealed:
        with view:
            _show_layers(network, layer)
    st.markdown(f"The general equation, K = {network.depth}, and with these numbers:")
    st.latex(general_latex(network.depth))
    show_equations(network)
    snippet = folded("Copy as Python", "show_deep_snippet")
    if snippet.open:
        snippet.code(deep_snippet(network, _LOW, _HIGH), language="python")
    if revealed:
        columns = (("x", "y"), exact_line(network, _LOW, _HIGH))
        show_downloads("deep", columns=columns, network=network)


def _chosen(table: Table, row: DeltaGenerator) -> ReLUNetwork:
    """Show how the network is made, and make it, or else the one before."""
    written = table.draw(WIDTHS.key, row.container(width=220))
    kind = table.draw(_KIND.key, row.container(width=260))
    seed = table.draw(_SEED.key, row.container(width=130), disabled=kind != RANDOM)
    fallback = (table.defaults[_KIND.key], table.defaults[WIDTHS.key])
    valid = st.session_state.setdefault(_VALID, fallback)
    try:
        network = make(kind, widths_from_text(written), int(seed))
    except ValueError as error:
        st.error(f"{literal(str(error))} Shown is the network before.")
        kind, written = valid
        return make(kind, widths_from_text(written), int(seed))
    st.session_state[_VALID] = (kind, written)
    return network


def _choose_depth(network: ReLUNetwork) -> None:
    """Show K, and let layers be added at the end and taken away."""
    key = f"deep_depth_{network.depth}"  # its own for each, as widths may be typed

    def take() -> None:
        wanted = st.session_state.get(key, network.depth)
        if wanted != network.depth:
            widths = (*network.widths, *[network.widths[-1]] * MAX_DEPTH)[:wanted]
            put({WIDTHS.key: ", ".join(map(str, widths))})

    st.number_input(
        "Hidden layers K",
        1,
        MAX_DEPTH,
        network.depth,
        key=key,
        on_change=take,
        width=150,
        disabled=is_locked(WIDTHS.key),
    )


def _question(network: ReLUNetwork) -> Question:
    most = max_regions(1, network.widths)
    exact = counted(network, _LOW, _HIGH).in_view
    answers = sorted({exact, sum(network.widths) + 1, most, 2**network.depth})

    def truth() -> tuple[int, str]:
        return exact, (
            f"{sum(network.widths)} hidden units in {network.depth} layers; at most "
            f"{most:,} for any weights."
        )

    return Question(
        f"A network of widths {', '.join(map(str, network.widths))}. How many "
        "**linear regions** does it have between 0 and 1?",
        network,
        tuple(answers),
        truth,
    )


def _show_layers(network: ReLUNetwork, layer: int) -> None:
    places = [place for _ in range(2) for place in st.columns(2)]
    named = [
        (f"Entering layer {layer}: affine maps of what comes before", 0),
        (f"Leaving layer {layer}: clipped at zero", 1),
    ]
    for place, (title, stage) in zip(places, named):
        lines = [
            Line(
                f"Unit {d + 1}",
                exact_line(unit_network(network, layer - 1, d, stage), _LOW, _HIGH),
                unit_colour(d),
            )
            for d in range(network.widths[layer - 1])
        ]
        _draw(place, title, lines, f"deep_chart_{stage}", ("z", "h")[stage])
    output = Line("y", exact_line(network, _LOW, _HIGH), ROLE["fit"])
    _draw(places[2], f"The output, after {network.depth} layers", [output], "deep_out")
    table = layer_table(network, _LOW, _HIGH)
    places[3].markdown("**Regions after each hidden layer**")
    places[3].dataframe(table, hide_index=True)
    counts = counted(network, _LOW, _HIGH)
    sentence = regions_sentence(*counts, bound(network.widths))
    shallow = (network.n_parameters - 1) // 3
    st.markdown(
        f"{sentence} Parameters: **{network.n_parameters:,}**. One hidden layer "
        f"with as many has {shallow:,} units and at most "
        f"{max_regions(1, [shallow]):,} regions."
    )


def _draw(
    place: DeltaGenerator, title: str, lines: list[Line], key: str, height: str = "y"
) -> None:
    place.markdown(f"**{title}**")
    place.echarts_chart(
        lines_chart(lines, names=("x", height)),
        height=270,
        alt=f"{title}. {lines_alt(lines)}",
        key=key,
        renderer="svg",
    )
