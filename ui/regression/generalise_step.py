"""The step of the Regression page that asks how a network does on other data."""

import streamlit as st

from ui.data_controls import COLUMN_DEFAULTS, DATA, SOURCE
from ui.data_picker import pick_data
from ui.pace import rerun_only
from ui.picked_data import PickedData
from ui.presets import Preset, PresetBar
from ui.questions import ASK
from ui.regression.generalise_view import VIEW, show_generalise
from ui.regression.generalising import (
    MAX_WIDTH,
    MIN_TEST,
    MIN_TRAIN,
    GeneraliseSettings,
)
from ui.shared_controls import penalty_control, seed_control
from ui.state import Choice, Number, Table

_DEFAULTS = GeneraliseSettings()

GENERALISE = Table(
    Number(
        key="d",
        label="Width D to look at",
        low=1,
        high=MAX_WIDTH,
        default=_DEFAULTS.width,
        help="The network in the third picture, in the residuals and in the table.",
    ),
    Choice(
        key="train",
        label="Training rows",
        options=(8, 10, 15, 20, 30, 50, 100, 150, 300, 700),
        default=_DEFAULTS.n_train,
        look="slider",
        help="Drawn at random. All other rows are test data.",
    ),
    penalty_control(
        "penalty",
        _DEFAULTS.alpha,
        ". 0: none, so that nothing keeps a wide network from following the noise.",
    ),
    Choice(
        key="widest",
        label="Largest D tried",
        options=(5, 12, 20, 30, 50, 80, MAX_WIDTH),
        default=MAX_WIDTH,
        look="slider",
    ),
    Number(
        key="repeats",
        label="Random splits",
        low=1,
        high=20,
        default=_DEFAULTS.n_repeats,
        help="How often every D is tried, each time on other training rows.",
    ),
    Number(
        key="folds",
        label="Folds",
        low=3,
        high=10,
        default=_DEFAULTS.n_folds,
        help="Parts of the training rows in cross-validation: each is left out once.",
    ),
    seed_control("split", "Seed of the splits", _DEFAULTS.seed),
    ASK,
)

# In the order of `GeneraliseSettings`.
_SETTINGS = ("d", "train", "repeats", "widest", "penalty", "folds", "split")

GENERALISE_BAR = PresetBar(
    "generalise",
    {
        "A good example of over-fitting": Preset(
            "Many units, few data: the network goes through nearly every training "
            "point, noise and all. Look how the error on the training rows falls as D "
            "grows, while that on other data falls and then rises.",
            {},
        ),
        "More data": Preset(
            "The same universe, seen through 150 rows: one network can no longer go "
            "through them all. Look how close the curves stay to each other.",
            {"train": 150},
        ),
        "A penalty": Preset(
            "The few rows again, with a penalty on the weights. Look how little harm "
            "more units do than they need.",
            {"penalty": 0.001},
        ),
        "Patients": Preset(
            "Diabetes after a year against body mass: hardly anything to find but a "
            "line. Look at the straight line in the table, and at which D "
            "cross-validation picks.",
            {"data": "Real table", "table": "Diabetes", "train": 50, "d": 20},
        ),
        "Countries": Preset(
            "Life expectancy against income: steep, then flat. Look whether a network "
            "of few units beats the straight line on countries it has not seen.",
            {"data": "Real table", "table": "Life expectancy", "train": 50, "d": 3},
        ),
    },
    Table(SOURCE, *DATA.values(), *GENERALISE.values()),
    also=COLUMN_DEFAULTS,
)


def show_generalise_step() -> None:
    """Let the reader choose data and widths, and show what comes of them."""
    table = GENERALISE_BAR.choose()
    controls, view = st.columns((2, 5), gap="large")
    with controls:
        data = pick_data(table, MIN_TRAIN + MIN_TEST)
        _choose(table)
    with view:
        if data is None:
            GENERALISE_BAR.show_history()
        else:
            VIEW.draw(_show, data)


def _choose(table: Table) -> None:
    redraw = rerun_only(VIEW.key)
    table.draw("d", on_change=redraw)
    for keys in (("train", "penalty"), ("widest", "repeats"), ("folds", "split")):
        places = st.columns(2, wrap=False)
        for key, place in zip(keys, places, strict=True):
            table.draw(key, place, on_change=redraw)
    table.draw(ASK.key)


def _show(data: PickedData) -> None:
    settings = GeneraliseSettings(*map(GENERALISE.value, _SETTINGS))
    show_generalise(data, settings, GENERALISE_BAR, GENERALISE.value(ASK.key))
