"""The programs that find again what the page shows."""

from collections.abc import Sequence

from ui.approximation.answers import BEST, CURVED, EQUAL, Wanted
from ui.approximation.constructions import curvature_power
from ui.approximation.surface_fit import MOST_ITERATIONS as SURFACE_ITERATIONS
from ui.approximation.surface_fit import SIDE
from ui.approximation.targets import Target
from ui.approximation.training import MOST_ITERATIONS
from ui.snippets import program
from ui.surfaces import Surface

_SAMPLE = 8001  # points of a target that a program looks at
_FEWER = 1001  # where it looks at many networks
_TARGET = """\
def f(x):
    return {code}


x = np.linspace({low!r}, {high!r}, {n_points})
"""
_BEST_MAXIMUM = """\
units = best_units(x, f(x), {n_units}).units
network = ReLUNetwork([units.theta, units.phi], [units.beta, units.offset])
"""
_FITTED = """\
model = ShallowReLURegressor({n_units}, {settings})
network = model.fit(x[:, None], f(x)).network_
"""
_EQUAL = """\
nodes = np.linspace({low!r}, {high!r}, {n_units} + 1)
network = interpolant(nodes, f(nodes))
"""
_BY_CURVATURE = """\
bend = np.abs(np.gradient(np.gradient(f(x), x), x)) ** {power}
share = np.append(0, np.cumsum((bend[1:] + bend[:-1]) / 2 * np.diff(x)))
nodes = np.interp(np.linspace(0, share[-1], {n_units} + 1), share, x)
network = interpolant(nodes, f(nodes))
"""
_MEASURED = """\
error = network(x)[:, 0] - f(x)
print(joints(network, {low!r}, {high!r}))
print(np.abs(error).max(), np.sqrt(np.mean(error**2)))
"""
_AGAINST_D = """\
print("D, least known, proven, equal joints")
for n_units in (1, 2, 3, 5, 8, 13):
    best = best_units(x, f(x), n_units).max_error
    proven = best_broken_line(x, f(x), n_units).lower_bound
    nodes = np.linspace({low!r}, {high!r}, n_units + 1)
    equal = np.abs(interpolant(nodes, f(nodes))(x)[:, 0] - f(x)).max()
    print(n_units, best, proven, equal)
"""
_SURFACE = """\
def f(x, y):
    return {code}


edges = np.linspace({low!r}, {high!r}, {side} + 1)
x, y = np.meshgrid(edges[:-1] / 2 + edges[1:] / 2, edges[:-1] / 2 + edges[1:] / 2)
X = np.column_stack([x.ravel(), y.ravel()])
"""
_TRAINED_SURFACE = """\
model = ShallowReLURegressor(
    {n_units}, solver="variable_projection", alpha=0,
    max_iter={steps}, random_state={seed},
)
network = model.fit(X, f(x, y).ravel()).network_
error = network(X)[:, 0] - f(x, y).ravel()
print(np.abs(error).max(), np.sqrt(np.mean(error**2)))
"""
_JOINTS = "from estimators.geometry import joints"


def network_snippet(wanted: Wanted) -> str:
    """Write the Python program that finds the network looked at.

    Parameters
    ----------
    wanted : Wanted

    Returns
    -------
    str
        It looks at the target at evenly spread points, where the page looks closer
        wherever the target bends: errors agree to some digits.
    """
    imports, body = _found(wanted)
    target = wanted.target
    return program(
        _target_code(target),
        "\n".join([*imports, _JOINTS]),
        body + _MEASURED.format(low=float(target.low), high=float(target.high)),
    )


def law_snippet(target: Target) -> str:
    """Write the Python program that measures the largest error against D."""
    return program(
        _target_code(target, _FEWER),
        "from estimators.constructions import interpolant\n"
        "from estimators.minimax import best_broken_line, best_units",
        _AGAINST_D.format(low=float(target.low), high=float(target.high)),
    )


def surface_snippet(surface: Surface, n_units: int, seed: int) -> str:
    """Write the Python program that trains the network over the surface."""
    data = _SURFACE.format(
        code=surface.code, low=float(surface.low), high=float(surface.high), side=SIDE
    )
    return program(
        f"import numpy as np\n{data}",
        "from estimators import ShallowReLURegressor",
        _TRAINED_SURFACE.format(n_units=n_units, steps=SURFACE_ITERATIONS, seed=seed),
    )


def _found(wanted: Wanted) -> tuple[Sequence[str], str]:
    """Give the lines that import and that find the network."""
    target, n_units, norm, how = wanted
    low, high = float(target.low), float(target.high)
    built = ("from estimators.constructions import interpolant",)
    if how == EQUAL:
        return built, _EQUAL.format(low=low, high=high, n_units=n_units)
    if how == CURVED:
        power = curvature_power(norm)
        return built, _BY_CURVATURE.format(power=power, n_units=n_units)
    if how == BEST and norm == "max":
        return (
            "from estimators import ReLUNetwork",
            "from estimators.minimax import best_units",
        ), _BEST_MAXIMUM.format(n_units=n_units)
    settings = 'solver="free_knots", alpha=0'
    if how != BEST:
        steps = MOST_ITERATIONS["lbfgs"]
        settings = f'solver="lbfgs", alpha=0, max_iter={steps}, random_state=0'
    fitted = _FITTED.format(n_units=n_units, settings=settings)
    return ("from estimators import ShallowReLURegressor",), fitted


def _target_code(target: Target, n_points: int = _SAMPLE) -> str:
    body = _TARGET.format(
        code=target.code,
        low=float(target.low),
        high=float(target.high),
        n_points=n_points,
    )
    return f"import numpy as np\n{body}"
