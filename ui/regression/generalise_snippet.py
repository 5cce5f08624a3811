"""The program that chooses a width as the page does."""

from ui.regression.generalise_study import Study
from ui.regression.generalising import MAX_ROWS, untrained


def generalise_snippet(study: Study) -> str:
    """Write the Python program that finds the width which cross-validation picks.

    Parameters
    ----------
    study : Study

    Returns
    -------
    str
        It also trains the network of the width shown, on the same rows.
    """
    settings = study.settings
    imports, lines = _parted(study.data.code)
    if len(study.data.x) > MAX_ROWS:
        imports.append("from sklearn.utils import shuffle")
        lines.append(
            f"x, y = shuffle(x, y, n_samples={MAX_ROWS}, random_state={settings.seed})"
        )
    theirs = [line for line in imports if "estimators" not in line]
    ours = [line for line in imports if "estimators" in line]
    given = untrained(settings.width, settings).get_params()
    common = ", ".join(
        f"{name}={given[name]!r}" for name in ("solver", "alpha", "random_state")
    )
    head = "\n".join(
        [
            *theirs,
            "from sklearn.model_selection import GridSearchCV, KFold, train_test_split",
            "",
            "from estimators import ShallowReLURegressor",
            *ours,
        ]
    )
    body = "\n".join(lines).strip()
    return f"""\
{head}

{body}

X_train, X_test, y_train, y_test = train_test_split(
    x[:, None], y, train_size={settings.n_train}, random_state={settings.seed}
)
search = GridSearchCV(
    ShallowReLURegressor({common}),
    {{"width": {list(settings.widths)}}},
    scoring="neg_mean_squared_error",
    cv=KFold({settings.n_folds}, shuffle=True, random_state={settings.seed}),
)
search.fit(X_train, y_train)
print(search.best_params_["width"], -search.best_score_)
print(-search.score(X_test, y_test))

model = ShallowReLURegressor({settings.width}, {common})
model.fit(X_train, y_train)
print(model.score(X_train, y_train), model.score(X_test, y_test))
"""


def _parted(code: str) -> tuple[list[str], list[str]]:
    """Tell the imports of a program from what follows."""
    imports, lines = [], []
    for line in code.split("\n"):
        (imports if line.startswith(("import ", "from ")) else lines).append(line)
    return imports, lines
