"""What can be set in the step that counts regions, and its presets."""

from ui.depth.measured import (
    DATA,
    RANDOM,
    SAME_PARAMETERS,
    SAME_WIDTH,
    SHAPES,
    WAVES,
)
from ui.presets import Preset, PresetBar
from ui.questions import ASK
from ui.state import Choice, Number, Table

MOST_LAYERS, LEAST_UNITS, MOST_UNITS = 5, 3, 10
BUILT, MEASURED = "Built for it", "Random and trained"
LINE, VIEW = "On the whole line", "Where the data are"

PART = Choice(
    key="counted_part",
    label="Networks",
    options=(BUILT, MEASURED),
    default=BUILT,
    help="Built for it: weights that make as many regions as there can be. Random and "
    "trained: networks as they are met in practice.",
)
DEPTH = Choice(
    key="counted_depth",
    label="Hidden layers K",
    options=tuple(range(1, MOST_LAYERS + 1)),
    default=5,
)
WIDTH = Choice(
    key="counted_width",
    label="Units in each D",
    options=tuple(range(LEAST_UNITS, MOST_UNITS + 1)),
    default=10,
    look="slider",
    help="At least three: fewer cannot fold often enough (Theorem 5).",
)
ZOOM = Number(
    key="counted_zoom",
    label="Zoom",
    low=0,
    high=MOST_LAYERS,
    default=0,
    help="Each step shows one of the D + 1 stretches into which one more hidden layer "
    "divides what was in view. At K a single piece is left.",
)
PIECE = Number(
    key="counted_piece",
    label="Piece number",
    low=1,
    high=(MOST_UNITS + 1) ** MOST_LAYERS,
    default=80_526,  # the middle one
    look="field",
    help="Pieces are numbered from left to right. The picture shows the stretch that "
    "this one is in.",
)
INPUTS = Choice(
    key="measured_inputs",
    label="Inputs",
    options=(1, 2),
    default=1,
)
UNITS = Choice(
    key="measured_units",
    label="Units in each layer D",
    options=(5, 10, 20),
    default=10,
)
SHAPE = Choice(
    key="measured_shapes",
    label="The networks have the",
    options=SHAPES,
    default=SAME_WIDTH,
    help="Same number of parameters: as many as five layers of D have. The fewer "
    "layers, the wider they are.",
)
TASK = Choice(
    key="measured_data",
    label="Trained on",
    options=DATA,
    default=WAVES,
    help="Waves: 100 points of two sines, with two inputs 400 points. Random values: "
    "20 or 36 points that follow no rule, to be learned by heart.",
)
ITERATIONS = Choice(
    key="measured_iterations",
    label="Iterations",
    options=(50, 150, 500),
    default=150,
    help="Of L-BFGS, at most.",
)
WHERE = Choice(
    key="measured_where",
    label="Count",
    options=(LINE, VIEW),
    default=LINE,
    help="The data are between −1 and 1. Of two inputs, only what is there is counted.",
)
COUNTED = Table(PART, DEPTH, WIDTH, ZOOM, PIECE, ASK)
MEASURING = Table(INPUTS, UNITS, SHAPE, TASK, ITERATIONS, WHERE)
COUNTED_BAR = PresetBar(
    "counted",
    {
        "The lecture's 471 parameters": Preset(
            "Five layers of ten units, and every region has been found. The picture "
            "cannot show them: it is a solid block. Look at the grey line: the eleven "
            "pieces of the first layer. **Zoom in**, and one of them fills the "
            "picture.",
            {},
        ),
        "Down to eleven pieces": Preset(
            "Four layers followed: what is left is the last one, whose ten units draw "
            "eleven pieces. There are 14,641 such windows: move along the line, "
            "or type the number of another piece.",
            {ZOOM.key: 4},
        ),
        "The same at every zoom": Preset(
            "Look at the grey line at zoom 0, 1, 2, 3: always the same eleven pieces, "
            "or their mirror image. All that later layers do, they do in every "
            "stretch alike. So many regions, and so little freedom.",
            {ZOOM.key: 2},
        ),
        "Three units a layer": Preset(
            "The narrowest layers with which it can be done: 58 parameters, 1,024 "
            "regions. The joints are multiples of 1/7,776.",
            {WIDTH.key: 3, ZOOM.key: 1, PIECE.key: 400},
        ),
        "One layer": Preset(
            "Without depth: ten units, eleven regions, all of them in view.",
            {DEPTH.key: 1, PIECE.key: 6},
        ),
        "As they are met": Preset(
            "Nobody builds networks like that. With one layer it takes no building: "
            "all dots reach the upper line but those of zero biases, which leave no "
            "more than two regions. Look how far dots are below it from two layers on, "
            "and how close to the lower: a unit makes about one joint or two, in "
            "whatever layer it is.",
            {PART.key: MEASURED},
        ),
        "The same number of parameters": Preset(
            "The budget is the same for all K: is it the deep networks that have more "
            "regions, once they are trained? Look at the dots of K = 1.",
            {PART.key: MEASURED, SHAPE.key: SAME_PARAMETERS},
        ),
        "Learned by heart": Preset(
            "Values without any rule. Look whether training on them makes the regions "
            "more numerous than they were at the start.",
            {PART.key: MEASURED, TASK.key: RANDOM, ITERATIONS.key: 500},
        ),
        "Two inputs": Preset(
            "In the plane the lower line is half the square of the number of units. "
            "Look which dots keep near it, and how far above all of them the upper "
            "bound rises with every layer.",
            {PART.key: MEASURED, INPUTS.key: 2},
        ),
    },
    Table(*COUNTED.values(), *MEASURING.values()),
    pictures=(PART.key,),
)
