"""The real tables that come with the dashboard, by title."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import plotly.data

from estimators import datasets


class BundledTable(NamedTuple):
    """A table and what to look at in it first.

    Attributes
    ----------
    load : callable
        Takes nothing and returns the DataFrame of shape (n_rows, n_columns).
    x, y : str
        The columns chosen at first.
    sentence : str
        What they are, with units.
    source : str
        Who made the data.
    code : str
        Python lines that define ``frame``, for the snippet to copy.
    """

    load: Callable[[], pd.DataFrame]
    x: str
    y: str
    sentence: str
    source: str
    code: str


def _gapminder() -> pd.DataFrame:
    """Take the last year, 2007: one row a country."""
    frame = plotly.data.gapminder()
    columns = ["country", "continent", "gdpPercap", "lifeExp", "pop"]
    return frame.loc[frame["year"] == 2007, columns].reset_index(drop=True)


BUNDLED: dict[str, BundledTable] = {
    "Diabetes": BundledTable(
        load=datasets.diabetes,
        x="bmi",
        y="target",
        sentence="442 patients: progress of the disease in one year (a score from 25 "
        "to 346) against body mass index in kg/m².",
        source="Efron, Hastie, Johnstone and Tibshirani (2004), with scikit-learn.",
        code="from estimators.datasets import diabetes\n\nframe = diabetes()",
    ),
    "Life expectancy": BundledTable(
        load=_gapminder,
        x="gdpPercap",
        y="lifeExp",
        sentence="142 countries in 2007: life expectancy in years against gross "
        "domestic product per person in US dollars; steep at first, then flat.",
        source="Gapminder Foundation, with Plotly.",
        code="import plotly.data\n\nframe = plotly.data.gapminder()\n"
        'frame = frame[frame["year"] == 2007]',
    ),
}
