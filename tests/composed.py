"""What tests of composed networks share: such networks, and the browser's functions."""

import json

import numpy as np

from estimators import ReLUNetwork
from tests.test_relu_js import as_javascript, module_url
from ui.instruments.bundle import bundle

MODULES = ("relu", "axes", "shallow", "handles", "composing", "sheet")
NAMES = (
    "bothAt",
    "composedRegions",
    "cornersOf",
    "foldedSheet",
    "fusedNetwork",
    "inputsWithOutput",
    "intervalOfAllBends",
    "withCornerAt",
)
CALLS = """
async ([url, calls]) => {
  const module = await import(url);
  const answers = JSON.parse(calls).map(([name, ...rest]) => module[name](...rest));
  return JSON.stringify(answers);
}
"""


def ask(page, *calls):
    """Call functions of the instruments' modules, each a name and its arguments."""
    url = module_url(f"{bundle(*MODULES)}\nexport {{ {', '.join(NAMES)} }};")
    written = json.dumps(calls, default=as_javascript)
    return json.loads(page.evaluate(CALLS, [url, written]))


def network_of(answer):
    return ReLUNetwork(answer["weights"], answer["biases"])


def random_network(rng, n_units=None):
    """1 to 4 units that face either way, most joints in view."""
    n_units = n_units or rng.integers(1, 5)
    theta = rng.choice([-1, 1], n_units) * rng.uniform(0.3, 2, n_units)
    joints = rng.uniform(-1.3, 1.3, n_units)
    return ReLUNetwork(
        [theta[:, np.newaxis], rng.normal(0, 1.5, (1, n_units))],
        [-theta * joints, rng.normal(0, 0.5, 1)],
    )


def random_pairs(n_pairs=60, seed=0):
    rng = np.random.default_rng(seed)
    return [(random_network(rng), random_network(rng)) for _ in range(n_pairs)]
