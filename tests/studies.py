"""Small studies of how networks generalise, and the data for them."""

from estimators.datasets import toy
from ui.bundled import BUNDLED
from ui.picked_data import Law, PickedData
from ui.regression.generalise_study import study_for
from ui.regression.generalising import GeneraliseSettings

QUICK = GeneraliseSettings(
    width=3, n_train=20, n_repeats=2, max_width=4, n_folds=3, seed=1
)


def picked(name="sine", n=60, noise=0.1, public=False):
    """Toy data as the page picks them."""
    data = toy(name, n, noise)
    code = (
        "from estimators.datasets import toy\n\n"
        f"data = toy({name!r}, n_samples={n}, noise={noise})\nx, y = data.x, data.y"
    )
    identity = ("toy", name, n, noise, 0)
    law = Law(data.target, data.kinks, data.low, data.high, noise)
    return PickedData(data.x, data.y, ("x", "y"), law, code, identity, public)


def table():
    """Data that somebody measured."""
    bundled = BUNDLED["Life expectancy"]
    names = ("gdpPercap", "lifeExp")
    x, y = bundled.load()[list(names)].to_numpy(float).T
    code = f"{bundled.code}\nx, y = frame[{list(names)}].to_numpy(float).T"
    return PickedData(x, y, names, None, code, "table", False)


def studied(data=None, settings=QUICK, session=None):
    """A study that has ended."""
    study = study_for({} if session is None else session, data or picked(), settings, 0)
    while study.running:
        study.tick(10.0)
    assert study.errors == []
    return study
