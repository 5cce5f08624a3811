"""The browser's linear maps and activations against the library's."""

import json

import numpy as np
import pytest
from numpy.testing import assert_allclose

from estimators.representation import svd_stages
from tests.test_relu_js import FOLDER, module_url
from ui.representation.activations import ACTIVATIONS

pytestmark = pytest.mark.xdist_group("browser")

TIMES = (0, 0.3, 1, 1.7, 2, 2.5, 3)
ASK_MAPS = """
async ([url, maps, times]) => {
  const { svd2, mapAt } = await import(url);
  return JSON.stringify(maps.map((theta) => {
    const parts = svd2(theta);
    return { parts, moments: times.map((time) => mapAt(parts, time)) };
  }));
}
"""
ASK_ACTIVATIONS = """
async ([url, inputs]) => {
  const { ACTIVATIONS } = await import(url);
  const kinds = Object.entries(ACTIVATIONS);
  return JSON.stringify(
    Object.fromEntries(kinds.map(([name, { f }]) => [name, inputs.map((z) => f(z))])),
  );
}
"""


def url_of(name):
    return module_url((FOLDER / f"{name}.js").read_text(encoding="utf-8"))


def maps():
    """Random maps, and those with a special place among them."""
    rng = np.random.default_rng(3)
    random = rng.normal(size=(100, 2, 2)) * 10.0 ** rng.integers(-3, 4, (100, 1, 1))
    whole = rng.integers(-2, 3, (100, 2, 2)).astype(float)  # many are singular
    angle = rng.uniform(-np.pi, np.pi, 20)
    turns = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    mirrors = turns * np.array([1, -1])[None, :, None]
    special = [np.zeros((2, 2)), np.eye(2), -np.eye(2), [[0, 1], [1, 0]]]
    return [*random, *whole, *turns.transpose(2, 0, 1), *mirrors.transpose(2, 0, 1)] + [
        np.array(each, float) for each in special
    ]


@pytest.fixture(scope="module")
def blank(browser):
    page = browser.new_page()
    yield page
    page.close()


def test_stages_are_those_of_the_library(blank):
    url = url_of("svd")
    listed = [theta.tolist() for theta in maps()]
    found = json.loads(blank.evaluate(ASK_MAPS, [url, listed, TIMES]))
    for theta, answer in zip(maps(), found, strict=True):
        stages, size = svd_stages(theta), np.abs(theta).max(initial=1)
        parts = answer["parts"]
        assert_allclose(parts["scale"], stages.scale, atol=1e-9 * size)
        assert (parts["rank"], parts["reflects"]) == (stages.rank, stages.reflects)
        assert_allclose(parts["determinant"], stages.determinant, atol=1e-9 * size**2)
        moments = [stages.at(time) for time in TIMES]
        assert_allclose(answer["moments"], moments, rtol=0, atol=1e-9 * size)
        assert_allclose(answer["moments"][-1], theta, rtol=0, atol=1e-9 * size)


def test_activations_are_those_of_the_library(blank):
    inputs = np.concatenate([np.linspace(-40, 40, 1601), [1e-9, -1e-9, 3.0, -3.0]])
    url = url_of("activations")
    found = json.loads(blank.evaluate(ASK_ACTIVATIONS, [url, inputs.tolist()]))
    assert list(found) == list(ACTIVATIONS)
    for name, activation in ACTIVATIONS.items():
        expected = activation.function(inputs)
        assert_allclose(found[name], expected, rtol=1e-9, atol=1e-12)
