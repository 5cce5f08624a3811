"""What a reader takes away from a page: the program that rebuilds what is shown."""

from estimators import ShallowReLURegressor
from ui.regression.fitting import TEST_SIZE, Fit, Shown
from ui.snippets import program

_KEPT = """\
model.fit(X_train, y_train)
"""
_LOOKED_AT = """\
for state in model.iter_fit(X_train, y_train):
    if state.iteration == {}:
        break
model = ShallowReLURegressor.from_network(state.network)
"""


def fit_snippet(fit: Fit, shown: Shown, data_code: str) -> str:
    """Write the Python program that rebuilds the network shown.

    Parameters
    ----------
    fit : Fit
        With at least one state computed.
    shown : Shown
        Its network of now or of a moment that was kept.
    data_code : str
        Lines that define ``x`` and ``y``, arrays of shape (n_samples,).

    Returns
    -------
    str
    """
    parameters = fit.settings.parameters()
    if fit.job.status in ("stopped", "out of time"):
        parameters["max_iter"] = max(1, fit.job.history[-1].iteration)
    defaults = ShallowReLURegressor().get_params()
    given = ", ".join(
        f"{name}={value!r}"
        for name, value in parameters.items()
        if value != defaults[name] or name == "width"
    )
    end = _KEPT if shown.iteration is None else _LOOKED_AT.format(shown.iteration)
    return program(
        data_code,
        "from sklearn.model_selection import train_test_split\n"
        "from estimators import ShallowReLURegressor",
        f"""\
X_train, X_test, y_train, y_test = train_test_split(
    x[:, None], y, test_size={TEST_SIZE}, random_state={fit.settings.random_state}
)
model = ShallowReLURegressor({given})
{end}print(model.joints_)
print(model.score(X_test, y_test))
""",
    )
