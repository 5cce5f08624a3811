"""What can be set in the step Warping, and its presets."""

from ui.presets import Preset, PresetBar
from ui.questions import ASK
from ui.representation.data_sets import DATA_SETS
from ui.representation.network_controls import layer_control, network_controls
from ui.representation.training import MOST_UNITS, Shape
from ui.shared_controls import noise_control, points_control, sample_control
from ui.state import Choice, Table, Text

OWN = "Your own points"
POINTS, TIME = "own_points", "layer"
_EXAMPLE = "-1,0,1~-0.6,0.5,1~-1.2,-0.6,1~1,0.2,2~0.7,-0.5,2~1.3,0.6,2"

CLOUD = Table(
    Choice(
        key="cloud",
        label="Data",
        options=(*DATA_SETS, OWN),
        default="XOR",
        look="menu",
    ),
    points_control("cloud_points", (50, 100, 200, 300, 500), 200),
    noise_control("cloud_noise", 0.5, 0.05),
    sample_control("cloud_seed", "of the same kind"),
    Text(
        key=POINTS,
        label="Your points as text",
        default=_EXAMPLE,
        help="x,y,class for each, with ~ between them; classes are 1, 2 and 3. Or "
        "click them into the plane on the left.",
    ),
)
NETWORK = network_controls("", Shape((2,), "adam", 6), MOST_UNITS)
WARPING = Table(
    *CLOUD.values(),
    *NETWORK.values(),
    layer_control(TIME, 1.0, "; parts of it are on the way"),
    ASK,
)
WARPING_BAR = PresetBar(
    "warpings",
    {
        "Two units are enough for XOR": Preset(
            "Opposite corners belong together, and no straight line does that. Press "
            "Back, then Play: two hidden units fold the plane until a **straight** "
            "line will do. The bent line on the left is that very line, unfolded.",
            {},
        ),
        "Two units cannot enclose": Preset(
            "One class is all around the other. Look how the network does what it can, "
            "and why it must fail.",
            {"cloud": "Circles"},
        ),
        "Three units can": Preset(
            "One more unit, and there is a triangle. The hidden layer has three "
            "dimensions now: you see its two principal components.",
            {"cloud": "Circles", "units_each": 3},
        ),
        "Two moons, two layers": Preset(
            "Six units, then two: the second layer is seen as it is. Drag from layer "
            "to layer, and look how the moons come apart.",
            {
                "cloud": "Two moons",
                "layers": 2,
                "units_each": 6,
                "narrow_end": True,
                "start_seed": 7,
                TIME: 2.0,
            },
        ),
        "Spirals": Preset(
            "Twelve units, twelve, and two. Each layer unwinds a little more: compare "
            "what a straight cut gets right after each of them.",
            {
                "cloud": "Spirals",
                "layers": 3,
                "units_each": 12,
                "narrow_end": True,
                TIME: 3.0,
            },
        ),
        "Three classes": Preset(
            "Three outputs, the largest wins. Look at the corner of the hidden plane "
            "that each class is sent to.",
            {"cloud": "Three blobs", "start_seed": 1},
        ),
        "Click your own": Preset(
            "Choose a class below the plane on the left, and click. Which arrangements "
            "defeat two units?",
            {"cloud": OWN},
        ),
    },
    WARPING,
)
