"""What can be set in the step Real data, and its presets."""

from ui.presets import Preset, PresetBar
from ui.questions import ASK
from ui.representation.network_controls import layer_control, network_controls
from ui.representation.real_data import BUNDLED
from ui.representation.training import Shape
from ui.state import Choice, Table

UPLOADED = "Your file"
REAL, REAL_TIME = "real", "real_layer"
PREFIX = "real_"
MOST_REAL_UNITS = 64

REAL_NETWORK = network_controls(PREFIX, Shape((16, 16), "adam", 0), MOST_REAL_UNITS)
REAL_DATA = Table(
    Choice(
        key=REAL,
        label="Table",
        options=(*BUNDLED, UPLOADED),
        default="Digits",
        look="menu",
    ),
    *REAL_NETWORK.values(),
    layer_control(REAL_TIME, 2.0),
    ASK,
)
REAL_BAR = PresetBar(
    "real_tables",
    {
        "Digits come apart": Preset(
            "Left, the pixels: classes overlap in their first two principal "
            "components. Right, the last hidden layer. Point at a dot that went "
            "astray, and look at what was written.",
            {},
        ),
        "Squeezed through two units": Preset(
            "The last layer has two units, so nothing is hidden from you: classes line "
            "up in rays, and two directions hardly suffice for ten of them.",
            {"real_narrow_end": True},
        ),
        "Irises": Preset(
            "Three species, four lengths. One is apart from the start; look what the "
            "layers do to the other two.",
            {REAL: "Iris", "real_units_each": 4},
        ),
        "One layer, wide": Preset(
            "Does it need depth? Compare the numbers below with those of two layers.",
            {"real_layers": 1, "real_units_each": 64, REAL_TIME: 1.0},
        ),
        "Your table": Preset(
            "Upload a table with a column of classes.", {REAL: UPLOADED}
        ),
    },
    REAL_DATA,
)
