"""The program that chooses a width as the page does."""

from ui.regression.generalise_study import Study
from ui.regression.generalising import MAX_ROWS, untrained
from ui.snippets import program


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
    settings, code = study.settings, study.data.code
    imports = [
        "from sklearn.model_selection import GridSearchCV, KFold, train_test_split",
        "from estimators import ShallowReLURegressor",
    ]
    fewer = ""
    if len(study.data.x) > MAX_ROWS:
        imports.append("from sklearn.utils import shuffle")
        fewer = (
            f"x, y = shuffle(x, y, n_samples={MAX_ROWS}, "
            f"random_state={settings.seed})\n"
        )
    given = untrained(settings.width, settings).get_params()
    common = ", ".join(
        f"{name}={given[name]!r}" for name in ("solver", "alpha", "random_state")
    )
    return program(
        code,
        "\n".join(imports),
        f"""\
{fewer}X_train, X_test, y_train, y_test = train_test_split(
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
""",
    )
