"""The step of the Depth efficiency page about a function that needs depth."""

import streamlit as st

from ui.depth import sawtooth_learned as learned
from ui.depth import sawtooth_views as views
from ui.presets import Preset, PresetBar
from ui.questions import ASK
from ui.state import Choice, Table

BUILT, FEWER, LEARNED = "Built exactly", "Fewer units", "Learned from data"
PART = Choice(
    key="sawtooth_part",
    label="Sawtooth",
    options=(BUILT, FEWER, LEARNED),
    default=BUILT,
    help="Built exactly: by depth and by one layer. Fewer units: what one layer makes "
    "of it that has too few. Learned from data: who finds it.",
)
SAWTOOTH_BAR = PresetBar(
    "sawtooth",
    {
        "Five folds": Preset(
            "Two units fold the line, and each layer folds it again: the number of "
            "pieces doubles. Look how the units of one hidden layer double with it, "
            "while depth takes two more each time.",
            {},
        ),
        "Twelve folds": Preset(
            "Twelve folds take 24 units in twelve layers. Look at the number that one "
            "hidden layer needs: none of its units can be spared.",
            {views.FOLDS.key: 12},
        ),
        "Two folds: nothing gained": Preset(
            "Two folds make four pieces. Look at units and parameters: depth pays from "
            "the third fold on.",
            {views.FOLDS.key: 2},
        ),
        "Half of the units: no better than none": Preset(
            "One layer with half of the units that it needs, and the largest error to "
            "be small. Look at the lower chart: the least possible error stays where "
            "it is until the last unit but one.",
            {PART.key: FEWER, views.NORM.key: views.MAXIMUM},
        ),
        "Half of the units, in the mean": Preset(
            "The best that is found in the root mean square follows some of the teeth "
            "and gives up the others. Move D: each unit saves about one flank's share "
            "of the mean square, until the last unit but one.",
            {PART.key: FEWER},
        ),
        "One unit too few": Preset(
            "With one unit less than it takes, look how close one layer comes, and "
            "that it is not exact: the slopes cannot add up.",
            {PART.key: FEWER, views.UNITS.key: 15, views.NORM.key: views.MAXIMUM},
        ),
        "Learn eight pieces": Preset(
            "Three layers and one layer, with as many parameters, learn from 1000 "
            "points. Look who finds the folds, and how often.",
            {PART.key: LEARNED},
        ),
        "Learn 16 pieces": Preset(
            "Four layers of four units, when two would be enough. Look how far the "
            "deep runs stay away from what they could represent.",
            {PART.key: LEARNED, learned.FOLDS.key: 4},
        ),
        "Learn with no unit to spare": Preset(
            "Two units a layer are enough for eight pieces. Look whether training ever "
            "gets there without any more.",
            {PART.key: LEARNED, learned.WIDTH.key: 2},
        ),
        "Where depth alone would do": Preset(
            "32 pieces with 93 parameters: one layer has two units too few. Look at "
            "what both reach: what only depth could have, and what training gets. This "
            "takes up to a minute or so.",
            {PART.key: LEARNED, learned.FOLDS.key: 5},
        ),
        "64 pieces": Preset(
            "Six layers of eight units. Look who is left. This takes longest: stop it "
            "when you have seen enough.",
            {
                PART.key: LEARNED,
                learned.FOLDS.key: 6,
                learned.WIDTH.key: 8,
                learned.ROWS.key: 4000,
            },
        ),
    },
    Table(
        PART,
        views.FOLDS,
        views.FEWER,
        views.UNITS,
        views.NORM,
        learned.FOLDS,
        learned.WIDTH,
        learned.ROWS,
        learned.SEEDS,
        learned.SHOWN,
        ASK,
    ),
    pictures=(PART.key,),
)


def show_sawtooth() -> None:
    """Show the sawtooth built, missed or learned, as the reader chooses."""
    table = SAWTOOTH_BAR.choose()
    part = table.draw(PART.key)
    if part == LEARNED:
        learned.VIEW.draw(learned.show_learned, table, SAWTOOTH_BAR)
    else:
        show = views.show_built if part == BUILT else views.show_fewer
        st.fragment(show)(table, SAWTOOTH_BAR)
