"""The browser's networks against the library's, and how modules are joined."""

import json
import re
from base64 import b64encode
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import ui.instruments.bundle as bundling
from estimators import ReLUNetwork
from estimators.constructions import lecture
from estimators.geometry import linear_regions

pytestmark = pytest.mark.xdist_group("browser")

FOLDER = bundling._FOLDER
LOW, HIGH = -2.0, 3.0
BOX = np.array([[LOW, HIGH]])

ANSWERS = """
async ([url, cases]) => {
  const relu = await import(url);
  const answers = JSON.parse(cases).map(({ network, low, high, X }) => {
    const oneInput = network.weights[0][0].length === 1;
    return {
      outputs: X.map((x) => relu.evaluate(network, x)),
      preActivations: X.map((x) => relu.preActivations(network, x)),
      hidden: X.map((x) => relu.hiddenActivations(network, x)),
      patterns: X.map((x) => relu.activationPattern(network, x)),
      maps: X.map((x) => relu.affineMapOf(network, relu.activationPattern(network, x))),
      regions: oneInput ? relu.lineRegions(network, low, high) : null,
    };
  });
  return JSON.stringify(answers);
}
"""


def module_url(javascript):
    """An address from which a browser imports this text without any request."""
    return "data:text/javascript;base64," + b64encode(javascript.encode()).decode()


def relu_url():
    return module_url((FOLDER / "relu.js").read_text(encoding="utf-8"))


def as_javascript(network):
    return {
        "weights": [W.tolist() for W in network.weights],
        "biases": [b.tolist() for b in network.biases],
    }


def network_of_sizes(rng, sizes):
    layers = list(pairwise(sizes))
    return ReLUNetwork(
        [rng.normal(0, np.sqrt(2 / n), (m, n)) for n, m in layers],
        [rng.normal(0, 0.5, m) for _, m in layers],
    )


def in_special_position(rng, network):
    """Small integers, some without any bias, and every third unit twice."""
    weights = [np.clip(np.round(2 * W), -3, 3) for W in network.weights]
    keep = rng.random() < 0.5
    biases = [np.round(2 * b) * keep for b in network.biases]
    for k in range(network.depth):
        same = [u - (u % 3 == 1) for u in range(network.widths[k])]
        weights[k], biases[k] = weights[k][same], biases[k][same]
    return ReLUNetwork(weights, biases)


def random_networks(n_networks=200):
    rng = np.random.default_rng(1)
    for index in range(n_networks):
        # Half of them have one input, and half of these special position.
        n_inputs = 1 if index % 2 else rng.integers(2, 5)
        widths = rng.integers(1, 13, size=rng.integers(5))
        network = network_of_sizes(rng, [n_inputs, *widths, rng.integers(1, 4)])
        yield in_special_position(rng, network) if index % 4 == 1 else network


@pytest.fixture(scope="module")
def answers(browser):
    """Triples of a network, inputs, and what the browser says about them."""
    rng = np.random.default_rng(2)
    networks = list(random_networks())
    inputs = [rng.uniform(LOW, HIGH, (8, network.n_inputs)) for network in networks]
    cases = [
        {"network": as_javascript(network), "low": LOW, "high": HIGH, "X": X.tolist()}
        for network, X in zip(networks, inputs)
    ]
    page = browser.new_page()
    found = json.loads(page.evaluate(ANSWERS, [relu_url(), json.dumps(cases)]))
    page.close()
    return list(zip(networks, inputs, found, strict=True))


def close(actual, desired):
    """Equal to 1e-9 of the largest number there is."""
    desired = np.asarray(desired)
    size = np.abs(desired).max(initial=1)
    assert_allclose(actual, desired, rtol=0, atol=1e-9 * size)


def test_there_is_every_kind_of_network(answers):
    networks = [network for network, _, _ in answers]
    assert {network.n_inputs for network in networks} == {1, 2, 3, 4}
    assert {network.n_outputs for network in networks} == {1, 2, 3}
    assert {network.depth for network in networks} == {0, 1, 2, 3, 4}
    assert {w for network in networks for w in network.widths} == set(range(1, 13))


def test_values_are_those_of_the_library(answers):
    for network, X, found in answers:
        close(found["outputs"], network(X))
        for name, layers in [
            ("preActivations", network.pre_activations(X)),
            ("hidden", network.hidden(X)),
        ]:
            assert {len(row) for row in found[name]} == {network.depth}
            for k, desired in enumerate(layers):
                close([row[k] for row in found[name]], desired)


def test_patterns_and_affine_maps_are_those_of_the_library(answers):
    for network, X, found in answers:
        z = np.concatenate([np.ones((8, 1)), *network.pre_activations(X)], axis=1)
        away = (np.abs(z) > 1e-9).all(axis=1)
        patterns = np.array(found["patterns"], dtype=bool)
        assert_array_equal(patterns[away], network.activation_pattern(X)[away])
        slopes, intercepts = network.affine_maps(patterns)
        close([local["slopes"] for local in found["maps"]], slopes)
        close([local["intercepts"] for local in found["maps"]], intercepts)


def test_regions_of_a_line_are_those_of_the_library(answers):
    lines = [case for case in answers if case[0].n_inputs == 1]
    assert len(lines) == 100
    for network, _, found in lines:
        desired, regions = linear_regions(network, BOX), found["regions"]
        assert len(regions["breakpoints"]) == desired.breakpoints.size
        close(regions["breakpoints"], desired.breakpoints)
        assert_array_equal(
            np.array(regions["patterns"], dtype=bool).reshape(desired.patterns.shape),
            desired.patterns,
        )
        close(regions["slopes"], desired.slopes[:, :, 0])
        close(regions["intercepts"], desired.intercepts)


def test_the_tested_lines_have_regions_to_speak_of(answers):
    counts = [
        len(found["regions"]["patterns"])
        for network, _, found in answers
        if network.n_inputs == 1
    ]
    generic, special = counts[1::2], counts[::2]
    assert max(generic) > 20
    assert max(special) > 10


REGIONS = """
async ([url, network, low, high]) => {
  const { lineRegions } = await import(url);
  try {
    return lineRegions(network, low, high);
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}
"""


@pytest.fixture
def browser_regions(page):
    def regions(network, low, high):
        arguments = [relu_url(), as_javascript(network), low, high]
        return page.evaluate(REGIONS, arguments)

    return regions


def test_the_fold_composed_four_times(browser_regions):
    fold = network = lecture("fold")
    for _ in range(3):
        network = fold @ network
    assert len(browser_regions(network, -1.0, 1.0)["patterns"]) == 4**4


def test_zeros_at_the_ends_make_no_joint_and_near_zeros_one(browser_regions):
    zeros = np.array([-1, 0.25, 0.25 + 1e-13, 0.5, 1])
    network = ReLUNetwork([np.ones((5, 1)), np.ones((1, 5))], [-zeros, [0]])
    regions = browser_regions(network, -1.0, 1.0)
    assert_allclose(regions["breakpoints"], [0.25, 0.5], atol=1e-12)
    # The unit with its zero at the left end is on, that at the right end off.
    assert regions["patterns"] == [
        [True, False, False, False, False],
        [True, True, True, False, False],
        [True, True, True, True, False],
    ]


def test_a_unit_that_is_zero_on_a_region_is_off_there(browser_regions):
    network = ReLUNetwork([[[1]], [[1]], [[1]]], [[0], [0], [0]])
    regions = browser_regions(network, -1.0, 1.0)
    assert regions["breakpoints"] == [0]
    assert regions["patterns"] == [[False, False], [True, True]]


@pytest.mark.parametrize(
    "network, low, high, words",
    [
        (ReLUNetwork([[[1]]], [[0]]), 1.0, 1.0, "1 to 1"),
        (ReLUNetwork([[[1]]], [[0]]), 0.0, np.inf, "0 to Infinity"),
        (ReLUNetwork([[[1, 1]]], [[0]]), 0.0, 1.0, "One input is needed, got 2"),
        (ReLUNetwork([[[1e200]]] * 3, [[0]] * 3), 0.0, 1.0, "overflow"),
    ],
)
def test_refuses_what_has_no_regions_on_a_line(
    browser_regions, network, low, high, words
):
    answer = browser_regions(network, low, high)
    assert answer.startswith("RangeError: ")
    assert words in answer


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Three small modules in a folder that is bundled instead of the real one."""
    texts = {
        "sums": "export const ONE = 1;\n"
        "export function next(n) {\n  return n + ONE;\n}\n",
        "twice": 'import { next } from "./sums.js";\n'
        "export const three = next(next(1));\n",
        "counter": 'import { ONE, next } from "./sums.js";\n'
        'import { three } from "./twice.js";\n\n'
        "export default function (component) {\n"
        "  return [component, next(ONE), three];\n}\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
    monkeypatch.setattr(bundling, "_FOLDER", tmp_path)
    bundling.bundle.cache_clear()
    yield tmp_path
    bundling.bundle.cache_clear()


def test_joined_modules_run_as_one(folder, page):
    joined = bundling.bundle("sums", "twice", "counter")
    assert not re.search(r"\bimport\b", joined)
    assert re.findall(r"\bexport\b.*", joined) == [
        "export default function (component) {"
    ]
    script = 'async (url) => (await import(url)).default("element")'
    assert page.evaluate(script, module_url(joined)) == ["element", 2, 3]


def test_a_text_is_joined_once(folder):
    assert bundling.bundle("sums") is bundling.bundle("sums")


def test_an_unknown_module_is_refused_with_the_names_of_all(folder):
    with pytest.raises(
        ValueError, match=r"no axes\.js; there are: counter, sums, twice"
    ):
        bundling.bundle("sums", "axes")


def test_a_module_comes_after_those_it_imports_from(folder):
    with pytest.raises(ValueError, match="twice imports from sums"):
        bundling.bundle("twice", "sums")


def test_two_instruments_make_no_bundle(folder):
    (folder / "other.js").write_text("export default function () {}\n")
    with pytest.raises(ValueError, match="more than one default export"):
        bundling.bundle("sums", "twice", "counter", "other")


def test_relu_is_a_module_of_names_alone():
    assert not re.search(r"^(import|export)\b", bundling.bundle("relu"), re.MULTILINE)


def test_no_two_files_use_one_top_level_name():
    declared = re.compile(
        r"^(?:export )?(?:default )?(?:async )?(?:function\*?|const|let|class) (\w+)",
        re.MULTILINE,
    )
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js")]
    names = Counter(name for text in texts for name in declared.findall(text))
    assert names["lineRegions"] == 1
    assert [name for name, count in names.items() if count > 1] == []
