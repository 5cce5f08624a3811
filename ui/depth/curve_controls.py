"""What can be set in the step that shows figure 20.2."""

from ui.presets import Preset, PresetBar
from ui.questions import ASK
from ui.state import Choice, Number, Table

RECORDED, LIVE = "Recorded", "Live, small"
RUN = Choice(
    key="curve_run",
    label="Networks",
    options=(RECORDED, LIVE),
    default=RECORDED,
    help="Recorded: hours of training, by the library's own gradient descent; the "
    "command that repeats it is below. Live: the same program with fewer examples and "
    "narrower networks, trained now.",
)
LABELS = Choice(
    key="curve_labels",
    label="Labels",
    options=("random", "true"),
    default="random",
    help="Random: each example is given one of ten labels by chance, so that there is "
    "nothing to understand and all has to be learned by heart. True: the digit shown.",
)
SHOWN = Choice(
    key="curve_shown",
    label="Show",
    options=("training errors", "test errors", "loss"),
    default="training errors",
)
AXIS = Choice(
    key="curve_axis",
    label="Epochs",
    options=("linear", "logarithmic"),
    default="linear",
)
EXAMPLES = Choice(
    key="curve_examples",
    label="Examples",
    options=(200, 400, 800),
    default=400,
    look="slider",
    help="Widths follow, so that there are as many parameters for each example as in "
    "the figure.",
)
RATE = Choice(
    key="curve_rate",
    label="Learning rate",
    options=(0.0025, 0.01, 0.05, 0.2),
    default=0.05,
    look="slider",
    help="The figure's is 0.0025. A greater one needs fewer epochs, until steps jump "
    "too far.",
)
SEED = Number(
    key="curve_seed",
    label="Seed",
    low=0,
    high=9999,
    default=0,
    look="field",
    help="Of the random labels and of the start.",
)
CURVE_BAR = PresetBar(
    "curves",
    {
        "Random labels": Preset(
            "Figure 20.2, trained by this library: nothing about these labels can be "
            "understood. Look how many of the 4,000 the networks learn by heart all "
            "the same, and which of them come down first.",
            {},
        ),
        "True labels": Preset(
            "The same networks with the digits that the examples show. Look how much "
            "sooner most examples are right than with random labels.",
            {LABELS.key: "true", AXIS.key: "logarithmic"},
        ),
        "What is learned by heart is no use": Preset(
            "Errors on 1,000 examples that no network has seen. Look at the dotted "
            "line: with random labels all stay about as good as guessing. Some per "
            "cent above or below it are chance.",
            {SHOWN.key: "test errors"},
        ),
        "What can be understood": Preset(
            "The same with true labels. Look whether curves turn: whether networks "
            "are best on new examples before they are perfect on the old ones.",
            {
                LABELS.key: "true",
                SHOWN.key: "test errors",
                AXIS.key: "logarithmic",
            },
        ),
        "The loss": Preset(
            "Look where the curves start: at ln 10 = 2.3 and some more, as for "
            "guessing, and how high they still are where the last error goes.",
            {SHOWN.key: "loss", AXIS.key: "logarithmic"},
        ),
        "Live: 400 examples": Preset(
            "Four small networks are trained before your eyes. Look whether the order "
            "is that of the figure, and change the seed: it is not a law.",
            {RUN.key: LIVE},
        ),
        "Live: 200 examples": Preset(
            "Half as many, and narrower networks. Look which come down quickly and "
            "which get stuck: in a narrow layer, units that have died are missed.",
            {RUN.key: LIVE, EXAMPLES.key: 200},
        ),
        "Live: 800 examples": Preset(
            "Twice as many examples, and networks of twice as many parameters. Look "
            "how many more epochs they take, and which are done within the minute.",
            {RUN.key: LIVE, EXAMPLES.key: 800},
        ),
        "Live: steps too long": Preset(
            "Rate 0.2, eighty times the figure's: fewer epochs, as long as it goes "
            "well. Look whether all four still learn.",
            {RUN.key: LIVE, RATE.key: 0.2},
        ),
    },
    Table(RUN, LABELS, SHOWN, AXIS, EXAMPLES, RATE, SEED, ASK),
    pictures=(RUN.key, LABELS.key),
)
