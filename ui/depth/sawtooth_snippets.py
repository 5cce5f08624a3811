"""The programs that find again what the Sawtooth step shows."""

from ui.depth.learning import ADAM, DEEP, FOUND, SETTINGS, SHALLOW, Study
from ui.depth.teeth import Norm
from ui.snippets import program

_TEETH = """\
import numpy as np
k = {n_folds}
n_pieces = 2**k
x = np.arange(n_pieces + 1) / n_pieces
y = np.arange(n_pieces + 1) % 2.0
"""
_IMPORTS = """\
from estimators.constructions import interpolant, sawtooth
from estimators.geometry import joints
"""
_BUILT = """\
deep = sawtooth(k)
shallow = interpolant(x, y)
difference = max(
    np.abs(deep(part) - shallow(part)).max() for part in np.array_split(x, k)
)
print(sum(deep.widths), deep.n_parameters)
print(sum(shallow.widths), shallow.n_parameters)
print(np.array_equal(joints(deep, 0, 1), joints(shallow, 0, 1)), difference)
"""
_LEVEL = """\
# Any straight piece crosses 1/2 once: with up to 2**k - 2 units nothing is better.
network = ReLUNetwork(
    [np.zeros(({n_units}, 1)), np.zeros((1, {n_units}))], [np.zeros({n_units}), [0.5]]
)
"""
_MINIMAX = """\
places = np.linspace(0, 1, {n_places})
units = best_units(places, sawtooth(k)(places)[:, 0], {n_units}).units
network = ReLUNetwork([units.theta, units.phi], [units.beta, units.offset])
"""
_WHOLE = """\
network = interpolant(x, y)
"""
_MEAN = """\
missed = n_pieces - {n_units}
height = np.sqrt(missed) / (np.sqrt(missed + 1) + np.sqrt(missed))
leaves, level = (missed + height) / n_pieces, abs(y[missed] - height)
built = interpolant([leaves, *x[missed + 1 :]], [level, *y[missed + 1 :]])

places = (np.arange({n_places}) + 0.5) / {n_places}
model = ShallowReLURegressor({n_units}, solver="free_knots", alpha=0)
fitted = model.fit(places[:, None], sawtooth(k)(places)[:, 0]).network_
"""
_ERRORS = """\
def errors(network):
    ends = np.union1d(x, joints(network, 0, 1))  # straight in between
    error = network(ends)[:, 0] - np.interp(ends, x, y)
    a, b = error[:-1], error[1:]
    square = (np.diff(ends) * (a * a + a * b + b * b)).sum() / 3
    return np.abs(error).max(), np.sqrt(square)


"""
_LEARNED = """\
spread = 1 / np.sqrt(12)
models = {{
    "deep": DeepReLURegressor({n_folds}, {width}, {deep}),
    "adam": DeepReLURegressor(
        {n_folds}, {width}, {adam}
    ),
    "shallow": ShallowReLURegressor({units}, {shallow}),
}}
rmse = {{name: [] for name in models}}
for seed in range({n_seeds}):
    X = np.random.default_rng(seed).uniform(size=({n_rows}, 1))
    for name, model in models.items():
        model.set_params(random_state=seed).fit(X, sawtooth(k)(X)[:, 0])
        rmse[name].append(errors(model.network_)[1] / spread)
for name, errors_of_runs in rmse.items():
    print(name, sum(error < {found} for error in errors_of_runs), min(errors_of_runs))
"""


def built_snippet(n_folds: int) -> str:
    """Write the program that builds the sawtooth twice, and compares."""
    return program(_TEETH.format(n_folds=n_folds), _IMPORTS, _BUILT)


def fewer_snippet(n_folds: int, n_units: int, norm: Norm) -> str:
    """Write the program that finds the network of fewer units, and measures it."""
    n_pieces = 2**n_folds
    imports, ends = _IMPORTS, "print(*errors(network))"
    if n_units == n_pieces:
        body = _WHOLE
    elif norm == "rms":
        imports += "from estimators import ShallowReLURegressor\n"
        body = _MEAN.format(n_units=n_units, n_places=max(16 * n_pieces, 500))
        ends = "network = min(built, fitted, key=lambda each: errors(each)[1])\n" + ends
    elif n_units < n_pieces - 1:
        imports += "from estimators import ReLUNetwork\n"
        body = _LEVEL.format(n_units=n_units)
    else:
        imports += (
            "from estimators import ReLUNetwork\n"
            "from estimators.minimax import best_units\n"
        )
        body = _MINIMAX.format(n_units=n_units, n_places=16 * n_pieces + 1)
    return program(_TEETH.format(n_folds=n_folds), imports, _ERRORS + body + ends)


def learned_snippet(study: Study) -> str:
    """Write the program that trains all networks of a study."""
    body = _LEARNED.format(
        n_folds=study.n_folds,
        width=study.width,
        units=study.shallow_units,
        deep=_written(DEEP),
        adam=_written(ADAM),
        shallow=_written(SHALLOW),
        n_seeds=study.n_seeds,
        n_rows=study.n_rows,
        found=FOUND,
    )
    imports = (
        "from estimators import DeepReLURegressor, ShallowReLURegressor\n"
        "from estimators.constructions import sawtooth\n"
        "from estimators.geometry import joints\n"
    )
    return program(_TEETH.format(n_folds=study.n_folds), imports, _ERRORS + body)


def _written(method: str) -> str:
    """Write the settings of a method as keyword arguments."""
    pairs = SETTINGS[method].items()
    return ", ".join(
        f'{name}="{value}"' if isinstance(value, str) else f"{name}={value}"
        for name, value in pairs
    )
