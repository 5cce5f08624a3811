"""The browser's polygons against the library's."""

import json

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from estimators import ReLUNetwork
from estimators.bounds import zaslavsky
from estimators.constructions import lecture
from estimators.geometry import linear_regions
from tests.test_relu_js import (
    as_javascript,
    in_special_position,
    module_url,
    network_of_sizes,
)
from ui.instruments.bundle import bundle

pytestmark = pytest.mark.xdist_group("browser")

SHAPES = [[2, n, 1 + n % 2] for n in range(1, 17)] + [[2, 8, 6, 1], [2, 6, 3, 2, 2]]
ANSWERS = """
async ([url, cases]) => {
  const { planePolygons } = await import(url);
  const found = JSON.parse(cases).map((described) => planePolygons(...described));
  return JSON.stringify(found);
}
"""
EVERYWHERE = """
async ([url, network, box]) => {
  const { boxOfAll, planePolygons } = await import(url);
  return planePolygons(network, boxOfAll(network, box)).length;
}
"""


def polygons_url():
    return module_url(
        bundle("relu", "polygons") + "\nexport { boxOfAll, planePolygons };"
    )


def in_browser(page, cases):
    sent = json.dumps([[as_javascript(network), box] for network, box in cases])
    return json.loads(page.evaluate(ANSWERS, [polygons_url(), sent]))


def random_cases(special):
    rng = np.random.default_rng(7)
    cases = []
    for sizes in SHAPES:
        network = network_of_sizes(rng, sizes)
        low = rng.normal(size=2)
        box = np.column_stack([low - rng.uniform(0.5, 3, 2), low + 1])
        if special:
            network, box = in_special_position(rng, network), np.array([[-2.0, 2]] * 2)
        cases.append((network, box.tolist()))
    return cases


def without_straight_corners(corners):
    """The corners where a polygon turns, from the one that is first in order."""
    corners = np.asarray(corners)
    before, after = np.roll(corners, 1, axis=0), np.roll(corners, -1, axis=0)
    (ax, ay), (bx, by) = (corners - before).T, (after - corners).T
    turns = ax * by - ay * bx > 1e-9 * np.hypot(ax, ay) * np.hypot(bx, by)
    corners = corners[turns]
    start = np.lexsort(np.round(corners, 6).T[::-1])[0]
    return np.roll(corners, -start, axis=0)


@pytest.mark.parametrize("special", [False, True], ids=["generic", "special"])
def test_they_are_the_librarys(page, special):
    cases = random_cases(special)
    counts = []
    for (network, box), found in zip(cases, in_browser(page, cases)):
        regions = linear_regions(network, box)
        vertices, offsets = regions.polygons()
        patterns = np.array([polygon["pattern"] for polygon in found])
        ours, theirs = np.lexsort(patterns.T), np.lexsort(regions.patterns.T)
        assert_array_equal(patterns[ours], regions.patterns[theirs])
        areas = np.array([polygon["area"] for polygon in found])
        assert_allclose(areas[ours], regions.areas[theirs], atol=1e-9, rtol=0)
        assert_allclose(areas.sum(), np.prod(np.diff(box)), rtol=1e-12)
        for i, j in zip(ours, theirs):
            assert_allclose(found[i]["slopes"], regions.slopes[j], atol=1e-9)
            assert_allclose(found[i]["intercepts"], regions.intercepts[j], atol=1e-9)
            assert_allclose(
                without_straight_corners(found[i]["corners"]),
                without_straight_corners(vertices[offsets[j] : offsets[j + 1]]),
                atol=1e-9,
            )
        counts.append(len(found))
    assert max(counts) > 30


def test_edges_know_what_made_them(page):
    network, box = lecture("two_inputs"), [[-1, 1], [-1, 1]]
    (found,) = in_browser(page, [(network, box)])
    for polygon in found:
        corners = np.array(polygon["corners"])
        middles = (corners + np.roll(corners, -1, axis=0)) / 2
        for (layer, number), middle in zip(polygon["makers"], middles):
            if layer < 0:
                side = [(1, -1), (0, 1), (1, 1), (0, -1)][number]
                assert middle[side[0]] == side[1]
            else:
                assert abs(network.pre_activations([middle])[0][0, number]) < 1e-12


def test_the_seven_patterns_of_the_lecture_and_the_missing_010(page):
    (found,) = in_browser(page, [(lecture("two_inputs"), [[-1, 1], [-1, 1]])])
    patterns = {"".join(str(int(on)) for on in p["pattern"]) for p in found}
    assert patterns == {"000", "001", "011", "100", "101", "110", "111"}
    (flat,) = [p for p in found if not any(p["pattern"])]
    assert flat["slopes"] == [[0, 0]]
    corners = {
        tuple(np.round(c, 3)) for p in found for c in p["corners"] if abs(c[0]) < 1
    }
    assert {(0.26, -0.66), (-0.533, 0.133), (0.377, 0.393)} <= corners


@pytest.mark.parametrize("width", [1, 2, 3, 5, 8, 10])
def test_the_whole_plane_has_zaslavskys_number(page, width):
    network = network_of_sizes(np.random.default_rng(width), [2, width, 1])
    box = [[-0.1, 0.1], [-0.1, 0.1]]
    found = page.evaluate(EVERYWHERE, [polygons_url(), as_javascript(network), box])
    assert found == zaslavsky(2, width)


@pytest.mark.parametrize(
    ("theta", "offsets", "count"),
    [
        ([[1, 0], [0, 1], [1, 1], [1, -2]], [0, 0, 0, 0], 8),  # through one point
        ([[1, 0], [2, 0], [-1, 0]], [-1, -4, 5], 4),  # parallel
        ([[1, 1], [2, 2], [-1, -1]], [-1, -2, 1], 2),  # one line three times
        ([[0, 0], [1, 0]], [1, 0], 2),  # a unit without a line
    ],
)
def test_lines_in_special_position(page, theta, offsets, count):
    network = ReLUNetwork([theta, [[1] * len(theta)]], [offsets, [0]])
    box = [[-0.5, 0.5], [-0.5, 0.5]]
    found = page.evaluate(EVERYWHERE, [polygons_url(), as_javascript(network), box])
    assert found == count
