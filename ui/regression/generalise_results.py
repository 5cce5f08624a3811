"""What a sweep over widths found, in numbers and in words."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ui.figures.error_chart import Errors, HeldOut
from ui.regression.generalising import GeneraliseSettings, Score

Array = NDArray[np.floating]


def error_curves(scores: Iterable[Score]) -> Errors:
    """Summarise the scores of the repeated splits, one of them at least."""
    table = pd.DataFrame(
        [
            (s.width, s.training, s.test, s.universe)
            for s in scores
            if s.repeat is not None
        ],
        columns=["width", "training", "test", "universe"],
    )
    groups = table.groupby("width")
    universe = None if table["universe"].isna().any() else groups["universe"].median()
    return Errors(
        np.array(sorted(groups.groups)),
        *(
            np.stack([groups[part].quantile(q) for q in (0.25, 0.5, 0.75)])
            for part in ("training", "test")
        ),
        None if universe is None else universe.to_numpy(),
    )


def cross_validation(
    scores: Iterable[Score], settings: GeneraliseSettings
) -> HeldOut | None:
    """Summarise the scores of the folds; None as long as some are missing."""
    errors = [s.test for s in scores if s.fold is not None]
    if len(errors) < len(settings.widths) * settings.n_folds:
        return None
    by_fold = np.reshape(errors, (settings.n_folds, len(settings.widths)))
    return HeldOut(
        np.array(settings.widths),
        by_fold.mean(axis=0),
        by_fold.std(axis=0, ddof=1) / np.sqrt(settings.n_folds),
    )


def score_columns(scores: Sequence[Score]) -> tuple[list[str], list[Array]]:
    """Return all scores as columns to take away, their names and their values.

    A row is a network; it has a split or a fold, and NaN for the other.
    """
    names = ["width", "repeat", "fold", "training", "test", "universe"]
    values = [getattr(score, name) for score in scores for name in names]
    return names, list(np.array(values, dtype=float).reshape(-1, len(names)).T)


def finding(curves: Errors, chosen: HeldOut | None) -> str:
    """Say in Markdown what the errors of all widths show, so far as they are known."""
    low, high = curves.widths[0], curves.widths[-1]
    first, last = curves.training[1][[0, -1]]
    best, at_best = curves.best, curves.test[1].min()
    verb = "falls" if last < first else "goes"
    sentences = [
        f"As D grows from {low} to {high}, training error {verb} from {first:.4g} to "
        f"{last:.4g}.",
        f"Test error is lowest at **D = {best}**: {at_best:.4g}.",
    ]
    at_end = curves.test[1][-1]
    if at_end > 1.05 * at_best > 0:
        sentences.append(f"At D = {high} it is {at_end / at_best:.2g} times as large.")
    if chosen:
        sentences.append(
            f"Cross-validation, which sees the training rows only, picks "
            f"**D = {chosen.best}**; the smallest network within one standard error "
            f"of that has D = {chosen.one_error_rule}."
        )
    return " ".join(sentences)
